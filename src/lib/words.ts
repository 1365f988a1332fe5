/** A phrase by its key in a table, with what fills its holes: whoever shows it says it in the language of its reader. */
export type Words = { phrase: string; values?: Record<string, Spoken | number> };

/** What is the same in every language (what somebody sent, notation, names), or words. */
export type Spoken = string | Words;

/** Says it by a table of one language, whose holes are written {{so}}. Words that the table does not have, of another
 * release, are told by their key and values. */
export function sayBy(table: Readonly<Record<string, string>>, spoken: Spoken): string {
  if (typeof spoken === "string") return spoken;
  const { phrase, values = {} } = spoken;
  const filled = (value: Spoken | number) => (typeof value === "number" ? String(value) : sayBy(table, value));
  const text = Object.hasOwn(table, phrase) ? table[phrase] : undefined;
  if (text === undefined) return [phrase, ...Object.values(values).map(filled)].join(" ");
  return text.replace(/\{\{(\w+)\}\}/g, (_hole, name: string) => filled(values[name] ?? ""));
}

/** The same with each text in it changed; the words themselves stay. */
export function mapTexts(spoken: Spoken, change: (text: string) => string): Spoken {
  if (typeof spoken === "string") return change(spoken);
  const { phrase, values } = spoken;
  if (!values) return spoken;
  const changed = Object.entries(values).map(
    ([name, value]) => [name, typeof value === "number" ? value : mapTexts(value, change)] as const,
  );
  return { phrase, values: Object.fromEntries(changed) };
}
