import { describe, expect, it } from "vitest";
import { staleMs } from "../bounds.ts";
import type { EventBody } from "../events.ts";
import { newStation, type StationState } from "../model.ts";
import { reduce } from "./reduce.ts";

const start = Date.UTC(2026, 0, 1, 12);
const minute = 60_000;
const hour = 60 * minute;

/** A station whose messages come one after the other, at our times, with the times that it writes. */
function station() {
  let state: StationState = newStation("CP1", start);
  let seq = 0;
  const hear = (at: number, body: EventBody) => {
    state = reduce(state, { ...body, at, seq: ++seq });
  };
  return {
    status(at: number, stationTime: string) {
      hear(at, { kind: "status", evse: 1, connector: 1, status: "Available", stationTime });
    },
    values(at: number, stationTime: string) {
      const sample = { measurand: "Voltage", unit: "V", value: 230, said: "230" } as const;
      hear(at, { kind: "sampled", evse: 1, groups: [{ stationTime, samples: [sample] }] });
    },
    stop(at: number, stationTime: string) {
      hear(at, { kind: "transaction-ended", id: "1", evse: 1, stationTime });
    },
    queued(at: number, stationTime: string) {
      hear(at, { kind: "transaction-started", id: "2", evse: 1, stationTime, offline: true });
    },
    /** The shown offset in seconds; undefined where none is shown. */
    get offset() {
      return state.clock && state.clock.offsetMs / 1000;
    },
  };
}

const iso = (ms: number) => new Date(ms).toISOString();

describe("the station's clock after an offline spell", () => {
  /** 200 messages of two hours offline, as fast as they are answered. */
  function flood(one: ReturnType<typeof station>, from: number): number[] {
    const shown: number[] = [];
    for (let n = 0; n < 200; n++) {
      const then = iso(from - 2 * hour + n * 36_000);
      if (n % 50 === 49) one.stop(from + n * 50, then);
      else if (n % 10 === 0) one.status(from + n * 50, then);
      else one.values(from + n * 50, then);
      shown.push(one.offset ?? Number.NaN);
    }
    return shown;
  }

  it("stays what it was through a flood of queued messages", () => {
    const one = station();
    one.values(start, iso(start));
    expect(new Set(flood(one, start + 2 * hour))).toEqual(new Set([0]));
    one.values(start + 2 * hour + minute, iso(start + 2 * hour + minute + 1000));
    expect(one.offset).toBe(1);
  });

  it("stays what it was when the flood is slow, and what is live comes between", () => {
    const one = station();
    one.status(start, iso(start));
    for (let n = 0; n < 200; n++) {
      const at = start + 2 * hour + n * 1000;
      one.values(at, iso(start + n * 36_000));
      if (n % 20 === 0) one.status(at, iso(at));
      expect(one.offset).toBe(0);
    }
  });

  it("is not known before a message of now where nothing was known before", () => {
    const one = station();
    expect(flood(one, start).slice(0, 196)).toEqual(Array.from({ length: 196 }, () => Number.NaN));
    one.values(start + minute, iso(start + minute));
    expect(one.offset).toBe(0);
  });

  it("is not moved by the same old message sent again and again", () => {
    const one = station();
    one.status(start, iso(start));
    for (let n = 1; n <= 10; n++) one.stop(start + hour + n * 30_000, iso(start + 10 * minute));
    expect(one.offset).toBe(0);
  });

  it("is not made, moved or doubted by what is told as kept while offline", () => {
    const one = station();
    one.queued(start, iso(start + hour));
    one.queued(start + minute, iso(start + hour + minute));
    expect(one.offset).toBeUndefined();
    one.values(start + 2 * minute, iso(start + 2 * minute));
    one.queued(start + 3 * minute, iso(start + hour));
    expect(one.offset).toBe(0);
  });

  it("is not moved by a status that tells since when it stands", () => {
    const one = station();
    one.values(start, iso(start));
    for (let n = 1; n <= 10; n++) one.status(start + n * minute, iso(start - 3 * hour));
    expect(one.offset).toBe(0);
  });
});

