// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test } from "vitest";
import type { StationAccess } from "../../../src/services/access/contract.ts";
import type { ProcedureState, ProcedureView, Validity } from "../../../src/services/procedures/contract.ts";
import { focusStation } from "../../navigation/routes.ts";
import { refused, screensForFile, settled, show, type Written } from "../../ui/testing/screen.tsx";
import { summaryOf } from "../../ui/testing/stations.ts";
import { AccessScreen } from "./AccessScreen.tsx";
import { change, full, shown, state, usual, waiting } from "./testing/shown.tsx";

screensForFile();

test("a station that nothing is asked of", async () => {
  await expect((await shown(usual)).text()).toMatchFileSnapshot("told/usual.txt");
});

test("one that everything is asked of, with a change under way, and others that wait", async () => {
  const feeds: Written["feeds"] = {
    ...{ "procedures.state": change, "access.waiting": waiting },
    "access.expected": [{ identity: "NEW-9", decision: "accepted" }],
  };
  const screen = await shown(full, { feeds });
  await expect(screen.text()).toMatchFileSnapshot("told/full.txt");
  expect(await screen.choices()).toMatchInlineSnapshot(`
    [
      "Lowest security profile: Any, 0: open, 1: password, 2: password, TLS, 3: certificate",
      "Answer: As in Settings, Accepted: it works, Pending: it is held, and can be configured, Rejected: it tries again later",
      "Answer of the next line: Pending, Rejected, Accepted",
    ]
  `);
});

test.each<[StationAccess["allowed"], boolean, boolean]>([
  ["accepted", false, true],
  ["refused", true, false],
  ["waiting", true, true],
  ["known", false, true],
  ["unknown", true, true],
])("one that is %s can be let in: %s, refused: %s", async (allowed, letIn, refuse) => {
  const lines = (await shown({ ...usual, allowed })).says("[aria-labelledby=access-door]");
  expect([lines.includes("[Let in]"), lines.includes("[Refuse]")]).toEqual([letIn, refuse]);
});

const ends: [state: ProcedureState, valid: Validity, kept?: ProcedureView["kept"]][] = [
  ["under-way", "both"],
  ["done", "new"],
  ["done", "stored"],
  ["failed", "old"],
  ["cancelled", "both"],
  ["timed-out", "both"],
  ["timed-out", "old", "old"],
  ["cancelled", "new", "new"],
  ["cancelled", "old", "other"],
];
test("how each change of a password or a profile stands, and the way back", { timeout: 60_000 }, async () => {
  const told: string[] = [];
  for (const kind of ["password", "profile"] as const) {
    for (const [state, valid, kept] of ends) {
      const of = {
        ...change,
        kind,
        state,
        valid,
        kept,
        steps: [{ name: "return", state: "failed", why: "old-password" }],
      };
      const screen = await shown(full, { feeds: { "procedures.state": of as ProcedureView } });
      const lines = screen.says("[aria-labelledby=access-change]");
      told.push(`${kind} ${state} ${valid} ${kept ?? ""}`, ...lines.map((line) => `  ${line}`));
      cleanup();
    }
  }
  await expect(`${told.join("\n")}\n`).toMatchFileSnapshot("told/changes.txt");
});

test("what fails says so", async () => {
  const failed = await shown(usual, { feeds: { "access.station": refused() } });
  expect(failed.says()).toContain("! What is asked of the station could not be read. no core runs on this folder");
  cleanup();
  const reading = await show(<AccessScreen />, { feeds: { "stations.list": [summaryOf(state)] } });
  expect(reading.says().filter((line) => line.startsWith("…"))).toEqual(["… Reading what is asked of the station"]);
});

test("one that was never heard of is prepared under its own name, and one that is in focus begins with empty fields", async () => {
  const expected: Written["feeds"] = { "access.expected": [{ identity: "NEW-9", decision: "accepted" }] };
  const intro = (screen: Awaited<ReturnType<typeof shown>>) => screen.says("header")[1] ?? "";
  expect(intro(await shown(usual, { feeds: expected }, "#/access?station=NEW-9"))).toContain("NEW-9");
  cleanup();
  expect(intro(await shown(usual, { feeds: expected }, "#/access?station=NEW-8"))).toContain("CP1");
  cleanup();
  const stations = [summaryOf(state), { ...summaryOf(state), identity: "CP2" }];
  const screen = await shown(usual, { feeds: { "stations.list": stations } }, "#/access?station=CP1");
  await screen.press("Ask for a password");
  await screen.type("Password", "typed-for-CP1-only");
  focusStation("CP2");
  await settled();
  expect(intro(screen)).toContain("CP2");
  expect(screen.says().join()).not.toContain("typed-for-CP1-only");
});

test("the profile it has now is told while it is online, and not of one that is away", async () => {
  const hint = (screen: Awaited<ReturnType<typeof shown>>) => {
    const lines = screen.says("[aria-labelledby=access-door]");
    return lines[lines.findIndex((line) => line.startsWith("Lowest security profile")) + 1];
  };
  const online = hint(await shown(usual));
  cleanup();
  const away = { ...state, link: { ...state.link, state: "offline" as const } };
  const offline = await shown(usual, { feeds: { "stations.state": away } });
  expect([online, hint(offline)]).toMatchInlineSnapshot(`
    [
      "A station that comes with a lower one is refused. It now has 2.",
      "A station that comes with a lower one is refused.",
    ]
  `);
  expect(offline.says().filter((line) => line.startsWith("[Change"))).toMatchInlineSnapshot(`
    [
      "[Change the password] (The station must be connected.)",
      "[Change the security profile] (The station must be connected.)",
    ]
  `);
});

test("a change that is over says when it ended, and what it was before where that is known", async () => {
  const over: ProcedureView = { ...change, state: "done", valid: "new", endedAt: 9000 };
  const screen = await shown(full, { feeds: { "procedures.state": over } });
  const times = () => screen.says("[aria-labelledby=access-change]").find((line) => line.startsWith("begun"));
  const told = [times()];
  screen.tell("procedures.state", { ...over, before: { hadPassword: true } });
  told.push(times());
  screen.tell("procedures.state", change);
  told.push(times());
  expect(told).toMatchInlineSnapshot(`
    [
      "begun 1970-01-01T00:00:00.000Z, ended 1970-01-01T00:00:09.000Z. As it was: security profile 1",
      "begun 1970-01-01T00:00:00.000Z, ended 1970-01-01T00:00:09.000Z",
      "begun 1970-01-01T00:00:00.000Z. As it was: security profile 1",
    ]
  `);
});
