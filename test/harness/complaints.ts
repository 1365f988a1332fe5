import type { Logger } from "../../src/lib/logger.ts";

/** A logger that hands on what the core holds for an error or for a bug of its own, with the stack, and nothing else.
 * @param told what to do with each */
export function complaintsTo(told: (complaint: string) => void): Logger {
  const tell = (message: string, details: Record<string, unknown> = {}) =>
    told(`${message} ${textOf(details.error ?? details.why ?? "")}`);
  return { info() {}, warn() {}, error: tell, bug: tell };
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
