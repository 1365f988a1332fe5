/** Ascending numbers of the record as bytes: the steps between them, seven bits a byte, the lowest first; the high bit says that more
 * follow. Two bytes a number at the most for a station among fifty. */
export function packNumbers(numbers: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  let before = 0;
  for (const number of numbers) {
    let step = number - before;
    before = number;
    // A number of the record may have more bits than a shift can take.
    for (; step >= 128; step = Math.floor(step / 128)) bytes.push((step % 128) + 128);
    bytes.push(step);
  }
  return Uint8Array.from(bytes);
}

/** The numbers that were packed; null where the bytes are no ascending numbers. */
export function unpackNumbers(bytes: Uint8Array): number[] | null {
  const numbers: number[] = [];
  let number = 0;
  let step = 0;
  let scale = 1;
  for (const byte of bytes) {
    step += (byte % 128) * scale;
    scale *= 128;
    if (byte >= 128) continue;
    number += step;
    if (step === 0 || !Number.isSafeInteger(number)) return null;
    numbers.push(number);
    step = 0;
    scale = 1;
  }
  return scale === 1 ? numbers : null;
}
