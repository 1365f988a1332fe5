import { z } from "zod";
import { call, logFeed } from "../../lib/contract.ts";
import type { Unit } from "../../lib/units.ts";
import type { Sample } from "../../station/model.ts";

/** Samples of one instant on one place, as they came. */
export type MeterPoint = {
  at: number;
  seq: number;
  evse: number;
  connector?: number;
  transaction?: string;
  stationTime?: string;
  samples: Sample[];
};

/** One line of a chart. `points` are [our clock ms, value in base units], in order of time. */
export type MeterSeries = {
  evse: number;
  connector?: number;
  measurand: string;
  phase?: string;
  location?: string;
  unit: Unit;
  points: [number, number][];
};

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
