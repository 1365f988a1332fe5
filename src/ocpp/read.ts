import { isJsonObject, isLongDecimal, type Json, type JsonObject } from "../lib/json.ts";

/** Lenient reading of payload fields: what is there and readable is taken, the schema's judgement is a finding elsewhere. */

/** A text; numbers and booleans are read as their text. Undefined when missing, null or a list. */
export function text(from: JsonObject | undefined, key: string): string | undefined {
  return asText(from?.[key]);
}

/** A value as text, digits exact. */
export function asText(value: Json | undefined): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return String(value);
  if (isLongDecimal(value)) return value.rawJSON;
  return undefined;
}

/** A finite number; a text that is a number is read as one. Beyond 2^53 digits are lost here: use `text` for ids. */
export function number(from: JsonObject | undefined, key: string): number | undefined {
  return asNumber(from?.[key]);
}

/** A value as a finite number, or undefined. -0, which JSON cannot write, is 0. */
export function asNumber(value: Json | undefined): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value + 0 : undefined;
  const digits = asText(value)?.trim();
  if (!digits || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(digits)) return undefined;
  const parsed = Number(digits);
  return Number.isFinite(parsed) ? parsed + 0 : undefined;
}

/** A whole number, or undefined. */
export function integer(from: JsonObject | undefined, key: string): number | undefined {
  const value = number(from, key);
  return value !== undefined && Number.isInteger(value) ? value : undefined;
}

/** A whole number, exact: its digits as text where a number would round them. */
export function exactInteger(from: JsonObject | undefined, key: string): number | string | undefined {
  const value = integer(from, key);
  if (value === undefined || Number.isSafeInteger(value)) return value;
  const digits = text(from, key)?.trim();
  return digits && /^-?\d+$/.test(digits) ? digits : value;
}

/** A truth value; "true" and "false", 1 and 0 are read as such. */
export function flag(from: JsonObject | undefined, key: string): boolean | undefined {
  const value = from?.[key];
  if (typeof value === "boolean") return value;
  if (value === "true" || value === 1) return true;
  if (value === "false" || value === 0) return false;
  return undefined;
}

/** An object, or undefined. */
export function object(from: JsonObject | undefined, key: string): JsonObject | undefined {
  const value = from?.[key];
  return isJsonObject(value) ? value : undefined;
}

/** The objects of a list; anything else in it is passed over. A lone object is read as a list of one. */
export function objects(from: JsonObject | undefined, key: string): JsonObject[] {
  const value = from?.[key];
  if (Array.isArray(value)) return value.every(isJsonObject) ? value : value.filter(isJsonObject);
  return isJsonObject(value) ? [value] : [];
}

/** The texts of a list. */
export function texts(from: JsonObject | undefined, key: string): string[] {
  const value = from?.[key];
  return Array.isArray(value) ? value.flatMap((item) => asText(item) ?? []) : [];
}
