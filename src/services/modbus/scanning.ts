import type { Clock } from "../../lib/clock.ts";
import type { Logger } from "../../lib/logger.ts";
import { Eavesdropper } from "../../modbus/device/listen.ts";
import { type ScanOptions, scanBus } from "../../modbus/device/scan.ts";
import type { Setting } from "../../modbus/device/verdict.ts";
import type { ScanView } from "../../station/serial/modbus.ts";
import type { OpenSerial } from "../../transports/serial/port.ts";
import { announcedDevices } from "./announced.ts";
import { hostsOf, ownAddresses, ownNetwork, scanNetwork } from "./network-scan.ts";
import { openBus } from "./open-bus.ts";
import { type ModbusPlace, readPlace } from "./place.ts";
import { loadProfiles } from "./profiles.ts";

const speeds = [9600, 19_200, 38_400, 57_600, 115_200, 4800];
const frames = [
  { parity: "none", stopBits: 1 },
  { parity: "even", stopBits: 1 },
  { parity: "none", stopBits: 2 },
  { parity: "odd", stopBits: 1 },
] as const;
const listenMs = 300;
const listenOnMs = 900;
const serialAnswerMs = 150;
const networkAnswerMs = 500;

export type ScanAsked = { place: string; units?: readonly number[] };

/** Looks for devices at a place, or on a whole network. Where the port's settings are said, with these alone.
 * @throws FailureError when the place cannot be opened */
export async function scanPlace(
  asked: ScanAsked,
  {
    open,
    clock,
    log,
    tell,
    signal,
  }: { open: OpenSerial; clock: Clock; log: Logger; tell: (view: ScanView) => void; signal: AbortSignal },
): Promise<ScanView> {
  const network = hostsOf(asked.place);
  if (network) {
    const own = asked.place.trim() === ownNetwork;
    const announced = own ? announcedDevices(ownAddresses(), { clock, log, signal }) : undefined;
    return scanNetwork(network, { open, clock, announced, tell, signal });
  }
  const { place } = readPlace(asked.place);
  const usual = await usualUnits(place);
  const options: Omit<ScanOptions, "open"> = {
    settings: settingsOf(place),
    units: asked.units ?? usual,
    allUnits: asked.units ?? Array.from({ length: 247 }, (_, index) => index + 1),
    answerMs: place.kind === "tcp" ? networkAnswerMs : serialAnswerMs,
    tell,
    signal,
  };
  return scanBus({
    ...options,
    async open(setting) {
      const unasked = { bytes: 0, frames: 0 };
      const ear = new Eavesdropper(({ kind }) => {
        if (kind !== "damaged") unasked.frames++;
      });
      let isListening = true;
      const tap = (direction: "in" | "out", bytes: Uint8Array) => {
        if (direction !== "in" || !isListening) return;
        unasked.bytes += bytes.length;
        ear.hear(bytes);
      };
      const wait = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));
      const at: ModbusPlace =
        place.kind === "serial" && setting ? { ...place, settings: { ...place.settings, ...setting } } : place;
      const bus = await openBus(at, { open, clock, tap });
      return {
        master: bus.master,
        async unasked() {
          if (place.kind === "serial") await wait(listenMs);
          // Whether it is another master or noise takes a whole frame to tell.
          if (unasked.bytes > 0 && unasked.frames === 0) await wait(listenOnMs);
          isListening = false;
          return unasked;
        },
        close: bus.close,
      };
    },
  });
}

function settingsOf(place: ModbusPlace): Setting[] {
  if (place.kind === "tcp") return [null];
  if (place.isSet) {
    const { baudRate, parity, stopBits } = place.settings;
    return [{ baudRate, parity, stopBits }];
  }
  return speeds.flatMap((baudRate) => frames.map((frame) => ({ baudRate, ...frame })));
}

/** The units that devices come with from their makers, and the first ones of a bus. */
async function usualUnits(place: ModbusPlace): Promise<number[]> {
  const made = (await loadProfiles()).map(({ unit }) => unit);
  const first = place.kind === "tcp" ? [1, 255, 0] : [1, 2, 3, 4, 5];
  return [...new Set([...first, ...made])].filter((unit) => place.kind === "tcp" || (unit >= 1 && unit <= 247));
}
