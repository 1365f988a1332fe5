import { ByteReader } from "../../bytes/reader.ts";
import type { Bytes } from "../../bytes/source.ts";
import { DamagedError } from "../damaged.ts";
import { LzmaDecoder, longestSymbol, type Properties, readProperties } from "./decoder.ts";
import { RangeDecoder } from "./range-decoder.ts";
import { Window } from "./window.ts";

/** What stands before the bytes of LZMA. */
export type LzmaHead = {
  properties: Properties;
  dictionary: number;
  /** How much comes of it; undefined where a mark tells the end. */
  size?: number;
};

/** Reads the 13 bytes at the beginning of a `.lzma` file; undefined where they are no such. */
export function readLzmaHead(head: Buffer): LzmaHead | undefined {
  if (head.length < 13) return undefined;
  const properties = readProperties(head[0] as number);
  const dictionary = head.readUInt32LE(1);
  const size = head.readBigUInt64LE(5);
  const isUnknown = size === 0xffffffffffffffffn;
  if (!properties || (!isUnknown && size > 1n << 48n)) return undefined;
  return { properties, dictionary, ...(!isUnknown && { size: Number(size) }) };
}

/** Unpacks bytes of LZMA to their size, or to the mark of the end.
 * @throws DamagedError */
export async function* unpackLzma(input: Bytes, { properties, dictionary, size }: LzmaHead): Bytes {
  const from = new ByteReader(input);
  const window = new Window(dictionary);
  const range = new RangeDecoder();
  const decoder = new LzmaDecoder(window, range);
  decoder.reset(properties);
  range.bytes = await from.take(5);
  if (range.bytes.length < 5) throw new DamagedError("cut");
  if (!range.begin()) throw new DamagedError("damaged");
  let isOver = false;
  let given = 0;
  while (given < (size ?? Number.POSITIVE_INFINITY)) {
    if (!isOver && range.bytes.length - range.at < longestSymbol) {
      const more = await from.next();
      isOver = more === undefined;
      // At the very end there may be fewer bytes than a symbol could take.
      range.bytes = Buffer.concat([range.bytes.subarray(range.at), more ?? Buffer.alloc(longestSymbol)]);
      range.at = 0;
    }
    const isAtMark = decoder.run((size ?? Number.POSITIVE_INFINITY) - given, longestSymbol);
    const piece = window.take();
    given += piece.length;
    if (piece.length > 0) yield piece;
    if (isAtMark) break;
    if (isOver && piece.length === 0) throw new DamagedError("cut");
  }
  await from.close();
  if (size !== undefined && given < size) throw new DamagedError("damaged");
}
