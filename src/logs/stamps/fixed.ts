import type { Stamp } from "./stamp.ts";

/** The stamp that most logs have (2026-11-26T10:02:11.042Z, 2026-11-26 10:02:11,042), read from bytes at a known place: ten times as fast as
 * by an expression. Undefined for every other, and where a zone other than Z follows.
 * @param at where it stands in `bytes`, `begin` where the line does */
export function readFixed(bytes: Uint8Array, begin: number, at: number, end: number): Stamp | undefined {
  if (at + 19 > end) return undefined;
  const between = bytes[at + 10];
  const separator = bytes[at + 4];
  if (separator !== 45 && separator !== 47 && separator !== 46) return undefined;
  if (bytes[at + 7] !== separator || (between !== 84 && between !== 32)) return undefined;
  if (bytes[at + 13] !== 58 || bytes[at + 16] !== 58) return undefined;
  const year = two(bytes, at) * 100 + two(bytes, at + 2);
  const month = two(bytes, at + 5);
  const day = two(bytes, at + 8);
  const hour = two(bytes, at + 11);
  const minute = two(bytes, at + 14);
  const second = two(bytes, at + 17);
  // Whatever is no digit makes a number that is too large, or none.
  if (
    !(year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour <= 24 && minute <= 59 && second <= 60)
  ) {
    return undefined;
  }
  let next = at + 19;
  let fraction = 0;
  if (bytes[next] === 46 || bytes[next] === 44) {
    let weight = 100;
    for (next++; next < end && isDigit(bytes[next] as number); next++) {
      fraction += ((bytes[next] as number) - 48) * weight;
      weight /= 10;
    }
  }
  const isUtc = next < end && bytes[next] === 90;
  const behind = bytes[isUtc ? next + 1 : next] === 32 ? bytes[next + 1] : bytes[next];
  if (next < end && !isUtc && (behind === 43 || behind === 45 || behind === 85 || behind === 71 || behind === 90))
    return undefined;
  const ms = (hour * 3600 + minute * 60 + second) * 1000 + Math.floor(fraction + 1e-6);
  return {
    at: dayOf(year, month, day) + ms,
    kind: isUtc ? "zoned" : "local",
    begin: at - begin,
    end: next + Number(isUtc) - begin,
  };
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

function two(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - 48;
  const ones = (bytes[at + 1] as number) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

let lastDay = 0;
let lastDate = 0;

/** The beginning of a day; lines behind each other are of the same. */
function dayOf(year: number, month: number, day: number): number {
  const date = (year * 100 + month) * 100 + day;
  if (date !== lastDate) {
    lastDay = Date.UTC(year, month - 1, day);
    lastDate = date;
  }
  return lastDay;
}
