import { modbusCrc } from "./crc.ts";
import { pair } from "./pdu.ts";

/** How questions and answers stand on the bytes: RTU on serial lines (also carried over TCP by gateways), or Modbus TCP. */
export type ModbusFraming = "rtu" | "tcp";

/** A unit's protocol data unit, out of its frame; `transaction` is TCP's own number. */
export type Adu = { unit: number; pdu: Uint8Array; transaction?: number };

/** The longest frames (Modbus over Serial Line V1.02, 2.3; Messaging on TCP/IP V1.0b, 4.2). */
export const longestRtu = 256;
export const longestTcp = 260;

/** A frame of a serial line: unit, PDU and check (Serial Line V1.02, 2.3). */
export function writeRtu(unit: number, pdu: Uint8Array): Uint8Array {
  const body = Uint8Array.of(unit, ...pdu);
  const crc = modbusCrc(body);
  return Uint8Array.of(...body, crc & 255, crc >>> 8);
}

/** A frame of Modbus TCP: the MBAP header and the PDU (Messaging on TCP/IP V1.0b, 3.1.3). */
export function writeTcp(transaction: number, unit: number, pdu: Uint8Array): Uint8Array {
  return Uint8Array.of(...pair(transaction), 0, 0, ...pair(pdu.length + 1), unit, ...pdu);
}

/** What a serial line's frame holds; null where the check does not fit. */
export function readRtu(frame: Uint8Array): Adu | null {
  if (frame.length < 4) return null;
  const crc = modbusCrc(frame.subarray(0, -2));
  if (frame.at(-2) !== (crc & 255) || frame.at(-1) !== crc >>> 8) return null;
  return { unit: frame[0] ?? 0, pdu: new Uint8Array(frame.subarray(1, -2)) };
}

/** How long the answer is that begins with these bytes, check and all. Undefined: more must come to know; null: only silence tells. */
export function rtuAnswerLength(bytes: Uint8Array): number | null | undefined {
  const [, code, third] = bytes;
  if (code === undefined || third === undefined) return undefined;
  if (code & 0x80) return 5;
  if ([1, 2, 3, 4, 12, 17, 20, 21, 23].includes(code)) return 5 + third;
  if ([5, 6, 8, 11, 15, 16].includes(code)) return 8;
  if (code === 22) return 10;
  if (code !== 43) return null;
  const count = bytes[7];
  if (count === undefined) return undefined;
  let end = 8;
  for (let left = count; left > 0; left--) {
    const length = bytes[end + 1];
    if (length === undefined) return undefined;
    end += 2 + length;
  }
  return end + 2;
}

/** How long the question is that begins with these bytes, check and all; as above. */
export function rtuQuestionLength(bytes: Uint8Array): number | null | undefined {
  const code = bytes[1];
  if (code === undefined) return undefined;
  // A refusal that a master says for a silent unit.
  if (code & 0x80) return 5;
  if (code >= 1 && code <= 6) return 8;
  if (code === 17) return 4;
  if (code === 43) return 7;
  if (code !== 15 && code !== 16) return null;
  const size = bytes[6];
  return size === undefined ? undefined : 9 + size;
}

/** Takes the first whole frame of Modbus TCP off the front. Null: more must come. `broken`: this is no Modbus TCP. */
export function takeTcp(bytes: Uint8Array): { adu: Adu; rest: Uint8Array } | "broken" | null {
  if (bytes.length < 6) return bytes.length >= 4 && (bytes[2] !== 0 || bytes[3] !== 0) ? "broken" : null;
  const length = ((bytes[4] ?? 0) << 8) | (bytes[5] ?? 0);
  if (bytes[2] !== 0 || bytes[3] !== 0 || length < 2 || length > longestTcp - 6) return "broken";
  if (bytes.length < 6 + length) return null;
  const transaction = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  const adu = { transaction, unit: bytes[6] ?? 0, pdu: new Uint8Array(bytes.subarray(7, 6 + length)) };
  return { adu, rest: bytes.subarray(6 + length) };
}
