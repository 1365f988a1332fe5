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
  for (let at = longRun - 1; at < text.length; at += longRun) {
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

/** Parses JSON and keeps every digit: integers beyond 2^53 as `bigint`, decimals of more than 15 digits as `LongDecimal`.
 * @throws SyntaxError as JSON.parse does */
export function parseJson(text: string): Json {
  return mayHoldLongNumber(text) ? parseExactly(text) : (JSON.parse(text) as Json);
}

/** Parses JSON twice where that matters: with every digit for us, and as doubles for the schemas.
 * @throws SyntaxError as JSON.parse does */
export function parseJsonPair(text: string): { exact: Json; plain: unknown } {
  const plain: unknown = JSON.parse(text);
  return { exact: mayHoldLongNumber(text) ? parseExactly(text) : (plain as Json), plain };
}

function parseExactly(text: string): Json {
  return JSON.parse(text, ((_key: string, value: unknown, context: { source?: string }) => {
    if (typeof value !== "number" || Number.isSafeInteger(value)) return value;
    const source = context.source ?? String(value);
    if (/^-?\d+$/.test(source)) return BigInt(source);
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

/** True for a JSON object: not null, not a list, not a number in disguise. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !raw.isRawJSON(value);
}
