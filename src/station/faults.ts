/** A fault that is put in on purpose, to see how a station behaves in bad weather. `actions` narrows it to answers to these
 * actions; absent or empty, it holds for all. */
export type Fault =
  /** Each answer waits. */
  | { kind: "delay"; ms: number; actions?: string[] }
  /** No answers. */
  | { kind: "silence"; actions?: string[] }
  /** A CALLERROR in place of each answer. */
  | { kind: "error"; code: string; description?: string; actions?: string[] }
  /** The link is cut without a word: once, or again and again. */
  | { kind: "drop"; everySeconds?: number }
  /** The time told in answers is off. */
  | { kind: "time"; offsetSeconds: number }
  /** The link is cut, and the station is not let in again. */
  | { kind: "refuse" };

export type FaultKind = Fault["kind"];

export const faultKinds = [
  "delay",
  "silence",
  "error",
  "drop",
  "time",
  "refuse",
] as const satisfies readonly FaultKind[];

/** A fault that is on. Times are our clock, milliseconds since 1970 UTC. */
export type ActiveFault = Fault & { since: number; until: number };

/** What the faults that are on do to one answer, together. */
export type AnswerFault = {
  silent: boolean;
  error?: { code: string; description: string };
  delayMs: number;
  offsetMs: number;
};

/** What becomes of an answer to `action`; null when nothing is done to it. */
export function faultOn(active: readonly ActiveFault[], action: string): AnswerFault | null {
  const sum: AnswerFault = { silent: false, delayMs: 0, offsetMs: 0 };
  let any = false;
  for (const fault of active) {
    if (!concerns(fault, action)) continue;
    any = true;
    if (fault.kind === "silence") sum.silent = true;
    else if (fault.kind === "delay") sum.delayMs = fault.ms;
    else if (fault.kind === "time") sum.offsetMs = fault.offsetSeconds * 1000;
    else if (fault.kind === "error") sum.error = { code: fault.code, description: fault.description ?? "" };
  }
  return any ? sum : null;
}

function concerns(fault: Fault, action: string): boolean {
  if (fault.kind === "drop" || fault.kind === "refuse") return false;
  if (fault.kind === "time" || !fault.actions || fault.actions.length === 0) return true;
  return fault.actions.some((name) => name.toLowerCase() === action.toLowerCase());
}
