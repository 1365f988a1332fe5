import { describe, expect, it } from "vitest";
import type { EventBody } from "./events.ts";
import { newStation, type StationState, type Transaction } from "./model.ts";
import { reduce } from "./reduce.ts";

const fresh = newStation("CP-1", 0);

/** Events come one a second, each on the word of the next frame. */
function fold(state: StationState, ...bodies: EventBody[]): StationState {
  return bodies.reduce((next, body) => reduce(next, { ...body, at: (next.seq + 1) * 1000, seq: next.seq + 1 }), state);
}

function transactions(state: StationState): Record<number, Transaction | undefined> {
  return Object.fromEntries(state.evses.map(({ evse, transaction }) => [evse, transaction]));
}

function started(id: string, evse: number, more = {}): EventBody {
  return { kind: "transaction-started", id, evse, ...more };
}
function updated(id: string, more = {}): EventBody {
  return { kind: "transaction-updated", id, ...more };
}
function ended(id: string, more = {}): EventBody {
  return { kind: "transaction-ended", id, ...more };
}
function register(value: number, more = {}): EventBody {
  const sample = { measurand: "Energy.Active.Import.Register", unit: "Wh", value, said: String(value) } as const;
  return { kind: "sampled", evse: 1, groups: [{ samples: [sample] }], ...more };
}
const evse1 = { kind: "status", evse: 1, connector: 1, status: "Available" } as const;
const evse2 = { kind: "status", evse: 2, connector: 1, status: "Available" } as const;

describe("a transaction", () => {
  it("runs from its start through updates to its end, and stays as the last one", () => {
    const running = fold(
      fresh,
      started("9223372036854775807", 1, {
        connector: 2,
        token: { value: "04AA" },
        meterStart: 1000,
        stationTime: "2026-01-01T00:00:00Z",
        chargingState: "EVConnected",
        remoteStartId: 5,
      }),
      updated("9223372036854775807", { chargingState: "Charging" }),
    );
    const expected = {
      id: "9223372036854775807",
      evse: 1,
      connector: 2,
      token: { value: "04AA" },
      startedAt: 1000,
      startFrame: 1,
      stationStart: "2026-01-01T00:00:00Z",
      meterStart: 1000,
      meterNow: 1000,
      remoteStartId: 5,
    };
    expect(running.evses).toEqual([
      {
        evse: 1,
        connectors: [{ connector: 2 }],
        live: [],
        transaction: { ...expected, chargingState: "Charging" },
      },
    ]);
    const state = fold(
      running,
      ended("9223372036854775807", {
        meterStop: 3000,
        reason: "EVDisconnected",
        stationTime: "2026-01-01T01:00:00Z",
        token: { value: "04BB" },
      }),
    );
    expect(transactions(state)).toEqual({
      1: {
        ...expected,
        meterNow: 3000,
        meterStop: 3000,
        endedAt: 3000,
        endFrame: 3,
        stationEnd: "2026-01-01T01:00:00Z",
        endReason: "EVDisconnected",
      },
    });
    expect(state.ended).toEqual(["9223372036854775807"]);
  });

  it("keeps its first start when the same start is told again", () => {
    const once = fold(fresh, started("5", 1, { meterStart: 10 }));
    expect(transactions(fold(once, started("5", 1, { meterStart: 10 })))).toEqual(transactions(once));
  });

  it("is not revived by its own start told again after the end, but begins anew under the same id at another time", () => {
    const over = fold(fresh, started("5", 1, { stationTime: "2026-01-01T00:00:00Z" }), ended("5"));
    const again = fold(over, started("5", 1, { stationTime: "2026-01-01T00:00:00Z" }));
    expect(transactions(again)).toEqual(transactions(over));
    const anew = fold(over, started("5", 1, { stationTime: "2026-01-01T02:00:00Z" }));
    expect([transactions(anew), anew.ended]).toEqual([
      { 1: { id: "5", evse: 1, startedAt: 3000, startFrame: 3, stationStart: "2026-01-01T02:00:00Z" } },
      [],
    ]);
  });

  it("keeps its end when that is told again, and learns what was missing", () => {
    const once = fold(fresh, started("5", 1), ended("5", { meterStop: 20 }));
    const again = fold(once, ended("5", { meterStop: 99, reason: "Local", offline: true }));
    expect(transactions(again)).toEqual({
      1: {
        id: "5",
        evse: 1,
        startedAt: 1000,
        startFrame: 1,
        meterStop: 20,
        meterNow: 20,
        endedAt: 2000,
        endFrame: 2,
        endReason: "Local",
      },
    });
  });

  it("ignores updates after its end", () => {
    const over = fold(fresh, started("5", 1), ended("5"));
    expect(transactions(fold(over, updated("5", { chargingState: "Charging" })))).toEqual(transactions(over));
  });

  it("moves to the EVSE that is said later", () => {
    const state = fold(fresh, evse1, evse2, started("5", 1), updated("5", { evse: 2, connector: 1 }));
    expect(transactions(state)).toEqual({
      1: undefined,
      2: { id: "5", evse: 2, connector: 1, startedAt: 3000, startFrame: 3 },
    });
  });

  it("gives way to the next start on its EVSE, and is not revived", () => {
    const state = fold(fresh, started("5", 1), started("6", 1), updated("5"));
    expect([transactions(state), state.ended]).toEqual([
      { 1: { id: "6", evse: 1, startedAt: 2000, startFrame: 2 } },
      ["5"],
    ]);
  });

  it("is marked when told after the fact", () => {
    const state = fold(fresh, started("5", 1, { offline: true }));
    expect(transactions(state)).toEqual({ 1: { id: "5", evse: 1, startedAt: 1000, startFrame: 1, offline: true } });
  });

  it("without an EVSE is on the only one there is, and nowhere when there are two", () => {
    expect(transactions(fold(fresh, evse1, started("5", 0)))).toEqual({
      1: { id: "5", evse: 1, startedAt: 2000, startFrame: 2 },
    });
    expect(transactions(fold(fresh, evse1, evse2, started("5", 0)))).toEqual({ 1: undefined, 2: undefined });
  });

  it("is found by its id when its end names no EVSE", () => {
    const state = fold(fresh, evse1, started("5", 2), ended("5"));
    expect(transactions(state)).toEqual({
      1: undefined,
      2: { id: "5", evse: 2, startedAt: 2000, startFrame: 2, endedAt: 3000, endFrame: 3 },
    });
  });

  it("remembers the last 20 that ended", () => {
    const ids = Array.from({ length: 22 }, (_, n) => String(n));
    const state = fold(fresh, ...ids.flatMap((id) => [started(id, 1), ended(id)]));
    expect(state.ended).toEqual(ids.slice(2));
  });
});

