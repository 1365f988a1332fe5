import type { Cell } from "../../lib/csv.ts";
import { isoTime } from "../../lib/units.ts";
import type { Attempt, Cause } from "../../station/attempts.ts";
import type { Language } from "../../words/language.ts";
import { causeText, spokenText } from "../../words/spoken.ts";

/** The columns of a table of attempts to connect. */
export const attemptHead = ["time", "address", "identity", "passed", "state", "times", "causes"];

/** A try to connect, as a row of a table. */
export function attemptCells(attempt: Attempt, language: Language): Cell[] {
  const { lastAt, remoteAddress, identity, passed, state, repeats, causes } = attempt;
  const why = causes.map((cause) => causeSentence(cause, language)).join("; ");
  return [isoTime(lastAt), remoteAddress, identity, passed, state, repeats, why];
}

/** Why a try did not come further, in words. */
export function causeSentence({ code, said }: Cause, language: Language): string {
  return `${causeText(code, language).title}${said ? ` (${spokenText(said, language)})` : ""}`;
}
