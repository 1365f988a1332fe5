import { describe, expect, it } from "vitest";
import { transactionFrame } from "../age.ts";
import type { EventBody, StationEvent } from "../events.ts";
import { newStation, type Sample, type StationState } from "../model.ts";
import { reduce } from "./reduce.ts";

const fresh = newStation("CP-1", 0);

function next(state: StationState, body: EventBody): StationEvent {
  return { ...body, at: (state.seq + 1) * 1000, seq: state.seq + 1 };
}

/** Events come one a second, each on the word of the next frame. */
function fold(state: StationState, ...bodies: EventBody[]): StationState {
  return bodies.reduce((folded, body) => reduce(folded, next(folded, body)), state);
}

function wh(value: number, more: Partial<Sample> = {}): Sample {
  return { measurand: "Energy.Active.Import.Register", unit: "Wh", value, said: String(value), ...more };
}
function volt(value: number, more: Partial<Sample> = {}): Sample {
  return { measurand: "Voltage", unit: "V", value, said: String(value), ...more };
}
function sampled(samples: Sample[], more = {}, stationTime?: string): EventBody {
  return { kind: "sampled", evse: 1, connector: 1, groups: [{ stationTime, samples }], ...more };
}
const begun: EventBody = { kind: "transaction-started", id: "5", evse: 1, connector: 1, meterStart: 1000 };
const running = fold(fresh, begun);

function meters(state: StationState) {
  const { meterStart, meterNow, meterStop } = state.evses[0]?.transaction ?? {};
  return { meterStart, meterNow, meterStop };
}

describe("live values", () => {
  it("are the latest of each measurand, phase and location; a location not told is the outlet", () => {
    const state = fold(
      fresh,
      sampled([volt(230, { phase: "L1" }), volt(231, { phase: "L2" }), volt(12, { location: "Body" })]),
      sampled([volt(229, { phase: "L2", location: "Outlet" }), volt(50)], {}, "2026-01-01T00:00:00Z"),
    );
    const second = { at: 2000, measuredAt: 2000, frame: 2, stationTime: "2026-01-01T00:00:00Z" };
    expect(state.evses).toEqual([
      {
        evse: 1,
        connectors: [{ connector: 1 }],
        live: [
          { ...volt(230, { phase: "L1" }), at: 1000, measuredAt: 1000, frame: 1 },
          { ...volt(229, { phase: "L2", location: "Outlet" }), ...second },
          { ...volt(12, { location: "Body" }), at: 1000, measuredAt: 1000, frame: 1 },
          { ...volt(50), ...second },
        ],
      },
    ]);
  });

  it("move on by the station's own clock where ours was set back between two, and stay where it told no time", () => {
    const base = Date.UTC(2026, 0, 1, 10);
    const at = (ms: number, value: number, time?: string): StationEvent =>
      ({ ...sampled([volt(value)], {}, time), at: base + ms, seq: value }) as StationEvent;
    const value = (...events: StationEvent[]) => events.reduce(reduce, fresh).evses[0]?.live[0]?.value;
    expect([
      value(at(0, 1, "2026-01-01T10:00:00Z"), at(-60_000, 2, "2026-01-01T10:00:10Z")),
      value(at(0, 1, "2026-01-01T10:00:00Z"), at(-60_000, 2)),
      value(at(0, 1), at(-60_000, 2, "2026-01-01T10:00:10Z")),
    ]).toEqual([2, 1, 1]);
  });

  it("of EVSE 0 belong to the station as a whole", () => {
    const state = fold(fresh, sampled([volt(230)], { evse: 0, connector: undefined }));
    expect([state.live, state.evses]).toEqual([[{ ...volt(230), at: 1000, measuredAt: 1000, frame: 1 }], []]);
  });

  it("leave out a signed value whose digits are inside the signature", () => {
    const signed = wh(0, { said: "", signed: { format: "OCMF", data: "OCMF|{}|{}" } });
    const state = fold(running, sampled([signed, volt(230)]));
    expect([state.evses[0]?.live, meters(state).meterNow]).toEqual([
      [{ ...volt(230), at: 2000, measuredAt: 2000, frame: 2 }],
      1000,
    ]);
  });

  it("leave the state before as it was", () => {
    const before = fold(running, sampled([volt(230), wh(1100)]));
    const copy = structuredClone(before);
    fold(before, sampled([volt(231), wh(1200)]));
    expect(before).toEqual(copy);
  });
});

