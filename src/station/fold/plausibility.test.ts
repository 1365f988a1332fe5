import { describe, expect, it } from "vitest";
import type { EventBody, StationEvent } from "../events.ts";
import { newStation, type Sample, type StationState } from "../model.ts";
import { words } from "../phrases.ts";
import { judgeEvent, missingStop } from "./plausibility.ts";
import { reduce } from "./reduce.ts";

const start = Date.UTC(2026, 0, 1);
const fresh = newStation("CP-1", start);

function next(state: StationState, body: EventBody): StationEvent {
  return { ...body, at: start + (state.seq + 1) * 1000, seq: state.seq + 1 };
}

/** Events come one a second, each on the word of the next frame. */
function fold(state: StationState, ...bodies: EventBody[]): StationState {
  return bodies.reduce((folded, body) => reduce(folded, next(folded, body)), state);
}

function judge(state: StationState, body: EventBody) {
  return judgeEvent(state, next(state, body));
}

function wh(value: number, more: Partial<Sample> = {}): Sample {
  return { measurand: "Energy.Active.Import.Register", unit: "Wh", value, said: String(value), ...more };
}
function sampled(samples: Sample[], more = {}, stationTime?: string): EventBody {
  return { kind: "sampled", evse: 1, connector: 1, groups: [{ stationTime, samples }], ...more };
}

const begun: EventBody = {
  kind: "transaction-started",
  id: "5",
  evse: 1,
  connector: 1,
  meterStart: 1000,
  stationTime: "2026-01-01T00:00:00Z",
};
const running = fold(fresh, begun);
const measured = fold(running, sampled([wh(2000)], { transaction: "5" }, "2026-01-01T00:10:00Z"));
const over = fold(measured, { kind: "transaction-ended", id: "5", meterStop: 2100 });
const register = "Energy.Active.Import.Register, EVSE 1";

it("names a session that ends a second or more before it began, by the station's own times", () => {
  const ended = (stationTime?: string) => judge(running, { kind: "transaction-ended", id: "5", stationTime });
  expect(ended("2026-01-01T00:59:59+01:00")).toEqual([
    {
      rule: "end-before-start",
      where: "transaction, EVSE 1",
      said: "2026-01-01T00:59:59+01:00",
      expected: ">= 2026-01-01T00:00:00Z",
    },
  ]);
  expect(["2025-12-31T23:59:59.001Z", "2026-01-01T00:00:00Z", undefined].flatMap(ended)).toEqual([]);
  expect(judge(fresh, { kind: "transaction-ended", id: "5", stationTime: "2025-12-31T00:00:00Z" })).toEqual([]);
});

describe("a register that runs backwards", () => {
  const found = { rule: "register-backwards", where: register, said: "1998 Wh", expected: ">= 2000 Wh" };

  it("is more than 1 Wh below the last value, with the transaction's id or without", () => {
    expect(judge(measured, sampled([wh(1998)], { transaction: "5" }))).toEqual([found]);
    const unnamed = fold(running, sampled([wh(2000)], {}, "2026-01-01T00:10:00Z"));
    expect(judge(unnamed, sampled([wh(1998)]))).toEqual([found]);
    expect(judge(measured, sampled([wh(1998)], { evse: 0, transaction: "5" }))).toEqual([found]);
  });

  it("is not one that stands, or is rounded to the watt-hour", () => {
    for (const value of [1999, 2000, 2001]) {
      expect(judge(measured, sampled([wh(value)], { transaction: "5" }))).toEqual([]);
    }
  });

  it("is found within one message", () => {
    const groups = [{ samples: [wh(2500)] }, { samples: [wh(1998)] }];
    expect(judge(measured, sampled([], { transaction: "5", groups }))).toEqual([{ ...found, expected: ">= 2500 Wh" }]);
  });

  it("is found at the end", () => {
    expect(judge(measured, { kind: "transaction-ended", id: "5", meterStop: 1998 })).toEqual([found]);
    expect(judge(measured, { kind: "transaction-ended", id: "5", meterStop: 1999 })).toEqual([]);
    expect(judge(measured, { kind: "transaction-ended", id: "5" })).toEqual([]);
  });

  it("is not a value that is told again", () => {
    expect(judge(measured, sampled([wh(1500)], { transaction: "5" }, "2026-01-01T00:05:00Z"))).toEqual([]);
    expect(judge(measured, sampled([wh(1000, { context: "Transaction.Begin" })], { transaction: "5" }))).toEqual([]);
    expect(judge(measured, sampled([wh(1998)], { transaction: "5" }, "2026-01-01T00:15:00Z"))).toEqual([found]);
  });

  it("is none outside of a running transaction, of other measurands, or of other events", () => {
    expect(judge(fresh, sampled([wh(1)]))).toEqual([]);
    expect(judge(over, sampled([wh(1)]))).toEqual([]);
    expect(judge(measured, sampled([wh(1)], { transaction: "4" }))).toEqual([]);
    expect(judge(measured, sampled([{ ...wh(1), phase: "L1" }], { transaction: "5" }))).toEqual([]);
    expect(judge(measured, { kind: "heartbeat" })).toEqual([]);
  });
});

