import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createManualClock } from "../lib/clock.ts";
import { silentLogger } from "../lib/logger.ts";
import type { EventBody, Via } from "../station/events.ts";
import { EventsRepository, type StoredEvent } from "./events.ts";
import { Recorder } from "./recorder.ts";
import { Database } from "./sqlite/database.ts";

type Told = EventBody & { seq: number; station?: number; own?: boolean };

/** A time line of these entries, each at a second that is its number; those of the core's own where it is said. */
function timeLine(...told: Told[]) {
  const folder = mkdtempSync(join(tmpdir(), "plugside-events-"));
  const database = new Database(join(folder, "plugside.db"));
  onTestFinished(() => {
    database.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  const recorder = new Recorder({ database, clock: createManualClock(), log: silentLogger });
  function add(...more: Told[]): void {
    for (const { station = 1, own = false, ...event } of more) {
      recorder.event({ station: { id: station, identity: `CP${station}` }, event: { ...event, at: event.seq }, own });
    }
    recorder.flush();
  }
  add(...told);
  return { events: new EventsRepository(database), database, add };
}

const numbers = (rows: readonly StoredEvent[]) => rows.map(({ event }) => event.seq);
const alarm = (seq: number, more: { own?: boolean; station?: number } = {}): Told => ({
  ...more,
  kind: "security-event",
  type: "SettingSystemTime",
  seq,
});
const opened = (seq: number, kind: Via["kind"]) =>
  ({ kind: "link-opened", connection: seq, via: { kind }, seq }) as unknown as Told;

test("the time line is read from either end, and entries of one number are not parted", () => {
  const { events } = timeLine(alarm(2), alarm(4), alarm(4), alarm(4), alarm(6));
  expect(numbers(events.newest(99, {}, 9))).toEqual([6, 4, 4, 4, 2]);
  expect(numbers(events.oldest(0, {}, 9))).toEqual([2, 4, 4, 4, 6]);
  expect([numbers(events.newest(6, {}, 1)), numbers(events.oldest(2, {}, 1))]).toEqual([
    [4, 4, 4],
    [4, 4, 4],
  ]);
  expect([numbers(events.newest(99, {}, 2)), numbers(events.oldest(0, {}, 2))]).toEqual([
    [6, 4, 4, 4],
    [2, 4, 4, 4],
  ]);
  expect([numbers(events.newest(2, {}, 9)), numbers(events.oldest(6, {}, 9))]).toEqual([[], []]);
});

test("it is narrowed to a station and to kinds, also where the border lies among entries of one number", () => {
  const { events } = timeLine(
    alarm(2, { station: 2 }),
    alarm(4),
    { kind: "firmware-status", status: "Idle", seq: 4 },
    alarm(4, { station: 2 }),
    alarm(4),
  );
  expect(numbers(events.newest(99, { station: 2 }, 9))).toEqual([4, 2]);
  expect(events.newest(99, { station: 1, kinds: ["security-event"] }, 1).map(({ event }) => event.kind)).toEqual([
    "security-event",
    "security-event",
  ]);
  expect(numbers(events.oldest(0, { kinds: ["firmware-status"] }, 9))).toEqual([4]);
  expect(numbers(events.oldest(0, { kinds: [] }, 9))).toEqual([]);
});

test("the core's own entries are told from those of frames, from a number on and below another", () => {
  const { events } = timeLine(
    alarm(2, { own: true }),
    alarm(4, { own: true, station: 2 }),
    alarm(5),
    alarm(6, { own: true }),
    alarm(8, { own: true }),
  );
  expect(numbers(events.own(2, 8))).toEqual([2, 4, 6]);
  expect(numbers(events.own(0, 99, [1]))).toEqual([2, 6, 8]);
  expect(numbers(events.own(0, 99, []))).toEqual([]);
  expect(numbers(events.ownOf(1, 2, 6))).toEqual([6]);
  expect(events.ownOf(2, 0, 9)).toEqual([{ station: 2, own: true, event: { ...alarm(4), at: 4 } }]);
  expect(events.newest(6, {}, 1)).toEqual([{ station: 1, own: false, event: { ...alarm(5), at: 5 } }]);
});

test("heartbeats and samples are no entries of it", () => {
  const { events } = timeLine(
    { kind: "heartbeat", seq: 2 },
    { kind: "sampled", evse: 1, groups: [], seq: 3 },
    alarm(4),
  );
  expect(numbers(events.newest(99, {}, 9))).toEqual([4]);
});

test("what carries a connection is known from the entry that opened it, once there is one", () => {
  const { events, database, add } = timeLine(
    opened(2, "serial"),
    opened(3, "websocket"),
    opened(4, "modbus"),
    alarm(6),
  );
  const carriers = (...connections: number[]) => connections.map((connection) => events.carrierOf(connection));
  expect(carriers(2, 3, 4, 6, 8)).toEqual(["serial", undefined, "modbus", undefined, undefined]);
  add(opened(8, "console"));
  expect(events.carrierOf(8)).toBe("console");
  // What was asked for once is at hand.
  database.exec("DELETE FROM events");
  expect(carriers(2, 3, 4, 8)).toEqual(["serial", undefined, "modbus", "console"]);
});

test("a link of a record of before there were several carriers came over a WebSocket, with all that it told", () => {
  const { events, database } = timeLine(opened(2, "serial"));
  const before = {
    kind: "link-opened",
    at: 2,
    seq: 2,
    connection: 2,
    ocpp: "1.6",
    remoteAddress: "10.0.0.1",
    path: "/x",
  };
  database.prepare("UPDATE events SET body = ?").run(JSON.stringify(before));
  const { remoteAddress, path, ...rest } = before;
  expect(events.newest(9, {}, 1)[0]?.event).toEqual({ ...rest, via: { kind: "websocket", remoteAddress, path } });
});

test("the console that an entry tells of is known by its port", () => {
  const heard = { kind: "console-heard", port: "/dev/ttyUSB0", seq: 2 } as unknown as Told;
  const { events } = timeLine(heard, alarm(4));
  expect([2, 4, 6].map((seq) => events.consoleOf(seq))).toEqual(["/dev/ttyUSB0", undefined, undefined]);
});

test("of each value the newest time counts, of the kind that is asked for", () => {
  const tried = (seq: number, value: string): Told => ({
    kind: "token",
    token: { value },
    decision: "Accepted",
    source: "Authorize",
    seq,
  });
  const other: Told = { kind: "transaction-updated", id: "7", token: { value: "A" }, seq: 9 };
  const { events, database } = timeLine(tried(2, "A"), tried(7, "A"), tried(4, "B"), other);
  const lastAt = () => [...events.lastAt("token", "$.token.value")];
  expect(lastAt()).toEqual([
    ["A", 7],
    ["B", 4],
  ]);
  database.exec("UPDATE events SET body = '{' WHERE seq = 7");
  expect(lastAt()).toEqual([
    ["A", 2],
    ["B", 4],
  ]);
});

test.each([
  ["no JSON", "{"],
  ["of another number", JSON.stringify({ ...alarm(5), at: 4 })],
  ["without a time", JSON.stringify({ ...alarm(4), at: null })],
  ["of no kind", JSON.stringify({ at: 4, seq: 4 })],
])("an entry that is %s is passed over and counted", (_what, body) => {
  const { events, database } = timeLine(alarm(2), alarm(4));
  database.prepare("UPDATE events SET body = ? WHERE seq = 4").run(body);
  expect([numbers(events.newest(9, {}, 9)), database.skipped.get("events")]).toEqual([[2], 1]);
});
