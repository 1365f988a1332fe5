// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test } from "vitest";
import type { KeptFile } from "../../../src/station/model.ts";
import type { Destination, OutboxEntry, RedactionPreview } from "../../../src/station/onward/outbox.ts";
import { words } from "../../../src/station/phrases.ts";
import { refused, screensForFile, show, type Written } from "../../ui/testing/screen.tsx";
import { Destinations } from "./Destinations.tsx";
import { OutboxList } from "./OutboxList.tsx";
import { SendFile } from "./SendFile.tsx";

screensForFile();

const file: KeptFile = {
  ...{ id: 1, station: "CP1", name: "day.log", bytes: 2_500_000, at: 0, state: "whole", sha256: "ab12" },
};
const entry: OutboxEntry = {
  ...{ id: 1, file: 1, name: "day.log", destination: "stick", state: "waiting", at: 1000, tries: 2 },
};
const why = words("no-core");
const entries: OutboxEntry[] = [
  { ...entry, why, nextAt: 60_000 },
  { ...entry, id: 2, destination: "depot", done: 500_000, nextAt: 60_000, why },
  { ...entry, id: 3, file: 2, destination: "depot", done: 500 },
  { ...entry, id: 4, state: "sent", sentAt: 90_000, place: "logs/day.log", proof: "hash" },
  { ...entry, id: 5, state: "sent", sentAt: 90_000, proof: "said" },
  { ...entry, id: 6, state: "stopped", why },
  { ...entry, id: 7, nextAt: 60_000 },
  { ...entry, id: 8, file: 9, name: "of another station" },
];
const destinations: Destination[] = [
  { name: "stick", kind: "folder", path: "/media/stick" },
  { name: "desk", kind: "http", url: "https://desk.example/logs", method: "PUT", kept: ["password"] },
  {
    ...{ name: "bucket", kind: "s3", endpoint: "https://s3.example", region: "eu", bucket: "logs", prefix: "day" },
    ...{ site: "", pathStyle: true, user: "AK" },
  },
  { name: "server", kind: "sftp", host: "h", port: 2222, path: "in", user: "me", hostKey: "SHA256:abc" },
];

test("what is on its way and what went, the newest first", async () => {
  const files = [file, { ...file, id: 2, bytes: undefined as unknown as number }];
  const screen = await show(<OutboxList files={files} />, { feeds: { "outbox.list": entries } });
  await expect(screen.text()).toMatchFileSnapshot("told/list.txt");
  screen.asked();
  await screen.press("Try now");
  await screen.press("Take out", 1);
  await screen.press("Try all now");
  expect(screen.asked()).toEqual([
    ["outbox.add", { file: 1, destination: "stick" }],
    ["outbox.remove", { id: 6 }],
    ["outbox.run", {}],
  ]);
  expect(screen.says().filter((line) => line.startsWith("!"))).toHaveLength(2);
});

test("nothing on its way is nothing on screen; all sent is not tried again; what fails says so", async () => {
  const none = await show(<OutboxList files={[file]} />, { feeds: { "outbox.list": [] } });
  expect(none.says()).toEqual([]);
  cleanup();
  const sent = await show(<OutboxList files={[file]} />, { feeds: { "outbox.list": entries.slice(3, 5) } });
  expect(sent.says().filter((line) => line.startsWith("["))).toEqual(["[Take out]", "[Take out]"]);
  cleanup();
  const failed = await show(<OutboxList files={[file]} />, { feeds: { "outbox.list": refused() } });
  expect(failed.says().filter((line) => line.startsWith("!"))).toHaveLength(1);
});

const preview: RedactionPreview = {
  counts: { secret: 1, card: 2, serial: 3, address: 4 },
  samples: [
    { kind: "secret", length: 8, after: "secret-1", part: "day.log", line: 3 },
    { kind: "card", before: "04A1", after: "card-1", part: "day.log", line: 2 },
  ],
  parts: 1,
  leftOut: ["photo.jpg", "b.bin"],
};

function send(answers: Written["answers"] = {}, one = file) {
  const feeds = { "outbox.destinations": destinations, "outbox.list": entries.slice(2, 4) };
  return show(<SendFile file={one} />, { feeds, answers });
}

test("a file is sent as it is, to the one that is chosen", async () => {
  const screen = await send({ "outbox.add": entry });
  await expect(screen.text()).toMatchFileSnapshot("told/send.txt");
  await screen.choose("Destination", "desk");
  await screen.press("Send");
  expect(screen.asked()).toEqual([["outbox.add", { file: 1, destination: "desk" }]]);
  expect(screen.says("span[role=status]")).toMatchInlineSnapshot(`
    [
      "… In the outbox.",
    ]
  `);
});

