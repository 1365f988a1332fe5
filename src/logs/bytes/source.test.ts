import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { gather } from "../../../test/harness/bytes.ts";
import { hold } from "./hold.ts";
import { ByteReader } from "./reader.ts";
import { type Bytes, openSource, piecesOf, type Source, streamOf } from "./source.ts";

const folder = mkdtempSync(join(tmpdir(), "plugside-bytes-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Bytes of which none of the next ten thousand stands where it does. */
const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7 + (at >> 8) * 13) & 255));
const path = join(folder, "a.bin");
writeFileSync(path, bytes);

async function* inPieces(of: Buffer, size: number): Bytes {
  for (let at = 0; at < of.length; at += size) yield of.subarray(at, at + size);
}

const kinds: [string, () => Promise<Source>][] = [
  ["a file", () => openSource(path)],
  ["what is held", async () => (await hold(inPieces(bytes, 7777), 1e9)).source],
];

describe.each(kinds)("%s", (_, open) => {
  test("is read at any place, as far as it goes and no further", async () => {
    const source = await open();
    expect([source.size, source.place.from, source.place.size]).toEqual([300_000, 0, 300_000]);
    const places: [number, number][] = [
      ...([
        [0, 10],
        [5, 4096],
        [4090, 4096],
        [4097, 1],
        [0, 300_000],
        [299_999, 10],
        [131_070, 8],
        [200_000, 50_000],
      ] as const),
    ].map(([at, length]) => [at, length]);
    for (const [at, length] of places)
      expect((await source.read(at, length)).equals(bytes.subarray(at, at + length))).toBe(true);
    for (const [at, length] of [
      [300_000, 1],
      [-1, 10],
      [10, 0],
    ] as const)
      expect((await source.read(at, length)).length).toBe(0);
    await source.close();
  });

  test("has parts, and parts of them, that end where they do", async () => {
    const source = await open();
    const part = source.slice(1000, 5000);
    expect([part.size, part.place.from]).toEqual([5000, 1000]);
    expect((await part.read(4990, 100)).equals(bytes.subarray(5990, 6000))).toBe(true);
    const within = part.slice(100, 1e9);
    expect([within.size, within.place.from]).toEqual([4900, 1100]);
    expect((await within.read(0, 3)).equals(bytes.subarray(1100, 1103))).toBe(true);
    expect([part.slice(6000, 5).size, part.slice(0, -1).size]).toEqual([0, 0]);
    // The whole is closed by itself alone.
    await part.close();
    expect((await source.read(0, 5000)).length).toBe(5000);
    await source.close();
  });

  test("can be opened again by its place, as another thread does", async () => {
    const source = await open();
    const again = await openSource(source.slice(70_000, 20_000).place);
    expect(again.size).toBe(20_000);
    expect((await again.read(0, 1e9)).equals(bytes.subarray(70_000, 90_000))).toBe(true);
    await again.close();
    await source.close();
  });

  test("comes as a stream, from a place on, and in large pieces that are read ahead", async () => {
    const source = await open();
    const streamed = await gather(streamOf(source, 100, 65_536));
    expect(streamed.map(({ length }) => length)).toEqual([65_536, 65_536, 65_536, 65_536, 37_756]);
    expect(Buffer.concat(streamed).equals(bytes.subarray(100))).toBe(true);
    const told: [number, boolean][] = [];
    let at = 500;
    for await (const piece of piecesOf(source, 500, 200_500, 90_000)) {
      told.push([piece.length, piece.equals(bytes.subarray(at, at + piece.length))]);
      at += piece.length;
    }
    expect(told).toEqual([
      [90_000, true],
      [90_000, true],
      [20_000, true],
    ]);
    expect(await gather(piecesOf(source, 5, 5, 10))).toEqual([]);
    // A file that became shorter ends with what there is.
    expect((await gather(piecesOf(source, 299_990, 400_000, 100))).map(({ length }) => length)).toEqual([10]);
    await source.close();
  });
});

test("room that is given is used where it is enough", async () => {
  const source = await openSource(path);
  const room = Buffer.alloc(10_000);
  const read = await source.read(50, 5000, room);
  expect([read.buffer === room.buffer, read.equals(bytes.subarray(50, 5050))]).toEqual([true, true]);
  const other = await source.read(50, 5000, Buffer.alloc(4999));
  expect(other.equals(bytes.subarray(50, 5050))).toBe(true);
  await source.close();
});

describe.each([
  ["bytes at rest", async () => new ByteReader(await openSource(path))],
  ["a stream", async () => new ByteReader(inPieces(bytes, 1000))],
] as [string, () => Promise<ByteReader>][])("taken apart from front to back: %s", (_, open) => {
  test("takes, looks ahead, puts back and goes over", async () => {
    const from = await open();
    const is = (piece: Buffer | undefined, at: number, end: number) =>
      expect([piece?.length, piece?.equals(bytes.subarray(at, end))]).toEqual([end - at, true]);
    is(await from.take(10), 0, 10);
    is(await from.peek(2500), 10, 2510);
    expect(from.at).toBe(10);
    is(await from.take(2500), 10, 2510);
    from.putBack(bytes.subarray(2500, 2510));
    expect(from.at).toBe(2500);
    is(await from.take(20), 2500, 2520);
    is(await from.next(3), 2520, 2523);
    expect([await from.skip(7), from.at]).toEqual([true, 2530]);
    expect([await from.skip(100_000), from.at]).toEqual([true, 102_530]);
    is(await from.take(4), 102_530, 102_534);
    const part = Buffer.concat(await gather(from.stream(5000)));
    is(part, 102_534, 107_534);
    expect(from.at).toBe(107_534);
    const rest = Buffer.concat(await gather(from.stream()));
    is(rest, 107_534, 300_000);
    expect([await from.next(), (await from.take(3)).length, from.at]).toEqual([undefined, 0, 300_000]);
    await from.close();
  });

  test("tells that there is less than was to be gone over, and ends early", async () => {
    const from = await open();
    expect([
      await from.skip(299_990),
      (await gather(from.stream(100))).reduce((sum, { length }) => sum + length, 0),
    ]).toEqual([true, 10]);
    expect([await (await open()).skip(300_000), await (await open()).skip(300_001)]).toEqual([true, false]);
  });
});

test("the head of what fails soon is what came before, and the failure is met behind it", async () => {
  async function* failing(said: string): Bytes {
    yield* inPieces(Buffer.from(said), 3);
    throw new Error("cut");
  }
  const from = new ByteReader(failing("some words"));
  expect([String(await from.head(4)), String(await from.head(100)), from.at]).toEqual(["some", "some words", 0]);
  expect(String(await from.take(10))).toBe("some words");
  await expect(from.next()).rejects.toThrow("cut");
  await expect(from.take(1)).rejects.toThrow("cut");
  await expect(new ByteReader(failing("")).head(4)).rejects.toThrow("cut");
  const whole = new ByteReader(inPieces(bytes, 1000));
  expect([(await whole.head(1e6)).length, (await whole.take(1e6)).length]).toEqual([300_000, 300_000]);
});

test("whoever lets go of a stream ends it", async () => {
  let ended = false;
  async function* endless(): Bytes {
    try {
      for (;;) yield Buffer.of(1);
    } finally {
      ended = true;
    }
  }
  const from = new ByteReader(endless());
  await from.take(3);
  await from.close();
  expect(ended).toBe(true);
});
