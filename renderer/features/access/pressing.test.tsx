// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test } from "vitest";
import type { ProcedureView } from "../../../src/services/procedures/contract.ts";
import { words } from "../../../src/station/phrases.ts";
import { screensForFile, type Written } from "../../ui/testing/screen.tsx";
import { change, full, shown, usual, waiting } from "./testing/shown.tsx";

screensForFile();

const accepted = { identity: "CP1", decision: "accepted" };
test("who waits is let in or refused at once; a station is refused after the sentence", async () => {
  const answers: Written["answers"] = { "access.decide": usual };
  const screen = await shown(full, { answers, feeds: { "access.waiting": waiting } });
  await screen.press("Let in", 1);
  await screen.press("Refuse", 0);
  await screen.press("Let in", 2);
  expect(screen.asked()).toEqual([
    ["access.decide", { identity: "NEW-2", decision: "accepted" }],
    ["access.decide", { identity: "NEW-1", decision: "refused" }],
    ["access.decide", accepted],
  ]);
  cleanup();
  const other = await shown(usual);
  await other.press("Refuse");
  expect(other.asked()).toEqual([]);
  await other.press("Refuse");
  expect(other.asked()).toEqual([["access.decide", { identity: "CP1", decision: "refused" }]]);
  expect(other.says()).toContain("! Not changed. no core runs on this folder");
});

test("a password is made or typed, shown once, and taken away; of two, one is kept", async () => {
  const answers: Written["answers"] = {
    ...{ "access.setPassword": { access: usual, password: "made-one" }, "access.removePassword": usual },
    "access.keepPassword": usual,
  };
  const screen = await shown(full, {
    answers,
    feeds: { "procedures.state": { ...change, state: "timed-out", valid: "both" } },
  });
  await screen.press("Ask for a password");
  await screen.type("Password", "typed-one-typed-1");
  await screen.tick("Hex digits");
  await screen.press("Ask for a password");
  expect(screen.asked()).toEqual([
    ["access.setPassword", { identity: "CP1", form: "hex", password: "typed-one-typed-1" }],
  ]);
  expect(screen.says()).toContain("made-one");
  await screen.press("Noted");
  expect(screen.says()).not.toContain("made-one");
  await screen.press("Ask for none");
  await screen.press("Ask for none");
  await screen.press("Keep the old one alone");
  await screen.press("Keep the new one alone");
  expect(screen.asked()).toEqual([
    ["access.removePassword", { identity: "CP1" }],
    ["access.keepPassword", { identity: "CP1", keep: "old" }],
    ["access.keepPassword", { identity: "CP1", keep: "new" }],
  ]);
});

test("what is asked of it is saved at once, and a fingerprint that is none is not", async () => {
  const screen = await shown(usual, { answers: { "access.change": usual } });
  await screen.choose("Lowest security profile", /2/);
  const field =
    screen
      .says()
      .find((line) => /certificate.*:$/i.test(line))
      ?.replace(/:$/, "") ?? "";
  await screen.type(field, "AB:CD");
  expect(screen.says()).toContain(`${field}: AB:CD (not right)`);
  await screen.type(field, "ab".repeat(32));
  expect(screen.asked().map(([, input]) => input)).toEqual([
    { identity: "CP1", profile: 2 },
    { identity: "CP1", certificate: "ab".repeat(32) },
  ]);
});

test("one that has not been here is prepared, and forgotten", async () => {
  const answers: Written["answers"] = { "access.decide": usual, "access.forget": null };
  const feeds: Written["feeds"] = { "access.expected": [{ identity: "NEW-9", decision: null }] };
  const screen = await shown(usual, { answers, feeds });
  expect(screen.says()).toContain("[Add it] (off)");
  await screen.type(/^Identity of a station/, " NEW-7 ");
  await screen.press("Add it");
  await screen.press("Forget NEW-9");
  expect(screen.asked()).toEqual([
    ["access.decide", { identity: "NEW-7", decision: "accepted" }],
    ["access.forget", { identity: "NEW-9" }],
  ]);
  expect(window.location.hash).toBe("#/overview?station=NEW-7");
});

test("a wait is ended: with what it had at once, or after the sentence", async () => {
  const steps: ProcedureView["steps"] = [
    { name: "return", state: "under-way", why: "old-profile", said: words("no-core") },
  ];
  const feeds: Written["feeds"] = { "procedures.state": { ...change, steps } };
  const screen = await shown(usual, { feeds });
  const names = screen.says("[aria-labelledby=access-change]").filter((line) => line.startsWith("["));
  await screen.press("Stop waiting");
  expect(screen.asked()).toEqual([]);
  await screen.press("Stop waiting");
  expect(screen.asked()).toEqual([["procedures.cancel", { identity: "CP1" }]]);
  await screen.press(names[0]?.slice(1, -1) ?? "");
  expect(screen.asked()).toEqual([["procedures.cancel", { identity: "CP1", keep: "old" }]]);
});