describe("a register that starts over", () => {
  const found = { rule: "session-energy", where: register };

  it("stands below the start of its transaction: Vestel's session energy, told once", () => {
    const vestel = sampled([wh(0)], { transaction: "5" });
    expect(judge(running, vestel)).toEqual([{ ...found, said: "0 Wh", expected: ">= 1000 Wh" }]);
    expect(judge(fold(running, vestel), sampled([wh(500)], { transaction: "5" }))).toEqual([]);
    expect(judge(running, sampled([wh(999)], { transaction: "5" }))).toEqual([]);
    expect(judge(running, sampled([wh(998.9)], { transaction: "5" }))).toEqual([
      { ...found, said: "998.9 Wh", expected: ">= 1000 Wh" },
    ]);
  });

  it("stands below the start at the end", () => {
    const end: EventBody = { kind: "transaction-ended", id: "5", meterStop: 700 };
    expect(judge(running, end)).toEqual([{ ...found, said: "700 Wh", expected: ">= 1000 Wh" }]);
  });

  it("stands below the end before, unless the start is told after the fact", () => {
    const again: EventBody = { kind: "transaction-started", id: "6", evse: 1, meterStart: 0 };
    expect(judge(over, again)).toEqual([{ ...found, said: "0 Wh", expected: ">= 2100 Wh" }]);
    expect(judge(over, { ...again, meterStart: 2099 })).toEqual([]);
    expect(judge(over, { ...again, offline: true })).toEqual([]);
  });
});

it("tells Huawei's end of 1 Wh below the start", () => {
  expect(judge(running, { kind: "transaction-ended", id: "5", meterStop: 999 })).toEqual([
    { rule: "register-rounded", where: register, said: "999 Wh", expected: ">= 1000 Wh" },
  ]);
});

it("tells values marked Transaction.Begin more than a minute after the begin", () => {
  const growatt = (time: string) => sampled([wh(1200, { context: "Transaction.Begin" })], { transaction: "5" }, time);
  expect(judge(running, growatt("2026-01-01T00:01:00Z"))).toEqual([]);
  expect(judge(running, growatt("2026-01-01T00:02:00Z"))).toEqual([
    {
      rule: "repeated-begin",
      where: "context, EVSE 1",
      said: words("begin-at", { time: "2026-01-01T00:02:00Z" }),
      expected: words("begun-at", { time: "2026-01-01T00:00:00Z" }),
    },
  ]);
});

it("tells values of a transaction that has ended, but not those kept while offline", () => {
  const found = {
    rule: "values-after-end",
    where: "transaction, EVSE 1",
    said: words("transaction", { id: "5" }),
    expected: words("before-its-end"),
  };
  expect(judge(over, sampled([wh(2100)], { transaction: "5" }))).toEqual([found]);
  expect(judge(fold(over, { ...begun, id: "6" }), sampled([wh(2100)], { transaction: "5" }))).toEqual([found]);
  expect(judge(over, sampled([wh(2100)], { transaction: "5", offline: true }))).toEqual([]);
  // What was measured before the end is told late, and that is all.
  const bare = fold(fresh, { ...begun, stationTime: undefined }, sampled([wh(2000)], { transaction: "5" }));
  const ended = fold(bare, { kind: "transaction-ended", id: "5" });
  const told = (time?: string) =>
    judgeEvent(ended, {
      ...{ ...sampled([wh(2000)], { transaction: "5" }, time), at: start + 600_000, seq: 9 },
    } as StationEvent).map(({ rule }) => rule);
  expect([told("2026-01-01T00:00:02Z"), told("2026-01-01T00:00:03Z"), told()]).toEqual([
    [],
    ["values-after-end"],
    ["values-after-end"],
  ]);
  // Where the end told no register, the last value is that of the end.
  const goesOn = [2049, 2050].map((value) => judge(ended, sampled([wh(value)], { transaction: "5" })));
  expect(goesOn.map(([one]) => one?.rule)).toEqual(["values-after-end", "power-after-end"]);
});

