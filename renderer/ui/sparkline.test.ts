import { expect, it } from "vitest";
import { sparkPieces } from "./Sparkline.tsx";

it("parts the line where nothing was heard for longer than the gap, and leaves out what is outside", () => {
  const points = [
    [-1, 900],
    [0, 0],
    [10, 50],
    [60, 100],
    [100, 100],
  ] as const;
  expect(sparkPieces({ points, from: 0, to: 100, gapMs: 45 })).toEqual(["0.0,47.0 30.0,24.0", "180.0,1.0 300.0,1.0"]);
});

it("lies at the bottom where all is nothing", () => {
  const points = [
    [0, 0],
    [100, 0],
  ] as const;
  expect(sparkPieces({ points, from: 0, to: 100, gapMs: 200 })).toEqual(["0.0,47.0 300.0,47.0"]);
});

it("goes below zero where power flows back, and has its zero in it where all of it does", () => {
  const ends = { from: 0, to: 100, gapMs: 200 };
  const both = [
    [0, -100],
    [50, 0],
    [100, 300],
  ] as const;
  expect(sparkPieces({ points: both, ...ends })).toEqual(["0.0,47.0 150.0,35.5 300.0,1.0"]);
  const back = [
    [0, -400],
    [100, -200],
  ] as const;
  expect(sparkPieces({ points: back, ...ends })).toEqual(["0.0,47.0 300.0,24.0"]);
});
