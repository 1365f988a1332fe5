/** A phrase by its key in a table, with what fills its holes: whoever shows it says it in the language of its reader. */
export type Words = { phrase: string; values?: Record<string, Spoken | number> };

/** What is the same in every language (what somebody sent, notation, names), or words. */
export type Spoken = string | Words;

/** Says it by a table of one language, whose holes are written {{so}}, and {{so, number}} where a number is one to read. Words that the
 * table does not have, of another release, are told by their key and values.
 * @param numberOf how the language writes a number; its digits alone unless said otherwise */
export function sayBy(
  table: Readonly<Record<string, string>>,
  spoken: Spoken,
  numberOf: (value: number) => string = String,
): string {
  if (typeof spoken === "string") return spoken;
  const { phrase, values = {} } = spoken;
  const filled = (value: Spoken | number) =>
    typeof value === "number" ? String(value) : sayBy(table, value, numberOf);
  const text = Object.hasOwn(table, phrase) ? table[phrase] : undefined;
  if (text === undefined) return [phrase, ...Object.values(values).map(filled)].join(" ");
  return text.replace(/\{\{(\w+)(, number)?\}\}/g, (_hole, name: string, read?: string) => {
    const value = values[name] ?? "";
    return read && typeof value === "number" ? numberOf(value) : filled(value);
  });
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