describe("a foreign transaction", () => {
  const foreign = { id: "77", evse: 1, startedAt: 2000, startFrame: 2, foreign: true };

  it("is learnt from an update, a meter value or an end", () => {
    expect(transactions(fold(fresh, evse1, updated("77", { evse: 1, chargingState: "Charging" })))).toEqual({
      1: { ...foreign, chargingState: "Charging" },
    });
    expect(transactions(fold(fresh, evse1, register(500, { transaction: "77" })))).toEqual({
      1: { ...foreign, meterNow: 500 },
    });
    expect(transactions(fold(fresh, evse1, ended("77", { meterStop: 600 })))).toEqual({
      1: { ...foreign, meterStop: 600, meterNow: 600, endedAt: 2000, endFrame: 2 },
    });
  });

  it("is foreign no more once its start is told", () => {
    const state = fold(fresh, evse1, register(500, { transaction: "77" }), started("77", 1, { meterStart: 400 }));
    expect(transactions(state)).toEqual({
      1: { id: "77", evse: 1, startedAt: 2000, startFrame: 3, meterStart: 400, meterNow: 500 },
    });
  });

  it("does not take the place of a running one by a late meter value, an end, or an update from before", () => {
    const running = fold(fresh, started("5", 1, { meterStart: 1000 }));
    const late = [
      register(500, { transaction: "77" }),
      ended("77", { evse: 1 }),
      updated("77", { evse: 1, offline: true }),
    ];
    for (const body of late) expect(transactions(fold(running, body))).toEqual(transactions(running));
  });

  it("takes the place of one whose end was never told, when the station says now that it runs", () => {
    const state = fold(fresh, started("5", 1), updated("77", { evse: 1 }));
    expect([transactions(state), state.ended]).toEqual([{ 1: foreign }, ["5"]]);
  });

  it("is not made of the ids that stations write for none", () => {
    for (const id of ["0", "-1", ""]) {
      expect(transactions(fold(fresh, evse1, register(500, { transaction: id })))).toEqual({ 1: undefined });
    }
  });

  it("is not made of a transaction that ended, even two transactions ago", () => {
    const over = fold(fresh, started("5", 1), ended("5"), started("6", 1), ended("6"));
    const state = fold(over, register(500, { transaction: "5" }), updated("5", { evse: 1 }), ended("5", { evse: 1 }));
    expect(transactions(state)).toEqual(transactions(over));
  });
});