it("tells an end that is owed by what showed that it is", () => {
  const transaction = running.transactions[0];
  if (!transaction) throw new Error("no transaction");
  const told = (["next-start", "boot", "free"] as const).map((because) =>
    missingStop(transaction, { because, at: 1, frame: 8 }),
  );
  const values = { id: "5", from: 1, frame: 8 };
  expect(told).toEqual(
    [words("not-ended-start", values), words("not-ended-boot", values), words("not-ended-free", values)].map(
      (said) => ({
        ...{ rule: "missing-stop", where: "transaction, EVSE 1", said, expected: words("an-end-of", { id: "5" }) },
      }),
    ),
  );
});

it("tells an end that comes again", () => {
  const found = { rule: "repeated-stop", where: "transaction", said: words("transaction", { id: "5" }) };
  const end: EventBody = { kind: "transaction-ended", id: "5", meterStop: 2100 };
  expect(judge(over, end)).toEqual([found]);
  expect(judge(fold(over, { ...begun, id: "6" }), end)).toEqual([found]);
});

it("tells transactions from before the station was first seen, where they come after the fact", () => {
  const found = {
    rule: "historic-transaction",
    where: "transaction start",
    said: words("transaction-at", { id: "9", time: "2025-12-24T10:00:00Z" }),
    expected: words("after-time", { time: "2026-01-01T00:00:00.000Z" }),
  };
  const old: EventBody = { ...begun, id: "9", stationTime: "2025-12-24T10:00:00Z", offline: true };
  expect(judge(fresh, old)).toEqual([found]);
  expect(judge(fresh, { ...old, offline: undefined })).toEqual([]);
  expect(judge(fresh, { ...old, stationTime: "2026-01-01T00:00:00Z" })).toEqual([]);
  const end: EventBody = { kind: "transaction-ended", id: "9", stationTime: "2025-12-24T10:00:00Z", offline: true };
  expect(judge(fresh, end)).toEqual([{ ...found, where: "transaction end" }]);
});

describe("a register that has overflown", () => {
  const found = (field: string, value: number) => ({
    rule: "register-overflow",
    where: `${field}, EVSE 1`,
    said: `${value} Wh`,
  });

  it.each([2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1])("is named at the start and at the end: %d", (value) => {
    expect(judge(fresh, { ...begun, meterStart: value })).toEqual([found("meterStart", value)]);
    expect(judge(measured, { kind: "transaction-ended", id: "5", meterStop: value })).toEqual([
      found("meterStop", value),
    ]);
  });

  it("is no lower register for the next start, nor is it one for the start that has it", () => {
    const overflown = fold(measured, { kind: "transaction-ended", id: "5", meterStop: 2 ** 31 - 1 });
    expect(judge(overflown, { ...begun, id: "6", meterStart: 0 })).toEqual([]);
    expect(judge(over, { ...begun, id: "6", meterStart: 2 ** 31 - 1 }).map(({ rule }) => rule)).toEqual([
      "register-overflow",
    ]);
  });
});

describe("a start while another runs", () => {
  const bare: EventBody = { ...begun, stationTime: undefined };
  const first = fold(fresh, bare);
  const second: EventBody = { ...bare, id: "6", meterStart: 3000 };

  it("shows that its end is owed, by the frame of the start", () => {
    expect(judge(first, second)).toEqual([
      {
        rule: "missing-stop",
        where: "transaction, EVSE 1",
        said: words("not-ended-start", { id: "5", from: 1, frame: 2 }),
        expected: words("an-end-of", { id: "5" }),
      },
    ]);
    expect([judge(first, { ...second, evse: 2 }), judge(first, { ...second, offline: true })]).toEqual([[], []]);
  });

  it("shows nothing of one that began later, or that ended", () => {
    expect(judge(first, { ...second, stationTime: "2025-12-31T23:00:00Z" })).toEqual([]);
    expect(judge(over, second)).toEqual([]);
  });

  it("takes the place of it, at its own time and frame", () => {
    expect(fold(first, second).transactions.find(({ id }) => id === "5")).toMatchObject({
      state: "not-ended",
      notEnded: { because: "next-start", at: start + 2000, frame: 2 },
    });
  });
});

