import { checkedData, withCheck } from "./crc16.ts";
import { cutAt } from "./delimited.ts";
import { type Deframer, damaged, type Piece } from "./framing.ts";

/** RFC 1055. */
const [end, escapeMark, escapedEnd, escapedEscape] = [0xc0, 0xdb, 0xdc, 0xdd];

/** A message with its check as SLIP; an END before it ends whatever noise was there. */
export function encodeSlip(data: Uint8Array): Uint8Array {
  const body = [...withCheck(data)].flatMap((byte) => {
    if (byte === end) return [escapeMark, escapedEnd];
    return byte === escapeMark ? [escapeMark, escapedEscape] : [byte];
  });
  return Uint8Array.from([end, ...body, end]);
}

/** Reads messages from SLIP. */
export function readSlip(limit: number): Deframer {
  return cutAt(end, 2 * (limit + 2), unpack);
}

function unpack(raw: Uint8Array): Piece {
  const all = new Uint8Array(raw.length);
  let length = 0;
  for (let at = 0; at < raw.length; at++) {
    let byte = raw[at] ?? 0;
    if (byte === escapeMark) {
      const next = raw[++at];
      if (next !== escapedEnd && next !== escapedEscape) return damaged("coding", raw);
      byte = next === escapedEnd ? end : escapeMark;
    }
    all[length++] = byte;
  }
  const data = checkedData(all.subarray(0, length));
  return data ? { kind: "frame", data, checked: true } : damaged("check", raw);
}
