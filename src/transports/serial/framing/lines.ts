import { crc16 } from "./crc16.ts";
import { cutAt } from "./delimited.ts";
import { type Deframer, damaged, type Piece } from "./framing.ts";

const [newline, carriageReturn, blank, star] = [0x0a, 0x0d, 0x20, 0x2a];
const [bracket, brace] = [0x5b, 0x7b];
/** A star and the check in four hex digits. */
const checkLength = 5;

/** A message as a line. A newline within is a blank of JSON's, and goes as one.
 * @param check with its check behind: `*29B1` */
export function encodeLine(data: Uint8Array, check: boolean): Uint8Array {
  const text = data.map((byte) => (byte === newline || byte === carriageReturn ? blank : byte));
  const end = check ? `*${crc16(text).toString(16).toUpperCase().padStart(4, "0")}\n` : "\n";
  return Buffer.concat([text, Buffer.from(end, "latin1")]);
}

/** Reads messages from lines. Who has once sent a check sends one always: a line without is damaged from then on. */
export function readLines(limit: number): Deframer {
  let checks = false;
  function unpack(line: Uint8Array): Piece | null {
    const text = line.at(-1) === carriageReturn ? line.subarray(0, -1) : line;
    if (text.every((byte) => byte === blank || byte === carriageReturn)) return null;
    const data = text.subarray(0, -checkLength);
    if (text.at(-checkLength) === star && data.length > 0) {
      const said = Buffer.from(text.subarray(1 - checkLength)).toString("latin1");
      if (!/^[0-9a-f]{4}$/i.test(said) || Number.parseInt(said, 16) !== crc16(data)) return damaged("check", line);
      checks = true;
      return { kind: "frame", data, checked: true };
    }
    if (text[0] !== bracket && text[0] !== brace) return damaged(isReadable(text) ? "text" : "coding", line);
    if (checks) return damaged("check", line);
    if (!isClosed(text)) return damaged("cut", line);
    return { kind: "frame", data: text, checked: false };
  }
  return cutAt(newline, limit + checkLength + 2, unpack);
}

/** Ends as a list or an object does: what has lost its end, or whose check has lost its star, does not. */
function isClosed(text: Uint8Array): boolean {
  const last = text.findLast((byte) => byte !== blank);
  return last === bracket + 2 || last === brace + 2;
}

/** Without control characters, but for tabs and the colours of a terminal. */
function isReadable(text: Uint8Array): boolean {
  return text.every((byte) => byte >= blank || byte === 9 || byte === 27 || byte === carriageReturn);
}
