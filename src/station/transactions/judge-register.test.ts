import { expect, test } from "vitest";
import type { Sample, Transaction } from "../model.ts";
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

test("what can be no register is told of the meter that the transaction names, and not of another beside it", () => {
  expect([found(-1), found(-1, undefined, false), found(1500, undefined, false)]).toEqual([
    ["register-overflow"],
    [],
    [],
  ]);
});
