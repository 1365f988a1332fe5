import type { StationAccess, WaitingAtDoor } from "../../../../src/services/access/contract.ts";
import type { ProcedureView } from "../../../../src/services/procedures/contract.ts";
import { type Shown, show, type Written } from "../../../ui/testing/screen.tsx";
import { linkOpened, stationAfter, summaryOf } from "../../../ui/testing/stations.ts";
import { AccessScreen } from "../AccessScreen.tsx";

/** The station, as it is on screen. */
export const state = stationAfter([linkOpened, { kind: "booted", info: {}, answered: "Pending" }]);
/** A station as it is known before anything is set for it. */
export const usual: StationAccess = {
  ...{ identity: "CP1", allowed: "known", profile: null, password: null, nextPassword: null, unshownPassword: null },
  ...{ lastUsed: null, certificate: null, strict: false, bootStatus: null, bootInterval: null, bootPlan: [], note: "" },
};
/** One that all is set for. */
export const full: StationAccess = {
  ...{ ...usual, allowed: "refused", profile: 2, certificate: "AB".repeat(32), strict: true, note: "by the gate" },
  ...{
    password: { form: "hex", setAt: 1 },
    nextPassword: { form: "text", setAt: 2 },
    lastUsed: { which: "old", at: 3 },
  },
  ...{ bootStatus: "Pending", bootInterval: 20, bootPlan: [{ status: "Rejected", interval: 5, times: 2 }] },
};
/** A guarded change in the middle. */
export const change: ProcedureView = {
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
export const waiting: WaitingAtDoor[] = [
  { identity: "NEW-1", state: "asked", remoteAddress: "10.0.0.8", firstAt: 0, lastAt: 1, tries: 1 },
  { identity: "NEW-2", state: "refused", remoteAddress: "10.0.0.9", firstAt: 0, lastAt: 2, tries: 3 },
];

/** The screen over what a core tells of a station. */
export function shown(access: StationAccess, written: Written = {}, hash = ""): Promise<Shown> {
  const feeds: Written["feeds"] = {
    ...{ "stations.list": [summaryOf(state)], "stations.state": state, "access.station": access },
    ...{ "access.expected": [], "access.waiting": [], "procedures.state": null },
    ...written.feeds,
  };
  return show(<AccessScreen />, { ...written, feeds }, hash);
}
