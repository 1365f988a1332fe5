import type { Cell } from "../../lib/csv.ts";
import { isoTime, type Unit } from "../../lib/units.ts";
import type { MeterPoint } from "./contract.ts";

/** One value that was measured. Times are ISO 8601 UTC: when it was measured by our clock, when it came where that was late, and the
 * station's own word. */
export type SampleLine = {
  time: string;
  cameAt?: string;
  stationTime?: string;
  station: string;
  evse: number;
  connector?: number;
  transaction?: string;
  measurand: string;
  phase?: string;
  location?: string;
  context?: string;
  /** In base units (Wh, W, V, A ...); absent where only a signed record was given. */
  value?: number;
  unit: Unit;
  /** The record's number of the frame. */
  frame: number;
};

/** The columns of a table of samples. */
export const sampleHead = [
  "time",
  "cameAt",
  "stationTime",
  "station",
  "evse",
  "connector",
  "transaction",
  "measurand",
  "phase",
  "location",
  "context",
  "value",
  "unit",
  "frame",
] as const satisfies readonly (keyof SampleLine)[];

/** The values of a point, one line each. */
export function sampleLines(station: string, point: MeterPoint): SampleLine[] {
  const { at, cameAt, stationTime, seq, evse, connector, transaction } = point;
  return point.samples.map(({ measurand, phase, location, context, value, unit, signed }) => ({
    time: isoTime(at),
    cameAt: cameAt === undefined ? undefined : isoTime(cameAt),
    stationTime,
    station,
    evse,
    connector,
    transaction,
    measurand,
    phase,
    location,
    context,
    value: signed ? undefined : value,
    unit,
    frame: seq,
  }));
}

/** A value as a row of a table. */
export function sampleCells(line: SampleLine): Cell[] {
  return sampleHead.map((name) => line[name]);
}
