import { type ConnectorStatus, errorCodes } from "../../station/model.ts";

const statuses: Record<ConnectorStatus, true> = {
  Available: true,
  Preparing: true,
  Charging: true,
  SuspendedEV: true,
  SuspendedEVSE: true,
  Finishing: true,
  Reserved: true,
  Unavailable: true,
  Faulted: true,
  Occupied: true,
};

/** True for OCPP's words of a status. */
export function isStatus(word: string): word is ConnectorStatus {
  return Object.hasOwn(statuses, word);
}

/** What a profile calls a value of a status register that leaves the status to the registers before it. */
export const noStatus = "none";

/** An error's meaning as a profile writes it: the device's words, with OCPP's code before a colon where one fits. */
export function readError(meaning: string): { errorCode: string; info: string } {
  const [, code, info] = /^([A-Za-z]+):\s*(.*)$/.exec(meaning) ?? [];
  if (code !== undefined && info !== undefined && errorCodes.has(code)) return { errorCode: code, info };
  return { errorCode: "OtherError", info: meaning };
}

/** What stands where OCPP's error code would, and looks like one: two words or more in one, before a colon. */
export function codeOf(meaning: string): string | undefined {
  return /^((?:[A-Z][a-z]+){2,}|[A-Z]{2}[a-z]+[A-Za-z]*):/.exec(meaning)?.[1];
}
