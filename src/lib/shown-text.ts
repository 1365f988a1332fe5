/** What stands in the place of a text that is not to be read. */
export const mask = "•••";

/** What cannot be seen, or changes how its neighbours are seen: controls, line ends, signs that turn the direction of writing,
 * characters of no width, halves of a character; and marks piled on a letter beyond the four that a language may need. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]|(?<=\p{M}{4})\p{M}/gu;

/** A text from outside as one line that can be read and does nothing: what cannot be seen is written out, as in \x1b, \u202e and
 * \u{e0041}. For a terminal, a log, a screen. What has nothing of the kind comes back as it is. */
export function shownText(text: string): string {
  return text.replace(unseen, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    if (code.length > 4) return `\\u{${code}}`;
    return code.length > 2 ? `\\u${code.padStart(4, "0")}` : `\\x${code.padStart(2, "0")}`;
  });
}

/** True for text that is not shown as it is. */
export function hasUnseen(text: string): boolean {
  return text.search(unseen) !== -1;
}

/** JSON text that a terminal can be given: the same value when it is read, with what cannot be seen written as \uXXXX. White space
 * between the values has to be that of JSON.stringify. */
export function shownJson(json: string): string {
  // Most texts hold nothing but plain letters, which is told in a fraction of the time.
  if (!/[^ -~]/.test(json)) return json;
  return json.replace(unseenInJson, (character) =>
    Array.from({ length: character.length }, (_, at) => {
      return `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`;
    }).join(""),
  );
}

/** As above without what JSON escapes by itself; a line end stands between values alone. */
const unseenInJson = /[\x7f-\x9f\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/gu;
