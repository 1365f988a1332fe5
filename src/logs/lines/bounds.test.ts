import { expect, test } from "vitest";
import { sourceOf, wholeOf } from "../../../test/harness/bytes.ts";
import { hold } from "../bytes/hold.ts";
import { ByteReader } from "../bytes/reader.ts";
import { openSource, piecesOf } from "../bytes/source.ts";
import { encodingOf, isText } from "./encoding.ts";
import { readHex } from "./hex.ts";
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

test("bytes that are held can be read at any place, over the borders of their blocks", async () => {
  const block = 1 << 20;
  const whole = Buffer.alloc(10 * block + 5, "a line of a log that is packed well\n");
  async function* pieces() {
    for (let at = 0; at < whole.length; at += 300_000) yield whole.subarray(at, at + 300_000);
  }
  const { source, failed } = await hold(pieces(), whole.length);
  expect([failed, source.size]).toEqual([undefined, whole.length]);
  for (const [at, length] of [
    [0, 10],
    [block - 5, 10],
    [9 * block - 1, block + 9],
    [10 * block, 9],
    [whole.length, 1],
    [-1, 5],
  ] as const)
    expect(await source.read(at, length)).toEqual(at < 0 ? Buffer.alloc(0) : whole.subarray(at, at + length));
  expect((await wholeOf(source)).equals(whole)).toBe(true);
  const part = source.slice(block - 2, 4);
  expect([part.size, (await wholeOf(part)).toString()]).toEqual([4, whole.toString("latin1", block - 2, block + 2)]);
  expect([source.slice(whole.length + 9, 4).size, source.slice(0, 1e9).size, source.slice(3, -4).size]).toEqual([
    0,
    whole.length,
    0,
  ]);
  expect(part.slice(1, 9).size).toBe(3);
});

test("a file is read at any place: small reads near each other, and large ones", async () => {
  const path = new URL("../../../test/archives/station-log.txt", import.meta.url).pathname;
  const source = await openSource(path);
  const whole = await wholeOf(source);
  expect(whole.length).toBe(source.size);
  const places = [0, 100, 4000, 9000, 50, source.size - 3, 8000];
  for (const at of places)
    for (const length of [1, 7, 4096, 4097])
      expect(await source.read(at, length)).toEqual(whole.subarray(at, at + length));
  const room = Buffer.alloc(5000);
  const into = await source.read(10, 4500, room);
  expect([into.buffer === room.buffer, into]).toEqual([true, whole.subarray(10, 4510)]);
  expect((await source.read(10, 5001, room)).buffer === room.buffer).toBe(false);
  const again = await openSource(source.slice(20, 40).place);
  expect(await wholeOf(again)).toEqual(whole.subarray(20, 60));
  const seen: string[] = [];
  for await (const piece of piecesOf(source, 5, 5005, 2000))
    seen.push(
      `${piece.length} ${piece.equals(whole.subarray(5 + seen.length * 2000, Math.min(5005, 2005 + seen.length * 2000)))}`,
    );
  expect(seen).toEqual(["2000 true", "2000 true", "1000 true"]);
  for await (const piece of piecesOf(source, 5, 5, 10)) expect(piece).toBeUndefined();
  await Promise.all([source.close(), again.close()]);
});

test("a stream is taken apart from front to back, and what was peeked at or put back comes again", async () => {
  async function* pieces() {
    for (const piece of ["", "abc", "", "defgh"]) yield Buffer.from(piece);
  }
  const reader = new ByteReader(pieces());
  const text = async (bytes: Promise<Buffer | undefined>) => (await bytes)?.toString();
  expect([await text(reader.peek(4)), reader.at]).toEqual(["abcd", 0]);
  expect([await text(reader.take(2)), await text(reader.next(2)), reader.at]).toEqual(["ab", "cd", 4]);
  reader.putBack(Buffer.from("cd"));
  expect([reader.at, await reader.skip(3), reader.at, await text(reader.next(2))]).toEqual([2, true, 5, "fg"]);
  expect([await reader.skip(1), await reader.skip(1), await text(reader.take(1)), await reader.next()]).toEqual([
    true,
    false,
    "",
    undefined,
  ]);
  const source = await sourceOf("0123456789");
  const resting = new ByteReader(source);
  expect([await text(resting.take(2)), await resting.skip(5), resting.at, await text(resting.take(2))]).toEqual([
    "01",
    true,
    7,
    "78",
  ]);
  expect([await resting.skip(1), await resting.skip(1)]).toEqual([true, false]);
  const parts: string[] = [];
  const streamed = new ByteReader(pieces());
  for await (const part of streamed.stream(5)) parts.push(part.toString());
  expect([parts, await text(streamed.take(9))]).toEqual([["abc", "de"], "fgh"]);
});
