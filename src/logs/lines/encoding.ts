import { isUtf8 } from "node:buffer";
import type { Encoding } from "../model.ts";

const marks: [Encoding, Buffer][] = [
  ["utf-8", Buffer.from([0xef, 0xbb, 0xbf])],
  ["utf-16le", Buffer.from([0xff, 0xfe])],
  ["utf-16be", Buffer.from([0xfe, 0xff])],
];

/** The encoding by the beginning of a text, and the length of the mark that says so. Text without a mark is UTF-8 where it can be. */
export function encodingOf(head: Buffer): { encoding: Encoding; mark: number } {
  for (const [encoding, mark] of marks) {
    if (head.subarray(0, mark.length).equals(mark)) return { encoding, mark: mark.length };
  }
  const wide = wideOf(head);
  return { encoding: wide ?? (isUtf8(withoutCutLetter(head)) ? "utf-8" : "latin1"), mark: 0 };
}

/** Text of two bytes a letter shows by the zeros in every other place. */
function wideOf(head: Buffer): Encoding | undefined {
  const length = Math.min(head.length, 1024) & ~1;
  if (length < 4) return undefined;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 2) {
    if (head[at] === 0) even++;
    if (head[at + 1] === 0) odd++;
  }
  const most = length / 2;
  if (odd > most * 0.7 && even < most * 0.1) return "utf-16le";
  return even > most * 0.7 && odd < most * 0.1 ? "utf-16be" : undefined;
}

/** Without the letter at the end that may go on behind it. */
function withoutCutLetter(bytes: Buffer): Buffer {
  let at = bytes.length - 1;
  while (at > bytes.length - 4 && at > 0 && ((bytes[at] as number) & 0xc0) === 0x80) at--;
  return (bytes[at] ?? 0) >= 0xc0 ? bytes.subarray(0, at) : bytes;
}

/** True for the beginning of a text; of one, too, in which a power cut left long runs of zeros. */
export function isText(head: Buffer): boolean {
  const { encoding } = encodingOf(head);
  if (encoding.startsWith("utf-16")) return true;
  let odd = 0;
  let zeros = 0;
  let plain = 0;
  for (const byte of head) {
    if (byte === 0) {
      zeros++;
      continue;
    }
    if (zeros < longRun) odd += zeros;
    zeros = 0;
    if (isOddControl(byte)) odd++;
    else plain++;
  }
  return head.length === 0 || (plain > 0 && odd * 20 <= plain);
}

const longRun = 16;

/** Control bytes but those that text has: tab, line ends, form feed, and what colours a terminal. */
function isOddControl(byte: number): boolean {
  return byte === 127 || (byte < 32 && !(byte >= 8 && byte <= 13) && byte !== 27);
}

const decoders = {
  "utf-8": new TextDecoder("utf-8", { ignoreBOM: true }),
  "utf-16le": new TextDecoder("utf-16le", { ignoreBOM: true }),
  "utf-16be": new TextDecoder("utf-16be", { ignoreBOM: true }),
  latin1: new TextDecoder("windows-1252"),
};

/** Bytes as text; what is no letter becomes a mark of it. */
export function decode(bytes: Buffer, encoding: Encoding): string {
  return decoders[encoding].decode(bytes);
}
