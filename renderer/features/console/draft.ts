import type { CallInput } from "../../../src/api/contract.ts";
import type { SerialSettings } from "../../../src/station/serial/ports.ts";

export const bauds = [
  "2400",
  "4800",
  "9600",
  "19200",
  "38400",
  "57600",
  "74880",
  "115200",
  "230400",
  "460800",
  "921600",
  "1500000",
] as const;
export const flows: readonly SerialSettings["flow"][] = ["none", "rtscts", "xonxoff"];

/** Frames that consoles have. */
export const frames: Readonly<Record<string, Pick<SerialSettings, "dataBits" | "parity" | "stopBits">>> = {
  "8N1": { dataBits: 8, parity: "none", stopBits: 1 },
  "8E1": { dataBits: 8, parity: "even", stopBits: 1 },
  "8O1": { dataBits: 8, parity: "odd", stopBits: 1 },
  "8N2": { dataBits: 8, parity: "none", stopBits: 2 },
  "7E1": { dataBits: 7, parity: "even", stopBits: 1 },
  "7O1": { dataBits: 7, parity: "odd", stopBits: 1 },
};

/** A frame as it is written. */
export function frameOf({
  dataBits,
  parity,
  stopBits,
}: Pick<SerialSettings, "dataBits" | "parity" | "stopBits">): string {
  return `${dataBits}${parity.charAt(0).toUpperCase()}${stopBits}`;
}

/** A console as it is typed in. */
export type ConsoleDraft = {
  port: string;
  baud: string;
  frame: string;
  flow: string;
  station: string;
  profile: string;
};

export const emptyDraft: ConsoleDraft = {
  port: "",
  baud: "115200",
  frame: "8N1",
  flow: "none",
  station: "",
  profile: "",
};

/** What is asked of the core for a draft; null without a port. */
export function readDraft(draft: ConsoleDraft): (CallInput<"console.open"> & { port: string }) | null {
  const port = draft.port.trim();
  const station = draft.station.trim();
  if (port === "" || port.length > 300) return null;
  return {
    port,
    baudRate: Number(draft.baud),
    ...frames[draft.frame],
    flow: flows.find((one) => one === draft.flow),
    ...(station !== "" && { station }),
    ...(draft.profile !== "" && { profile: draft.profile }),
  };
}
