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
  let stopped = 0;
  const client = {
    call: (_name: string, input: Range) =>
      new Promise<MeterSeries[]>((resolve, reject) => asked.push({ input, resolve, reject })),
    watch: (_name: string, _input: unknown, onValue: typeof push) => {
      push = onValue;
      return { stop: () => void stopped++ };
    },
  } as unknown as CoreClient;
  return {
    client,
    asked,
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
    const core = fakeCore();
    const source = createMeterSource(core.client, "CP1", () => 1000);
    source.reach(0);
    core.asked[0]?.resolve(series([[900, 1]]));
    await settle();
    core.snapshot();
    core.live([live(1500, 3)]);
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

  it("stops listening when it is closed", () => {
    const core = fakeCore();
    createMeterSource(core.client, "CP1", () => 1000).close();
    expect(core.stopped()).toEqual(1);
  });
});
