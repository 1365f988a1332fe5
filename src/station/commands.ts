import type { Token } from "./model.ts";

export type { CommandOutcome } from "./model.ts";

/** What a technician can ask of a station, in one model for all versions. */
export type StationCommand =
  /** 1.6 Soft or Hard; 2.x OnIdle or Immediate. `evse` in 2.x only. */
  | { name: "reset"; kind: "soft" | "hard"; evse?: number }
  | { name: "unlock"; evse: number; connector: number }
  | { name: "start"; evse?: number; connector?: number; token: Token }
  | { name: "stop"; transaction: string }
  /** evse 0 = the whole station. */
  | { name: "availability"; evse: number; connector?: number; operative: boolean }
  /** `message` is OCPP's word, e.g. StatusNotification. */
  | { name: "trigger"; message: string; evse?: number; connector?: number }
  /** Any action; `payload` is JSON text and goes out digit for digit. `force` sends it although the schema or the version says no. */
  | { name: "raw"; action: string; payload: string; force?: boolean };

export type CommandName = StationCommand["name"];

export const commandNames = [
  "reset",
  "unlock",
  "start",
  "stop",
  "availability",
  "trigger",
  "raw",
] as const satisfies readonly CommandName[];
