import { z } from "zod";
import { call, logFeed } from "../../lib/contract.ts";
import type { Unit } from "../../lib/units.ts";
import type { Sample } from "../../station/model.ts";

/** Samples of one instant on one place. */
export type MeterPoint = {
  /** Our clock, when they were measured: the station's time, corrected by the offset of its clock, where that is known. */
  at: number;
  /** Our clock, when they came, where that was so long after that they were told late. */
  cameAt?: number;
  seq: number;
  evse: number;
  connector?: number;
  transaction?: string;
  stationTime?: string;
  samples: Sample[];
};

/** One line of a chart. `points` are [our clock ms, value in base units], in order of the time they were measured at; `late` are those
 * told late, as [when measured, when told]. */
export type MeterSeries = {
  evse: number;
  connector?: number;
  measurand: string;
  phase?: string;
  location?: string;
  unit: Unit;
  points: [number, number][];
  late?: [number, number][];
};

/** The location that a reference meter's values have on the charts of the station that it is held beside; no word of OCPP's. */
export const referenceLocation = "Reference";

const station = z.string().min(1).max(255);

export const meteringContract = {
  /** Samples as they come; the snapshot is empty, the past is in `metering.range`. */
  "metering.live": logFeed(z.object({ station })).of<MeterPoint>(),
  /** The past, from the record. More than `maxPoints` a series are thinned so that minima and maxima stay. */
  "metering.range": call(
    z.object({
      station,
      from: z.number(),
      to: z.number(),
      maxPoints: z.number().int().min(10).max(20_000).default(2000),
    }),
  ).returns<MeterSeries[]>(),
};
