import { shownText } from "../../../lib/shown-text.ts";
import { decodesOf } from "../../../modbus/device/decodes.ts";
import type { BlockView, DeviceReading, ValueView } from "../../../services/modbus/contract.ts";
import { english } from "../../../station/phrases.ts";
import type { DeviceFound, ScanView, Verdict } from "../../../station/serial/modbus.ts";
import type { ModbusStationView } from "../../../station/serial/modbus-stations.ts";
import { complain, printJson, printRow, printText } from "../../output.ts";

/** Registers as one JSON object each, with every way to read them. */
function registerRows(blocks: readonly BlockView[]) {
  return blocks.flatMap(({ table, address, registers }) =>
    (registers ?? []).map((_, place) => ({
      table,
      address: address + place,
      ...decodesOf((registers ?? []).slice(place, place + 2)),
    })),
  );
}

/** Prints a reading: by the profile, or register by register. */
export function printReading(reading: DeviceReading, json: boolean): void {
  const { profile, oneOf, values, blocks } = reading;
  if (json) printJson(profile ? reading : { ...reading, registers: registerRows(blocks) });
  else if (profile) {
    printText(
      shownText(
        `${profile.maker} ${profile.device}, unit ${reading.unit} (${profile.name}; ${proven[profile.proven]})`,
      ),
    );
    for (const value of values) printRow(valueCells(value));
  } else {
    printRow(["table", "register", "hex", "u16", "i16", "u32", "i32", "f32", "u32 low first", "f32 low first", "text"]);
    for (const { table, address, hex, u16, i16, u32, i32, f32, u32Little, f32Little, text } of registerRows(blocks))
      printRow([table, address, hex, u16, i16, ...[u32, i32, f32, u32Little, f32Little].map(orNone), text]);
  }
  if (oneOf) complain(`It may be one of ${oneOf.join(", ")}: they share their registers. Name it with --profile.`);
  for (const { table, address, count, why } of blocks)
    if (why) complain(`${table} ${address}${count > 1 ? ` to ${address + count - 1}` : ""}: ${english(why)}`);
}

const orNone = (value: number | null) => value ?? "";

const proven = {
  document: "from its document, not tried on a device",
  simulator: "tried against a simulator",
  device: "tried on a device",
};

/** One value in cells. */
function valueCells({ at, means, phase, evse, value, unit, words, label, raw }: ValueView): (string | number)[] {
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
  else if (view.verdict) complain(verdictText(view.verdict));
}

function foundCells({ unit, setting, words }: DeviceFound): (string | number)[] {
  const frame = setting ? `${setting.baudRate} 8${setting.parity.charAt(0).toUpperCase()}${setting.stopBits}` : "";
  return [`unit ${unit}`, frame, words.vendor ?? "", words.product ?? "", words.revision ?? "", words.serverId ?? ""];
}

/** What a verdict says, and what to do. */
function verdictText(verdict: Verdict): string {
  switch (verdict.kind) {
    case "found":
      return "Found. What each is: plugside modbus read PLACE --unit N";
    case "nothing":
      return "Nobody answered. Check power, that A and B are not swapped (makers name them both ways round), that 0 V is connected, and that Modbus is switched on in the device.";
    case "echo":
      return "Only our own questions came back: the adapter hears itself, or A and B touch. No device answered.";
    case "noise":
      return "Bytes came after most questions, and none of them is Modbus: the line floats or is disturbed. Check 0 V, the termination (120 ohm at both ends) and the shield.";
    case "swapped":
      return "What came is all ones or zeros: A and B are likely swapped.";
    case "wrong-setting":
      return "Something answers and cannot be read in any of these settings: its baud rate or parity is another one. Its manual or menu says which.";
    case "another-master":
      return "Somebody talks on this line already: another master (a meter reader, a load manager). Listen to it with plugside modbus listen, or disconnect it first.";
    case "no-modbus":
      return "What answers at this port speaks no Modbus TCP. A gateway that carries RTU is written tcp://HOST:PORT.";
    case "two-with-one-unit":
      return `Answers of unit ${verdict.units.join(", ")} come damaged while others are whole: two devices likely have that same unit. Connect them one by one, and give one another number.`;
  }
}

/** A device that is read as a station, in cells. */
export function stationCells({ setup, state, trouble, profile }: ModbusStationView): string[] {
  return [setup.identity, setup.place, profile?.name ?? setup.profile, state, trouble ? english(trouble) : ""];
}
