import { readFileSync } from "node:fs";
import { hold } from "../../src/logs/bytes/hold.ts";
import type { Bytes, Source } from "../../src/logs/bytes/source.ts";

/** Bytes as a stream, in pieces of one size. */
async function* inPieces(bytes: Buffer, size = 1000): Bytes {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Bytes at rest in memory. */
export async function sourceOf(bytes: Buffer | string): Promise<Source> {
  return (await hold(inPieces(Buffer.from(bytes), 1 << 20), 1e9)).source;
}

/** All of a source. */
export function wholeOf(source: Source): Promise<Buffer> {
  return source.read(0, source.size);
}

/** A file of test/archives. */
export function archive(name: string): Buffer {
  return readFileSync(new URL(`../archives/${name}`, import.meta.url));
}

/** All that comes, in one list. */
export async function gather<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
