import { randomInt } from "node:crypto";
import { expect, test } from "vitest";
import { fuzzVerdicts } from "./fuzz/verdicts/fuzz.ts";

test("valid messages are taken without a word above a notice; each violation is named where it is, and refused in strict mode", async () => {
  const seed = Number(process.env.PLUGSIDE_SEED ?? randomInt(1_000_000_000));
  console.log(`verdicts: seed ${seed}`);
  const deadline = performance.now() + 10_000;
  const { failures } = await fuzzVerdicts({ seed, cases: 6000, deadline, say: () => undefined });
  expect(failures, `seed ${seed}`).toEqual([]);
});
