import { shownText } from "../../../src/lib/shown-text.ts";
import { cutText } from "../../../src/lib/text.ts";

/** Longer texts are shown in part; they are copied whole. */
export const longestText = 100_000;

/** A text in lines as it may be shown: what cannot be seen is written out, and what is longer than `limit` is cut and says so. */
export function shownLines(text: string, limit: number): string {
  return cutText(text, limit).split("\n").map(shownText).join("\n");
}

/** Lays JSON text out over lines without reading it into values: every digit and escape stays as it was sent.
 * Text that is not JSON comes back as it is. */
export function layOutJson(text: string): string {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  let out = "";
  let depth = 0;
  let at = 0;
  // Text of any depth comes to be shown; blanks by the square of it would fill the memory.
  const line = () => `\n${"  ".repeat(Math.min(depth, 64))}`;
  while (at < text.length) {
    const char = text[at] ?? "";
    if (char === '"') {
      const end = endOfString(text, at);
      out += text.slice(at, end);
      at = end;
      continue;
    }
    at++;
    if (char === "{" || char === "[") {
      const next = skipSpace(text, at);
      const close = text[next] ?? "";
      if (close === "}" || close === "]") {
        out += char + close;
        at = next + 1;
      } else {
        depth++;
        out += char + line();
      }
    } else if (char === "}" || char === "]") {
      depth--;
      out += line() + char;
    } else if (char === ",") out += char + line();
    else if (char === ":") out += ": ";
    else if (!isSpace(char)) out += char;
  }
  return out;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text[at] ?? "")) at++;
  return at;
}

function isSpace(char: string): boolean {
  return char === " " || char === "\n" || char === "\r" || char === "\t";
}
