import type { BugDetails, Logger } from "../lib/logger.ts";
import { redact, redactValue } from "./redact.ts";

/** A logger that writes no secret, whatever is handed to it. */
export function loggerWithoutSecrets(log: Logger): Logger {
  return {
    info: (message, details) => log.info(redact(message), safe(details)),
    warn: (message, details) => log.warn(redact(message), safe(details)),
    error: (message, details) => log.error(redact(message), safe(details)),
    bug: (message, details) => log.bug(redact(message), safe<BugDetails>(details)),
  };
}

function safe<Details extends Record<string, unknown>>(details: Details): Details;
function safe(details: Record<string, unknown> | undefined): Record<string, unknown> | undefined;
function safe(details: Record<string, unknown> | undefined): Record<string, unknown> | undefined {
  if (!details) return undefined;
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, safeValue(name, value)]));
}

function safeValue(name: string, value: unknown): unknown {
  const told = value instanceof Error ? (value.stack ?? value.message) : value;
  try {
    return redactValue({ [name]: told })[name];
  } catch {
    // A circle, or a number that JSON does not know: logs are for people.
    return redact(String(told));
  }
}
