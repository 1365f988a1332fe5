import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { gather, sourceOf } from "../../../../test/harness/bytes.ts";
import { words } from "../../../station/phrases.ts";
import { Budget, usualLimits } from "../limits.ts";
import { readSevenZip } from "./seven-zip.ts";

/** Numbers as a header writes them (7zFormat.txt): of one byte, or of two. */
const number = (value: number) => (value < 0x80 ? [value] : [0x80 | (value >> 8), value & 0xff]);
const sumOf = (text: string) => {
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32(text));
  return [...sum];
};
const sums = (...texts: string[]) => [10, 1, ...texts.flatMap(sumOf)];
const packs = (...sizes: number[]) => [6, 0, ...number(sizes.length), 9, ...sizes.flatMap(number), 0];
const folders = (coders: number[][], sizes: number[], digests: number[] = []) => [
  7,
  11,
  coders.length,
  0,
  ...coders.flat(),
  12,
  ...sizes.flatMap(number),
  ...digests,
  0,
];
const property = (id: number, bytes: number[]) => [id, ...number(bytes.length), ...bytes];
const names = (...all: string[]) =>
  property(17, [0, ...Buffer.from(all.map((name) => `${name}\0`).join(""), "utf16le")]);
const time = (ms: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE((BigInt(ms) + 11_644_473_600_000n) * 10_000n);
  return [...bytes];
};

/** A coder that packs nothing; BCJ2, which takes four streams in. */
const copy = [1, 1, 0];
const bcj2 = [1, 0x14, 3, 3, 1, 0x1b, 4, 1, 0, 1, 2, 3];

function sevenZip(packed: string, header: number[]): Buffer {
  const start = Buffer.alloc(20);
  start.writeBigUInt64LE(BigInt(packed.length));
  start.writeBigUInt64LE(BigInt(header.length), 8);
  start.writeUInt32LE(crc32(Buffer.from(header)), 16);
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32(start));
  return Buffer.concat([Buffer.from("377abcaf271c0004", "hex"), sum, start, Buffer.from(packed), Buffer.from(header)]);
}

/** Each file with its size, its time, and what it holds or why it cannot be had. */
async function read(bytes: Buffer, limits = usualLimits): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const { name, size, changedAt, problem, open } of readSevenZip(await sourceOf(bytes), new Budget(limits)))
    all.push([name, size, changedAt, problem ?? Buffer.concat(await gather(open())).toString()]);
  return all;
}

const [one, two] = ["one\n", "two two\n"];
const twoInOne = (sizes: number[], digests: number[]) => [
  ...[4, ...packs(one.length + two.length), ...folders([copy], [one.length + two.length])],
  ...[8, 13, 2, 9, ...sizes, ...digests, 0, 0],
];
const files = [5, 2, ...names("a.log", "b.log"), 0];

test("folders and empty files have no bytes in the row of those that have; times are those that are told", async () => {
  const at = Date.UTC(2026, 4, 3, 10);
  const header = [
    ...[1, 2, 25, 2, 0, 0, 0, ...twoInOne([one.length], sums(one, two)), 5, 4],
    ...property(14, [0b1010_0000]),
    ...property(15, [0b0100_0000]),
    ...names("logs", "logs/a.log", "empty.log", "logs/b.log"),
    ...property(20, [0, 0b1100_0000, 0, ...time(0), ...time(at)]),
    ...property(21, [1, 0]),
    ...[0, 0],
  ];
  expect(await read(sevenZip(one + two, header))).toEqual([
    ["logs/a.log", 4, at, one],
    ["logs/b.log", 8, undefined, two],
  ]);
});

test("behind a folder of four streams, which is not read, the next one is read from where it begins", async () => {
  const sizes = [3, 2, 2, 1, one.length];
  const packed = `AAABBCCD${one}`;
  const streams = [4, ...packs(...sizes), ...folders([bcj2, copy], [9, one.length], sums("?", one)), 0];
  const header = [1, ...streams, 5, 2, ...names("update.exe", "a.log"), 0, 0];
  expect(await read(sevenZip(packed, header))).toEqual([
    ["update.exe", 9, undefined, words("log-packing-unknown", { packing: "7z, BCJ2" })],
    ["a.log", 4, undefined, one],
  ]);
  const few = [1, 4, ...packs(...sizes.slice(0, 4)), ...folders([bcj2, copy], [9, one.length]), 0, ...files, 0];
  await expect(read(sevenZip(packed, few))).rejects.toMatchObject({ why: "damaged" });
});

test("a folder that nothing came of takes no name", async () => {
  const streams = [
    ...[4, ...packs(2, one.length), ...folders([copy, copy], [2, one.length])],
    ...[8, 13, 0, 1, ...sums(one), 0, 0],
  ];
  expect(await read(sevenZip(`xx${one}`, [1, ...streams, 5, 1, ...names("a.log"), 0, 0]))).toEqual([
    ["a.log", 4, undefined, one],
  ]);
});

test.each<[string, number[]]>([
  ["whose sum is another", twoInOne([one.length], sums(one, "other"))],
  ["of more bytes than all of its folder", twoInOne([13], sums(one, two))],
  ["of several in one without their sizes", twoInOne([], []).filter((byte) => byte !== 9)],
])("a file %s is damage", async (_what, streams) => {
  await expect(read(sevenZip(one + two, [1, ...streams, ...files, 0]))).rejects.toMatchObject({ why: "damaged" });
});

test("so many files are read, and no header that tells of more", async () => {
  const whole = sevenZip(one + two, [1, ...twoInOne([one.length], sums(one, two)), ...files, 0]);
  expect(await read(whole, { ...usualLimits, entries: 2 })).toHaveLength(2);
  await expect(read(whole, { ...usualLimits, entries: 1 })).rejects.toMatchObject({
    words: words("log-too-many-entries", { limit: 1 }),
  });
});
