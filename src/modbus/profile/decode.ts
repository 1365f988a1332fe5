import type { Unit } from "../../lib/units.ts";
import { readValue, sizeOf } from "../codec/values.ts";
import { standardUnit } from "./measurands.ts";
import type { Profile, ProfileRegister } from "./model.ts";
import { type Block, placeOf } from "./plan.ts";

/** A block as it was read; null where the device did not tell. */
export type ReadBlock = Block & { registers: readonly number[] | null };

/** SunSpec's scale factors go from -10 to 10; -32768 there is none. */
const mostTens = 10;

/** What a register of a profile says. `raw`: as it stands in the registers, null where nothing is measured. `value` is in `unit`.
 * `words`: what the profile says that it means. */
export type Decoded = {
  register: ProfileRegister;
  raw: number | bigint | string | null;
  value: number | string | null;
  unit: Unit;
  words: string[];
};

/** Reads what the registers of a profile say out of the blocks; those that were not told are left out. */
export function decode(profile: Profile, blocks: readonly ReadBlock[]): Decoded[] {
  return profile.registers.flatMap((register) => {
    const registers = registersOf(profile, register, blocks);
    return registers ? [decodeOne(profile, register, registers, powerOf(profile, register, blocks))] : [];
  });
}

/** The bare registers of one; null where they were not told. */
function registersOf(
  profile: Profile,
  register: Pick<ProfileRegister, "at" | "table" | "type" | "length">,
  blocks: readonly ReadBlock[],
): number[] | null {
  const { table, address } = placeOf(profile, register);
  const size = sizeOf(register);
  for (const block of blocks) {
    const from = address - block.address;
    if (block.table !== table || from < 0 || from + size > block.count || !block.registers) continue;
    return block.registers.slice(from, from + size);
  }
  return null;
}

/** The power of ten that another register holds for one; null where it was not told, or is none that a value has. */
function powerOf(profile: Profile, { tens, table }: ProfileRegister, blocks: readonly ReadBlock[]): number | null {
  if (tens === undefined) return 0;
  const registers = registersOf(profile, { at: tens, type: "i16", ...(table && { table }) }, blocks);
  const power = registers && Number(readValue(registers, { type: "i16" }));
  return power !== null && Math.abs(power) <= mostTens ? power : null;
}

/** What one register says. */
function decodeOne(
  profile: Profile,
  register: ProfileRegister,
  registers: readonly number[],
  power: number | null,
): Decoded {
  const form = { ...register, words: register.words ?? profile.words };
  const unit = register.unit ?? standardUnit(register.means) ?? "";
  const read = masked(readValue(registers, form), register.mask);
  const raw = isAbsent(read, register) ? null : read;
  if (raw === null || typeof raw === "string")
    return { register, raw, value: raw, unit, words: meanings(raw, register) };
  const value = power === null ? null : scaled(raw, register, power);
  return { register, raw, value, unit, words: meanings(raw, register) };
}

function masked(value: number | bigint | string | null, mask: number | undefined): number | bigint | string | null {
  if (mask === undefined || typeof value === "string" || value === null) return value;
  const wide = BigInt(mask);
  const lowest = wide & -wide;
  return Number((BigInt.asUintN(64, BigInt(value)) & wide) / lowest);
}

/** The device says that it measures nothing: by a value of the profile's, or a text of nothing. */
function isAbsent(value: number | bigint | string | null, { absent, means }: ProfileRegister): boolean {
  if (value === "" && means !== "error") return true;
  return value !== null && typeof value !== "string" && (absent ?? []).some((one) => one === Number(value));
}

function scaled(raw: number | bigint, { scale: said = 1, negative }: ProfileRegister, power: number): number {
  const scale = power === 0 ? said : Number((said * 10 ** power).toPrecision(12));
  const digits = Math.min(12, Math.max(0, decimals(scale) + decimals(Number(raw))));
  const value = Number((Number(raw) * scale).toFixed(digits));
  return negative ? 0 - value : value;
}

function decimals(value: number): number {
  const [, fraction = "", power = "0"] = /^-?\d+(?:\.(\d+))?(?:e([-+]\d+))?$/.exec(String(value)) ?? [];
  return Math.max(0, fraction.length - Number(power));
}

function meanings(raw: number | bigint | string | null, { values, bits }: ProfileRegister): string[] {
  if (raw === null) return [];
  const whole = values?.[String(raw)];
  if (whole !== undefined) return [whole];
  if (!bits || typeof raw === "string") return [];
  const set = BigInt.asUintN(64, BigInt(Math.trunc(Number(raw))));
  return Object.entries(bits).flatMap(([bit, meaning]) => ((set >> BigInt(bit)) & 1n ? [meaning] : []));
}