test("a file is looked at and sent without what is not for others", async () => {
  const answers = { "outbox.preview": preview, "outbox.redact": { file: { ...file, id: 77 }, preview } };
  const screen = await send({ ...answers, "outbox.add": entry });
  await screen.tick("Without secrets, tokens, serial numbers and addresses");
  await screen.press("Show what is replaced");
  await expect(screen.text()).toMatchFileSnapshot("told/redacted.txt");
  await screen.press("Send");
  expect(screen.asked()).toEqual([
    ["outbox.preview", { file: 1 }],
    ["outbox.redact", { file: 1 }],
    ["outbox.add", { file: 77, destination: "stick" }],
  ]);
  cleanup();
  const clean = await send({ "outbox.preview": { ...preview, samples: [], leftOut: [] } });
  await clean.tick("Without secrets, tokens, serial numbers and addresses");
  await clean.press("Show what is replaced");
  expect(clean.says("p[role=status]")).toMatchInlineSnapshot(`
    [
      "… Nothing in it looks like a secret, a token, a serial number or an address.",
    ]
  `);
  expect(clean.says().join()).not.toContain("Left out");
  // What could not be made fit for others is not sent as it is.
  await clean.press("Send");
  expect(clean.asked().map(([name]) => name)).toEqual(["outbox.preview", "outbox.redact"]);
  expect(clean.says().filter((line) => line.startsWith("!"))).toEqual([
    "! The file was not put into the outbox. no core runs on this folder",
  ]);
});

test("a file that is still coming is not sent; without a destination the way to one", async () => {
  const coming = await send({}, { ...file, state: "coming" });
  expect(coming.says()).toContain("[Send] (off)");
  cleanup();
  const none = await show(<SendFile file={file} />, { feeds: { "outbox.destinations": [], "outbox.list": [] } });
  expect(none.text()).toMatchInlineSnapshot(`
    "‹named "Send to…"›
    Send to…
    There is nowhere to send it yet.
    <Add a destination in Settings> #/settings
    "
  `);
  cleanup();
  const failed = await show(<SendFile file={file} />, { feeds: { "outbox.destinations": refused() } });
  expect(failed.says()).toMatchInlineSnapshot(`
    [
      "Send to…",
      "! The destinations could not be read. no core runs on this folder",
      "Wait until the connection to Plugside is back, then try again.",
    ]
  `);
});

test("the destinations, each tried and removed", async () => {
  const good = { "outbox.test": { problem: null } };
  const screen = await show(<Destinations />, { feeds: { "outbox.destinations": destinations }, answers: good });
  await expect(screen.text()).toMatchFileSnapshot("told/destinations.txt");
  await screen.press("Test", 1);
  expect(screen.says("li:nth-of-type(2) [role=status]")).toMatchInlineSnapshot(`
    [
      "… ~available",
      "~available Something was written there and taken away again.",
    ]
  `);
  await screen.press("Remove", 3);
  expect(screen.says("li:nth-of-type(4)")).toMatchInlineSnapshot(`
    [
      "server SFTP",
      "me@h:2222 in",
      "Server key SHA256:abc",
      "[Test]",
      "Forgets server and its secrets. What was sent stays there.",
      "[Remove]",
      "[Cancel]",
    ]
  `);
  await screen.press("Remove", 3);
  expect(screen.says("li:nth-of-type(4) [role=alert]")[0]).toMatch(/^! /);
  expect(screen.asked()).toEqual([
    ["outbox.test", { name: "desk" }],
    ["outbox.forget", { name: "server" }],
  ]);
  cleanup();
  const odd = { "outbox.test": { problem: why } };
  const bad = await show(<Destinations />, { feeds: { "outbox.destinations": destinations }, answers: odd });
  await bad.press("Test");
  expect(bad.says("li [role=status]")).toMatchInlineSnapshot(`
    [
      "… ~faulted",
      "~faulted no core runs on this folder",
    ]
  `);
});

test.each(["Folder or stick", "S3 storage", "WebDAV", "Web server (HTTP)", "SFTP"])(
  "a destination is added: %s",
  async (kind) => {
    const screen = await show(<Destinations />, { feeds: { "outbox.destinations": [] } });
    await screen.press("Add a destination");
    if (kind === "SFTP")
      expect(await screen.choices()).toMatchInlineSnapshot(`
      [
        "Kind: Folder or stick, S3 storage, WebDAV, Web server (HTTP), SFTP",
      ]
    `);
    if (kind !== "Folder or stick") await screen.choose("Kind", kind);
    await expect(screen.text()).toMatchFileSnapshot(`told/add-${kind.split(" ")[0]}.txt`);
  },
);
