import type { Words } from "../../../src/lib/words.ts";
import type { BlockView } from "../../../src/services/modbus/contract.ts";

/** Registers that were refused for one cause, neighbours together: 5–9, 12. */
export type Refusal = { registers: string; count: number; why: Words };

/** The refused registers, by why. */
export function refusalsOf(blocks: readonly BlockView[]): Refusal[] {
  const causes = Map.groupBy(
    blocks.filter(({ why }) => why),
    ({ why }) => JSON.stringify(why),
  );
  return [...causes.values()].flatMap((some) => {
    const [first] = some;
    if (!first?.why) return [];
    const numbers = some.flatMap(({ address, count }) => Array.from({ length: count }, (_, place) => address + place));
    return { registers: rangesOf(numbers), count: numbers.length, why: first.why };
  });
}

function rangesOf(numbers: readonly number[]): string {
  const ranges: { from: number; to: number }[] = [];
  for (const one of numbers.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && one <= last.to + 1) last.to = one;
    else ranges.push({ from: one, to: one });
  }
  return ranges.map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`)).join(", ");
}
