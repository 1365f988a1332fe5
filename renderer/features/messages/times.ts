import { differenceText } from "../../../src/words/format.ts";

/** What the column of times tells: the clock, how long before or after a frame that was chosen, or how long after the row before. */
export const timeModes = ["clock", "reference", "gap"] as const;
export type TimeMode = (typeof timeModes)[number];

/** What times are told from. */
export type Times = { mode: TimeMode; reference: { seq: number; at: number } | null };

/** The text of a row's time where it is not the clock's; null where it is.
 * @param at our clock, when the row's frame passed
 * @param before the same of the row above; undefined for the first */
export function relativeTime({ mode, reference }: Times, at: number, before: number | undefined): string | null {
  if (mode === "reference" && reference) return differenceText(at - reference.at);
  if (mode === "gap") return before === undefined ? "" : differenceText(at - before);
  return null;
}
