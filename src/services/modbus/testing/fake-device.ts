import type { Words } from "../../../lib/words.ts";
import { exceptionTrouble, type ModbusTrouble } from "../../../modbus/bus/trouble.ts";
import type { Answer, Request } from "../../../modbus/codec/pdu.ts";
import type { Buses } from "../buses.ts";
import { type ModbusPlace, placeText } from "../place.ts";

/** A profile of a meter with four registers on one page: an identity, two values that are read together, and one far off. */
export const boxProfile = `name: box
maker: M
device: D
kind: meter
source: paper
proven: document
every: 10
unit: 7
registers:
  - { at: 1, means: serial }
  - { at: 5, means: Voltage, phase: L1-N, scale: 0.1 }
  - { at: 6, means: Voltage, phase: L2-N, scale: 0.1 }
  - { at: 500, means: Frequency, scale: 0.01 }
commands:
  - { name: limit-current, at: 20, says: "Sets the limit", least: 6, most: 16 }
  - { name: enable, at: 21, table: coil, says: "Lets it charge", value: 1 }
`;

/** A device on a bus that is not there: it answers from its registers, or with the trouble that a test gives it. */
export function fakeDevice(registers: Record<number, number> = { 1: 17, 5: 2300, 6: 2310, 500: 5000 }) {
  const asked: string[] = [];
  const device = {
    registers,
    asked,
    /** What a question comes to in place of an answer; a number is an exception's code. */
    trouble: null as ((request: Request) => ModbusTrouble | number | null) | null,
    over: null as Words | null,
    /** The place cannot be opened. */
    locked: null as Error | null,
    opened: [] as string[],
  };
  const master = {
    get over() {
      return device.over;
    },
    async ask(unit: number, request: Request): Promise<Answer> {
      asked.push(`${unit} ${Object.values(request).join(" ")}`);
      const trouble = device.trouble?.(request);
      if (typeof trouble === "number") throw exceptionTrouble(trouble, Uint8Array.of(1));
      if (trouble) throw trouble;
      if (request.kind !== "read") {
        if (request.kind.startsWith("write")) return { kind: "written" };
        throw exceptionTrouble(1, Uint8Array.of(1));
      }
      const { address, count } = request;
      return {
        kind: "registers",
        registers: Array.from({ length: count }, (_, at) => device.registers[address + at] ?? 0),
      };
    },
  };
  const buses = {
    async use<T>(place: ModbusPlace, work: (bus: { master: typeof master }) => Promise<T>): Promise<T> {
      if (device.locked) throw device.locked;
      device.opened.push(placeText(place));
      return await work({ master });
    },
  } as unknown as Buses;
  return { device, buses };
}
