import { expect, test } from "vitest";
import { aheadMs } from "../bounds.ts";
import type { StationEvent } from "../events.ts";
import { finding } from "../findings.ts";
import { newStation, type StationState } from "../model.ts";
import { words } from "../phrases.ts";
import { clockOff, isOfOwnClock } from "./own-clock.ts";
import { reduce } from "./reduce.ts";

const hour = 3_600_000;
const begun = Date.UTC(2026, 0, 1, 12);

/** A station of which everything is known that has a time: each told at another, `by` later than it was. */
function stationAt(by: number): StationState {
  let next = begun + by;
  const at = () => next++;
  const connector = (number: number) => ({
    ...{ connector: number, status: "Faulted", stationTime: "x", statusAt: at(), at: at(), frame: 1 },
    problems: [{ component: "C", variable: "Problem", since: at(), frame: 2 }],
  });
  const live = () => [{ measurand: "Voltage", unit: "V", value: 1, said: "1", at: at(), measuredAt: at(), frame: 3 }];
  const reading = () => ({ value: 5, at: at(), frame: 4 });
  const running = {
    ...{ id: "1", state: "running", evse: 1, startedAt: at(), startFrame: 5, powerW: 1, powerAt: at() },
    ...{ energyWh: 1, energyFrom: "register", word: { at: at(), frame: 6, time: 7 } },
    meter: { first: reading(), last: reading(), flow: { since: at(), wh: 1, register: 2 } },
  };
  const over = {
    ...{ id: "2", state: "not-ended", evse: 2, startedAt: at(), startFrame: 5, powerW: null, endedAt: at(), meter: {} },
    ...{ energyWh: null, energyFrom: null, word: { at: at(), frame: 6 } },
    notEnded: { because: "free", at: at(), frame: 7 },
  };
  const asWas = { clock: { offsetMs: 500 - by, at: at(), frame: 8, stationTime: "x" } };
  return {
    ...newStation("CP1", begun),
    ...asWas,
    ...{ lastSeenAt: at(), clockDoubt: { offsetMs: -90_000 - by, at: at(), frame: 8, stationTime: "y" } },
    link: { state: "online", since: at(), connection: 1 },
    boot: { at: at(), frame: 9, answered: "Accepted", before: [at(), at()] },
    station: connector(0),
    live: live(),
    evses: [
      { evse: 1, connectors: [connector(1), { connector: 2 }], live: live(), transaction: running },
      { evse: 2, connectors: [], live: [], transaction: over },
    ],
    transactions: [running, over],
    reports: [{ requestId: "1", parts: [], at: at(), frame: 10 }],
    firmware: { status: "Installed", at: at(), frame: 11 },
    diagnostics: { status: "Uploaded", at: at(), frame: 12 },
    certificates: { at: at(), frame: 13, installed: [] },
    asked: { boot: at(), status: at(), refused: true },
    commands: [
      { id: "1", name: "trigger", args: {}, sentAt: at(), doneAt: at(), effect: { what: "boot", at: at(), frame: 14 } },
      { id: "2", name: "reset", args: {}, sentAt: at() },
    ],
    findings: [{ rule: "too-long", where: "A", said: "b", count: 1, firstAt: begun, lastAt: begun }],
    seq: 20,
  } as unknown as StationState;
}

const set = (byMs: number, more: object = {}) =>
  ({ kind: "own-clock-set", byMs, ...more, at: begun + 60_000 + byMs, seq: 21 }) as StationEvent;

test.each([hour, -hour])("what the state says of now is said by our clock as it is: set by %i ms", (by) => {
  const ownClock = { movedMs: by, at: begun + 60_000 + by, frame: 21 };
  const firstSeenAt = Math.min(begun, begun + by);
  expect(reduce(stationAt(0), set(by))).toEqual({ ...stationAt(by), firstSeenAt, ownClock, seq: 21 });
});

test("of a station of which nothing is known yet nothing is made up", () => {
  const { firstSeenAt, lastSeenAt, ...blank } = newStation("CP1", begun);
  const ownClock = { movedMs: hour, at: begun + 60_000 + hour, frame: 21 };
  expect(reduce(newStation("CP1", begun), set(hour))).toEqual({
    ...{ ...blank, firstSeenAt, lastSeenAt: lastSeenAt + hour, ownClock, seq: 21 },
  });
});

test("where the computer may have slept instead nothing moves; what it was set by is added up", () => {
  const slept = reduce(stationAt(0), set(hour, { orSlept: true }));
  const { ownClock, seq, ...rest } = slept;
  const { seq: _seq, ...before } = stationAt(0);
  expect(rest).toEqual(before);
  expect([ownClock?.movedMs, seq]).toEqual([hour, 21]);
  expect(reduce(slept, { ...set(-3 * hour), seq: 22 }).ownClock?.movedMs).toBe(-2 * hour);
});

test("a station that agrees with our clock as it was is not off; one that agrees with neither is", () => {
  const off = (offsetMs: number, movedMs?: number) =>
    clockOff({
      clock: { offsetMs, at: 0, frame: 1, stationTime: "" },
      ...(movedMs !== undefined && { ownClock: { movedMs, at: 0, frame: 1 } }),
    });
  expect(clockOff({})).toBe(null);
  expect(clockOff({ ownClock: { movedMs: 5, at: 0, frame: 1 } })).toBe(null);
  expect(off(-hour)).toEqual({ stationMs: -hour, ownMs: 0 });
  expect(off(-hour, hour)).toEqual({ stationMs: 0, ownMs: hour });
  expect(off(-hour, hour / 2)).toEqual({ stationMs: -hour / 2, ownMs: hour / 2 });
  expect(off(10, hour)).toEqual({ stationMs: 10, ownMs: 0 });
  // As far off by the one as by the other.
  expect(off(-hour, 2 * hour)).toEqual({ stationMs: -hour, ownMs: 0 });
});

test("a time seems to lie ahead only because our clock was set back, as far as it was", () => {
  const at = begun;
  const ahead = (ms: number, movedMs?: number, rule: "time-implausible" | "bad-format" = "time-implausible") =>
    isOfOwnClock(
      { ...newStation("CP1", 0), ...(movedMs !== undefined && { ownClock: { movedMs, at: 0, frame: 1 } }) },
      finding(rule, "A /timestamp", new Date(at + ms).toISOString()),
      at,
    );
  expect([ahead(hour), ahead(hour, 0), ahead(hour, -hour)]).toEqual([false, false, true]);
  expect([ahead(hour + aheadMs, -hour), ahead(hour + aheadMs + 1, -hour)]).toEqual([true, false]);
  expect([ahead(1, -hour), ahead(0, -hour), ahead(hour, -hour, "bad-format")]).toEqual([true, false, false]);
  const state = { ...newStation("CP1", 0), ownClock: { movedMs: -hour, at: 0, frame: 1 } };
  for (const said of ["soon", words("nothing")])
    expect(isOfOwnClock(state, { rule: "time-implausible", where: "A", said }, at)).toBe(false);
});
