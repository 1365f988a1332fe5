import { createRing, type Ring } from "./ring.ts";

/** One line of a chart as it is held: every point of the last hours, and the extremes of each few seconds for longer. */
export type Track = {
  fine: Ring;
  /** Least and greatest of each `coarseMs`, in the order they came: two points each (one where they are the same). */
  coarse: Ring;
  /** The stretch that is being gathered for `coarse`. */
  gathering: Gathering | null;
  /** Points before `until` came thinned from the record, two for each `ms`. */
  thinned: { until: number; ms: number };
};

type Gathering = { bucket: number; minAt: number; min: number; maxAt: number; max: number };

/** 131 072 points are 3.6 hours at 10 a second. */
export const fineLimit = 131_072;
/** Two points for each 4 s: 36 hours at 10 a second, longer where fewer come. */
const coarseLimit = 65_536;
export const coarseMs = 4000;
/** More points than this in view are drawn from `coarse`. */
export const fineInView = 40_000;

/** Makes an empty track. */
export function createTrack(): Track {
  return {
    fine: createRing(fineLimit),
    coarse: createRing(coarseLimit),
    gathering: null,
    thinned: { until: Number.NEGATIVE_INFINITY, ms: 0 },
  };
}

/** Takes a point in; false when it is older than the last one. */
export function addPoint(track: Track, at: number, value: number): boolean {
  if (!track.fine.push(at, value)) return false;
  const bucket = Math.floor(at / coarseMs);
  const { gathering } = track;
  if (gathering === null || gathering.bucket !== bucket) {
    if (gathering) flush(track.coarse, gathering);
    track.gathering = { bucket, minAt: at, min: value, maxAt: at, max: value };
    return true;
  }
  if (value < gathering.min) {
    gathering.min = value;
    gathering.minAt = at;
  }
  if (value > gathering.max) {
    gathering.max = value;
    gathering.maxAt = at;
  }
  return true;
}

function flush(coarse: Ring, { minAt, min, maxAt, max }: Gathering): void {
  if (minAt === maxAt) coarse.push(minAt, min);
  else if (minAt < maxAt) {
    coarse.push(minAt, min);
    coarse.push(maxAt, max);
  } else {
    coarse.push(maxAt, max);
    coarse.push(minAt, min);
  }
}

/** The track with more points among its own, in order of time: a stretch of the record, or what was told late. A point of a time that
 * it knows is passed over.
 * @param points in order of time
 * @param thinnedMs where the record was thinned: the length that two points stand for; else 0 */
export function withPoints(track: Track, points: readonly (readonly [number, number])[], thinnedMs: number): Track {
  const joined = createTrack();
  const first = oldest(track);
  const before = points.findLast(([at]) => at < first)?.[0] ?? Number.NEGATIVE_INFINITY;
  joined.thinned = {
    until: Math.max(track.thinned.until, thinnedMs > 0 ? before : Number.NEGATIVE_INFINITY),
    ms: Math.max(track.thinned.ms, thinnedMs),
  };
  let next = 0;
  const add = (at: number, value: number) => {
    for (; ; next++) {
      const point = points[next];
      if (!point || point[0] > at) break;
      if (point[0] < at) addPoint(joined, point[0], point[1]);
    }
    addPoint(joined, at, value);
  };
  // Coarse reaches further back than fine once fine has let points go.
  const { fine, coarse } = track;
  const fineFrom = fine.length > 0 ? fine.at(0) : Number.POSITIVE_INFINITY;
  for (let index = 0; index < coarse.length && coarse.at(index) < fineFrom; index++) {
    add(coarse.at(index), coarse.value(index));
  }
  for (let index = 0; index < fine.length; index++) add(fine.at(index), fine.value(index));
  for (const [at, value] of points.slice(next)) addPoint(joined, at, value);
  return joined;
}

/** The oldest time that the track knows of; infinite when it is empty. */
export function oldest({ fine, coarse }: Track): number {
  const known = fine.length > 0 ? fine.at(0) : Number.POSITIVE_INFINITY;
  return coarse.length > 0 ? Math.min(known, coarse.at(0)) : known;
}

/** The newest time; minus infinite when it is empty. */
export function newest({ fine }: Track): number {
  return fine.length > 0 ? fine.at(fine.length - 1) : Number.NEGATIVE_INFINITY;
}

/** What to draw from `from` on: the fine points, unless they do not reach back or are needlessly many. `leastUsual` is for `thin`. */
export function sourceFor(track: Track, from: number, to: number): { ring: Ring; leastUsual: number } {
  const { fine, coarse, thinned } = track;
  const own = from < thinned.until ? thinned.ms : 0;
  const reachesBack = fine.length > 0 && (fine.at(0) <= from || fine.at(0) <= oldest(track));
  const inView = fine.firstFrom(to) - fine.firstFrom(from);
  if (coarse.length === 0 || (reachesBack && inView <= fineInView)) return { ring: fine, leastUsual: own };
  return { ring: coarse, leastUsual: Math.max(own, coarseMs) };
}