describe("a value that is older than the one that stands", () => {
  const iso = (ms: number) => new Date(ms).toISOString();
  const noon = Date.UTC(2026, 0, 1, 12);
  /** Values of now, then others told at once after them. */
  function told(...later: EventBody[]): StationState {
    const bodies = [begun, sampled([volt(230), wh(1500)], { transaction: "5" }, iso(noon)), ...later];
    return bodies.reduce((state, body, n) => reduce(state, { ...body, at: noon + n, seq: n + 1 }), fresh);
  }
  const seen = (state: StationState) => [
    state.evses[0]?.live.map(({ measurand, value }) => [measurand, value]),
    state.transactions[0]?.energyWh,
  ];
  const now = [
    [
      ["Voltage", 230],
      ["Energy.Active.Import.Register", 1500],
    ],
    500,
  ];

  it("moves nothing, whether it is named or not, or of a series that nothing was told of", () => {
    const amperes: Sample = { measurand: "Current.Import", unit: "A", value: 8.8, said: "8.8" };
    const old = [volt(12), wh(950), amperes];
    expect(seen(told(sampled(old, {}, iso(noon - 298_000))))).toEqual(now);
    expect(seen(told(sampled(old, { transaction: "5" }, iso(noon - 298_000))))).toEqual(now);
    expect(seen(told(sampled([volt(12), wh(1200)], {}, iso(noon - 10_000))))).toEqual(now);
    expect(seen(told(sampled([volt(12)], { offline: true }, iso(noon))))).toEqual(now);
  });

  it("is no word of now on its transaction, however it is named", () => {
    const valueFrame = (body: EventBody) => told(body).transactions[0]?.valueFrame;
    expect(valueFrame(sampled([volt(12)], { transaction: "5" }, iso(noon - 298_000)))).toBe(2);
    expect(valueFrame(sampled([volt(12)], {}, iso(noon + 2)))).toBe(2);
    expect(valueFrame(sampled([volt(12)], { transaction: "5" }, iso(noon + 2)))).toBe(3);
  });

  it("is a begin told again at the end, with the time of the end", () => {
    const begin = wh(1000, { context: "Transaction.Begin" });
    expect(seen(told(sampled([begin], { transaction: "5" }, iso(noon + 2))))).toEqual(now);
  });

  it("is in its message's place by the number of the message (2.x)", () => {
    const numbered = (seqNo: number, value: number) => sampled([volt(value)], { transaction: "5", seqNo });
    const update = (seqNo: number): EventBody => ({ kind: "transaction-updated", id: "5", seqNo });
    const state = told(update(0), update(3), numbered(3, 231), update(1), numbered(1, 12));
    expect(state.evses[0]?.live[0]?.value).toBe(231);
  });
});

