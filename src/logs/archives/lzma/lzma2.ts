import type { ByteReader } from "../../bytes/reader.ts";
import type { Bytes } from "../../bytes/source.ts";
import { DamagedError } from "../damaged.ts";
import { LzmaDecoder, readProperties } from "./decoder.ts";
import { RangeDecoder } from "./range-decoder.ts";
import { Window } from "./window.ts";

/** Unpacks the chunks of LZMA2 to their end; the reader then stands behind it.
 * @throws DamagedError */
export async function* unpackLzma2(from: ByteReader, dictionarySize: number): Bytes {
  const window = new Window(dictionarySize);
  const range = new RangeDecoder();
  const decoder = new LzmaDecoder(window, range);
  let isReady = false;
  for (;;) {
    const [control] = await need(from, 1);
    if (control === undefined || control === 0) return;
    if (control === 1 || control >= 0xe0) window.forget();
    if (control < 0x80) {
      if (control > 2) throw new DamagedError("damaged");
      const size = (await need(from, 2)).readUInt16BE(0) + 1;
      yield* plain(await need(from, size), window);
      continue;
    }
    const sizes = await need(from, 4);
    const unpacked = ((control & 0x1f) << 16) + sizes.readUInt16BE(0) + 1;
    const packed = sizes.readUInt16BE(2) + 1;
    if (control >= 0xc0) {
      const properties = readProperties((await need(from, 1))[0] as number);
      if (!properties || properties.lc + properties.lp > 4) throw new DamagedError("damaged");
      decoder.reset(properties);
      isReady = true;
    } else if (control >= 0xa0) decoder.reset();
    if (!isReady || packed < 5) throw new DamagedError("damaged");
    // Behind the end of a chunk stands nothing that it may read.
    range.bytes = Buffer.concat([await need(from, packed), Buffer.alloc(32)]);
    range.at = 0;
    if (!range.begin()) throw new DamagedError("damaged");
    for (let left = unpacked; left > 0; ) {
      const before = window.total;
      if (decoder.run(left, 0) || range.at > packed) throw new DamagedError("damaged");
      left -= window.total - before;
      if (window.room === 0 || left === 0) yield window.take();
      else if (window.total === before) throw new DamagedError("damaged");
    }
    if (decoder.isInMatch) throw new DamagedError("damaged");
  }
}

function* plain(bytes: Buffer, window: Window) {
  for (let at = 0; at < bytes.length; ) {
    const part = bytes.subarray(at, at + window.room);
    window.append(part);
    at += part.length;
    yield window.take();
  }
}

async function need(from: ByteReader, count: number): Promise<Buffer> {
  const bytes = await from.take(count);
  if (bytes.length < count) throw new DamagedError("cut");
  return bytes;
}
