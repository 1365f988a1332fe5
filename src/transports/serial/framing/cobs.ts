import { checkedData, withCheck } from "./crc16.ts";
import { cutAt } from "./delimited.ts";
import { type Deframer, damaged, type Piece } from "./framing.ts";

const longestBlock = 254;

/** A message with its check as COBS (Cheshire and Baker, 1999), zeros around it. */
export function encodeCobs(data: Uint8Array): Uint8Array {
  const all = withCheck(data);
  const out: number[] = [0];
  let block: number[] = [];
  const close = () => {
    out.push(block.length + 1, ...block);
    block = [];
  };
  for (const byte of all) {
    if (byte === 0) close();
    else if (block.push(byte) === longestBlock) close();
  }
  close();
  out.push(0);
  return Uint8Array.from(out);
}

/** Reads messages from COBS. */
export function readCobs(limit: number): Deframer {
  return cutAt(0, limit + 2 + Math.ceil((limit + 2) / longestBlock) + 1, unpack);
}

function unpack(raw: Uint8Array): Piece {
  const all: number[] = [];
  for (let at = 0; at < raw.length; ) {
    const code = raw[at] ?? 0;
    const next = at + code;
    if (next > raw.length) return damaged("cut", raw);
    for (let index = at + 1; index < next; index++) all.push(raw[index] ?? 0);
    // A block of the longest length has no zero behind it.
    if (code <= longestBlock && next < raw.length) all.push(0);
    at = next;
  }
  const data = checkedData(Uint8Array.from(all));
  return data ? { kind: "frame", data, checked: true } : damaged("check", raw);
}
