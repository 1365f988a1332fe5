// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test } from "vitest";
import type { KeptFile } from "../../../src/station/model.ts";
import type { Destination, OutboxEntry, RedactionPreview } from "../../../src/station/onward/outbox.ts";
import { words } from "../../../src/station/phrases.ts";
import { refused, screensForFile, settled, show, unanswered, type Written } from "../../ui/testing/screen.tsx";
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
  { ...entry, id: 4, state: "sent", done: 2_500_000, sentAt: 90_000, place: "logs/day.log", proof: "hash" },
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
  { name: "cloud", kind: "webdav", url: "https://dav.example/logs" },
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
  const stopped = await show(<OutboxList files={[file]} />, { feeds: { "outbox.list": entries.slice(5, 6) } });
  expect(stopped.says().filter((line) => line.startsWith("["))).toEqual(["[Try now]", "[Take out]"]);
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
  await screen.press("Remove", 4);
  expect(screen.says("li:nth-of-type(5)")).toMatchInlineSnapshot(`
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
  await screen.press("Remove", 4);
  expect(screen.says("li:nth-of-type(5) [role=alert]")[0]).toMatch(/^! /);
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

const typed = { user: " me ", password: " pass word " };
const login = { "User name": typed.user, Password: typed.password };
const secret = { password: typed.password };
test.each<[kind: string, fields: Record<string, string>, saved: object]>([
  ["Folder or stick", { Folder: " /media/stick " }, { kind: "folder", path: "/media/stick" }],
  [
    "S3 storage",
    {
      ...{ Endpoint: "https://s3.example", Region: "eu", Bucket: "logs", "Before each key": "day", Site: "north" },
      ...{ "Access key id": typed.user, "Secret access key": typed.password },
    },
    {
      ...{ kind: "s3", endpoint: "https://s3.example", region: "eu", bucket: "logs", prefix: "day", site: "north" },
      ...{ pathStyle: true, user: "me", secret },
    },
  ],
  [
    "WebDAV",
    { Address: " https://dav.example/ ", ...login, "Headers, one on a line": "X-A: 1\n\n X-B :  2 " },
    {
      ...{ kind: "webdav", url: "https://dav.example/", user: "me" },
      secret: { ...secret, headers: { "X-A": "1", "X-B": "2" } },
    },
  ],
  [
    "Web server (HTTP)",
    { Address: "https://desk.example", ...login },
    { kind: "http", method: "POST", url: "https://desk.example", user: "me", secret },
  ],
  [
    "SFTP",
    {
      ...{ Server: " h ", Port: "2222", "Folder on the server": "in", ...login },
      "Private key, if it takes one in place of a password": "KEY\n",
    },
    { kind: "sftp", host: "h", port: 2222, path: "in", user: "me", secret: { ...secret, privateKey: "KEY\n" } },
  ],
])("a destination is saved as it was typed in, and the form is empty again: %s", async (kind, fields, saved) => {
  const answers: Written["answers"] = { "outbox.save": destinations[0] as Destination };
  const screen = await show(<Destinations />, { feeds: { "outbox.destinations": [] }, answers });
  await screen.press("Add a destination");
  if (kind !== "Folder or stick") await screen.choose("Kind", kind);
  for (const [label, text] of Object.entries({ Name: " new ", ...fields })) await screen.type(label, text);
  if (kind === "Web server (HTTP)") await screen.tick("POST");
  await screen.press("Add a destination");
  expect(screen.asked()).toEqual([["outbox.save", { name: "new", ...saved }]]);
});

test("what was typed stays where it was not saved, and goes where it was", async () => {
  let fails = true;
  const answers: Written["answers"] = { "outbox.save": () => (fails ? refused() : (destinations[0] as Destination)) };
  const screen = await show(<Destinations />, { feeds: { "outbox.destinations": [] }, answers });
  await screen.press("Add a destination");
  await screen.type("Name", "stick");
  expect(screen.says()).toContain("[Add a destination] (off)");
  await screen.type("Folder", "/media/stick");
  await screen.press("Add a destination");
  expect(screen.says().filter((line) => line.startsWith("!"))).toEqual([
    "! The destination was not saved. no core runs on this folder",
  ]);
  await screen.press("Add a destination");
  expect(screen.says()).toEqual(expect.arrayContaining(["Name: stick", "Folder: /media/stick"]));
  fails = false;
  await screen.press("Add a destination");
  expect(screen.says().filter((line) => line.startsWith("!"))).toEqual([]);
  await screen.press("Add a destination");
  expect(screen.says()).toEqual(expect.arrayContaining(["Name:", "Folder:"]));
});

test("what a web server is sent in the open, and a line that is no header, are told", async () => {
  const screen = await show(<Destinations />, { feeds: { "outbox.destinations": [] } });
  await screen.press("Add a destination");
  await screen.choose("Kind", "WebDAV");
  await screen.type("Name", "a");
  const open = "What is sent over http:// can be read on the way, its password too.";
  for (const [url, isOpen] of [
    [" HTTP://h/", true],
    ["https://h/", false],
    ["x http://h/", false],
  ] as const) {
    await screen.type("Address", url);
    expect([url, screen.says().some((line) => line.includes(open))]).toEqual([url, isOpen]);
  }
  expect(screen.says()).toContain("[Add a destination]");
  await screen.type("Headers, one on a line", "A: b\nno header");
  expect(screen.says()).toEqual(expect.arrayContaining(["This is no header: no header", "[Add a destination] (off)"]));
});

test("what is under way is not begun twice", async () => {
  const waiting: Written["answers"] = {
    ...{ "outbox.test": unanswered, "outbox.add": unanswered, "outbox.run": unanswered },
    ...{ "outbox.remove": unanswered, "outbox.preview": unanswered, "outbox.redact": unanswered },
  };
  const offOf = (lines: string[]) => lines.filter((line) => line.endsWith("(off)"));
  const feeds = { "outbox.destinations": destinations.slice(0, 1), "outbox.list": entries.slice(0, 1) };
  const tried = await show(<Destinations />, { feeds, answers: waiting });
  await tried.press("Test");
  expect([offOf(tried.says()), tried.says().includes("… Writing something there")]).toEqual([["[Test] (off)"], true]);
  cleanup();
  const list = await show(<OutboxList files={[file]} />, { feeds, answers: waiting });
  await list.press("Try now");
  await list.press("Take out");
  await list.press("Try all now");
  expect(offOf(list.says())).toEqual(["[Try now] (off)", "[Take out] (off)", "[Try all now] (off)"]);
  cleanup();
  const sent = await send(waiting);
  await sent.press("Send");
  expect(offOf(sent.says())).toEqual(["[Send] (off)"]);
  expect(sent.says().join()).not.toContain("Reading the file");
  cleanup();
  const copied = await send(waiting);
  await copied.tick("Without secrets, tokens, serial numbers and addresses");
  await copied.press("Show what is replaced");
  expect([offOf(copied.says()), copied.says().some((line) => line.endsWith("… Reading the file"))]).toEqual([
    ["[Show what is replaced] (off)"],
    true,
  ]);
  cleanup();
  const made = await send(waiting);
  await made.tick("Without secrets, tokens, serial numbers and addresses");
  await made.press("Send");
  expect([offOf(made.says()), made.says().some((line) => line.endsWith("… Reading the file"))]).toEqual([
    ["[Send] (off)"],
    true,
  ]);
});

test("what could not be done with a file says so, each in its words", async () => {
  const screen = await send();
  await screen.press("Send");
  await screen.press("Take out", 0);
  await screen.tick("Without secrets, tokens, serial numbers and addresses");
  await screen.press("Show what is replaced");
  expect(screen.says().filter((line) => line.includes("! "))).toEqual([
    "… ! What is replaced could not be told. no core runs on this folder",
    "! The file was not put into the outbox. no core runs on this folder",
    "! It was not taken out. no core runs on this folder",
  ]);
  cleanup();
  const failed = await show(<Destinations />, { feeds: { "outbox.destinations": refused() } });
  await settled();
  expect(failed.says().filter((line) => line.startsWith("!"))).toEqual([
    "! The destinations could not be read. no core runs on this folder",
  ]);
  cleanup();
  const untried = await show(<Destinations />, { feeds: { "outbox.destinations": destinations } });
  await untried.press("Test");
  expect(untried.says().filter((line) => line.startsWith("!"))).toEqual([
    "! The destination was not tested. no core runs on this folder",
  ]);
});

test("of many parts that were left out, twenty are named; a preview goes with the wish for it", async () => {
  const leftOut = Array.from({ length: 21 }, (_, at) => `p${at + 1}\u202e`);
  const screen = await send({ "outbox.preview": { ...preview, leftOut } });
  await screen.tick("Without secrets, tokens, serial numbers and addresses");
  await screen.press("Show what is replaced");
  const names = leftOut.slice(0, 20).map((name) => name.replace("\u202e", "\\u202e"));
  expect(screen.says()).toContain(`Left out, since it is no text: ${names.join(", ")}`);
  await screen.tick("Without secrets, tokens, serial numbers and addresses");
  expect(screen.says().join()).not.toContain("Left out");
  expect(screen.says()).not.toContain("[Show what is replaced]");
});