describe("a transaction's register", () => {
  it("follows the imported energy at the outlet, and no phase, no inlet, no other measurand", () => {
    const state = fold(
      running,
      sampled([
        wh(1500),
        wh(7, { phase: "L1" }),
        wh(8, { location: "Inlet" }),
        wh(9, { measurand: "Energy.Active.Import.Interval" }),
      ]),
    );
    expect(meters(state)).toEqual({ meterStart: 1000, meterNow: 1500, meterStop: undefined });
  });

  it("is found by the transaction's id when the values name no EVSE", () => {
    expect(meters(fold(running, sampled([wh(1500)], { evse: 0, transaction: "5" }))).meterNow).toBe(1500);
    expect(meters(fold(running, sampled([wh(1500)], { evse: 0 }))).meterNow).toBe(1000);
  });

  it("takes its start from the frame that starts it, whichever of the two is folded first", () => {
    const bare: EventBody = { kind: "transaction-started", id: "5", evse: 1, connector: 1 };
    const values = sampled([wh(800)], { transaction: "5" });
    const orders = [
      [bare, values],
      [values, bare],
    ].map((order) => order.reduce((state, body) => reduce(state, { ...body, at: 1000, seq: 1 }), fresh));
    for (const state of orders) {
      expect(state.evses[0]?.transaction).toMatchObject({ startFrame: 1, meterStart: 800, meterNow: 800, energyWh: 0 });
    }
  });

  it("stands where it began until a later value comes", () => {
    const begun = fold(fresh, sampled([wh(800, { context: "Transaction.Begin" })], { transaction: "5" }));
    expect(meters(begun)).toEqual({ meterStart: 800, meterNow: 800, meterStop: undefined });
    const again = sampled([wh(800, { context: "Transaction.Begin" })], { transaction: "5" });
    expect(meters(fold(begun, sampled([wh(900)], { transaction: "5" }), again)).meterNow).toBe(900);
  });

  it("takes its start from Transaction.Begin where nobody told it, and its end from Transaction.End told late", () => {
    const state = fold(
      fresh,
      sampled([wh(800, { context: "Transaction.Begin" })], { transaction: "5" }),
      sampled([wh(900)], { transaction: "5" }),
      { kind: "transaction-ended", id: "5" },
      sampled([wh(950, { context: "Transaction.End" })], { transaction: "5" }),
      sampled([wh(999)], { transaction: "5" }),
    );
    expect(meters(state)).toEqual({ meterStart: 800, meterNow: 950, meterStop: 950 });
  });

  it("that was told at the end stands, whatever comes after it", () => {
    const over = fold(running, { kind: "transaction-ended", id: "5", meterStop: 1600 });
    const after = fold(over, sampled([wh(1900)], { transaction: "5" }));
    expect([after.transactions[0]?.energyWh, after.transactions[0]?.meter]).toEqual([600, over.transactions[0]?.meter]);
  });

  it("ends with the register of the frame that ends it", () => {
    const values = sampled([wh(1600)], { transaction: "5" });
    const end: EventBody = { kind: "transaction-ended", id: "5" };
    for (const order of [
      [values, end],
      [end, values],
    ]) {
      const state = order.reduce((folded, body) => reduce(folded, { ...body, at: 2000, seq: 2 }), running);
      expect(meters(state)).toEqual({ meterStart: 1000, meterNow: 1600, meterStop: 1600 });
    }
  });

  it("takes what its EVSE measures under a stale id, but nothing lower, which is from before", () => {
    expect(meters(fold(running, sampled([wh(1500)], { transaction: "4" }))).meterNow).toBe(1500);
    expect(meters(fold(running, sampled([wh(700)], { transaction: "4" }))).meterNow).toBe(1000);
  });

  it("does not move after the end by values that name no transaction", () => {
    const over = fold(running, { kind: "transaction-ended", id: "5" });
    expect(meters(fold(over, sampled([wh(5000)])))).toEqual({
      meterStart: 1000,
      meterNow: 1000,
      meterStop: undefined,
    });
  });
});

describe("a value of 1.6 that names a transaction", () => {
  const frameOf = (state: StationState) => {
    const [transaction] = state.transactions;
    return transaction && transactionFrame(transaction);
  };

  it("shows that it runs, as a word on it does", () => {
    expect(frameOf(running)).toBe(1);
    expect(frameOf(fold(running, sampled([wh(1100)], { transaction: "5" })))).toBe(2);
  });

  it("does not where it names none", () => {
    expect(frameOf(fold(running, sampled([wh(1100)])))).toBe(1);
  });
});

it("energy told by intervals alone is not known: a register told at the start is not of now", () => {
  const interval = (value: number) =>
    sampled([wh(value, { measurand: "Energy.Active.Import.Interval" })], { transaction: "5" });
  const energy = (state: StationState) => state.transactions[0]?.energyWh;
  expect(energy(fold(running, interval(0)))).toBe(0);
  expect(energy(fold(running, interval(50)))).toBeNull();
  expect(energy(fold(running, interval(50), sampled([wh(1100)], { transaction: "5" })))).toBe(100);
});

describe("a session that was taken for over", () => {
  const status = (word: "Charging" | "Available"): EventBody => ({
    kind: "status",
    evse: 1,
    connector: 1,
    status: word,
  });
  const freed = fold(running, status("Charging"), status("Available"));
  const named = (more: Partial<Sample> = {}) => sampled([wh(1500, more)], { transaction: "5" });
  const stateOf = (state: StationState) => state.transactions.find(({ id }) => id === "5")?.state;

  it("runs again where a value of now names it", () => {
    expect(stateOf(freed)).toBe("not-ended");
    expect(stateOf(fold(freed, named()))).toBe("running");
  });

  it("does not by a closing value, by one that names none, or by one that was told late", () => {
    expect(stateOf(fold(freed, named({ context: "Transaction.End" })))).toBe("not-ended");
    expect(stateOf(fold(freed, named({ context: "Transaction.Begin" })))).toBe("not-ended");
    expect(stateOf(fold(freed, sampled([wh(1500)])))).toBe("not-ended");
    expect(stateOf(fold(freed, sampled([wh(1500)], { transaction: "5", offline: true })))).toBe("not-ended");
  });

  it("does not where another began in its place, or runs there now", () => {
    const other: EventBody = { kind: "transaction-started", id: "6", evse: 1, connector: 1, meterStart: 2000 };
    expect(stateOf(fold(running, other, named()))).toBe("not-ended");
    expect(stateOf(fold(freed, other, named()))).toBe("not-ended");
  });
});
