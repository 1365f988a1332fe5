import { type SimulatorAction, type VirtualStation, virtualIdentity } from "../../../src/services/simulator/contract.ts";
import type { OcppVersion } from "../../../src/station/model.ts";

export type VirtualConnector = VirtualStation["connectors"][number];

/** Keys of `simulator.states`: what a connector is doing, in one word. */
export type VirtualState = "faulted" | "charging" | "plugged" | "free";

export function stateOf(connector: VirtualConnector): VirtualState {
  if (connector.fault !== undefined) return "faulted";
  if (connector.charging) return "charging";
  return connector.plugged ? "plugged" : "free";
}

/** What a hand can do to a connector now. A conflict that only the core can see is told when it comes. */
export function handsOn(connector: VirtualConnector): Exclude<SimulatorAction, "drop-link" | "restore-link">[] {
  const fault = connector.fault === undefined ? "fault" : "clear-fault";
  return [connector.plugged ? "unplug" : "plug", "tap", fault];
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

/** True for an identity that the core takes for a virtual station. */
export function isIdentity(text: string): boolean {
  return virtualIdentity.safeParse(text).success;
}
