import { crc16 } from "./crc16.ts";
import { type Deframer, damaged, type Piece } from "./framing.ts";

/** Stands before each message. No byte of UTF-8 has this value: where it turns up within a text, another message begins. */
const mark = 0xf5;
const headLength = 5;
const checkLength = 2;

/** The mark, the length in four bytes (high byte first), the message, its check. */
export function encodeLength(data: Uint8Array): Uint8Array {
  const all = Buffer.alloc(headLength + data.length + checkLength);
  all[0] = mark;
  all.writeUInt32BE(data.length, 1);
  all.set(data, headLength);
  all.writeUInt16BE(crc16(data), headLength + data.length);
  return all;
}

type Found = { piece: Piece; taken: number };

/** Reads messages with a length before each. What does not fit is searched for the next mark. */
export function readLengths(limit: number): Deframer {
  let held: Buffer = Buffer.alloc(0);
  let coming: Uint8Array[] = [];
  let came = 0;
  /** Bytes without which nothing more can be told, as long as no other message begins. */
  let wanted = 1;

  function take(last: boolean): Piece[] {
    held = Buffer.concat([held, ...coming]);
    coming = [];
    came = 0;
    const pieces: Piece[] = [];
    for (let found = first(held, limit, last); typeof found !== "number"; found = first(held, limit, last)) {
      pieces.push(found.piece);
      held = held.subarray(found.taken);
    }
    wanted = last ? 1 : Number(first(held, limit, false));
    return pieces;
  }
  return {
    push(bytes) {
      // A message is not looked at again for each of its bytes.
      coming.push(bytes.slice());
      came += bytes.length;
      return held.length + came < wanted && !bytes.includes(mark) ? [] : take(false);
    },
    flush: () => take(true),
  };
}

/** The first whole piece of what is held; or how many bytes it takes to tell. */
function first(held: Buffer, limit: number, last: boolean): Found | number {
  if (held.length === 0) return last ? Number.NaN : 1;
  if (held[0] !== mark) return gone("coding", held, nextMark(held, 0));
  if (held.length < headLength) return last ? gone("cut", held, held.length) : headLength;
  const length = held.readUInt32BE(1);
  const end = headLength + length;
  const within = held.indexOf(mark, headLength);
  if (length === 0 || length > limit) return gone("cut", held, nextMark(held, 1));
  // Another message begins within the text of this one.
  if (within !== -1 && within < end) return gone("cut", held, nextMark(held, 1));
  if (held.length < end + checkLength) return last ? gone("cut", held, held.length) : end + checkLength;
  const data = held.subarray(headLength, end);
  if (held.readUInt16BE(end) !== crc16(data)) return gone("check", held, nextMark(held, 1));
  return { piece: { kind: "frame", data: Uint8Array.from(data), checked: true }, taken: end + checkLength };
}

function gone(why: "coding" | "cut" | "check", held: Buffer, taken: number): Found {
  return { piece: damaged(why, held.subarray(0, taken)), taken };
}

/** Where the next message may begin. */
function nextMark(held: Buffer, from: number): number {
  const next = held.indexOf(mark, from);
  return next === -1 ? held.length : next;
}
