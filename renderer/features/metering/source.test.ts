import { describe, expect, it } from "vitest";
import type { CoreClient } from "../../../src/api/client.ts";
import { FailureError } from "../../../src/lib/contract.ts";
import type { MeterPoint, MeterSeries } from "../../../src/services/metering/contract.ts";
import { createMeterSource, maxPoints } from "./source.ts";

type Range = { station: string; from: number; to: number; maxPoints: number };
type Asked = { input: Range; resolve: (series: MeterSeries[]) => void; reject: (error: Error) => void };

/** A core whose answers the test gives itself. */
function fakeCore() {
  const asked: Asked[] = [];
  let push: (value: MeterPoint[], added: MeterPoint[] | null) => void = () => {};
  let fail: (error: FailureError) => void = () => {};
  let input: unknown;
  let stopped = 0;
  const client = {
    call: (_name: string, input: Range) =>
      new Promise<MeterSeries[]>((resolve, reject) => asked.push({ input, resolve, reject })),
    watch: (name: string, of: unknown, onValue: typeof push, onFailure: typeof fail) => {
      [push, fail, input] = [onValue, onFailure, [name, of]];
      return { stop: () => void stopped++ };
    },
  } as unknown as CoreClient;
  return {
    client,
    asked,
    refuse: (error: FailureError) => fail(error),
    watched: () => input,
    live: (points: MeterPoint[]) => push(points, points),
    snapshot: () => push([], null),
    stopped: () => stopped,
  };
}

const sample = { measurand: "Voltage", unit: "V" as const, said: "1" };
const live = (at: number, value: number): MeterPoint => ({ at, seq: at, evse: 1, samples: [{ ...sample, value }] });
const series = (points: [number, number][]): MeterSeries[] => [{ evse: 1, measurand: "Voltage", unit: "V", points }];
const settle = () =>
  new Promise<void>((resolve) => queueMicrotask(() => queueMicrotask(() => queueMicrotask(resolve))));

function values(source: ReturnType<typeof createMeterSource>) {
  const ring = source.lines.tracks.get("1||Voltage|||V")?.track.fine;
  return Array.from({ length: ring?.length ?? 0 }, (_, index) => [ring?.at(index), ring?.value(index)]);
}

/** A source whose link was lost after a value at 900, and that hears one at 1500 now that it is back. */
async function afterALoss() {
  const core = fakeCore();
  const source = createMeterSource(core.client, "CP1", () => 1000);
  source.reach(0);
  core.asked[0]?.resolve(series([[900, 1]]));
  await settle();
  core.snapshot();
  core.live([live(1500, 3)]);
  return { core, source };
}

