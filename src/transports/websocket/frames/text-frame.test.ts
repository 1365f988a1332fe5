import { expect, it } from "vitest";
import { textFrame } from "./text-frame.ts";

function bytesOf(text: string): number[] {
  return [...Buffer.from(textFrame(text) ?? "", "latin1")];
}

it("writes the single-frame unmasked text of RFC 6455 5.7", () => {
  expect(bytesOf("Hello")).toEqual([0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]);
});

it.each([
  [0, [0x81, 0]],
  [125, [0x81, 125]],
  [126, [0x81, 126, 0, 126]],
  [255, [0x81, 126, 0, 255]],
  [256, [0x81, 126, 1, 0]],
  [65_535, [0x81, 126, 255, 255]],
])("tells a length of %i as %j", (length, head) => {
  const bytes = bytesOf("a".repeat(length));
  expect(bytes.slice(0, head.length)).toEqual(head);
  expect(bytes.length).toBe(head.length + length);
});

it("is for texts of one byte a character, and of no more than a length of two bytes tells", () => {
  expect(textFrame("\u00e9")).toBeNull();
  expect(textFrame("a".repeat(65_536))).toBeNull();
});
