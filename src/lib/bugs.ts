import type { Clock } from "./clock.ts";
import { createEmitter, type Emitter } from "./emitter.ts";
import type { BugDetails, Logger } from "./logger.ts";

/** A fault of our own, as it is told to a person. */
export type Bug = {
  /** When it was first met since the start, our clock. */
  at: number;
  /** What to report: version, where it was noticed, the frame at hand, and the stack. */
  text: string;
};

/** The faults of our own since the start. */
export type Bugs = {
  /** The logger for everybody: as the one given, but its bugs are noted here too. */
  readonly log: Logger;
  /** The first; a person is told of that one, and the log has all. */
  readonly first: Bug | null;
  /** The first was met. */
  readonly met: Emitter<Bug>;
};

const longestText = 4000;
/** Longer ones are not repeated whole: a log that a listener floods a thousand times a second fills the disk. */
const loggedWhole = 100;

/** Makes the book of our own faults. */
export function createBugs({ log, clock, version }: { log: Logger; clock: Clock; version: string }): Bugs {
  const met = createEmitter<Bug>(log);
  let first: Bug | null = null;
  let count = 0;
  function note(message: string, details: BugDetails): void {
    count += 1;
    if (count <= loggedWhole) log.bug(message, details);
    else if (Number.isInteger(Math.log10(count))) log.bug(`${message} (${count} faults by now)`, details);
    if (first) return;
    const at = clock.now();
    first = { at, text: reportOf(message, details, at, version) };
    met.emit(first);
  }
  return {
    log: {
      info: (message, details) => log.info(message, details),
      warn: (message, details) => log.warn(message, details),
      error: (message, details) => log.error(message, details),
      bug: note,
    },
    get first() {
      return first;
    },
    met,
  };
}

function reportOf(message: string, { error, frame }: BugDetails, at: number, version: string): string {
  const head = [`Plugside ${version}`, new Date(at).toISOString(), message];
  if (frame !== undefined) head.push(`frame ${frame}`);
  const stack = error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
  return `${head.join(", ")}\n${stack}`.slice(0, longestText);
}
