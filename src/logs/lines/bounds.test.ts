import { expect, test } from "vitest";
import { sourceOf } from "../../../test/harness/bytes.ts";
import { encodingOf, isText } from "./encoding.ts";
import { readHex } from "./hex.ts";
import { shapeOf } from "./shape.ts";
import { walkLines } from "./stretch.ts";
import { lineAt, openText, readLines } from "./text.ts";

test("letters of two bytes show by the zeros in every other place", () => {
  /** So many pairs of bytes, of which so many have a zero first, and so many second. */
  const pairs = (count: number, even: number, odd: number) =>
    Buffer.from(Array.from({ length: count }, (_, at) => [at < even ? 0 : 65, at >= count - odd ? 0 : 65]).flat());
  const of = (...numbers: [number, number, number]) => encodingOf(pairs(...numbers)).encoding;
  expect([of(100, 9, 71), of(100, 9, 70), of(100, 10, 71)]).toEqual(["utf-16le", "utf-8", "utf-8"]);
  expect([of(100, 71, 9), of(100, 70, 9), of(100, 71, 10)]).toEqual(["utf-16be", "utf-8", "utf-8"]);
  expect([of(2, 0, 2), of(1, 0, 1)]).toEqual(["utf-16le", "utf-8"]);
  // The first kilobyte tells.
  expect(encodingOf(Buffer.concat([Buffer.from("a\0".repeat(512)), Buffer.from("plain".repeat(900))])).encoding).toBe(
    "utf-16le",
  );
});

test("a letter that is cut off at the end is no sign of another encoding", () => {
  for (const letter of ["å", "€", "😀"]) {
    const bytes = Buffer.from(`log ${letter}`);
    for (let cut = 0; cut < Buffer.byteLength(letter); cut++)
      expect(encodingOf(bytes.subarray(0, bytes.length - cut))).toEqual({ encoding: "utf-8", mark: 0 });
  }
  expect(encodingOf(Buffer.from([0x61, 0xe5, 0x62])).encoding).toBe("latin1");
  expect(encodingOf(Buffer.from([0x61, 0x80, 0x80, 0x80, 0x80])).encoding).toBe("latin1");
  expect(encodingOf(Buffer.alloc(0))).toEqual({ encoding: "utf-8", mark: 0 });
});

test("text has few bytes that are no letters, and may have long runs of zeros", () => {
  const plain = "x".repeat(100);
  const of = (...bytes: number[]) => isText(Buffer.concat([Buffer.from(plain), Buffer.from(bytes)]));
  expect([of(1, 1, 1, 1, 1), of(1, 1, 1, 1, 1, 1)]).toEqual([true, false]);
  expect([of(127, 1, 2, 14, 31), of(127, 1, 2, 14, 31, 28)]).toEqual([true, false]);
  expect(of(8, 9, 10, 11, 12, 13, 27, 8, 9, 10)).toBe(true);
  const zeros = (count: number) => Array<number>(count).fill(0);
  expect([of(...zeros(15), 65), of(...zeros(16), 65), of(...zeros(5), 65)]).toEqual([false, true, true]);
  expect([of(...zeros(3), 65, ...zeros(3), 65), of(...zeros(5000))]).toEqual([false, true]);
  expect([isText(Buffer.alloc(0)), isText(Buffer.alloc(40))]).toEqual([true, false]);
});

test("bytes are shown in rows of sixteen from the beginning of a row, and so many at most", async () => {
  const source = await sourceOf(Buffer.from(Array.from({ length: 40 }, (_, at) => at * 3 + 20)));
  expect(await readHex(source, 17, 9)).toEqual([
    { at: 16, hex: "44 47 4a 4d 50 53 56 59 5c 5f 62 65 68 6b 6e 71", letters: "DGJMPSVY\\_behknq" },
    { at: 32, hex: "74 77 7a 7d 80 83 86 89", letters: "twz}...." },
  ]);
  expect((await readHex(source, -5, 1)).map(({ at }) => at)).toEqual([0]);
  expect((await readHex(source, 15, 1)).map(({ at, letters }) => [at, letters])).toEqual([[0, ".... #&),/258;>A"]]);
  const large = await sourceOf(Buffer.alloc(4097 * 16));
  expect(await readHex(large, 0, 5000)).toHaveLength(4096);
});

test("lines are found in a text of more strides than are noted at first", async () => {
  const text = await openText(await sourceOf(Array.from({ length: 140_000 }, (_, at) => `${at}\n`).join("")));
  expect(text.index.count).toBe(140_000);
  expect((await readLines(text, 139_999, 9)).map(({ text: line }) => line)).toEqual(["139998", "139999"]);
  expect((await readLines(text, 131_073, 1)).map(({ text: line }) => line)).toEqual(["131072"]);
  expect(await lineAt(text, text.source.size - 1)).toBe(140_000);
});

test("an empty line has no letters, whatever ends the line before it", () => {
  const walked = (text: string) => {
    const bytes = Buffer.from(text);
    const lines: string[] = [];
    walkLines(bytes, { shape: shapeOf(bytes), firstLine: 7 }, (line, begin, end, number) => {
      lines.push(`${number} ${line.toString("latin1", begin, end)} ${end - begin}`);
    });
    return lines;
  };
  expect(walked("a\r\rb")).toEqual(["8 a 1", "9  0", "10 b 1"]);
  expect(walked("a\r\n\r\nb")).toEqual(["8 a 1", "9  0", "10 b 1"]);
  expect(walked("a\n\nb")).toEqual(["8 a 1", "9  0", "10 b 1"]);
});

test("a line that is as long as was asked for is whole, and what stands before the first line belongs to it", async () => {
  const text = await openText(await sourceOf("\ufeffabcde\nabcdef\n"));
  expect(await readLines(text, 1, 2, 5)).toEqual([
    { number: 1, text: "abcde" },
    { number: 2, text: "abcde", isCut: true },
  ]);
  expect([await lineAt(text, 0), await lineAt(text, 3), await lineAt(text, 9), await lineAt(text, 999)]).toEqual([
    ...[1, 1, 2, 2],
  ]);
});
