import { type Deframer, damaged, type Piece } from "./framing.ts";

/** Makes what cuts a line at one byte and unpacks what stands between; two such bytes in a row are none.
 * @param limit the longest stretch, bytes; of a longer one the first bytes are kept
 * @param unpack null for what means nothing */
export function cutAt(delimiter: number, limit: number, unpack: (bytes: Uint8Array) => Piece | null): Deframer {
  let parts: Uint8Array[] = [];
  let held = 0;
  let count = 0;

  function add(bytes: Uint8Array): void {
    count += bytes.length;
    if (bytes.length === 0 || held >= limit) return;
    const kept = bytes.slice(0, limit - held);
    parts.push(kept);
    held += kept.length;
    // Bytes that come one by one would cost far more than they are.
    if (parts.length > 1024) parts = [Buffer.concat(parts)];
  }
  function take(): { bytes: Uint8Array; count: number } {
    const taken = { bytes: parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts), count };
    parts = [];
    held = 0;
    count = 0;
    return taken;
  }
  function end(): Piece | null {
    const stretch = take();
    if (stretch.count === 0) return null;
    if (stretch.count > limit) return damaged("too-long", stretch.bytes, stretch.count);
    return unpack(stretch.bytes);
  }
  return {
    push(bytes) {
      const pieces: Piece[] = [];
      let from = 0;
      for (let at = bytes.indexOf(delimiter); at !== -1; at = bytes.indexOf(delimiter, from)) {
        add(bytes.subarray(from, at));
        const piece = end();
        if (piece) pieces.push(piece);
        from = at + 1;
      }
      add(bytes.subarray(from));
      return pieces;
    },
    flush() {
      const stretch = take();
      return stretch.count === 0 ? [] : [damaged("cut", stretch.bytes, stretch.count)];
    },
  };
}
