import type { HeardFrame } from "../../../src/station/serial/guess.ts";

/** What a receiver does with a byte whose parity or stop bit does not fit: it hands it on all the same, as most USB adapters, or drops it. */
export type OnError = "kept" | "dropped";

/** The bits that a sender puts on a line, one at a time.
 * @param gap idle bits after each byte */
export function lineBits(bytes: Uint8Array, { dataBits, parity }: HeardFrame, gap: number): number[] {
  return [...bytes].flatMap((byte) => {
    const data = bitsOf(byte, dataBits);
    const check = parity === "none" ? [] : [parityOf(data, parity)];
    return [0, ...data, ...check, 1, ...Array<number>(gap).fill(1)];
  });
}

/** What a receiver makes of them. */
export function received(bits: readonly number[], { dataBits, parity }: HeardFrame, onError: OnError): Uint8Array {
  const bytes: number[] = [];
  const length = dataBits + (parity === "none" ? 0 : 1);
  for (let at = 0; at + length + 1 < bits.length; ) {
    if (bits[at] !== 0) {
      at++;
      continue;
    }
    const data = bits.slice(at + 1, at + 1 + dataBits);
    const fits = parity === "none" || bits[at + 1 + dataBits] === parityOf(data, parity);
    const stop = bits[at + 1 + length];
    if ((fits && stop === 1) || onError === "kept") bytes.push(data.reduce((byte, bit, n) => byte | (bit << n), 0));
    at += length + 1;
    // After a broken frame the line must come to rest before the next byte begins.
    if (stop === 0) while (at < bits.length && bits[at] === 0) at++;
  }
  return Uint8Array.from(bytes);
}

function bitsOf(byte: number, count: number): number[] {
  return Array.from({ length: count }, (_, n) => (byte >> n) & 1);
}

function parityOf(data: readonly number[], parity: HeardFrame["parity"]): number {
  const ones = data.reduce((sum, bit) => sum + bit, 0) % 2;
  return parity === "odd" ? 1 - ones : ones;
}
