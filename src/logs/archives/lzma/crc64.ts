/** The polynomial of xz (ECMA-182), bits reversed; high and low half. */
const high = 0xc96c5795;
const low = 0xd7870f42;

const highs = new Int32Array(256);
const lows = new Int32Array(256);
for (let byte = 0; byte < 256; byte++) {
  let upper = 0;
  let lower = byte;
  for (let bit = 0; bit < 8; bit++) {
    const carry = lower & 1;
    lower = (lower >>> 1) | (upper << 31);
    upper >>>= 1;
    if (carry) {
      upper ^= high;
      lower ^= low;
    }
  }
  highs[byte] = upper;
  lows[byte] = lower;
}

/** A sum of bytes as xz makes it, in two halves: whole 64 bits are dear here. */
export function crc64(): { add(bytes: Buffer): void; end(): Buffer } {
  let upper = -1;
  let lower = -1;
  return {
    add(bytes) {
      for (let at = 0; at < bytes.length; at++) {
        const index = (lower ^ (bytes[at] as number)) & 0xff;
        lower = (lows[index] as number) ^ ((lower >>> 8) | (upper << 24));
        upper = (highs[index] as number) ^ (upper >>> 8);
      }
    },
    end() {
      const made = Buffer.alloc(8);
      made.writeInt32LE(~lower, 0);
      made.writeInt32LE(~upper, 4);
      return made;
    },
  };
}
