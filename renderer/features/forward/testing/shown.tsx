import type { ForwardSetup, ForwardState, HeldFrame } from "../../../../src/services/forward/contract.ts";
import type { LegState } from "../../../../src/station/forward.ts";
import { type Shown, show, type Written } from "../../../ui/testing/screen.tsx";
import { onlineStation, summaryOf } from "../../../ui/testing/stations.ts";
import { ForwardScreen } from "../ForwardScreen.tsx";

/** 10:02:11 of the clock on the wall, and later than the test runs: the screens' clock never goes back. */
export const at = new Date(2099, 0, 31, 10, 2, 11).getTime();
export const setup: ForwardSetup = {
  ...{ url: "wss://csms.example/ocpp/", credentials: "own", user: "cp", ca: "PEM", insecure: true, whenAway: "silent" },
  ...{ on: true, hasPassword: true, address: "wss://csms.example/ocpp/CP1" },
} as ForwardSetup;
export const held: HeldFrame = {
  ...{ seq: 41, at, way: "up", action: "StatusNotification", kind: "question", text: "[2]", exact: true },
  summary: [{ label: "connector", value: "1" }],
};
const open: LegState = { state: "open", since: at };
export const on: ForwardState = {
  ...{ setup, leg: open, hold: { up: true, down: false, actions: ["Reset"] } },
  held: [held, { ...held, seq: 42, way: "down", action: null, kind: "other", summary: [], exact: false }],
};
export const off: ForwardState = { ...on, setup: { ...setup, on: false }, held: [] };
export const online = { ...summaryOf(onlineStation()), link: { state: "online" as const, since: at } };

/** The screen over what a core tells of the forwarding of a station. */
export function shown(state: ForwardState | undefined, answers: Written["answers"] = {}): Promise<Shown> {
  return show(<ForwardScreen />, { feeds: { "stations.list": [online], "forward.state": state }, answers });
}
