import type { Stamp } from "./stamp.ts";

/** What is known of a log's clock. */
export type Clockwork = {
  /** Minutes east of UTC of stamps that do not tell. */
  zone: number;
  /** A moment that no stamp is much later than, for those without a year: when the file was last changed, or now. */
  near: number;
  /** When the machine started, for stamps that count from there; without it they have no moment. */
  startedAt?: number;
};

const day = 86_400_000;

/** The moment of a stamp; undefined where nothing tells it. */
export function momentOf(stamp: Stamp, { zone, near, startedAt }: Clockwork): number | undefined {
  switch (stamp.kind) {
    case "zoned":
      return stamp.at;
    case "local":
      return stamp.at - zone * 60_000;
    case "monotonic":
      return startedAt === undefined ? undefined : startedAt + stamp.at;
    case "yearless":
      return inYear(stamp.at, near + zone * 60_000) - zone * 60_000;
  }
}

/** The last such day of a year that is not later than tomorrow. */
function inYear(at: number, near: number): number {
  const date = new Date(at);
  const year = new Date(near).getUTCFullYear();
  const inThis = date.setUTCFullYear(year);
  return inThis > near + day ? date.setUTCFullYear(year - 1) : inThis;
}

/** Zones are of quarters of an hour, from -12 to +14 h. */
const quarter = 15;
/** So far may a clock be wrong, and its zone still be told: minutes. */
const slack = 5;

/** The zone of a log's clock, from moments that are known otherwise (a time of UTC in a message, a frame on record): minutes east of
 * UTC; undefined where they do not agree. */
export function inferZone(pairs: readonly { logged: number; known: number }[]): number | undefined {
  const offsets = pairs.map(({ logged, known }) => (logged - known) / 60_000).sort((a, b) => a - b);
  const middle = offsets[offsets.length >> 1];
  if (middle === undefined) return undefined;
  const zone = Math.round(middle / quarter) * quarter;
  const agreeing = offsets.filter((offset) => Math.abs(offset - zone) <= slack);
  if (zone < -12 * 60 || zone > 14 * 60 || agreeing.length * 2 < offsets.length) return undefined;
  return zone + 0;
}
