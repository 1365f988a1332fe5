import { mapTexts, type Spoken, type Words } from "../../lib/words.ts";
import type { events } from "../../words/en/events.ts";
import type { Rule } from "../../words/en/findings.ts";

export type SentenceKey = keyof typeof events;

/** A value in a sentence: as it is, a sentence of its own, words of the core, the title of a rule, a status, a command by its name, the place of a finding, a trouble with the central system above, or an amount: `milliseconds` that were measured, `set` ones that somebody chose. */
export type SentenceValue =
  | string
  | number
  | Sentence
  | Words
  | { rule: Rule }
  | { state: string }
  | { command: string }
  | { upstream: string }
  | { place: string }
  | { wattHours: number }
  | { milliseconds: number }
  | { set: number };

/** What happened, as a key of `src/words` and what goes into it. */
export type Sentence = { key: SentenceKey; values: Record<string, SentenceValue> };

/** `main` is the plain sentence; `more` are the details beside it, each short. */
export type Told = { main: Sentence; more: Sentence[] };

/** Makes a sentence. */
export function say(key: SentenceKey, values: Record<string, SentenceValue> = {}): Sentence {
  return { key, values };
}

/** A sentence about a value, where there is one. */
export function maybe(key: SentenceKey, value: Spoken | undefined): Sentence[] {
  return value === undefined || value === "" ? [] : [say(key, { value })];
}

/** Where something is, in words. */
export function place(evse: number, connector?: number): Sentence {
  if (evse === 0) return say("placeStation");
  if (connector === undefined || connector <= 1) return say("placeEvse", { evse });
  return say("placeConnector", { evse, connector });
}

/** What a station said, at a length that can be read. */
export function cut(spoken: Spoken): Spoken {
  return mapTexts(spoken, (text) => (text.length > 160 ? `${text.slice(0, 159)}…` : text));
}
