import { existsSync, readFileSync } from "node:fs";
import { UsageError } from "../../../api/start-options.ts";
import { readPlace } from "../../../services/modbus/place.ts";
import type { ReadAsked } from "../../../services/modbus/reading.ts";
import type { ModbusSetup } from "../../../station/serial/modbus-stations.ts";
import { isIdentity } from "../../../transports/serial/line/control.ts";

const tables = ["holding", "input", "coil", "discrete"] as const;

/** The options of what reads a device. */
export const readOptions = {
  unit: { type: "string" },
  profile: { type: "string" },
  registers: { type: "string" },
  table: { type: "string" },
  data: { type: "string" },
  json: { type: "boolean" },
} as const;

export type ReadValues = { unit?: string; profile?: string; registers?: string; table?: string };

/** Reads what is to be read.
 * @throws UsageError */
export function readAsked(place: string | undefined, values: ReadValues): ReadAsked {
  if (place === undefined) throw new UsageError("A place is needed: PORT[,baud=N][,frame=8N1] or HOST[:PORT].");
  if (values.registers !== undefined && values.profile !== undefined)
    throw new UsageError("--profile and --registers exclude each other.");
  const table = tables.find((name) => name === (values.table ?? "holding"));
  if (!table) throw new UsageError(`--table takes ${tables.join(", ")}.`);
  return {
    place,
    ...(values.unit !== undefined && { unit: whole(values.unit, "--unit", 255) }),
    ...(values.profile !== undefined && values.profile !== "auto" && { profile: readProfileName(values.profile) }),
    ...(values.registers !== undefined && { registers: { table, ...range(values.registers) } }),
  };
}

/** A profile by its name, or a file's text.
 * @throws UsageError */
export function readProfileName(given: string): string | { text: string } {
  if (!/[./\\]/.test(given) && !existsSync(given)) return given;
  try {
    return { text: readFileSync(given, "utf8") };
  } catch (error) {
    const isThere = existsSync(given);
    throw new UsageError(
      isThere
        ? `--profile: ${given} cannot be read: ${error instanceof Error ? error.message : String(error)}`
        : `--profile: there is no file ${given}.`,
    );
  }
}

/** A whole number from 0 on, decimal or 0x hexadecimal.
 * @throws UsageError */
export function whole(text: string, name: string, most: number): number {
  const value = /^(0x[0-9a-f]+|\d+)$/i.test(text) ? Number(text) : Number.NaN;
  if (!(value <= most)) throw new UsageError(`${name} takes 0 to ${most}; got "${text}".`);
  return value;
}

function range(text: string): { from: number; count: number } {
  const [first = "", last = first] = text.split("-");
  const from = whole(first, "--registers", 65_535);
  const to = whole(last, "--registers", 65_535);
  if (to < from || to - from >= 2000)
    throw new UsageError(`--registers takes FIRST-LAST, at most 2000 of them; got "${text}".`);
  return { from, count: to - from + 1 };
}

/** Reads a device that is to be a station: PORT|HOST[:PORT],unit=1,profile=auto,id=WALL1, with baud and frame for a port.
 * @throws UsageError, FailureError */
export function readModbusStation(given: string): ModbusSetup {
  const { others } = readPlace(given);
  const known = ["unit", "profile", "id", "reference"];
  const strange = [...others.keys()].find((name) => !known.includes(name));
  if (strange !== undefined) throw new UsageError(`--modbus knows no ${strange}: baud, frame, ${known.join(", ")}.`);
  const identity = others.get("id") ?? "";
  if (!isIdentity(identity)) throw new UsageError("--modbus needs id=ID: what the station is to be called.");
  const place = given
    .split(",")
    .filter((part) => !/^\s*(unit|profile|id|reference)=/.test(part))
    .join(",");
  const [unit, profile] = [others.get("unit"), others.get("profile")];
  return {
    place,
    identity,
    profile: profile === undefined ? "auto" : readProfileName(profile),
    ...(unit !== undefined && { unit: whole(unit, "--modbus: unit", 255) }),
    ...(others.has("reference") && { reference: readReference(others.get("reference") ?? "") }),
  };
}

/** The station that a meter is held beside, and its EVSE: CP1, CP1:2.
 * @throws UsageError */
function readReference(given: string): NonNullable<ModbusSetup["reference"]> {
  const [, station = "", evse = "1"] = /^(.+?)(?::(\d{1,2}))?$/.exec(given) ?? [];
  if (!isIdentity(station))
    throw new UsageError("reference takes the identity of a station: CP1, or CP1:2 for its EVSE 2.");
  return { station, evse: Math.max(1, Number(evse)) };
}

/** The one place, or station, that is named.
 * @throws UsageError for more than one */
export function only(positionals: readonly string[]): string | undefined {
  if (positionals.length > 1) throw new UsageError(`One place only, not also ${positionals[1]}.`);
  return positionals[0];
}
