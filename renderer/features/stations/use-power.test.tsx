// @vitest-environment happy-dom
import { act, cleanup } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { MeterPoint, MeterSeries } from "../../../src/services/metering/contract.ts";
import { screensForFile, show } from "../../ui/testing/screen.tsx";
import { usePower } from "./use-power.ts";

screensForFile();
const start = 10_000_000;
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: start }));
afterEach(() => void vi.useRealTimers());

function Line({ evse }: { evse: number }) {
  return <p>{usePower("CP1", evse).map(([at, value]) => ` ${at - start}:${value}`)}</p>;
}

const point = (at: number, value: number, evse = 1): MeterPoint =>
  ({ at: start + at, evse, samples: [{ measurand: "Power.Active.Import", unit: "W", value }] }) as never;
const series = (points: [number, number][], evse = 1): MeterSeries =>
  ({
    evse,
    measurand: "Power.Active.Import",
    unit: "W",
    points: points.map(([at, value]) => [start + at, value]),
  }) as never;

test("what is on record goes on with what comes, a quarter of a second at a time, for ten minutes", async () => {
  const past = [
    series([
      [-20, 1],
      [-10, 2],
    ]),
    series([[-5, 9]], 2),
  ];
  const screen = await show(<Line evse={1} />, { answers: { "metering.range": past } });
  expect(screen.asked()).toEqual([
    ["metering.range", { station: "CP1", from: start - 600_000, to: start, maxPoints: 600 }],
  ]);
  const says = () => screen.says()[0];
  expect(says()).toBe("-20:1 -10:2");
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"], now: start });
  const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));
  screen.tell("metering.live", [], [point(-10, 7), point(5, 3), point(6, 8, 2)]);
  pass(100);
  screen.tell("metering.live", [], [point(90, 4)]);
  pass(149);
  expect(says()).toBe("-20:1 -10:2");
  pass(1);
  expect(says()).toBe("-20:1 -10:2 5:3 90:4");
  pass(600_000 - 250 - 245);
  screen.tell("metering.live", [], [point(599_000, 5)]);
  pass(250);
  expect(says()).toBe("-20:1 -10:2 5:3 90:4 599000:5");
  screen.tell("metering.live", [], [point(600_000, 6)]);
  pass(250);
  expect(says()).toBe("-20:1 -10:2 599000:5 600000:6");
  screen.tell("metering.live", [point(1, 1)]);
  pass(250);
  expect(says()).toBe("-20:1 -10:2 599000:5 600000:6");
  screen.tell("metering.live", [], [point(700_000, 7)]);
  cleanup();
  expect(vi.getTimerCount()).toBe(0);
});

test("of another EVSE, or another station, nothing of the first is left; its feed is closed", async () => {
  const past = [series([[-20, 1]]), series([[-20, 2]], 2)];
  let told: (place: { station: string; evse: number }) => void = () => {};
  function Chosen() {
    const [place, setPlace] = useState({ station: "CP1", evse: 1 });
    told = setPlace;
    return <p>{usePower(place.station, place.evse).map(([at, value]) => ` ${at - start}:${value}`)}</p>;
  }
  const screen = await show(<Chosen />, { answers: { "metering.range": past } });
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"], now: start });
  const says = () => screen.says()[0];
  const come = (...points: MeterPoint[]) => {
    screen.tell("metering.live", [], points);
    act(() => vi.advanceTimersByTime(250));
  };
  come(point(5, 3), point(5, 4, 2));
  expect(says()).toBe("-20:1 5:3");
  act(() => told({ station: "CP1", evse: 2 }));
  expect(says()).toBe("-20:2");
  expect(screen.watched()).toEqual([["metering.live", { station: "CP1" }]]);
  come(point(6, 3), point(7, 4, 2));
  expect(says()).toBe("-20:2 7:4");
  screen.asked();
  act(() => told({ station: "CP2", evse: 2 }));
  expect(screen.watched()).toEqual([["metering.live", { station: "CP2" }]]);
  expect(screen.asked()).toEqual([
    ["metering.range", { station: "CP2", from: start - 600_000, to: start, maxPoints: 600 }],
  ]);
  cleanup();
  expect(screen.watched()).toEqual([]);
});
