import { expect, test } from "vitest";
import { openBench } from "../../session/testing/bench.ts";
import type { ServiceContext } from "../context.ts";
import type { MeterPoint } from "./contract.ts";
import { meteringHandlers } from "./handlers.ts";

/** A station that tells its power three times, a second apart. */
async function told() {
  const bench = await openBench("1.6");
  const handlers = meteringHandlers(bench.parts as ServiceContext, () => []);
  const live: Record<string, MeterPoint[]> = { CP1: [], CP2: [] };
  const closers = Object.entries(live).map(
    ([station, points]) =>
      handlers["metering.live"]({ station }, (more) => points.push(...(more as MeterPoint[]))).close,
  );
  const times: number[] = [];
  const say = (value: number) => {
    const time = bench.clock.now() + 1000;
    times.push(time);
    const sampledValue = [{ value: String(value), measurand: "Power.Active.Import", unit: "W" }];
    const meterValue = [{ timestamp: new Date(time).toISOString(), sampledValue }];
    bench.say(JSON.stringify([2, String(value), "MeterValues", { connectorId: 1, meterValue }]));
  };
  for (const value of [100, 200, 300]) say(value);
  const range = async (from: number, to: number, station = "CP1") => {
    const series = await handlers["metering.range"]({ station, from, to, maxPoints: 100 });
    return series.map(({ evse, measurand, points }) => [evse, measurand, points.map(([, value]) => value)]);
  };
  return { live, times, range, say, closers };
}

test("the past is told from its first moment to its last, made anew from the frames", async () => {
  const { times, range } = await told();
  const [first = 0, second = 0, third = 0] = times;
  const power = (...values: number[]) => [[1, "Power.Active.Import", values]];
  expect(await range(first, third)).toEqual(power(100, 200, 300));
  expect(await range(second, second)).toEqual(power(200));
  expect(await range(first, second)).toEqual(power(100, 200));
  expect(await range(third + 1, third + 9000)).toEqual([]);
  expect(await range(first, third, "CP2")).toEqual([]);
});

test("what comes is told live, to who looks at this station", async () => {
  const { live, say, closers } = await told();
  const values = (points: MeterPoint[] = []) => points.map(({ samples }) => samples[0]?.value);
  expect([values(live.CP1), values(live.CP2)]).toEqual([[100, 200, 300], []]);
  for (const close of closers) close();
  say(400);
  expect(live.CP1).toHaveLength(3);
});
