import { entryName } from "../names.ts";

export const blockSize = 512;

/** What a header of a tar says: ustar, old tar, GNU or pax. */
export type TarHeader = { name: string; size: number; type: string; changedAt?: number };

/** Reads one; undefined where the sum tells that it is none. */
export function readTarHeader(block: Buffer): TarHeader | undefined {
  if (block.length < blockSize || !sumFits(block)) return undefined;
  const size = readNumber(block.subarray(124, 136));
  if (size === undefined) return undefined;
  const seconds = readNumber(block.subarray(136, 148));
  const isUstar = block.toString("latin1", 257, 262) === "ustar";
  // GNU keeps other things where ustar has the beginning of a long name.
  const prefix = isUstar && block[262] === 0 ? text(block.subarray(345, 500)) : "";
  const name = text(block.subarray(0, 100));
  return {
    name: prefix ? `${prefix}/${name}` : name,
    size,
    type: String.fromCharCode(block[156] || 48),
    ...(seconds !== undefined && { changedAt: seconds * 1000 }),
  };
}

/** True for a block that may begin a tar. */
export function isTarHeader(block: Buffer): boolean {
  const type = block[156] as number;
  return readTarHeader(block) !== undefined && (type === 0 || /^[0-9A-Za-z]$/.test(String.fromCharCode(type)));
}

/** Reads the records of pax, "length key=value" each: the last of a key holds. */
export function readPax(bytes: Buffer): Map<string, string> {
  const found = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(32, at);
    const length = space === -1 ? 0 : Number(bytes.toString("latin1", at, space));
    if (!Number.isInteger(length) || length <= 0) break;
    const record = bytes.toString("utf8", space + 1, at + length - 1);
    const equals = record.indexOf("=");
    if (equals > 0) found.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return found;
}

export function text(field: Buffer): string {
  const end = field.indexOf(0);
  return entryName(end === -1 ? field : field.subarray(0, end), "latin1");
}

/** Octal digits; or, of GNU for large ones, the bytes of the number itself. */
function readNumber(field: Buffer): number | undefined {
  if ((field[0] as number) === 0x80) {
    const value = field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const digits = field
    .toString("latin1")
    .replace(/[\0 ]+$/, "")
    .trim();
  return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || "0", 8) : undefined;
}

function sumFits(block: Buffer): boolean {
  const said = readNumber(block.subarray(148, 156));
  let sum = 8 * 32;
  for (let at = 0; at < blockSize; at++) if (at < 148 || at >= 156) sum += block[at] as number;
  return said === sum;
}
