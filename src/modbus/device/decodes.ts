import { readValue } from "../codec/values.ts";

/** One register in every way that it can be read, alone and with those that follow it. What lacks a register is null. */
export type RegisterDecodes = {
  hex: string;
  u16: number;
  i16: number;
  bits: string;
  text: string;
  u32: number | null;
  i32: number | null;
  f32: number | null;
  /** With the low register first. */
  u32Little: number | null;
  f32Little: number | null;
};

/** Every reading of the register at the front of these. */
export function decodesOf(registers: readonly number[]): RegisterDecodes {
  const [first = 0, second] = registers;
  const two = second === undefined ? null : [first, second];
  const pick = (type: "u32" | "i32" | "f32", words: "big" | "little") => {
    const value = two && readValue(two, { type, words });
    return typeof value === "number" ? value : null;
  };
  return {
    hex: first.toString(16).padStart(4, "0"),
    u16: first,
    i16: first >= 0x8000 ? first - 0x1_0000 : first,
    bits: first.toString(2).padStart(16, "0"),
    text: [first >>> 8, first & 255]
      .map((code) => (code >= 32 && code < 127 ? String.fromCharCode(code) : "·"))
      .join(""),
    u32: pick("u32", "big"),
    i32: pick("i32", "big"),
    f32: pick("f32", "big"),
    u32Little: pick("u32", "little"),
    f32Little: pick("f32", "little"),
  };
}
