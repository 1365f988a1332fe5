// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test } from "vitest";
import type { StationAccess, WaitingAtDoor } from "../../../src/services/access/contract.ts";
import type { ProcedureState, ProcedureView, Validity } from "../../../src/services/procedures/contract.ts";
import { refused, type Shown, screensForFile, show, type Written } from "../../ui/testing/screen.tsx";
import { linkOpened, stationAfter, summaryOf } from "../../ui/testing/stations.ts";
import { AccessScreen } from "./AccessScreen.tsx";

screensForFile();

const state = stationAfter([linkOpened, { kind: "booted", info: {}, answered: "Pending" }]);
const usual: StationAccess = {
  ...{ identity: "CP1", allowed: "known", profile: null, password: null, nextPassword: null, unshownPassword: null },
  ...{ lastUsed: null, certificate: null, strict: false, bootStatus: null, bootInterval: null, bootPlan: [], note: "" },
};
const full: StationAccess = {
  ...{ ...usual, allowed: "refused", profile: 2, certificate: "AB".repeat(32), strict: true, note: "by the gate" },
  ...{
    password: { form: "hex", setAt: 1 },
    nextPassword: { form: "text", setAt: 2 },
    lastUsed: { which: "old", at: 3 },
  },
  ...{ bootStatus: "Pending", bootInterval: 20, bootPlan: [{ status: "Rejected", interval: 5, times: 2 }] },
};
const change: ProcedureView = {
  ...{ id: 1, identity: "CP1", kind: "profile", profile: 2, state: "under-way", valid: "old", startedAt: 0 },
  ...{ deadline: 9000, before: { hadPassword: true, profile: 1 } },
  steps: [
    { name: "way-in", state: "done", at: 1 },
    { name: "tls", state: "failed", at: 2, why: "refused", said: "Rejected", frame: 11, answerFrame: 12 },
    { name: "restart", state: "skipped", why: "not-needed" },
    { name: "send", state: "under-way", at: 3, frame: 13 },
    { name: "return", state: "waiting" },
  ],
};
const waiting: WaitingAtDoor[] = [
  { identity: "NEW-1", state: "asked", remoteAddress: "10.0.0.8", firstAt: 0, lastAt: 1, tries: 1 },
  { identity: "NEW-2", state: "refused", remoteAddress: "10.0.0.9", firstAt: 0, lastAt: 2, tries: 3 },
];

function shown(access: StationAccess, written: Written = {}): Promise<Shown> {
  const feeds: Written["feeds"] = {
    ...{ "stations.list": [summaryOf(state)], "stations.state": state, "access.station": access },
    ...{ "access.expected": [], "access.waiting": [], "procedures.state": null },
    ...written.feeds,
  };
  return show(<AccessScreen />, { ...written, feeds });
}

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
test("how each change of a password or a profile stands, and the way back", async () => {
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
