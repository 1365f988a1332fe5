import { UsageError } from "../../../api/start-options.ts";
import type { Core } from "../../../core.ts";
import type { Words } from "../../../lib/words.ts";
import { placeText, readPlace } from "../../../services/modbus/place.ts";
import { findProfile } from "../../../services/modbus/profiles.ts";
import { english } from "../../../station/phrases.ts";
import type { ConsoleSetup } from "../../../station/serial/console.ts";
import type { LineSetup } from "../../../station/serial/lines.ts";
import type { ModbusSetup } from "../../../station/serial/modbus-stations.ts";

/** What `serve` is told to speak over wires. */
export type Wires = { lines: readonly LineSetup[]; consoles: readonly ConsoleSetup[]; buses: readonly ModbusSetup[] };

/** Looks the wires over before anything starts.
 * @throws UsageError where two share a port or a name; FailureError for a profile that is not there, or has faults */
export async function checkWires({ lines, consoles, buses }: Wires): Promise<void> {
  const ports = [
    ...lines.map(({ port }) => port),
    ...consoles.map(({ port }) => port),
    ...new Set(buses.map(({ place }) => placeText(readPlace(place).place))),
  ];
  const twice = repeated(ports);
  if (twice !== undefined)
    throw new UsageError(`${twice} is named twice: one port is one OCPP line, one console or one Modbus bus.`);
  for (const { place } of buses) {
    const name = placeText(readPlace(place).place);
    if (
      buses.some((one) => placeText(readPlace(one.place).place) === name && settingsOf(one) !== settingsOf({ place }))
    )
      throw new UsageError(`${name} is named with two settings: one bus has one speed and one frame.`);
  }
  const identity = repeated([...lines.flatMap(({ identity: id }) => id ?? []), ...buses.map(({ identity: id }) => id)]);
  if (identity !== undefined)
    throw new UsageError(`${identity} is named twice: two stations cannot have one identity.`);
  for (const { profile } of buses) if (profile !== "auto") await findProfile(profile);
}

function settingsOf({ place }: Pick<ModbusSetup, "place">): string {
  return JSON.stringify(readPlace(place).place);
}

function repeated(names: readonly string[]): string | undefined {
  return names.find((name, place) => names.indexOf(name) !== place);
}

/** Tells how the wires of a core stand, when that changes: what is not there, and that it is.
 * @returns ends it */
export function tellWires({ handlers }: Pick<Core, "handlers">, tell: (text: string) => void): () => void {
  const told = new Map<string, string>();
  const say = (name: string, trouble: Words | undefined, fine: string | null, whose = "") => {
    const text = trouble ? `${whose}${english(trouble)} It is tried again.` : fine;
    if (text === null || told.get(name) === text) return;
    told.set(name, text);
    tell(text);
  };
  const ends = [
    follow(handlers["serial.lines"], (lines) => {
      for (const { setup, path, state, trouble } of lines) {
        const isOpen = state === "listening" || state === "online";
        say(`line ${setup.port}`, trouble, isOpen ? `${path} is open: OCPP line.` : null);
      }
    }),
    follow(handlers["console.list"], (consoles) => {
      for (const { setup, path, state, trouble } of consoles)
        say(`console ${setup.port}`, trouble, state === "open" ? `${path} is open: console.` : null);
    }),
    follow(handlers["modbus.stations"], (stations) => {
      for (const { setup, state, trouble } of stations) {
        const read = state === "online" ? `${setup.identity} is read at ${setup.place} by ${setup.profile}.` : null;
        say(`bus ${setup.identity}`, trouble, read, `${setup.identity}: `);
      }
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** Hears a feed's value now and each time that it changes. */
function follow<Value>(
  feed: (
    input: Record<string, never>,
    push: (change: Value | (() => Value)) => void,
  ) => { snapshot: Value; close(): void },
  hear: (value: Value) => void,
): () => void {
  const source = feed({}, (change) => hear(typeof change === "function" ? (change as () => Value)() : change));
  hear(source.snapshot);
  return () => source.close();
}
