import { expect, test } from "vitest";
import { openBench } from "../../session/testing/bench.ts";
import type { ServiceContext } from "../context.ts";
import { openServices, watch } from "../testing/open-services.ts";
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
    const series = await handlers["metering.range"]({ station, from, to, maxPoints: 1000 });
    return series.map(({ evse, measurand, points }) => [evse, measurand, points.map(([, value]) => value)]);
  };
  return { bench, live, times, range, say, closers };
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

test("what comes late stands where it was measured, and says when it came", async () => {
  const { bench, live, times } = await told();
  const measured = (times[0] ?? 0) - 600_000;
  const sampledValue = [{ value: "50", measurand: "Power.Active.Import", unit: "W" }];
  const meterValue = [{ timestamp: new Date(measured).toISOString(), sampledValue }];
  bench.say(JSON.stringify([2, "late", "MeterValues", { connectorId: 1, meterValue }]));
  expect(live.CP1?.at(-1)).toMatchObject({ at: measured, cameAt: bench.frames().at(-1)?.at });
  expect(live.CP1?.[0]).not.toHaveProperty("cameAt");
});

test("a meter beside the station stands on its charts as a reference, live and from the record, and nowhere else", async () => {
  const bench = await openServices();
  const handlers = meteringHandlers(bench.context, (station) => (station === "CP2" ? [{ meter: "CP1", evse: 3 }] : []));
  bench.context.registry.ensure("CP2", 0);
  const [own, beside] = ["CP1", "CP2"].map((station) => watch(handlers["metering.live"], { station }));
  const at = bench.clock.now() + 1000;
  const sampledValue = [{ value: "5", measurand: "Voltage", unit: "V", location: "Inlet" }];
  const meterValue = [{ timestamp: new Date(at).toISOString(), sampledValue }];
  bench.tell("v", "MeterValues", { connectorId: 1, meterValue });
  const seq = bench.frames().at(-1)?.seq;
  const point = { at, seq, evse: 1, connector: 1, stationTime: meterValue[0]?.timestamp };
  const samples = [expect.objectContaining({ measurand: "Voltage", value: 5, location: "Inlet" })];
  expect(own?.told).toEqual([[{ ...point, transaction: undefined, samples }]]);
  const reference = [expect.objectContaining({ measurand: "Voltage", value: 5, location: "Reference" })];
  expect(beside?.told).toEqual([[{ at, seq, evse: 3, samples: reference }]]);
  const range = (station: string, from: number) =>
    handlers["metering.range"]({ station, from, to: from + 10, maxPoints: 100 });
  const line = { measurand: "Voltage", phase: undefined, unit: "V", points: [[at, 5]] };
  expect(await range("CP1", at)).toEqual([{ ...line, evse: 1, connector: 1, location: "Inlet" }]);
  expect(await range("CP2", at)).toEqual([{ ...line, evse: 3, connector: undefined, location: "Reference" }]);
  expect(await range("CP2", at + 1)).toEqual([]);
});

test("in the past a value stands in the transaction that ran then, though its frame names no place; ours bring none", async () => {
  const bench = await openServices("2.0.1");
  const handlers = meteringHandlers(bench.context, () => []);
  const time = () => new Date(bench.clock.now() + 1000).toISOString();
  let seqNo = 0;
  const event = (eventType: string, more: object) =>
    bench.tell(`t${seqNo}`, "TransactionEvent", {
      eventType,
      timestamp: time(),
      triggerReason: "MeterValuePeriodic",
      seqNo: seqNo++,
      transactionInfo: { transactionId: "T1" },
      ...more,
    });
  bench.tell("boot", "BootNotification", { reason: "PowerUp", chargingStation: { vendorName: "V", model: "M" } });
  event("Started", { evse: { id: 2, connectorId: 1 } });
  const from = bench.clock.now() + 1;
  const meterValue = () => [{ timestamp: time(), sampledValue: [{ value: 16, measurand: "Current.Import" }] }];
  event("Updated", { meterValue: meterValue() });
  event("Ended", {});
  const [line] = await handlers["metering.range"]({ station: "CP1", from, to: bench.clock.now(), maxPoints: 100 });
  expect(line).toMatchObject({
    evse: 2,
    connector: 1,
    measurand: "Current.Import",
    points: [[expect.any(Number), 16]],
  });
});

test("more rows than are read in one go are all read, and none twice", async () => {
  const { say, range, times } = await told();
  for (let value = 1; value <= 250; value++) say(value * 1000);
  const [[, , values] = []] = (await range(times[0] ?? 0, (times[0] ?? 0) + 999_999)) as [number, string, number[]][];
  expect(values).toEqual([100, 200, 300, ...Array.from({ length: 250 }, (_, at) => (at + 1) * 1000)]);
});
