import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { Level } from "../model.ts";
import type { Clockwork } from "../stamps/zone.ts";
import { withinLines } from "./within-lines.ts";

/** What is looked for in a text: lines that fit all of it. */
export type Query = {
  /** Letters that a line holds, in either case unless told otherwise. */
  text?: string;
  /** The letters are a regular expression (as of JavaScript). */
  isPattern?: boolean;
  matchCase?: boolean;
  /** Lines of one of these levels, and those without a stamp that belong to one. */
  levels?: readonly Level[];
  /** Moments, by the clock of the log as it is known. */
  from?: number;
  to?: number;
  clockwork?: Clockwork;
};

/** Longer ones are no search. */
const longestText = 1000;

/** The expression of a query, which stays within lines; undefined for one without letters.
 * @throws FailureError for letters that are no expression, or too many */
export function expressionOf({ text, isPattern, matchCase }: Query): RegExp | undefined {
  if (text === undefined || text === "") return undefined;
  if (text.length > longestText) throw failure("invalid-input", words("log-search-long", { limit: longestText }));
  const flags = matchCase ? "gm" : "gim";
  try {
    // What was written is judged, before it is changed.
    if (isPattern) void new RegExp(text, flags);
    return new RegExp(isPattern ? withinLines(text) : literal(text), flags);
  } catch (error) {
    // The engine says first what was written.
    const said = error instanceof Error ? error.message.split(": ").at(-1) : undefined;
    throw failure("invalid-input", words("log-search-no-pattern", { error: said ?? "" }));
  }
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/** The bytes that are looked for as they are, without an expression: the fastest way.
 * @returns undefined where letters of either case count, or an expression */
export function needleOf({ text, isPattern, matchCase }: Query): Buffer | undefined {
  if (!text) return undefined;
  const isPlain = !isPattern || !/[\\^$.*+?()[\]{}|]/.test(text);
  const isOneCase = matchCase || text.toLowerCase() === text.toUpperCase();
  return isPlain && isOneCase ? Buffer.from(text) : undefined;
}
