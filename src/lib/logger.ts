import { shownJson, shownText } from "./shown-text.ts";

/** What the core says about itself. Never holds a frame's text, a token or a password. */
export type Logger = {
  info(message: string, details?: Record<string, unknown>): void;
  warn(message: string, details?: Record<string, unknown>): void;
  error(message: string, details?: Record<string, unknown>): void;
  /** What ought not to happen: a fault of Plugside's own, with its stack. A person is told of it once. */
  bug(message: string, details: BugDetails): void;
};

/** `error`: what was thrown. `frame`: the record's number of the frame at hand, where there is one. */
export type BugDetails = { error: unknown; frame?: number } & Record<string, unknown>;

/** A logger that writes one line per message to `write` (by default stderr); nothing in it can begin another line, or do
 * something to a terminal. */
export function createLogger(write: (line: string) => void = (line) => process.stderr.write(`${line}\n`)): Logger {
  function line(level: string, message: string, details?: Record<string, unknown>): void {
    const rest = details
      ? ` ${JSON.stringify(details, (_key, value) => (value instanceof Error ? (value.stack ?? value.message) : value))}`
      : "";
    write(`${new Date().toISOString()} ${level} ${shownText(message)}${shownJson(rest)}`);
  }
  return {
    info: (message, details) => line("info", message, details),
    warn: (message, details) => line("warn", message, details),
    error: (message, details) => line("error", message, details),
    bug: (message, details) => line("bug", message, details),
  };
}

/** A logger that says everything to each of others. */
export function logToAll(...loggers: readonly Logger[]): Logger {
  function all(say: (log: Logger) => void): void {
    for (const log of loggers) say(log);
  }
  return {
    info: (message, details) => all((log) => log.info(message, details)),
    warn: (message, details) => all((log) => log.warn(message, details)),
    error: (message, details) => all((log) => log.error(message, details)),
    bug: (message, details) => all((log) => log.bug(message, details)),
  };
}

/** A logger that says nothing. */
export const silentLogger: Logger = { info() {}, warn() {}, error() {}, bug() {} };
