/** The four tables of a Modbus device (Modbus Application Protocol V1.1b3, 4.3). Coils and discrete inputs hold bits. */
export type Table = "holding" | "input" | "coil" | "discrete";

/** What is asked of a device. Addresses are as on the wire, from 0. `registers` are 16 bits each. */
export type Request =
  | { kind: "read"; table: Table; address: number; count: number }
  | { kind: "write-coil"; address: number; on: boolean }
  | { kind: "write-register"; address: number; value: number }
  | { kind: "write-coils"; address: number; bits: readonly boolean[] }
  | { kind: "write-registers"; address: number; registers: readonly number[] }
  | { kind: "server-id" }
  | { kind: "device-id"; category: 1 | 2 | 3; object: number };

/** What a device answers. `registers` of a read of bits are 0 and 1. */
export type Answer =
  | { kind: "registers"; registers: number[] }
  | { kind: "written" }
  | { kind: "server-id"; data: Uint8Array }
  | { kind: "device-id"; objects: Map<number, string>; more: number | null }
  | { kind: "exception"; code: number };

/** The most that one question may ask for (6.1 to 6.4, 6.11, 6.12). */
export const mostRegisters = 125;
export const mostBits = 2000;
const mostWritten = 123;

export const readFunctions: Record<Table, number> = { coil: 1, discrete: 2, holding: 3, input: 4 };

/** The function code of a question. */
function functionOf(request: Request): number {
  switch (request.kind) {
    case "read":
      return readFunctions[request.table];
    case "write-coil":
      return 5;
    case "write-register":
      return 6;
    case "write-coils":
      return 15;
    case "write-registers":
      return 16;
    case "server-id":
      return 17;
    case "device-id":
      return 43;
  }
}

/** The question as a protocol data unit (4.1).
 * @throws RangeError for an address or a count that no question can have */
export function writeRequest(request: Request): Uint8Array {
  const code = functionOf(request);
  switch (request.kind) {
    case "read": {
      check(request.address, request.count, isBits(request.table) ? mostBits : mostRegisters);
      return bytes(code, ...pair(request.address), ...pair(request.count));
    }
    case "write-coil":
      check(request.address, 1, 1);
      return bytes(code, ...pair(request.address), request.on ? 0xff : 0, 0);
    case "write-register":
      check(request.address, 1, 1);
      return bytes(code, ...pair(request.address), ...pair(request.value));
    case "write-coils": {
      check(request.address, request.bits.length, 1968);
      const data = packBits(request.bits);
      return bytes(code, ...pair(request.address), ...pair(request.bits.length), data.length, ...data);
    }
    case "write-registers": {
      check(request.address, request.registers.length, mostWritten);
      const data = request.registers.flatMap(pair);
      return bytes(code, ...pair(request.address), ...pair(request.registers.length), data.length, ...data);
    }
    case "server-id":
      return bytes(code);
    case "device-id":
      return bytes(code, 14, request.category, request.object);
  }
}

/** Reads an answer to a question; null when it is none. */
export function readAnswer(request: Request, pdu: Uint8Array): Answer | null {
  const code = functionOf(request);
  if (pdu[0] === (code | 0x80) && pdu.length === 2) return { kind: "exception", code: pdu[1] ?? 0 };
  if (pdu[0] !== code) return null;
  switch (request.kind) {
    case "read":
      return readValues(request, pdu);
    case "write-coil":
    case "write-register":
    case "write-coils":
    case "write-registers": {
      const asked = writeRequest(request).subarray(0, 5);
      return pdu.length === 5 && asked.every((byte, place) => pdu[place] === byte) ? { kind: "written" } : null;
    }
    case "server-id":
      return pdu.length === 2 + (pdu[1] ?? 0) ? { kind: "server-id", data: new Uint8Array(pdu.subarray(2)) } : null;
    case "device-id":
      return readObjects(pdu);
  }
}

/** True for the tables that hold bits. */
export function isBits(table: Table): boolean {
  return table === "coil" || table === "discrete";
}

/** Bits as they stand in bytes, the first in the lowest place (6.1). */
export function packBits(bits: readonly boolean[]): Uint8Array {
  const data = new Uint8Array(Math.ceil(bits.length / 8));
  for (const [place, on] of bits.entries()) {
    if (on) data[place >> 3] = (data[place >> 3] ?? 0) | (1 << (place & 7));
  }
  return data;
}

/** A number as two bytes, the high one first. */
export function pair(value: number): [number, number] {
  return [(value >>> 8) & 255, value & 255];
}

function readValues({ table, count }: Extract<Request, { kind: "read" }>, pdu: Uint8Array): Answer | null {
  const size = isBits(table) ? Math.ceil(count / 8) : 2 * count;
  if (pdu[1] !== size || pdu.length !== 2 + size) return null;
  const at = (place: number) => pdu[2 + place] ?? 0;
  const registers = Array.from({ length: count }, (_, place) =>
    isBits(table) ? (at(place >> 3) >> (place & 7)) & 1 : (at(2 * place) << 8) | at(2 * place + 1),
  );
  return { kind: "registers", registers };
}

/** Read Device Identification (6.21): the objects of one answer, and where to go on. */
function readObjects(pdu: Uint8Array): Answer | null {
  if (pdu.length < 7 || pdu[1] !== 14) return null;
  const objects = new Map<number, string>();
  let place = 7;
  for (let left = pdu[6] ?? 0; left > 0; left--) {
    const [id, length] = [pdu[place], pdu[place + 1]];
    if (id === undefined || length === undefined || place + 2 + length > pdu.length) return null;
    objects.set(id, Buffer.from(pdu.subarray(place + 2, place + 2 + length)).toString("latin1"));
    place += 2 + length;
  }
  return { kind: "device-id", objects, more: pdu[4] === 0xff ? (pdu[5] ?? null) : null };
}

function check(address: number, count: number, most: number): void {
  if (!Number.isInteger(address) || address < 0 || address + count > 0x1_0000)
    throw new RangeError(`no such register: ${address}`);
  if (!Number.isInteger(count) || count < 1 || count > most) throw new RangeError(`1 to ${most} at once, not ${count}`);
}

function bytes(...values: number[]): Uint8Array {
  return Uint8Array.from(values);
}
