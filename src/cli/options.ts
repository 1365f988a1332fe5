import { UsageError } from "../api/start-options.ts";

/** Reads a number.
 * @throws UsageError */
export function readNumber(given: string | undefined, option: string, fallback: number): number {
  if (given === undefined) return fallback;
  const value = Number(given);
  if (given.trim() === "" || !Number.isFinite(value)) throw new UsageError(`${option} takes a number; got "${given}".`);
  return value;
}
