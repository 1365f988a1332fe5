import { expect, test } from "vitest";
import type { BlockView } from "../../../src/services/modbus/contract.ts";
import { words } from "../../../src/station/phrases.ts";
import { refusalsOf } from "./refusals.ts";

const none = words("modbus-exception-address");
const busy = words("modbus-exception-busy");

function block(address: number, why?: typeof none, count = 1): BlockView {
  return { table: "holding", address, count, registers: why ? null : [0], ...(why && { why }) };
}

test("refused registers are told once for each cause, neighbours as a range", () => {
  const blocks = [block(9, none), block(7, none), block(8, none), block(10), block(12, busy), block(20, none, 3)];
  expect(refusalsOf([...blocks, block(100, none)])).toEqual([
    { registers: "7–9, 20–22, 100", count: 7, why: none },
    { registers: "12", count: 1, why: busy },
  ]);
  expect(refusalsOf([block(1)])).toEqual([]);
});
