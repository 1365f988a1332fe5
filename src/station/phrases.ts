import { type Spoken, sayBy, type Words } from "../lib/words.ts";
import { closings } from "../words/closings.ts";
import type { Phrase, phrases } from "../words/en/phrases.ts";
import { tablesOf } from "../words/tables.ts";
import type { CloseCause } from "./model.ts";

/** The names of the holes in a text, without what says how a number is written there. */
type Holes<Text extends string> = Text extends `${string}{{${infer Hole}}}${infer Rest}`
  ? (Hole extends `${infer Name}, number` ? Name : Hole) | Holes<Rest>
  : never;

/** What fills the holes of a phrase: nothing for one without. */
export type Filling<P extends Phrase> =
  Holes<(typeof phrases)[P]> extends never ? [] : [values: Record<Holes<(typeof phrases)[P]>, Spoken | number>];

/** Words of ours; a hole that is left open does not compile. */
export function words<P extends Phrase>(phrase: P, ...[values]: Filling<P>): Words {
  return values ? { phrase, values } : { phrase };
}

/** A value of an answer as words of ours, where it is that and nothing else. */
export function asWords(value: unknown): Words | null {
  if (typeof value !== "object" || value === null || !("phrase" in value)) return null;
  const { phrase, ...rest } = value;
  const other = Object.keys(rest).some((key) => key !== "values");
  return !other && typeof phrase === "string" && Object.hasOwn(tablesOf("en").phrases, phrase)
    ? (value as Words)
    : null;
}

/** What was spoken, in English: for the command line, the log, and what goes out to stations. In the window, which says everything in the
 * language on screen, it may be that one. */
export function english(spoken: Spoken): string {
  return sayBy(tablesOf("en").phrases, spoken);
}

/** The text that a connection is closed with (RFC 6455 5.5.1). */
export function closingText(closing: keyof typeof closings): string {
  return closings[closing];
}

/** The close code of a link that has one (RFC 6455 7.4): a wire that is cut or silent has none, and 1006 stands in its place on record. */
export function closeCodeOf({ code, cause }: { code: number; cause: CloseCause }): number | undefined {
  return cause === "unplugged" || cause === "silent" ? undefined : code;
}

/** A close reason as it is on record: words where it is one of ours. */
export function closingOf(reason: string): Spoken {
  const own = Object.entries(closings).find(([, text]) => text === reason);
  return own ? { phrase: own[0] } : reason;
}
