import { type Failure, FailureError } from "../lib/contract.ts";
import type { Logger } from "../lib/logger.ts";
import { english, words } from "../station/phrases.ts";

/** What is told of an error: what was expected in its own words, and of a fault of ours no more than that there was one. */
export function toFailure(error: unknown, log: Logger): Failure {
  if (error instanceof FailureError) {
    const { code, message, details, words } = error;
    return { code, message, details, words };
  }
  log.bug("a request failed", { error });
  const why = words("internal-failure");
  return { code: "internal", message: english(why), words: why };
}
