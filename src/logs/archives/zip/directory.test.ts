import { expect, test } from "vitest";
import { sourceOf } from "../../../../test/harness/bytes.ts";
import { usualLimits } from "../limits.ts";
import { large, readDirectory, readFields } from "./directory.ts";

/** Numbers of one width, low byte first. */
const words = (...numbers: number[]) => numbers.flatMap((one) => [one & 255, one >> 8]);
const longs = (...numbers: number[]) => numbers.flatMap((one) => words(one & 0xffff, one >>> 16));
const wide = (...numbers: number[]) => numbers.flatMap((one) => longs(one % 2 ** 32, Math.floor(one / 2 ** 32)));
const unknown = 0xffffffff;

/** A record of the directory for a file of this name. */
function record(name: string, { size = 7, packed = 5, at = 0, extra = [] as number[], comment = "" } = {}): number[] {
  return [
    ...longs(0x02014b50),
    ...words(20, 20, 0, 8, (10 << 11) | (20 << 5) | 15, (46 << 9) | (5 << 5) | 3),
    ...longs(0xabcd, packed, size),
    ...words(name.length, extra.length, comment.length, 0, 0),
    ...longs(0, at),
    ...Buffer.from(name),
    ...extra,
    ...Buffer.from(comment),
  ];
}

/** The end of a zip whose directory has this size and place. */
const end = (size: number, at: number, comment = "") => [
  ...longs(0x06054b50),
  ...words(0, 0, 1, 1),
  ...longs(size, at),
  ...words(comment.length),
  ...Buffer.from(comment),
];

async function read(bytes: number[], memory = usualLimits.memory) {
  const found = await readDirectory(await sourceOf(Buffer.from(bytes)), { ...usualLimits, memory });
  return found && [...found].map(({ name, size, packed, at }) => [name, size, packed, at]);
}

const files = [...record("a", { at: 3, comment: "said" }), ...record("bb", { size: 9, packed: 8, at: 11 })];
const listed = [
  ["a", 7, 5, 3],
  ["bb", 9, 8, 11],
];

test("the directory is found by the end of the zip, also behind a comment, and where something was put before it", async () => {
  const before = [1, 2, 3, 4];
  expect(await read([...before, ...files, ...end(files.length, 4)])).toEqual(listed);
  expect(await read([...files, ...end(files.length, 0, "PK\x05\x06 is no end")])).toEqual(listed);
  expect(await read([...files, ...end(files.length, 0, "cut")].slice(0, -1))).toEqual(listed);
  const moved = listed.map(([name, size, packed, at]) => [name, size, packed, Number(at) + 4]);
  expect(await read([...before, ...files, ...end(files.length, 0)])).toEqual(moved);
  expect(await read(end(0, 0))).toEqual([]);
});

test("there is no directory where its end, its first record or its room is missing", async () => {
  const whole = [...files, ...end(files.length, 0)];
  expect(await read(files)).toBeUndefined();
  expect(await read([...files.slice(1), ...end(files.length - 1, 0)])).toBeUndefined();
  expect(await read([...files, ...end(files.length + 1, 0)])).toBeUndefined();
  expect(await read(whole, files.length)).toEqual(listed);
  expect(await read(whole, files.length - 1)).toBeUndefined();
});

test("of a large zip the directory is where its own end says", async () => {
  const end64 = [...longs(0x06064b50), ...wide(44), ...words(45, 45), ...longs(0, 0), ...wide(2, 2, files.length, 0)];
  const locator = [...longs(0x07064b50), ...longs(0), ...wide(files.length), ...longs(1)];
  const whole = [...files, ...end64, ...locator, ...end(unknown, unknown)];
  expect(await read(whole)).toEqual(listed);
  const lost = [...whole];
  lost[files.length] = 0;
  expect(await read(lost)).toBeUndefined();
  expect(await read([...end64.slice(0, 40), ...locator, ...end(unknown, unknown)])).toBeUndefined();
});

test("numbers that are too large for their fields stand behind the name, in their order, those alone", () => {
  const told = { size: unknown, packed: 5, at: unknown };
  const extra = Buffer.from([...words(0x5455, 1), 9, ...words(1, 16), ...wide(2 ** 33, 2 ** 34)]);
  expect(large(told, extra)).toEqual({ size: 2 ** 33, packed: 5, at: 2 ** 34 });
  expect(large({ size: 1, packed: unknown, at: 3 }, extra)).toEqual({ size: 1, packed: 2 ** 33, at: 3 });
  expect(large(told, extra.subarray(0, -1))).toEqual({ size: 2 ** 33, packed: 5, at: unknown });
  expect(large(told, Buffer.from([...words(1, 8), ...wide(6), ...words(1, 8), ...wide(7)]))).toEqual({
    size: 6,
    packed: 5,
    at: 7,
  });
  expect(large(told, Buffer.alloc(3))).toEqual(told);
  const inRecord = record("c", { size: unknown, extra: [...words(1, 8), ...wide(2 ** 35)] });
  return expect(read([...inRecord, ...end(inRecord.length, 0)])).resolves.toEqual([["c", 2 ** 35, 5, 0]]);
});

test.each<[string, number, number, number | undefined]>([
  ["the last second", (23 << 11) | (59 << 5) | 29, (127 << 9) | (12 << 5) | 31, Date.UTC(2107, 11, 31, 23, 59, 58)],
  ["the first second", 0, (1 << 5) | 1, Date.UTC(1980, 0, 1)],
  ["no month", 0, 1, undefined],
  ["a month of thirteen", 0, (13 << 5) | 1, undefined],
  ["no day", 0, 1 << 5, undefined],
])("the time of %s", (_what, time, date, at) => {
  const fields = Buffer.from([...words(0x801, 12, time, date), ...longs(0xffffffff)]);
  expect(readFields(fields, 0, Buffer.from("a"))).toEqual({
    name: "a",
    encrypted: true,
    method: 12,
    changedAt: at,
    crc: 0xffffffff,
  });
  expect(readFields(Buffer.from([...words(0xfffe, 0, 0, 0), ...longs(1)]), 0, Buffer.from("")).encrypted).toBe(false);
});
