/** A message as it was meant, and how many letters of the line so many of it take. */
export type Written = { text: string; lengthOf(count: number): number };

/** Undoes what a log did to a message: text of JSON within JSON, signs of HTML, hex.
 * @param rest of the line, from the message on
 * @param start how it begins there */
export function plainOf(rest: string, start: string): Written | undefined {
  if (start.startsWith("5")) return ofHex(rest);
  if (start.includes("&quot;")) return ofSigns(rest);
  const backslashes = /\\+(?="$)/.exec(start)?.[0].length ?? 0;
  return backslashes === 0 ? { text: rest, lengthOf: (count) => count } : ofJson(rest, backslashes);
}

function ofHex(rest: string): Written | undefined {
  const run = /^(?:[\da-fA-F]{2} ?)+/.exec(rest)?.[0] ?? "";
  const bytes = Buffer.from(run.replaceAll(" ", ""), "hex");
  const text = bytes.toString("utf8");
  const step = run[2] === " " ? 3 : 2;
  const lengthOf = (count: number) => Math.min(run.length, Buffer.byteLength(text.slice(0, count)) * step);
  return text.startsWith("[") ? { text, lengthOf } : undefined;
}

const signs: Record<string, string> = { "&quot;": '"', "&amp;": "&", "&lt;": "<", "&gt;": ">", "&#39;": "'" };

function ofSigns(rest: string): Written {
  return piecewise(rest, /&(?:quot|amp|lt|gt|#39);|[^&]+|&/g, (piece) => signs[piece] ?? piece);
}

/** A quote bears 1, 3 or 7 backslashes: it was written in a text once, twice or three times. */
function ofJson(rest: string, backslashes: number): Written {
  const times = Math.round(Math.log2(backslashes + 1));
  // The text that holds it ends with a quote of fewer.
  const end = new RegExp(`(?<!\\\\)\\\\{0,${2 ** (times - 1) - 1}}"`).exec(rest)?.index ?? rest.length;
  return piecewise(rest.slice(0, end), /\\+u[\da-fA-F]{4}|\\+[^\\]|[^\\]+|\\+/g, (piece) => unescaped(piece, times));
}

const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

function unescaped(piece: string, times: number): string {
  const run = /^\\+/.exec(piece)?.[0].length ?? 0;
  if (run === 0) return piece;
  let left = run;
  let letter = piece.slice(run);
  for (let time = 0; time < times; time++) {
    const isEscape = left % 2 === 1;
    left = Math.floor(left / 2);
    if (!isEscape) continue;
    if (/^u[\da-fA-F]{4}$/.test(letter)) letter = String.fromCharCode(Number.parseInt(letter.slice(1), 16));
    else letter = escapes[letter] ?? letter;
    if (letter !== piece.slice(run) && left === 0) break;
  }
  return "\\".repeat(left) + letter;
}

/** Translates a text piece by piece, and keeps what became of each. */
function piecewise(rest: string, pieces: RegExp, translate: (piece: string) => string): Written {
  const ends: { text: number; line: number }[] = [];
  let text = "";
  let line = 0;
  for (const [piece] of rest.matchAll(pieces)) {
    text += translate(piece);
    line += piece.length;
    ends.push({ text: text.length, line });
  }
  function lengthOf(count: number): number {
    const after = ends.findIndex((end) => end.text >= count);
    const end = ends[after];
    if (!end) return rest.length;
    return end.line - (end.text - count);
  }
  return { text, lengthOf };
}

/** How long the list is with which a text begins: to the bracket that closes it, or all where it is cut off.
 * @returns 0 for more brackets within each other than any message has */
export function endOfList(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === '"') at = endOfText(text, at);
    else if (letter === "[" || letter === "{") {
      if (++depth > deepest) return 0;
    } else if ((letter === "]" || letter === "}") && --depth === 0) return at + 1;
  }
  return text.length;
}

const deepest = 100;

function endOfText(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '"') return at;
    if (text[at] === "\\") at++;
  }
  return text.length;
}