describe("numbers of a transaction's messages (2.x)", () => {
  const update = (seqNo: number): EventBody => ({ kind: "transaction-updated", id: "5", seqNo });
  const numbered = fold(fresh, { ...begun, seqNo: 0 }, update(1));
  const where = "TransactionEvent /seqNo";

  it("count on", () => {
    expect([judge(numbered, update(2)), judge(fresh, update(7)), judge(running, { kind: "heartbeat" })]).toEqual([
      [],
      [],
      [],
    ]);
  });

  it("that are missing are named, and so is one that comes late after all", () => {
    const missing = (numbers: string) => ({
      ...{ rule: "missing-part", where, said: words("numbers-missing", { id: "5", numbers }) },
      expected: words("every-number"),
    });
    expect(judge(numbered, update(3))).toEqual([missing("2")]);
    expect(judge(numbered, update(6))).toEqual([missing("2-5")]);
    const [late] = judge(fold(numbered, update(5)), update(3));
    expect(late).toEqual({
      ...{ rule: "out-of-order", where, said: words("number-late", { id: "5", numbers: "3 after 5" }) },
      expected: words("next-number"),
    });
  });

  it("that do not count are told once, and mean nothing from then on", () => {
    const again = { ...update(1), stationTime: "2026-01-01T00:00:09Z" };
    expect(judge(numbered, again)).toEqual([
      {
        ...{ rule: "numbers-do-not-count", where, said: words("number-again", { id: "5", number: 1 }) },
        expected: words("next-number"),
      },
    ]);
    const stuck = fold(numbered, again);
    expect([again, update(9)].map((one) => judge(stuck, one))).toEqual([[], []]);
  });
});

describe("power after the end", () => {
  const power = (value: number): Sample => ({
    measurand: "Power.Active.Import",
    unit: "W",
    value,
    said: String(value),
  });
  const state = fold(fold(fresh, { ...begun, stationTime: undefined }), {
    ...{ kind: "transaction-ended", id: "5", meterStop: 2100 },
  });
  const endedAt = start + 2000;
  const told = (samples: Sample[], afterMs: number) =>
    judgeEvent(state, { ...sampled(samples), at: endedAt + afterMs, seq: 9 } as StationEvent);
  const values = (samples: Sample[], afterMs = 3000) =>
    told(samples, afterMs).map(({ rule, said }) => [rule, (said as { values?: object }).values]);
  const found = (watts: number | string, energy: number | string) => [
    ["power-after-end", { id: "5", power: watts, energy }],
  ];

  it("is what no station takes for itself, more than two seconds after it", () => {
    expect([values([power(100)], 2001), values([power(99)], 2001), values([power(7000)], 2000)]).toEqual([
      ...[found(100, "?"), [], []],
    ]);
  });

  it("is a register that goes on by 50 Wh, unless power says that none flows", () => {
    expect([values([wh(2150)]), values([wh(2149)]), values([wh(2150), power(0)])]).toEqual([found("?", 50), [], []]);
    expect(values([wh(2150.26), power(1.4)])).toEqual(found(1, 50.3));
  });

  it("names the end's frame and the EVSE", () => {
    expect(told([power(7000), wh(2000)], 60_000)).toEqual([
      {
        rule: "power-after-end",
        where: "power, EVSE 1",
        said: words("power-after-end", { id: "5", power: 7000, energy: "?" }),
        expected: words("no-power-after", { frame: 2 }),
      },
    ]);
  });
});

describe("power over time and the register", () => {
  const power = (value: number): Sample => ({
    measurand: "Power.Active.Import",
    unit: "W",
    value,
    said: String(value),
  });
  /** What comes after so many seconds. */
  const at = (body: EventBody, seconds: number, seq: number): StationEvent => ({
    ...body,
    at: start + seconds * 1000,
    seq,
  });
  const told = (watts: number, register: number): EventBody =>
    sampled([power(watts), wh(register)], { evse: 2, transaction: "5" });
  const began: EventBody = { ...begun, evse: 2, stationTime: undefined, meterStart: 0 };
  const having = (...registers: number[]) =>
    registers
      .map((register, n) => at(told(11_000, register), 60 + 600 * n, n + 2))
      .reduce(reduce, reduce(fresh, at(began, 0, 1)));
  const doubt = (flow: number, register: number) => ({
    rule: "unit-doubt",
    where: "Energy.Active.Import.Register, EVSE 2",
    said: words("power-and-register", { flow, register }),
    expected: words("the-same-energy"),
  });

  it("that differ by a unit are told once, with the EVSE", () => {
    expect(judgeEvent(having(0), at(told(11_000, 1), 660, 9))).toEqual([doubt(1833.3, 1)]);
    expect(judgeEvent(having(0, 1), at(told(11_000, 4), 1260, 9))).toEqual([]);
    expect(judgeEvent(having(0, 1833), at(told(11_000, 3667), 1260, 9))).toEqual([]);
  });

  it("are held against each other at the end too, where they were not in doubt before", () => {
    const end = (meterStop: number) => at({ kind: "transaction-ended", id: "5", meterStop }, 700, 9);
    expect(judgeEvent(having(0, 1833), end(1834))).toEqual([]);
    expect(judgeEvent(having(0, 0), end(4))).toEqual([doubt(1833.3, 4)]);
  });
});
