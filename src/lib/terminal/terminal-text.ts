import { shownText } from "../shown-text.ts";

/** What a device writes on a terminal, made harmless: what moves the cursor, erases or colours within the screen may pass; what sets titles,
 * makes links, reaches for the clipboard, asks the terminal to answer, or switches it to another mode does not. */
export type TerminalFilter = {
  /** Takes what came, in pieces of any size; hands back what may be shown. */
  push(text: string): string;
};

type Where = "text" | "escape" | "sequence" | "skip-one" | "string" | "string-escape";

/** Final letters of the sequences that stay within the screen: cursor, erase, insert, delete, colours (ECMA-48, 8.3). */
const allowed = new Set("ABCDEFGHJKLMPSTX@`adefm");
const longestSequence = 48;
/** More than any screen has rows or columns: larger numbers only cost time. */
const largestNumber = 999;
/** A string that nothing ends is text in the end. */
const longestString = 4096;

/** Makes a filter.
 * @param sequences false: none passes, nor does anything but text, tabs and line ends */
export function createTerminalFilter(sequences: boolean): TerminalFilter {
  let where: Where = "text";
  let held = "";
  let skipped = 0;

  function take(character: string): string {
    const code = character.charCodeAt(0);
    // CAN, SUB and a new line end whatever was begun: noise costs a line at the most.
    if (where !== "text" && (code === 0x18 || code === 0x1a || character === "\n")) {
      where = "text";
      return character === "\n" ? "\n" : "";
    }
    switch (where) {
      case "text":
        return plain(character, code);
      case "escape":
        return escaped(character);
      case "sequence":
        return sequence(character, code);
      case "skip-one":
        where = "text";
        return "";
      case "string":
        if (code === 0x07 || code === 0x9c || ++skipped > longestString) where = "text";
        else if (code === 0x1b) where = "string-escape";
        return "";
      case "string-escape":
        where = character === "\\" ? "text" : "string";
        return "";
    }
  }
  function plain(character: string, code: number): string {
    if (code === 0x1b) where = "escape";
    else if (code === 0x9b) begin("sequence");
    else if ([0x90, 0x98, 0x9d, 0x9e, 0x9f].includes(code)) begin("string");
    else if (character === "\n" || character === "\r" || character === "\t") return character;
    else if (code === 0x08) return sequences ? character : "";
    else if (code >= 0x20 && code < 0x7f) return character;
    else if (code >= 0xa0) return character;
    return "";
  }
  function begin(next: Where): void {
    where = next;
    held = "";
    skipped = 0;
  }
  function escaped(character: string): string {
    if (character === "[") begin("sequence");
    else if ("]PX^_k".includes(character)) begin("string");
    else if (" #%()*+-./".includes(character)) where = "skip-one";
    else {
      where = "text";
      // Save and restore the cursor, a line down, up.
      if (sequences && "78DEM".includes(character)) return `\x1b${character}`;
    }
    return "";
  }
  function sequence(character: string, code: number): string {
    if (code === 0x1b) {
      where = "escape";
      return "";
    }
    if (code < 0x40) {
      held += character;
      if (held.length > longestSequence) where = "text";
      return "";
    }
    where = "text";
    const fits = /^[\d;:]*$/.test(held) && held.split(/[;:]/).every((number) => Number(number) <= largestNumber);
    return sequences && fits && allowed.has(character) ? `\x1b[${held}${character}` : "";
  }

  return {
    push(text) {
      let shown = "";
      for (const character of text) {
        const passed = take(character);
        const asItIs = passed.startsWith("\x1b") || passed.charCodeAt(0) < 0x80;
        shown += asItIs ? passed : shownText(passed);
      }
      return shown;
    },
  };
}
