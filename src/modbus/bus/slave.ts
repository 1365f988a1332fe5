import type { Clock, Timer } from "../../lib/clock.ts";
import type { Words } from "../../lib/words.ts";
import {
  longestRtu,
  type ModbusFraming,
  readRtu,
  rtuQuestionLength,
  takeTcp,
  writeRtu,
  writeTcp,
} from "../codec/framing.ts";
import { isBits, mostBits, mostRegisters, packBits, pair, readFunctions, type Table } from "../codec/pdu.ts";
import type { Wire } from "./master.ts";

/** A device's memory, as the other end of a wire asks for it. What is not there is an exception (02, illegal data address). */
export type Memory = {
  /** A register, or a bit as 0 or 1; null where there is none. */
  read(table: Table, address: number): number | null;
  /** @returns false where it cannot be written */
  write(table: "holding" | "coil", address: number, value: number): boolean;
  /** What the device says it is (6.21): vendor, product code, revision. */
  identity?: readonly string[];
};

export type SlaveOptions = {
  wire: Wire;
  framing: ModbusFraming;
  /** The units that are here. */
  units: ReadonlyMap<number, Memory>;
  clock: Clock;
  /** The wire is gone. */
  closed?: (why: Words) => void;
};

const tables = new Map(Object.entries(readFunctions).map(([table, code]) => [code, table as Table]));
const silenceMs = 20;

/** Answers as one or more Modbus devices do, until the wire is gone. */
export function serveModbus({ wire, framing, units, clock, closed }: SlaveOptions): void {
  let bytes: Uint8Array = new Uint8Array();
  let silence: Timer | null = null;

  function answer(unit: number, pdu: Uint8Array, send: (pdu: Uint8Array) => Uint8Array): void {
    const memory = units.get(unit);
    if (memory) wire.write(send(answerTo(pdu, memory))).catch(() => undefined);
  }
  /** Takes whole frames off the front: a line that gathers bytes hands over more than one at a time. */
  function rtu(): void {
    for (;;) {
      const length = rtuQuestionLength(bytes);
      if (length === undefined || (length !== null && bytes.length < length)) return;
      const frame = bytes.subarray(0, length ?? bytes.length);
      const adu = readRtu(frame);
      if (!adu) return;
      bytes = bytes.slice(frame.length);
      answer(adu.unit, adu.pdu, (pdu) => writeRtu(adu.unit, pdu));
    }
  }
  function tcp(): void {
    for (let taken = takeTcp(bytes); taken; taken = takeTcp(bytes)) {
      if (taken === "broken") {
        bytes = new Uint8Array();
        return;
      }
      const { adu } = taken;
      bytes = taken.rest;
      answer(adu.unit, adu.pdu, (pdu) => writeTcp(adu.transaction ?? 0, adu.unit, pdu));
    }
  }
  wire.listen({
    data(chunk) {
      bytes = Uint8Array.of(...bytes, ...chunk).slice(-4 * longestRtu);
      silence?.stop();
      if (framing === "tcp") return tcp();
      rtu();
      // Frames end by silence: what cannot be read until then is dropped, and the next question is read from its beginning.
      silence = clock.after(silenceMs, () => {
        bytes = new Uint8Array();
      });
    },
    closed(why) {
      silence?.stop();
      closed?.(why);
    },
  });
}

/** The answer to a question, or its exception (Modbus Application Protocol V1.1b3, 6 and 7). */
function answerTo(pdu: Uint8Array, memory: Memory): Uint8Array {
  const code = pdu[0] ?? 0;
  const refuse = (exception: number) => Uint8Array.of(code | 0x80, exception);
  const [address, second] = [wordAt(pdu, 1), wordAt(pdu, 3)];
  const table = tables.get(code);
  if (table) {
    if (pdu.length !== 5 || second < 1 || second > (isBits(table) ? mostBits : mostRegisters)) return refuse(3);
    const values = Array.from({ length: second }, (_, place) => memory.read(table, address + place));
    if (values.some((value) => value === null)) return refuse(2);
    const data = isBits(table)
      ? [...packBits(values.map((value) => value === 1))]
      : values.flatMap((value) => pair(value ?? 0));
    return Uint8Array.of(code, data.length, ...data);
  }
  if (code === 5 || code === 6) {
    // A coil is FF00 or 0 (6.5).
    if (pdu.length !== 5 || (code === 5 && second !== 0xff00 && second !== 0)) return refuse(3);
    const done =
      code === 5 ? memory.write("coil", address, second === 0xff00 ? 1 : 0) : memory.write("holding", address, second);
    return done ? pdu : refuse(2);
  }
  if (code === 15 || code === 16) {
    const size = code === 15 ? Math.ceil(second / 8) : 2 * second;
    if (second < 1 || pdu[5] !== size || pdu.length !== 6 + size) return refuse(3);
    for (let place = 0; place < second; place++) {
      const done =
        code === 15
          ? memory.write("coil", address + place, ((pdu[6 + (place >> 3)] ?? 0) >> (place & 7)) & 1)
          : memory.write("holding", address + place, wordAt(pdu, 6 + 2 * place));
      if (!done) return refuse(2);
    }
    return pdu.slice(0, 5);
  }
  if (code === 43 && pdu[1] === 14 && memory.identity) return identification(memory.identity);
  return refuse(1);
}

function identification(objects: readonly string[]): Uint8Array {
  const told = objects.flatMap((text, id) => {
    const data = [...Buffer.from(text, "latin1")].slice(0, 64);
    return [id, data.length, ...data];
  });
  return Uint8Array.of(43, 14, 1, 1, 0, 0, objects.length, ...told);
}

function wordAt(bytes: Uint8Array, place: number): number {
  return ((bytes[place] ?? 0) << 8) | (bytes[place + 1] ?? 0);
}
