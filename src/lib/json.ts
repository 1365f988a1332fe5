/** A decimal with more digits than a double holds, kept as its source text. Made and recognised by the engine's own JSON. */
export interface LongDecimal {
  readonly rawJSON: string;
}

/** Anything JSON can say. Integers beyond 2^53 are `bigint` and long decimals `LongDecimal`, so that no digit is lost. */
export type Json = null | boolean | number | bigint | string | LongDecimal | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

const longRun = 16;

/** True when `text` may hold a number that a double would round: a run of 16 or more digits (with a point among them).
 * Looks at every 16th character only: a run that long cannot hide between two of them. */
export function mayHoldLongNumber(text: string): boolean {
  const { length } = text;
  for (let at = longRun - 1; at < length; at += longRun) {
    if (!isDigitOrPoint(text.charCodeAt(at))) continue;
    let from = at;
    let to = at + 1;
    while (isDigitOrPoint(text.charCodeAt(from - 1))) from--;
    while (isDigitOrPoint(text.charCodeAt(to))) to++;
    if (to - from >= longRun) return true;
  }
  return false;
}

function isDigitOrPoint(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 46;
}

type RawJson = { rawJSON(text: string): LongDecimal; isRawJSON(value: unknown): value is LongDecimal };
const raw = JSON as unknown as RawJson;

/** True for a decimal that is kept as its source text. */
export function isLongDecimal(value: unknown): value is LongDecimal {
  return raw.isRawJSON(value);
}

/** How far a text of JSON may go: levels of nesting, and values in all. */
export type JsonBounds = { depth: number; values: number };

/** Which bound a text goes beyond. */
export type BeyondBounds = keyof JsonBounds;

/** Which bound a text goes beyond, if any. No depth makes it recurse. */
function beyondBounds(text: string, bounds: JsonBounds): BeyondBounds | undefined {
  const isSmall = text.length < 2 * bounds.values;
  return isSmall && !opensMoreThan(text, bounds.depth) ? undefined : survey(text, bounds);
}

/** True for a text with more than `limit` brackets that open. Most have few: then none can be nested deeper. */
function opensMoreThan(text: string, limit: number): boolean {
  let count = 0;
  for (const bracket of ["{", "["]) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      if (++count > limit) return true;
    }
  }
  return false;
}

const quote = 34;
const backslash = 92;
const comma = 44;

function survey(text: string, bounds: JsonBounds): BeyondBounds | undefined {
  const { length } = text;
  let depth = 0;
  let values = 0;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfText(text, at);
    else if (code === 91 || code === 123) {
      if (++depth > bounds.depth) return "depth";
      if (++values > bounds.values) return "values";
    } else if (code === 93 || code === 125) depth--;
    else if (code === comma && ++values > bounds.values) return "values";
  }
  return undefined;
}

/** Where the text ends that begins with the quote at `from`. */
function endOfText(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at;
    if (code === backslash) at++;
  }
  return text.length;
}

/** A number with such an exponent may be larger than a double can be. */
const farExponent = /\d[eE]\+?\d{3}/;

function needsExactly(text: string): boolean {
  return mayHoldLongNumber(text) || farExponent.test(text);
}

/** Parses JSON and keeps every digit: integers beyond 2^53 as `bigint`; decimals of more than 15 digits and numbers larger than a
 * double can be as `LongDecimal`.
 * @throws SyntaxError as JSON.parse does, and for a text beyond the bounds */
export function parseJson(text: string, bounds: JsonBounds): Json {
  const beyond = beyondBounds(text, bounds);
  if (beyond === "depth") throw new SyntaxError(`nested deeper than ${bounds.depth} levels`);
  if (beyond === "values") throw new SyntaxError(`more than ${bounds.values} values`);
  return needsExactly(text) ? parseExactly(text) : (JSON.parse(text) as Json);
}

/** Parses JSON twice where that matters: with every digit for us, and as doubles for the schemas. Says so where it goes beyond the bounds.
 * @throws SyntaxError as JSON.parse does */
export function parseJsonPair(
  text: string,
  bounds: JsonBounds,
): { exact: Json; plain: unknown } | { beyond: BeyondBounds } {
  const beyond = beyondBounds(text, bounds);
  if (beyond) return { beyond };
  const plain: unknown = JSON.parse(text);
  return { exact: needsExactly(text) ? parseExactly(text) : (plain as Json), plain };
}

/** Longer ones are no number that anybody counts with, and reading them costs more than their length. */
const longestInteger = 100;

function parseExactly(text: string): Json {
  return JSON.parse(text, ((_key: string, value: unknown, context: { source?: string }) => {
    if (typeof value !== "number" || Number.isSafeInteger(value)) return value;
    const source = context.source ?? String(value);
    if (source.length <= longestInteger && /^-?\d+$/.test(source)) return BigInt(source);
    if (!Number.isFinite(value)) return raw.rawJSON(source);
    return source.replace(/e.*$/i, "").replace(/\D/g, "").length > 15 ? raw.rawJSON(source) : value;
  }) as (key: string, value: unknown) => unknown) as Json;
}

/** Writes JSON; `bigint` is written as its digits. */
export function stringifyJson(value: unknown, indent?: number): string {
  return JSON.stringify(
    value,
    (_key, item) => (typeof item === "bigint" ? raw.rawJSON(item.toString()) : item),
    indent,
  );
}

/** The beginning of a value's JSON, a little more than `limit` characters where it is longer. Costs no more than that, however large
 * or deep the value is. */
export function sketchJson(value: unknown, limit: number): string {
  let text = "";
  function write(item: unknown): void {
    if (typeof item === "string") text += JSON.stringify(item.slice(0, limit));
    else if (typeof item === "bigint" || typeof item === "number") text += String(item);
    else if (isLongDecimal(item)) text += item.rawJSON.slice(0, limit);
    else if (Array.isArray(item)) writeAll("[", item.keys(), "]", (at: number) => write(item[at]));
    else if (isJsonObject(item)) {
      const names = Object.keys(item).filter((name) => item[name] !== undefined);
      writeAll("{", names, "}", (name: string) => {
        text += `${JSON.stringify(name.slice(0, limit))}:`;
        write(item[name]);
      });
    } else text += JSON.stringify(item) ?? "";
  }
  function writeAll<Key>(open: string, keys: Iterable<Key>, close: string, writeOne: (key: Key) => void): void {
    text += open;
    let separator = "";
    for (const key of keys) {
      if (text.length >= limit) return;
      text += separator;
      separator = ",";
      writeOne(key);
    }
    if (text.length < limit) text += close;
  }
  write(value);
  return text;
}

/** True for a JSON object: not null, not a list, not a number in disguise. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !raw.isRawJSON(value);
}
