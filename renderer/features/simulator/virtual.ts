import {
  type QuirkName,
  type ScenarioName,
  type VirtualStation,
  virtualIdentity,
} from "../../../src/services/simulator/contract.ts";
import type { OcppVersion } from "../../../src/station/model.ts";

export type VirtualConnector = VirtualStation["connectors"][number];

/** Keys of `simulator.states`: what a connector is doing, in one word. */
export type VirtualState = "faulted" | "charging" | "plugged" | "free";

export function stateOf(connector: VirtualConnector): VirtualState {
  if (connector.fault !== undefined) return "faulted";
  if (connector.charging) return "charging";
  return connector.plugged ? "plugged" : "free";
}

/** OCPP 1.6 error codes (7.6) that a station can report; the commonest first. 2.x stations report them in their own way. */
export const faultCodes = [
  "GroundFailure",
  "OverCurrentFailure",
  "OverVoltage",
  "UnderVoltage",
  "HighTemperature",
  "ConnectorLockFailure",
  "EVCommunicationError",
  "PowerMeterFailure",
  "PowerSwitchFailure",
  "ReaderFailure",
  "ResetFailure",
  "WeakSignal",
  "InternalError",
  "LocalListConflict",
  "OtherError",
] as const;
export type FaultCode = (typeof faultCodes)[number];

export const versions = ["1.6", "2.0.1", "2.1"] as const satisfies readonly OcppVersion[];

/** A name that no virtual station has yet: VIRTUAL-1, VIRTUAL-2 ... */
export function freeIdentity(taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const identity = `VIRTUAL-${number}`;
    if (!taken.includes(identity)) return identity;
  }
}

/** What is typed into the form of a new virtual station. `identity` null = the one suggested. */
export type StartDraft = {
  identity: string | null;
  ocpp: OcppVersion;
  scenario: ScenarioName;
  speed: string;
  connectors: string;
  quirks: QuirkName[];
};

export const emptyStart: StartDraft = {
  identity: null,
  ocpp: "1.6",
  scenario: "day",
  speed: "1",
  connectors: "1",
  quirks: [],
};

/** Keys of `simulator.start`. */
export type StartProblem = "identityBad" | "identityTaken" | "speedBad" | "connectorsBad";
export type StartProblems = Partial<Record<keyof StartDraft, StartProblem>>;
export type StartInput = {
  identity: string;
  ocpp: OcppVersion;
  scenario: ScenarioName;
  speed: number;
  seed: number;
  connectors: number;
  quirks: QuirkName[];
};

/** Reads the form: what to start, or what is wrong with each field. */
export function readStart(
  draft: StartDraft,
  running: readonly string[],
): { input: StartInput } | { problems: StartProblems } {
  const identity = virtualIdentity.safeParse(draft.identity);
  const speed = Number(draft.speed.trim().replace(",", ".") || Number.NaN);
  const connectors = Number(draft.connectors.trim() || Number.NaN);
  const problems: StartProblems = {};
  if (!identity.success) problems.identity = "identityBad";
  else if (running.includes(identity.data)) problems.identity = "identityTaken";
  if (!(speed >= 0.1 && speed <= 1000)) problems.speed = "speedBad";
  if (!(Number.isInteger(connectors) && connectors >= 1 && connectors <= 8)) problems.connectors = "connectorsBad";
  if (!identity.success || Object.keys(problems).length > 0) return { problems };
  const { ocpp, scenario, quirks } = draft;
  return { input: { identity: identity.data, ocpp, scenario, speed, connectors, quirks, seed: seedOf(identity.data) } };
}

/** A seed that differs between stations and is the same for the same name: two stations never charge in step. */
function seedOf(identity: string): number {
  let seed = 0;
  for (const letter of identity) seed = (seed * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003;
  return seed + 1;
}
