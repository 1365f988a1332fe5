import { expect, test } from "vitest";
import { gather, sourceOf } from "../../../../test/harness/bytes.ts";
import { tarOf } from "../../../../test/harness/tar.ts";
import { usualLimits } from "../limits.ts";
import { readTar } from "./tar.ts";

async function* streamOf(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
}

/** What a tar holds, as it is read from front to back. */
async function read(bytes: Buffer, limits = usualLimits): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const { name, size, changedAt, open } of readTar(streamOf(bytes), limits))
    all.push([name, size, changedAt, Buffer.concat(await gather(open())).toString()]);
  return all;
}
/** A record of pax: the length that stands before it counts its own digits. */
const record = (text: string) => `${text.length + (text.length + 3 < 10 ? 3 : 4)} ${text}\n`;

test("what pax tells is told of the next file alone; what it tells of all files, or cannot be a size, counts for nothing", async () => {
  const pax = (...records: string[]) => Buffer.from(records.map(record).join(""));
  const bytes = tarOf([
    ["g", pax("path=all.log"), "g"],
    ["x", pax("path=long.log", "size=3", "mtime=1.5"), "x"],
    ["a.log", Buffer.from("one")],
    ["x", pax("size=-7", "mtime=now"), "x"],
    ["b.log", Buffer.from("two")],
    ["x", pax("size=12.25"), "x"],
    ["c.log", Buffer.from("three")],
  ]);
  expect(await read(bytes)).toEqual([
    ["long.log", 3, 1500, "one"],
    ["b.log", 3, 0, "two"],
    ["c.log", 5, 0, "three"],
  ]);
});

test("a tar that is cut off anywhere within a file is told as that, whether its files are read or gone over", async () => {
  const whole = tarOf([["a.log", Buffer.from("hello\n")]]);
  const long = tarOf([
    ["././@LongLink", Buffer.from("a.log\0"), "L"],
    ["a", Buffer.from("hello\n")],
  ]);
  expect([await read(whole), await read(long)]).toEqual([[["a.log", 6, 0, "hello\n"]], [["a.log", 6, 0, "hello\n"]]]);
  for (const length of [1, 511, 512, 517, 518, 1023]) {
    const cut = whole.subarray(0, length);
    await expect(read(cut)).rejects.toMatchObject({ why: "cut" });
    await expect(gather(readTar(await sourceOf(cut), usualLimits))).rejects.toMatchObject({ why: "cut" });
  }
  for (const length of [512, 517]) await expect(read(long.subarray(0, length))).rejects.toMatchObject({ why: "cut" });
  expect(await read(whole.subarray(0, 1024))).toHaveLength(1);
});

test("a name may take a megabyte, or what may be held, and no more", async () => {
  const named = (count: number) =>
    tarOf([
      ["././@LongLink", Buffer.alloc(count, "a"), "L"],
      ["a", Buffer.from("x")],
    ]);
  expect(await read(named(1 << 20))).toMatchObject([["a".repeat(1 << 20), 1, 0, "x"]]);
  await expect(read(named((1 << 20) + 1))).rejects.toMatchObject({ why: "damaged" });
  const limits = { ...usualLimits, memory: 600 };
  expect(await read(named(600), limits)).toHaveLength(1);
  await expect(read(named(601), limits)).rejects.toMatchObject({ why: "damaged" });
});
