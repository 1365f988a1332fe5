/** Puts a mask on, or takes it off, four bytes at a time (RFC 6455 5.3). The WebSocket library asks for this by the name of a native
 * package, bufferutil, and goes byte by byte without it; the build gives it this file instead. */

/** Writes `length` bytes of `source` with the mask into `output`, from `offset` on. */
export function mask(source: Uint8Array, key: Uint8Array, output: Uint8Array, offset: number, length: number): void {
  const target = output.subarray(offset, offset + length);
  target.set(source.subarray(0, length));
  unmask(target, key);
}

/** Takes the mask off the bytes themselves. */
export function unmask(bytes: Uint8Array, key: Uint8Array): void {
  const { length, buffer, byteOffset } = bytes;
  if (length < 8) return apply(bytes, key, 0, length);
  // A word stands where its address is a multiple of four.
  const lead = -byteOffset & 3;
  const words = (length - lead) >> 2;
  apply(bytes, key, 0, lead);
  for (let at = 0; at < 4; at++) keyBytes[at] = key[(lead + at) & 3] ?? 0;
  const word = keyWord[0] ?? 0;
  const view = new Int32Array(buffer, byteOffset + lead, words);
  for (let at = 0; at < words; at++) view[at] = (view[at] ?? 0) ^ word;
  apply(bytes, key, lead + words * 4, length);
}

const keyBytes = new Uint8Array(4);
const keyWord = new Int32Array(keyBytes.buffer);

function apply(bytes: Uint8Array, key: Uint8Array, from: number, to: number): void {
  for (let at = from; at < to; at++) bytes[at] = (bytes[at] ?? 0) ^ (key[at & 3] ?? 0);
}
