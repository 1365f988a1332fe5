import type { Clock } from "../../lib/clock.ts";
import { FailureError } from "../../lib/contract.ts";
import type { Words } from "../../lib/words.ts";
import { type MasterOptions, ModbusMaster } from "../../modbus/bus/master.ts";
import { failure } from "../../station/failure.ts";
import type { OpenPort, OpenSerial } from "../../transports/serial/port.ts";
import { type ModbusPlace, placeText } from "./place.ts";

/** An open bus: who asks on it, and its end. `heard` counts the bytes that came when nobody was asked. */
export type OpenBus = { master: ModbusMaster; close(): Promise<void> };

export type BusOptions = { open: OpenSerial; clock: Clock; answerMs?: number; tap?: MasterOptions["tap"] };

/** Opens the wire to a place and makes the master of it.
 * @throws FailureError unavailable, with cause and cure */
export async function openBus(place: ModbusPlace, { open, clock, answerMs, tap }: BusOptions): Promise<OpenBus> {
  if (place.kind === "tcp") {
    const port = await openHost(place, open);
    return {
      master: new ModbusMaster({ wire: port, framing: "tcp", clock, answerMs, tap }),
      close: async () => port.dispose(),
    };
  }
  const port = await open(place.port, place.settings);
  const { baudRate } = place.settings;
  return {
    master: new ModbusMaster({ wire: port, framing: "rtu", clock, answerMs, baudRate, tap }),
    close: async () => port.dispose(),
  };
}

/** Modbus TCP has no settings; it is told by its host, as it was named: tcp:// would be RTU. */
async function openHost(place: Extract<ModbusPlace, { kind: "tcp" }>, open: OpenSerial): Promise<OpenPort> {
  const name = placeText(place);
  try {
    return await open(`tcp://${name}`, { baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1, flow: "none" });
  } catch (error) {
    if (!(error instanceof FailureError) || !error.words) throw error;
    throw failure(error.code, { ...error.words, values: { ...error.words.values, port: name } });
  }
}

/** A wire that nobody asks on: what comes is heard. */
export async function listenOnBus(
  place: Extract<ModbusPlace, { kind: "serial" }>,
  open: OpenSerial,
  listener: { data(bytes: Uint8Array): void; closed(why: Words): void },
): Promise<{ close(): Promise<void> }> {
  const port = await open(place.port, place.settings);
  port.listen(listener);
  return { close: async () => port.dispose() };
}
