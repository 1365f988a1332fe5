import type { CallInput } from "../../../src/api/contract.ts";
import type { LineFraming } from "../../../src/station/model.ts";

export const bauds = ["9600", "19200", "38400", "57600", "115200", "230400", "460800", "921600"] as const;
export const framings: readonly LineFraming[] = ["lines", "length", "slip", "cobs"];
export const versions = ["1.6", "2.0.1", "2.1"] as const;

/** A line as it is typed in. */
export type LineDraft = { port: string; baud: string; framing: string; ocpp: string; identity: string };

export const emptyLine: LineDraft = { port: "", baud: "115200", framing: "auto", ocpp: "auto", identity: "" };

/** What is asked of the core for a draft, or the field that is wrong. */
export function readLineDraft(
  draft: LineDraft,
): { wrong: "port" | "identity" } | { input: CallInput<"serial.openLine"> } {
  const port = draft.port.trim();
  const identity = draft.identity.trim();
  if (port === "" || port.length > 300) return { wrong: "port" };
  if (identity.length > 48 || /[\s/\\?#]/.test(identity)) return { wrong: "identity" };
  const input = {
    port,
    baudRate: Number(draft.baud),
    framing: framings.find((name) => name === draft.framing) ?? ("auto" as const),
    ...(identity !== "" && { identity }),
    ocpp: versions.find((version) => version === draft.ocpp),
  };
  return { input };
}
