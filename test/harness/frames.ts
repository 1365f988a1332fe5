import { readFileSync } from "node:fs";
import type { OcppVersion } from "../../src/station/model.ts";

/** A line of real-chargers.ndjson. */
export type Recorded = {
  vendor: string;
  source: string;
  ocpp: OcppVersion;
  direction: "station->csms" | "csms->station";
  frame: string;
};

/** The subprotocol of a version. */
export const protocolOf: Record<OcppVersion, string> = { "1.6": "ocpp1.6", "2.0.1": "ocpp2.0.1", "2.1": "ocpp2.1" };

/** The lines of a file in test/frames. */
export function linesOf<T>(name: string): T[] {
  const text = readFileSync(new URL(`../frames/${name}`, import.meta.url), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as T);
}
