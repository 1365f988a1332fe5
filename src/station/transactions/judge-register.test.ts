import { expect, test } from "vitest";
import type { Sample, Transaction } from "../model.ts";
import { words } from "../phrases.ts";
import { judgeRegisters, judgeStop } from "./judge-register.ts";

const energyRegister = "Energy.Active.Import.Register";
const startedAt = 1_000_000;

/** A running transaction that began at 1000 Wh and was at 2000 Wh a minute later. */
const running = {
  ...{ id: "5", evse: 1, state: "running", startedAt, startFrame: 1, meterStart: 1000 },
  meter: {
    named: true,
    first: { value: 1000, at: startedAt, frame: 1 },
    last: { value: 2000, at: startedAt + 60_000, frame: 2 },
  },
} as Transaction;

/** What is found in one register value two minutes after the start, in the frame 3. */
function found(value: number, context?: Sample["context"], named = true): unknown[] {
  const sample = { measurand: energyRegister, value, unit: "Wh", ...(context && { context }) } as Sample;
  const group = { at: startedAt + 120_000, measuredAt: startedAt + 120_000, samples: [sample] };
  const subject = { transaction: running, named, otherName: false };
  const groups = [group] as unknown as Parameters<typeof judgeRegisters>[1];
  return judgeRegisters(subject as Parameters<typeof judgeRegisters>[0], groups, 3).map(({ rule }) => rule);
}

test("a register never runs backwards, by more than what is rounded", () => {
  expect([found(2000), found(1999), found(1998.9), found(2001)]).toEqual([[], [], ["register-backwards"], []]);
});

test("the value of the end is judged with what ends it, where the transaction is named", () => {
  expect(found(1500, "Transaction.End")).toEqual([]);
  expect(judgeStop(running, 1500).map(({ rule, said, expected }) => [rule, said, expected])).toEqual([
    ["register-backwards", "1500 Wh", ">= 2000 Wh"],
  ]);
  expect([judgeStop(running, 1999), judgeStop(running, 2000)]).toEqual([[], []]);
});

test("a first value that the start cannot have come to in the time is of another register; below the start it is a session's own", () => {
  const fresh = { ...running, meter: {} } as Transaction;
  const first = (value: number, transaction = fresh) => {
    const samples = [{ measurand: energyRegister, value, unit: "Wh" }] as Sample[];
    const groups = [{ at: startedAt + 60_000, measuredAt: startedAt + 60_000, samples }] as unknown as Parameters<
      typeof judgeRegisters
    >[1];
    return judgeRegisters(
      { transaction, named: true, otherName: false } as Parameters<typeof judgeRegisters>[0],
      groups,
      3,
    );
  };
  const where = `${energyRegister}, EVSE 1`;
  // 1 MW for a minute is 16,667 Wh.
  expect([first(17_666), first(999), first(17_667), first(998)]).toEqual([
    [],
    [],
    [
      {
        ...{ rule: "other-register", where },
        ...{ said: words("start-and-first", { start: 1000, first: 17_667 }) },
      },
    ],
    [{ rule: "session-energy", where, said: "998 Wh", expected: ">= 1000 Wh" }],
  ]);
  // Of a start that is not known, or has overflown, nothing is told.
  for (const meterStart of [undefined, 2 ** 31]) expect(first(5, { ...fresh, meterStart })).toEqual([]);
});

test("an end is not measured by a start that has overflown or was not told", () => {
  const ends = (meterStart: number | undefined) => judgeStop({ ...running, meterStart, meter: {} }, 900);
  expect([ends(2 ** 31), ends(undefined), ends(900), ends(1000).map(({ rule }) => rule)]).toEqual([
    [],
    [],
    [],
    ["session-energy"],
  ]);
});

test("what can be no register is told of the meter that the transaction names, and not of another beside it", () => {
  expect([found(-1), found(-1, undefined, false), found(1500, undefined, false)]).toEqual([
    ["register-overflow"],
    [],
    [],
  ]);
});
