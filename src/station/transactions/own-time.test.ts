import { expect, test } from "vitest";
import { staleMs } from "../bounds.ts";
import type { StationEvent } from "../events.ts";
import type { StationState } from "../model.ts";
import { isOlder, ownTime, placeGroups, withOwnTime } from "./own-time.ts";

const now = Date.UTC(2026, 0, 31, 12);
const day = 86_400_000;
const iso = (ms: number) => new Date(ms).toISOString();
const unknown: Pick<StationState, "clock"> = {};
const offBy = (offsetMs: number) => ({ clock: { offsetMs, at: now, frame: 1 } }) as Pick<StationState, "clock">;

test("a time that a station tells is moved by what its clock is known to be off, and is never ahead of when it came", () => {
  const told = (state: Pick<StationState, "clock">, ms: number) => ownTime(state, iso(now + ms), now) - now;
  expect([told(unknown, -5000), told(unknown, 5000), told(unknown, 0)]).toEqual([-5000, 0, 0]);
  expect([told(offBy(60_000), 0), told(offBy(-60_000), -90_000), told(offBy(-60_000), -30_000)]).toEqual([
    ...[-60_000, -30_000, 0],
  ]);
});

test("of a station whose clock is not known a time of more than a day back says nothing, nor does one of before 2010", () => {
  const told = (state: Pick<StationState, "clock">, ms: number) => ownTime(state, iso(now + ms), now) - now;
  expect([told(unknown, -day), told(unknown, -day - 1), told(offBy(0), -day - 1)]).toEqual([-day, 0, -day - 1]);
  const before = (text: string) => ownTime(offBy(0), text, now);
  expect([before("2009-12-31T23:59:59Z"), before("2010-01-01T00:00:00Z"), before("soon")]).toEqual([
    ...[now, Date.UTC(2010, 0, 1), now],
  ]);
  expect(ownTime(unknown, undefined, now)).toBe(now);
});

test("on the time line stands when something happened where it was told late", () => {
  const event = (ms: number, more = {}): StationEvent => ({
    ...{ kind: "status", evse: 1, connector: 1, status: "Available", stationTime: iso(now + ms), at: now, seq: 1 },
    ...more,
  });
  const ownAt = (one: StationEvent) => withOwnTime(offBy(0), one).ownAt;
  expect([ownAt(event(-staleMs)), ownAt(event(-staleMs - 1))]).toEqual([undefined, now - staleMs - 1]);
  const kept: StationEvent = {
    kind: "transaction-ended",
    id: "1",
    stationTime: iso(now - 1),
    offline: true,
    at: now,
    seq: 1,
  };
  expect([ownAt(kept), ownAt({ ...kept, stationTime: iso(now) }), ownAt({ ...kept, offline: false })]).toEqual([
    ...[now - 1, undefined, undefined],
  ]);
  const plain: StationEvent = { kind: "heartbeat", at: now, seq: 1 };
  expect(withOwnTime(offBy(0), plain)).toBe(plain);
});

test("values are late where they were kept offline, or were measured more than a minute before", () => {
  const place = (ms: number, offline?: boolean) => {
    const groups = [{ stationTime: iso(now + ms), samples: [] }];
    const [group] = placeGroups(offBy(0), { kind: "sampled", evse: 1, groups, at: now, ...(offline && { offline }) });
    return [group?.measuredAt, group?.late];
  };
  expect([place(-staleMs), place(-staleMs - 1), place(0, true)]).toEqual([
    [now - staleMs, false],
    [now - staleMs - 1, true],
    [now, true],
  ]);
});

test("older is what is so by our clock, and by the station's where both tell it", () => {
  expect(isOlder({ ownAt: 1 }, { ownAt: 2 })).toBe(true);
  expect([isOlder({ ownAt: 2 }, { ownAt: 2 }), isOlder({ ownAt: 3 }, { ownAt: 2 })]).toEqual([false, false]);
  expect(isOlder({ ownAt: 1, time: 5 }, { ownAt: 2, time: 6 })).toBe(true);
  expect([
    isOlder({ ownAt: 1, time: 6 }, { ownAt: 2, time: 6 }),
    isOlder({ ownAt: 1, time: 7 }, { ownAt: 2, time: 6 }),
  ]).toEqual([...[false, false]]);
  expect([isOlder({ ownAt: 1, time: 7 }, { ownAt: 2 }), isOlder({ ownAt: 1 }, { ownAt: 2, time: 6 })]).toEqual([
    true,
    true,
  ]);
});