describe("a clock that is off", () => {
  it("by a time zone that is not written is shown as that", () => {
    const one = station();
    for (let n = 0; n < 5; n++) one.status(start + n * minute, iso(start + 2 * hour + n * minute).slice(0, 19));
    expect(one.offset).toBe(7200);
  });

  it("by a time zone to the west is shown as that, and kept through what is queued", () => {
    const one = station();
    const local = (ms: number) => iso(ms - 5 * hour).slice(0, 19);
    one.values(start, local(start));
    expect(one.offset).toBe(-18_000);
    for (let n = 0; n < 20; n++) one.values(start + 2 * hour + n * 50, local(start + n * 5 * minute));
    expect(one.offset).toBe(-18_000);
  });

  it.each(["status", "values"] as const)("in 1970 is shown, by %s alone", (kind) => {
    const one = station();
    for (let n = 0; n < 3; n++) one[kind](start + n * 10_000, iso(5000 + n * 10_000));
    expect(one.offset).toBe((5000 - start) / 1000);
  });

  it("and set right in the middle of a connection is right at once", () => {
    const one = station();
    one.status(start, "1970-01-01T00:00:05Z");
    one.status(start + 1000, iso(start + 1000));
    expect(one.offset).toBe(0);
  });

  it("and set back is shown so with the second time that agrees, not with the first", () => {
    const one = station();
    for (const n of [0, 1, 2]) one.values(start + n * minute, iso(start + 2 * hour + n * minute));
    one.values(start + 3 * minute, iso(start + hour + 3 * minute));
    one.values(start + 3 * minute + 100, iso(start + hour + 3 * minute));
    expect(one.offset).toBe(7200);
    one.values(start + 4 * minute, iso(start + hour + 4 * minute));
    expect(one.offset).toBe(3600);
  });

  it("and set back to ours, which we tell, is right at once", () => {
    const one = station();
    one.values(start, iso(start + hour));
    one.values(start + minute, iso(start + minute));
    expect(one.offset).toBe(0);
  });

  it("is not made of the first message where that is of a queue", () => {
    const one = station();
    one.values(start, iso(start - 5 * minute));
    expect(one.offset).toBeUndefined();
    one.values(start + minute, iso(start + minute));
    expect(one.offset).toBe(0);
  });

  it("and drifts slowly is followed", () => {
    const one = station();
    for (let n = 0; n <= 60; n++) one.values(start + n * minute, iso(start + n * minute - n * 500));
    expect(one.offset).toBe(-30);
  });
});

describe("what counts as the same time", () => {
  it.each([
    { off: -staleMs, shown: -staleMs },
    { off: -staleMs - 1, shown: undefined },
    { off: -24 * hour, shown: undefined },
    // No station queues a status for so long.
    { off: -24 * hour - 1, shown: -24 * hour - 1 },
  ])("a first status that is $off ms off ours: it shows $shown ms", ({ off, shown }) => {
    const one = station();
    one.status(start, iso(start + off));
    expect(one.offset).toBe(shown && shown / 1000);
    const other = station();
    other.stop(start, iso(start + off));
    expect(other.offset).toBe(off < -staleMs ? undefined : off / 1000);
  });

  it.each(["Z", "z", "+00:00", "+0000", "+00"])(
    "a first time of long ago with the zone %j may come of a queue",
    (zone) => {
      const one = station();
      one.values(start, `${iso(start - hour).slice(0, 19)}${zone}`);
      expect(one.offset).toBeUndefined();
    },
  );

  it.each([
    { back: 2000, shown: 8 },
    { back: 2001, shown: 10 },
  ])("a time that is $back ms further back than the clock was: it shows $shown s", ({ back, shown }) => {
    const one = station();
    one.values(start, iso(start + 10_000));
    one.values(start + minute, iso(start + minute + 10_000 - back));
    expect(one.offset).toBe(shown);
  });

  it.each([
    { off: -2000, shown: -2 },
    { off: -2001, shown: 10 },
  ])("a time that is $off ms off ours, of a clock that was fast: it shows $shown s", ({ off, shown }) => {
    const one = station();
    one.values(start, iso(start + 10_000));
    one.values(start + minute, iso(start + minute + off));
    expect(one.offset).toBe(shown);
  });

  it.each([
    { after: 5000, apart: 2000, shown: 3602 },
    { after: 4999, apart: 0, shown: 7200 },
    { after: 5000, apart: 2001, shown: 7200 },
  ])("two that tell of a clock set back, $after ms after each other and $apart ms apart: $shown s", (given) => {
    const one = station();
    one.values(start, iso(start + 2 * hour));
    one.values(start + minute, iso(start + minute + hour));
    const then = start + minute + given.after;
    one.values(then, iso(then + hour + given.apart));
    expect(one.offset).toBe(given.shown);
  });
});
