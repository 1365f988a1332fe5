import { shownText } from "../../../lib/shown-text.ts";
import type { DeviceReading, ValueView } from "../../../services/modbus/contract.ts";
import { english } from "../../../station/phrases.ts";
import type { DeviceFound, ScanView } from "../../../station/serial/modbus.ts";
import type { ModbusStationView } from "../../../station/serial/modbus-stations.ts";
import { verdictWords } from "../../../station/serial/verdict.ts";
import { complain, printJson, printRow, printText } from "../../output.ts";

/** Prints a reading: by the profile, or register by register. */
export function printReading(reading: DeviceReading, json: boolean): void {
  const { profile, oneOf, values, blocks, rows = [] } = reading;
  if (json) printJson(reading);
  else if (profile) {
    printText(
      shownText(
        `${profile.maker} ${profile.device}, unit ${reading.unit} (${profile.name}; ${proven[profile.proven]})`,
      ),
    );
    for (const value of values) printRow(valueCells(value));
  } else {
    printRow(["table", "register", "hex", "u16", "i16", "u32", "i32", "f32", "u32 low first", "f32 low first", "text"]);
    for (const { table, address, hex, u16, i16, u32, i32, f32, u32Little, f32Little, text } of rows)
      printRow([table, address, hex, u16, i16, ...[u32, i32, f32, u32Little, f32Little].map(orNone), text]);
  }
  if (oneOf) complain(`It may be one of ${oneOf.join(", ")}: they share their registers. Name it with --profile.`);
  printUnread(blocks);
}

/** Says which registers could not be read, and why. */
export function printUnread(blocks: DeviceReading["blocks"]): void {
  for (const { table, address, count, why } of refusals(blocks))
    complain(`${table} ${address}${count > 1 ? ` to ${address + count - 1}` : ""}: ${why}`);
}

/** What was refused; neighbours that were read one by one, and refused for one cause, together. */
function refusals(blocks: DeviceReading["blocks"]): { table: string; address: number; count: number; why: string }[] {
  const told: ReturnType<typeof refusals> = [];
  for (const { table, address, count, why } of blocks) {
    if (!why) continue;
    const one = { table, address, count, why: english(why) };
    const last = told.at(-1);
    const goesOn = last?.table === table && last.address + last.count === address && last.why === one.why;
    if (goesOn) last.count += count;
    else told.push(one);
  }
  return told;
}

const orNone = (value: number | null) => value ?? "";

const proven = {
  document: "from its document, not tried on a device",
  simulator: "tried against a simulator",
  device: "tried on a device",
};

/** One value in cells. */
export function valueCells({ at, means, phase, evse, value, unit, words, label, raw }: ValueView): (string | number)[] {
  const shown = value === null ? "not measured" : `${value}${unit ? ` ${unit}` : ""}`;
  const place = [evse === 1 ? "" : `EVSE ${evse}`, phase ?? ""].filter(Boolean).join(" ");
  return [
    at,
    means,
    place,
    shown,
    words.join("; "),
    raw === null || raw === String(value) ? "" : `raw ${raw}`,
    label ?? "",
  ];
}

/** Prints what a scan came to. */
export function printScan(view: ScanView, json: boolean): void {
  if (json) printJson(view.found.map(({ setting, ...device }) => ({ ...device, ...setting })));
  else for (const device of view.found) printRow(foundCells(device));
  if (view.trouble) complain(english(view.trouble));
  if (view.cancelled) complain(`Broken off after ${view.done} of ${view.total} questions.`);
  else if (view.verdict) complain(english(verdictWords(view.verdict)));
}

function foundCells({ host, port, announced, unit, setting, words }: DeviceFound): (string | number)[] {
  const frame = setting ? `${setting.baudRate} 8${setting.parity.charAt(0).toUpperCase()}${setting.stopBits}` : "";
  return [
    host === undefined ? "" : port === undefined ? host : `${host}:${port}`,
    unit === undefined ? "lets in, says nothing" : `unit ${unit}`,
    frame,
    words.vendor ?? "",
    words.product ?? "",
    words.revision ?? "",
    words.serverId ?? "",
    announced === undefined ? "" : `announced as ${announced}`,
  ];
}

/** A device that is read as a station, in cells. */
export function stationCells({ setup, state, trouble, profile }: ModbusStationView): string[] {
  return [setup.identity, setup.place, profile?.name ?? setup.profile, state, trouble ? english(trouble) : ""];
}
