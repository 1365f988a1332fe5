import { describe, expect, it } from "vitest";
import type { Ring } from "./ring.ts";
import {
  addPoint,
  coarseMs,
  createTrack,
  fineInView,
  fineLimit,
  newest,
  oldest,
  sourceFor,
  withPoints,
} from "./track.ts";

const points = (ring: Ring) => Array.from({ length: ring.length }, (_, index) => [ring.at(index), ring.value(index)]);

describe("a track", () => {
  it("keeps every point, and the extremes of each stretch once it is over", () => {
    const track = createTrack();
    for (const [at, value] of [
      [0, 5],
      [1000, 9],
      [2000, 1],
      [coarseMs, 4],
      [coarseMs * 2, 7],
    ] as const) {
      addPoint(track, at, value);
    }
    expect(track.fine.length).toEqual(5);
    expect(points(track.coarse)).toEqual([
      [1000, 9],
      [2000, 1],
      [coarseMs, 4],
    ]);
  });

  it("refuses a point that is older than the last", () => {
    const track = createTrack();
    addPoint(track, 10, 1);
    expect([addPoint(track, 9, 1), track.fine.length]).toEqual([false, 1]);
  });

  it("takes a stretch among its own points, without the times that it knows itself", () => {
    const track = createTrack();
    addPoint(track, 100, 1);
    addPoint(track, 200, 2);
    const joined = withPoints(
      track,
      [
        [10, 8],
        [50, 9],
        [100, 7],
        [150, 6],
      ],
      0,
    );
    expect(points(joined.fine)).toEqual([
      [10, 8],
      [50, 9],
      [100, 1],
      [150, 6],
      [200, 2],
    ]);
    expect([oldest(joined), newest(joined)]).toEqual([10, 200]);
  });

  it("keeps each of its points once, also those whose extremes it keeps beside", () => {
    const track = createTrack();
    for (const at of [0, 1000, coarseMs, coarseMs * 2]) addPoint(track, at, at);
    expect(points(track.coarse)[0]).toEqual([0, 0]);
    expect(points(withPoints(track, [], 0).fine)).toEqual(points(track.fine));
  });

  it("keeps the extremes that reach further back than its points when others come among them", () => {
    const track = createTrack();
    for (let at = 0; at < fineLimit + 8000; at++) addPoint(track, at * 500, at);
    const joined = withPoints(track, [[fineLimit * 500 + 250, 1]], 0);
    expect([oldest(track), oldest(joined), newest(joined)]).toEqual([0, 0, (fineLimit + 7999) * 500]);
  });

  it("remembers how far it came thinned from the record", () => {
    const track = createTrack();
    addPoint(track, 100_000, 1);
    const joined = withPoints(track, [[0, 1]], 5000);
    expect(joined.thinned).toEqual({ until: 0, ms: 5000 });
    expect(sourceFor(joined, -10, 200_000).leastUsual).toEqual(5000);
    expect(sourceFor(joined, 50_000, 200_000).leastUsual).toEqual(0);
  });
});

describe("sourceFor", () => {
  it("takes the fine points while they are few enough", () => {
    const track = createTrack();
    for (let index = 0; index < 100; index++) addPoint(track, index * 100, index);
    expect(sourceFor(track, 0, 10_000)).toEqual({ ring: track.fine, leastUsual: 0 });
  });

  it("takes the extremes where the points in view are many, and the points again for a shorter view", () => {
    const track = createTrack();
    for (let index = 0; index <= fineInView + 10; index++) addPoint(track, index * 100, index);
    const end = newest(track) + 1;
    expect(sourceFor(track, 0, end)).toEqual({ ring: track.coarse, leastUsual: coarseMs });
    expect(sourceFor(track, end - 600_000, end)).toEqual({ ring: track.fine, leastUsual: 0 });
  });

  it("takes the extremes where the points no longer reach back", () => {
    const track = createTrack();
    for (let index = 0; index < fineLimit + 1000; index++) addPoint(track, index * 100, index);
    expect(sourceFor(track, 0, 60_000)).toEqual({ ring: track.coarse, leastUsual: coarseMs });
  });
});
