import { type MeterPoint, referenceLocation } from "./contract.ts";

/** A meter that is a station of its own, and is held beside another: its values stand on that one's charts. */
export type Reference = { meter: string; evse: number };

/** A meter's values as they stand beside those of the station.
 * @param evse of the station, that it is wired to */
export function asReference(point: MeterPoint, evse: number): MeterPoint {
  const { at, cameAt, seq, samples } = point;
  return {
    at,
    ...(cameAt !== undefined && { cameAt }),
    seq,
    evse,
    samples: samples.map((sample) => ({ ...sample, location: referenceLocation })),
  };
}
