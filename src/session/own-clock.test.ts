import { describe, expect, test } from "vitest";
import { createManualClock } from "../lib/clock.ts";
import { createEmitter } from "../lib/emitter.ts";
import { silentLogger } from "../lib/logger.ts";
import { clockOff, foldOwnClock } from "../station/fold/own-clock.ts";
import { newStation, type StationState } from "../station/model.ts";
import { livePower } from "../station/views.ts";
import { watchOwnClock } from "./own-clock.ts";
import { type Bench, openBench } from "./testing/bench.ts";

const hour = 3_600_000;

/** A station whose own clock is `ahead` of what ours was at the beginning, whatever ours is set to. */
async function stationOf(ahead = 0) {
  const bench = await openBench("1.6");
  const zero = bench.clock.now();
  let id = 0;
  // What is said is heard a second later.
  const time = () => new Date(zero + (bench.clock.sinceBoot() ?? 0) + 1000 + ahead).toISOString();
  const say = (action: string, payload: object) => bench.say(JSON.stringify([2, `${++id}`, action, payload]));
  say("BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
  const status = (word: string) =>
    say("StatusNotification", { connectorId: 1, status: word, errorCode: "NoError", timestamp: time() });
  const start = () => say("StartTransaction", { connectorId: 1, idTag: "A", meterStart: 1000, timestamp: time() });
  const values = (watts: number) => {
    const sampledValue = [{ value: `${watts}`, measurand: "Power.Active.Import", unit: "W" }];
    say("MeterValues", { connectorId: 1, meterValue: [{ timestamp: time(), sampledValue }] });
  };
  return { bench, say, status, start, values };
}

function told(bench: Bench): object[] {
  return bench.events
    .newest(Number.MAX_SAFE_INTEGER, { kinds: ["own-clock-set"] }, 10)
    .map(({ event: { at: _at, seq: _seq, ...body } }) => body)
    .reverse();
}

describe.each([
  ["forward by an hour", hour],
  ["back by an hour", -hour],
  ["back by a day", -24 * hour],
])("when our own clock is set %s", (_what, byMs) => {
  test("it is told, and no station is said to be off by it", async () => {
    const { bench, status, start, values } = await stationOf();
    status("Charging");
    start();
    values(7000);
    bench.clock.set(byMs);
    values(7100);
    bench.clock.advance(6000);
    values(7200);
    status("SuspendedEV");
    const state = bench.state();
    expect(told(bench)).toEqual([{ kind: "own-clock-set", byMs }]);
    expect(clockOff(state)).toEqual({ stationMs: 0, ownMs: byMs });
    expect(state.findings.map(({ rule }) => rule)).toEqual([]);
    expect(bench.restored()).toEqual(state);
  });

  test("values of now are of now, and what lasts goes on to be as long as it is", async () => {
    const { bench, start, values } = await stationOf();
    start();
    values(7000);
    bench.clock.advance(60_000);
    bench.clock.set(byMs);
    values(7100);
    const state = bench.state();
    const [evse] = state.evses;
    expect(evse && livePower(evse)).toBe(7100);
    expect(evse?.transaction?.powerW).toBe(7100);
    expect(bench.clock.now() - (evse?.transaction?.startedAt ?? 0)).toBe(62_000);
    expect(state.lastSeenAt).toBe(bench.clock.now());
    expect(state.link.since).toBeLessThanOrEqual(bench.clock.now());
  });

  test("a station that takes its time from us agrees with us again", async () => {
    const { bench, values } = await stationOf(byMs);
    values(7000);
    bench.clock.set(byMs);
    values(7100);
    expect(clockOff(bench.state())).toEqual({ stationMs: 0, ownMs: 0 });
    expect(bench.state().ownClock).toBeUndefined();
  });
});

test("every time of ours in a state moves, but when the station was first seen and what was found", async () => {
  const { bench, say, status, start, values } = await stationOf();
  status("Charging");
  start();
  values(7000);
  bench.ask("ClearCache", {});
  say("DiagnosticsStatusNotification", { status: "Uploading" });
  say("FirmwareStatusNotification", { status: "Downloading" });
  say("StopTransaction", { transactionId: Number(bench.state().transactions[0]?.id), meterStop: 1, timestamp: "x" });
  const before = bench.state();
  const after = foldOwnClock(before, { kind: "own-clock-set", byMs: hour, at: 1, seq: before.seq });
  const times = timesIn(before);
  expect(times.length).toBeGreaterThan(20);
  expect(timesIn(after)).toEqual(times.map(([path, at]) => [path, at + hour]));
});

test("the boots of before, reports and answered commands move with it", () => {
  const state = {
    ...newStation("CP1", 5e12),
    boot: { at: 9e12, frame: 3, answered: "Accepted", before: [7e12, 8e12] },
    reports: [{ requestId: "1", at: 6e12, parts: [] }],
    commands: [
      { id: "1", name: "reset", args: {}, sentAt: 5e12, doneAt: 6e12 },
      { id: "2", name: "reset", args: {}, sentAt: 7e12 },
    ],
    asked: { boot: 5e12 },
  } as unknown as StationState;
  const after = foldOwnClock(state, { kind: "own-clock-set", byMs: hour, at: 1, seq: 9 });
  expect(after.boot).toEqual({ ...state.boot, at: 9e12 + hour, before: [7e12 + hour, 8e12 + hour] });
  expect(after.reports).toEqual([{ requestId: "1", at: 6e12 + hour, parts: [] }]);
  expect(after.commands.map(({ sentAt, doneAt }) => [sentAt, doneAt])).toEqual([
    [5e12 + hour, 6e12 + hour],
    [7e12 + hour, undefined],
  ]);
  expect([after.asked?.boot, after.asked?.status, after.firstSeenAt]).toEqual([5e12 + hour, undefined, 5e12]);
  const slept = foldOwnClock(state, { kind: "own-clock-set", byMs: hour, orSlept: true, at: 1, seq: 9 });
  expect(slept).toEqual({ ...state, ownClock: { movedMs: hour, at: 1, frame: 9 } });
  const twice = foldOwnClock(after, { kind: "own-clock-set", byMs: -2 * hour, at: 2, seq: 10 });
  expect([twice.ownClock, twice.firstSeenAt]).toEqual([{ movedMs: -hour, at: 2, frame: 10 }, 5e12 - 2 * hour]);
});

/** Every time of ours in a state, by where it stands. */
function timesIn(value: unknown, path = ""): [string, number][] {
  if (typeof value === "number") return value > 1e12 ? [[path, value]] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .filter(([name]) => name !== "findings" && name !== "firstSeenAt")
    .flatMap(([name, item]) => timesIn(item, `${path}/${name}`));
}

test("a station that is off is still off by as much", async () => {
  const { bench, values } = await stationOf(-5 * 60_000);
  values(7000);
  bench.clock.advance(6000);
  values(7000);
  bench.clock.set(hour);
  values(7100);
  expect(clockOff(bench.state())).toEqual({ stationMs: -5 * 60_000, ownMs: hour });
});

test("a time that was ahead before our clock was set back is still told", async () => {
  const { bench, values } = await stationOf(hour);
  bench.clock.set(-hour);
  values(7000);
  expect(bench.state().findings.map(({ rule }) => rule)).toEqual(["time-implausible"]);
});

test.each([
  ["a sleep of the computer", (bench: Bench) => bench.clock.sleep(hour)],
  ["a clock that is kept right by the network", (bench: Bench) => bench.clock.set(900)],
])("%s is no setting of its clock", async (_what, happen) => {
  const { bench, values } = await stationOf();
  values(7000);
  happen(bench);
  bench.clock.advance(3000);
  values(7100);
  expect(told(bench)).toEqual([]);
  expect(clockOff(bench.state())?.ownMs).toBe(0);
});

test("a sleep after another is no setting either", async () => {
  const { bench, values } = await stationOf();
  for (let times = 0; times < 3; times++) {
    bench.clock.sleep(hour);
    bench.clock.advance(6000);
    values(7000);
  }
  expect(told(bench)).toEqual([]);
});

test("a clock that was set while the computer slept is told without the sleep", async () => {
  const { bench, values } = await stationOf();
  bench.clock.sleep(2 * hour);
  bench.clock.set(-hour);
  values(7100);
  expect(told(bench)).toEqual([{ kind: "own-clock-set", byMs: -hour }]);
});

test("the time an answer took is not the time that our clock was set by", async () => {
  const { bench } = await stationOf();
  const answer = bench.session.call("ClearCache", {});
  bench.ask("ClearCache", {});
  const id = JSON.parse(bench.sent.findLast((text) => text.includes("ClearCache")) ?? "[]")[1];
  bench.clock.set(hour);
  bench.say(JSON.stringify([3, id, { status: "Accepted" }]));
  expect((await answer).latencyMs).toBe(1000);
});

test("where the system does not tell of its sleep, a jump forward may be one, and none back", async () => {
  const { bench, say } = await stationOf();
  bench.clock.sinceBoot = () => null;
  bench.clock.sleep(hour);
  say("Heartbeat", {});
  expect(told(bench)).toEqual([{ kind: "own-clock-set", byMs: hour, orSlept: true }]);
  bench.clock.set(-hour);
  say("Heartbeat", {});
  expect(told(bench).at(-1)).toEqual({ kind: "own-clock-set", byMs: -hour });
});

test("of a station that was away it may have been a sleep, where one of the settings may", () => {
  const clock = createManualClock();
  const written: unknown[] = [];
  const entry = { session: null, state: { link: { state: "offline" } } };
  const changed = createEmitter<typeof entry>(silentLogger);
  const forgotten = createEmitter<typeof entry>(silentLogger);
  const warned: unknown[] = [];
  let known = false;
  const { sinceBoot } = clock;
  clock.sinceBoot = () => (known ? sinceBoot() : null);
  const watch = watchOwnClock({
    registry: { all: () => [entry], changed, forgotten },
    journal: { write: (_entry: unknown, event: object) => written.push(event) },
    clock,
    log: { ...silentLogger, warn: (text: string, details: object) => warned.push([text, details]) },
  } as unknown as Parameters<typeof watchOwnClock>[0]);
  clock.set(hour);
  clock.advance(1000);
  known = true;
  clock.advance(1000);
  clock.set(hour);
  clock.advance(1000);
  entry.state.link.state = "online";
  changed.emit(entry);
  expect(written).toEqual([{ kind: "own-clock-set", byMs: 2 * hour, orSlept: true }]);
  const warning = ["the computer's clock was set", { byMs: hour }];
  expect(warned).toEqual([warning, warning]);
  // One that was let go is told nothing.
  entry.state.link.state = "offline";
  clock.set(hour);
  clock.advance(1000);
  forgotten.emit(entry);
  entry.state.link.state = "online";
  changed.emit(entry);
  expect(written).toHaveLength(1);
  void watch.dispose();
});

test.each([
  [2999, []],
  [3000, [{ kind: "own-clock-set", byMs: 3000 }]],
  [-3000, [{ kind: "own-clock-set", byMs: -3000 }]],
  [3400, [{ kind: "own-clock-set", byMs: 3000 }]],
  [3600, [{ kind: "own-clock-set", byMs: 4000 }]],
])("a step of %d ms is told as %o: in whole seconds, and from three on", async (byMs, events) => {
  const { bench, values } = await stationOf();
  bench.clock.set(byMs);
  values(7000);
  expect(told(bench)).toEqual(events);
});

test("what our clock was set by while a station was away is told once, together, when it is back", () => {
  const clock = createManualClock();
  const written: unknown[] = [];
  const entry = { session: null as object | null, state: { link: { state: "offline" } } };
  const never = { session: null, state: { link: { state: "never" } } };
  const changed = createEmitter<typeof entry>(silentLogger);
  const forgotten = createEmitter<typeof entry>(silentLogger);
  const watch = watchOwnClock({
    registry: { all: () => [entry, never], changed, forgotten },
    journal: { write: (_entry: unknown, event: object) => written.push(event) },
    clock,
    log: silentLogger,
  } as unknown as Parameters<typeof watchOwnClock>[0]);
  for (const byMs of [hour, 2 * hour]) {
    clock.set(byMs);
    clock.advance(1000);
  }
  changed.emit(entry);
  expect(written).toEqual([]);
  entry.state.link.state = "online";
  changed.emit(entry);
  changed.emit(entry);
  expect(written).toEqual([{ kind: "own-clock-set", byMs: 3 * hour }]);
  entry.session = {};
  void watch.dispose();
  clock.set(hour);
  clock.advance(5000);
  expect(written).toHaveLength(1);
});
