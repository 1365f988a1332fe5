import type { Clock } from "../../lib/clock.ts";
import type { ModbusMaster } from "../../modbus/bus/master.ts";
import { ModbusTrouble } from "../../modbus/bus/trouble.ts";
import { isBits, mostRegisters, type Request } from "../../modbus/codec/pdu.ts";
import { decodesOf } from "../../modbus/device/decodes.ts";
import { identify } from "../../modbus/device/identify.ts";
import { type BlockReading, isGateways, readBlock, readBlocks } from "../../modbus/device/read-device.ts";
import { type Decoded, decode } from "../../modbus/profile/decode.ts";
import { encodeCommand } from "../../modbus/profile/encode.ts";
import type { Profile } from "../../modbus/profile/model.ts";
import { placeOf } from "../../modbus/profile/plan.ts";
import { failure, whyOf } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { Buses } from "./buses.ts";
import type { BlockView, DeviceReading, RegisterRow, ValueView } from "./contract.ts";
import { placeText, readPlace } from "./place.ts";
import { findProfile, loadProfiles } from "./profiles.ts";

/** The exception of a gateway that asked the device and heard nothing (Application Protocol V1.1b3, 7). */
const noAnswerBehind = 11;

export type ReadAsked = {
  place: string;
  unit?: number;
  profile?: string | { text: string };
  registers?: { table: BlockView["table"]; from: number; count: number };
};

/** Reads a device once.
 * @throws FailureError unavailable, not-found, invalid-input */
export async function readOnce(buses: Buses, clock: Clock, asked: ReadAsked): Promise<DeviceReading> {
  const { place } = readPlace(asked.place);
  const given = asked.profile === undefined ? null : await findProfile(asked.profile);
  const unit = asked.unit ?? given?.unit ?? 1;
  const why = (trouble: ModbusTrouble) =>
    trouble.kind === "no-answer"
      ? words(place.kind === "serial" ? "modbus-silent-line" : "modbus-silent-host", { unit })
      : trouble.words;
  return buses.use(place, ({ master }) =>
    asFailure(async () => {
      const base = { place: placeText(place), unit, at: clock.now() };
      if (asked.registers) {
        const blocks = await readRange(master, unit, asked.registers);
        return { ...base, profile: null, values: [], blocks: blocks.map(blockView), rows: registerRows(blocks) };
      }
      const { profile, oneOf } = given ? { profile: given, oneOf: undefined } : await find(master, unit);
      const blocks = await readBlocks(master, unit, profile);
      const { name, maker, device, kind, source, proven } = profile;
      return {
        ...base,
        profile: { name, maker, device, kind, source, proven },
        ...(oneOf && { oneOf }),
        values: decode(profile, blocks).map(valueView),
        blocks: blocks.map(blockView),
      };
    }, why),
  );
}

/** Writes what a command writes. Where no answer came, or none that can be read, the device may have taken it: that is told.
 * @throws FailureError invalid-input, not-found, unavailable */
export async function writeOnce(
  buses: Buses,
  asked: { place: string; unit?: number; profile: string | { text: string }; command: string; value?: number },
): Promise<{ says: string; registers: number[] }> {
  const { place } = readPlace(asked.place);
  const profile = await findProfile(asked.profile);
  const command = profile.commands.find(({ name }) => name === asked.command);
  if (!command)
    throw failure("not-found", words("modbus-no-command", { command: asked.command, profile: profile.name }));
  let registers: number[];
  try {
    registers = encodeCommand(profile, command, asked.value);
  } catch (error) {
    throw failure("invalid-input", whyOf(error));
  }
  const { table, address } = placeOf(profile, command);
  const unit = asked.unit ?? profile.unit;
  const [first = 0] = registers;
  const request: Request =
    table === "coil"
      ? { kind: "write-coil", address, on: first !== 0 }
      : registers.length === 1
        ? { kind: "write-register", address, value: first }
        : { kind: "write-registers", address, registers };
  await buses.use(place, ({ master }) => {
    if (master.over) throw failure("unavailable", master.over);
    return asFailure(
      () => master.ask(unit, request),
      ({ kind, code, words: why }) =>
        kind === "exception" && code !== noAnswerBehind ? why : words("modbus-write-unknown", { why }),
    );
  });
  return { says: command.says, registers };
}

/** The profile that fits what answers.
 * @throws FailureError not-found */
async function find(master: ModbusMaster, unit: number): Promise<{ profile: Profile; oneOf?: string[] }> {
  const { profiles } = await identify(master, unit, await loadProfiles());
  const [profile] = profiles;
  if (!profile) throw failure("not-found", words("modbus-unidentified"));
  return profiles.length > 1 ? { profile, oneOf: profiles.map(({ name }) => name) } : { profile };
}

/** Registers by number, in as many questions as it takes; a block that is refused is read one by one. */
async function readRange(
  master: ModbusMaster,
  unit: number,
  { table, from, count }: NonNullable<ReadAsked["registers"]>,
): Promise<BlockReading[]> {
  const end = Math.min(from + count, 0x1_0000);
  const step = isBits(table) ? 1000 : mostRegisters;
  const readings: BlockReading[] = [];
  for (let address = from; address < end; address += step) {
    const size = Math.min(step, end - address);
    const reading = await readBlock(master, unit, { table, address, count: size });
    if (reading.trouble && isGateways(reading.trouble)) throw reading.trouble;
    if (!reading.trouble || size === 1) {
      readings.push(reading);
      continue;
    }
    for (let one = address; one < address + size; one++)
      readings.push(await readBlock(master, unit, { table, address: one, count: 1 }));
  }
  return readings;
}

/** Runs what asks a device; its trouble becomes a failure that says why. */
async function asFailure<T>(work: () => Promise<T>, why = (trouble: ModbusTrouble) => trouble.words): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ModbusTrouble) throw failure("unavailable", why(error));
    throw error;
  }
}

/** Each register, with the one that follows it also where they were read one by one. */
function registerRows(blocks: readonly BlockReading[]): RegisterRow[] {
  const known = new Map(
    blocks.flatMap(({ address, registers }) =>
      (registers ?? []).map((value, place) => [address + place, value] as const),
    ),
  );
  const tableOf = blocks[0]?.table ?? "holding";
  return [...known].map(([address, value]) => {
    const next = known.get(address + 1);
    return { table: tableOf, address, ...decodesOf(next === undefined ? [value] : [value, next]) };
  });
}

function blockView({ table, address, count, registers, trouble }: BlockReading): BlockView {
  return { table, address, count, registers: registers && [...registers], ...(trouble && { why: trouble.words }) };
}

/** A value as it is shown. */
export function valueView({ register, raw, value, unit, words: meaning }: Decoded): ValueView {
  const { at, means, label, evse = 1, phase } = register;
  return {
    at,
    means,
    ...(label && { label }),
    evse,
    ...(phase && { phase }),
    raw: raw === null ? null : String(raw),
    value,
    unit,
    words: meaning,
  };
}
