import { promisify } from "node:util";
import zlib from "node:zlib";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import { type Bytes, type Held, heldSource, type Source } from "./source.ts";

const blockSize = 1 << 20;
/** So much is held as it is: packing it would gain little. */
const small = 8 * blockSize;

const deflate = promisify(zlib.deflateRaw);
const pack = zlib.zstdCompress
  ? { packing: "zstd" as const, by: packZstd(promisify(zlib.zstdCompress)) }
  : { packing: "deflate" as const, by: (bytes: Buffer) => deflate(bytes, { level: 1 }) };

function packZstd(compress: (bytes: Buffer, options: object) => Promise<Buffer>) {
  return (bytes: Buffer) => compress(bytes, { params: { [zlib.constants.ZSTD_c_compressionLevel]: 1 } });
}

/** What was held of a stream; `failed` is what ended it before its end. */
export type HeldBytes = { source: Source; failed?: unknown };

/** Holds the bytes of a stream in memory, so that they can be read at any place without a file of their own: text is packed again, to a
 * tenth or so. What came before an error is kept.
 * @param most bytes of memory */
export async function hold(bytes: Bytes, most: number): Promise<HeldBytes> {
  const blocks: Held["blocks"][number][] = [];
  let size = 0;
  let used = 0;
  let failed: unknown;
  let packing = Promise.resolve();
  async function keep(block: Buffer, isSmall: boolean): Promise<void> {
    const packed = isSmall ? block : await pack.by(block);
    const isWorth = packed.length < block.length * 0.9;
    const kept = isWorth ? packed : block;
    used += kept.length;
    if (used > most) throw failure("invalid-input", words("log-entry-too-large", { limit: most }));
    const shared = new SharedArrayBuffer(kept.length);
    kept.copy(Buffer.from(shared));
    blocks.push({ bytes: shared, packing: isWorth ? pack.packing : "none" });
    size += block.length;
  }
  try {
    let unpacked = 0;
    const note = (error: unknown) => {
      failed = error;
    };
    for await (const block of inBlocks(bytes, note)) {
      // One block is packed while the next comes.
      await packing;
      packing = keep(block, unpacked < small);
      packing.catch(() => undefined);
      unpacked += block.length;
    }
    await packing;
  } catch (error) {
    failed ??= error;
  }
  return { source: heldSource({ from: 0, size }, { blockSize, blocks }), ...(failed !== undefined && { failed }) };
}

/** The same bytes in blocks of one size; the last may be smaller. An error is told, and ends them after what came before it. */
async function* inBlocks(bytes: Bytes, onError: (error: unknown) => void): Bytes {
  let block = Buffer.allocUnsafe(blockSize);
  let filled = 0;
  try {
    for await (const piece of bytes) {
      for (let at = 0; at < piece.length; ) {
        const copied = piece.copy(block, filled, at);
        at += copied;
        filled += copied;
        if (filled < blockSize) continue;
        yield block;
        block = Buffer.allocUnsafe(blockSize);
        filled = 0;
      }
    }
  } catch (error) {
    onError(error);
  }
  if (filled > 0) yield block.subarray(0, filled);
}
