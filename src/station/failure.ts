import { type FailureCode, FailureError } from "../lib/contract.ts";
import type { Words } from "../lib/words.ts";
import { english, words } from "./phrases.ts";

/** Why something went wrong: words of ours where it is a failure of ours, else what the system says. */
export function whyOf(error: unknown): Words {
  if (error instanceof FailureError && error.words) return error.words;
  return words("system-says", { error: error instanceof Error ? error.message : String(error) });
}

/** A failure that says why in words of ours: its message is the English of it, and the screens say it in their language.
 * @param details JSON-safe */
export function failure(code: FailureCode, why: Words, details?: unknown): FailureError {
  return new FailureError(code, english(why), details, why);
}
