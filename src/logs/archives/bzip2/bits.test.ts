import { expect, test } from "vitest";
import { DamagedError } from "../damaged.ts";
import { BitReader } from "./bits.ts";

const bytes = Uint8Array.of(0b1010_0101, 0b1100_0011, 0xff);

test("bits come highest first, from any bit on, over the borders of bytes", () => {
  const reader = new BitReader(bytes, 3);
  expect([reader.at, reader.take(7), reader.at, reader.bit(), reader.take(13), reader.at]).toEqual([
    3, 0b0010111, 10, 0, 0b0001111111111, 24,
  ]);
});

test("a look takes nothing, and zeros stand behind the end; what is taken there is cut off", () => {
  const reader = new BitReader(bytes, 20);
  expect(reader.peek(8)).toBe(0b1111_0000);
  expect(reader.at).toBe(20);
  reader.skip(2);
  expect(reader.take(2)).toBe(0b11);
  expect(reader.at).toBe(24);
  expect(() => reader.bit()).toThrow(DamagedError);
  expect(() => new BitReader(bytes, 16).take(9)).toThrow(DamagedError);
});