describe("createMeterSource", () => {
  it("reads the record first and puts what came live meanwhile after it", async () => {
    const core = fakeCore();
    const source = createMeterSource(core.client, "CP1", () => 1000);
    core.snapshot();
    source.reach(400);
    core.live([live(990, 7), live(1010, 8)]);
    expect(source.state).toEqual({ state: "loading" });
    expect(core.asked.map(({ input }) => input)).toEqual([{ station: "CP1", from: 400, to: 1000, maxPoints }]);
    core.asked[0]?.resolve(
      series([
        [500, 1],
        [990, 7],
      ]),
    );
    await settle();
    expect(source.state).toEqual({ state: "ready", busy: false });
    expect(values(source)).toEqual([
      [500, 1],
      [990, 7],
      [1010, 8],
    ]);
  });

  it("reads further back only what it has not read", async () => {
    const core = fakeCore();
    const source = createMeterSource(core.client, "CP1", () => 1000);
    source.reach(400);
    core.asked[0]?.resolve([]);
    await settle();
    source.reach(600);
    source.reach(100);
    expect(core.asked.map(({ input }) => [input.from, input.to])).toEqual([
      [400, 1000],
      [100, 400],
    ]);
  });

  it("fetches what it missed when the feed begins anew", async () => {
    const { core, source } = await afterALoss();
    expect(core.asked[1]?.input).toEqual({ station: "CP1", from: 900, to: 1000, maxPoints });
    core.asked[1]?.resolve(series([[950, 2]]));
    await settle();
    expect(values(source)).toEqual([
      [900, 1],
      [950, 2],
      [1500, 3],
    ]);
  });

  it("says what failed and tries again when asked", async () => {
    const core = fakeCore();
    const source = createMeterSource(core.client, "CP1", () => 1000);
    source.reach(0);
    const error = new FailureError("unavailable", "gone");
    core.asked[0]?.reject(error);
    await settle();
    expect(source.state).toEqual({ state: "failed", error });
    source.retry();
    expect(source.state).toEqual({ state: "loading" });
    core.asked[1]?.resolve([]);
    await settle();
    expect(source.state).toEqual({ state: "ready", busy: false });
  });

  it("follows the station, tells when a line is added and what it reads, and of points alone nobody", async () => {
    const core = fakeCore();
    const source = createMeterSource(core.client, "CP1", () => 1000);
    const told: object[] = [];
    const stop = source.onChange(() => told.push(source.state));
    expect(core.watched()).toEqual(["metering.live", { station: "CP1" }]);
    source.reach(400);
    core.asked[0]?.resolve([]);
    await settle();
    expect(told).toEqual([{ state: "ready", busy: false }]);
    core.live([live(1001, 1)]);
    core.live([live(1002, 2)]);
    expect(told).toHaveLength(2);
    source.reach(300);
    source.reach(200);
    expect(told.slice(2)).toEqual([{ state: "ready", busy: true }]);
    core.asked[1]?.resolve([]);
    await settle();
    expect(told.slice(3)).toEqual([
      { state: "ready", busy: true },
      { state: "ready", busy: true },
    ]);
    core.asked[2]?.resolve([]);
    await settle();
    expect([told.length, source.state, core.asked.map(({ input }) => [input.from, input.to])]).toEqual([
      6,
      { state: "ready", busy: false },
      [
        [400, 1000],
        [300, 400],
        [200, 300],
      ],
    ]);
    stop();
    const error = new FailureError("unavailable", "gone");
    core.refuse(error);
    expect([told.length, source.state]).toEqual([6, { state: "failed", error }]);
  });

  it("tries again what was missed while the link was lost, and keeps what came meanwhile", async () => {
    const { core, source } = await afterALoss();
    core.asked[1]?.reject(new Error("torn"));
    await settle();
    expect(source.state).toMatchObject({ state: "failed", error: { code: "internal" } });
    expect(values(source)).toEqual([
      [900, 1],
      [1500, 3],
    ]);
    source.retry();
    expect(source.state).toEqual({ state: "ready", busy: true });
    expect(core.asked[2]?.input).toEqual({ station: "CP1", from: 1500, to: 1000, maxPoints });
    core.asked[2]?.resolve([]);
    await settle();
    await settle();
    expect(source.state).toEqual({ state: "ready", busy: false });
  });

  it("takes nothing in, and fails nothing, once it is closed", async () => {
    const core = fakeCore();
    const source = createMeterSource(core.client, "CP1", () => 1000);
    source.reach(400);
    source.close();
    core.asked[0]?.resolve(series([[500, 1]]));
    await settle();
    source.reach(100);
    expect([values(source), core.asked.length]).toEqual([[], 1]);
    const failing = fakeCore();
    const closed = createMeterSource(failing.client, "CP1", () => 1000);
    closed.reach(400);
    closed.close();
    failing.asked[0]?.reject(new Error("torn"));
    await settle();
    expect(closed.state).toEqual({ state: "loading" });
  });

  it("stops listening when it is closed", () => {
    const core = fakeCore();
    createMeterSource(core.client, "CP1", () => 1000).close();
    expect(core.stopped()).toEqual(1);
  });
});
