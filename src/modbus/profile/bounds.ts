import type { Words } from "../../lib/words.ts";
import { words } from "../../station/phrases.ts";
import { sizeOf, type ValueType } from "../codec/values.ts";
import type { Profile, ProfileCommand, ProfileRegister } from "./model.ts";

type Wrong = [path: (string | number)[], why: Words];
type Form = Pick<ProfileRegister, "type" | "length">;

const isFloat = (type: ValueType) => type === "f32" || type === "f64";

/** The numbers that registers can hold; null for a text and for floating numbers. */
function rangeOf(form: Form): { least: number; most: number } | null {
  const { type } = form;
  if (type === "text" || isFloat(type)) return null;
  if (type === "bit") return { least: 0, most: 1 };
  const bits = 16 * sizeOf(form);
  if (type.startsWith("i")) return { least: -(2 ** (bits - 1)), most: 2 ** (bits - 1) - 1 };
  return { least: 0, most: 2 ** bits - 1 };
}

/** Why a number never stands in these registers. */
function notHeld(form: Form, said: number, mask?: number): Words | undefined {
  const { type } = form;
  const range = mask === undefined ? rangeOf(form) : { least: 0, most: mask / lowestBit(mask) };
  if (!range || (said >= range.least && said <= range.most)) return undefined;
  const turned = said - 2 ** (16 * sizeOf(form));
  if (mask === undefined && range.least < 0 && turned >= range.least && turned < 0)
    return words("profile-signed", { said, type, turned });
  return words("profile-not-held", { said, type, ...range });
}

function lowestBit(mask: number): number {
  return Number(BigInt(mask) & -BigInt(mask));
}

/** What a register expects of a value that its type, its mask or its table cannot give. */
export function* outOfBounds(profile: Profile, register: ProfileRegister): Iterable<Wrong> {
  const { type, length, mask, absent, values, tens } = register;
  yield* formOfTable(register.table ?? profile.table, type);
  if (length !== undefined && type !== "text") yield [["length"], words("profile-length-of-number")];
  if (mask !== undefined) {
    if (type === "text" || isFloat(type)) yield [["mask"], words("profile-mask-of", { type })];
    else if (mask >= 2 ** (16 * sizeOf(register)))
      yield [
        ["mask"],
        words("profile-not-held", { said: mask, type, least: 1, most: 2 ** (16 * sizeOf(register)) - 1 }),
      ];
  }
  if (tens !== undefined && !isListed(profile, register, tens)) yield [["tens"], words("profile-tens", { at: tens })];
  for (const [place, value] of (absent ?? []).entries()) {
    const why = notHeld(register, value, mask);
    if (why) yield [["absent", place], why];
  }
  if (type === "text") return;
  for (const key of Object.keys(values ?? {})) {
    const value = Number(key);
    const why = Number.isFinite(value) ? notHeld(register, value, mask) : words("profile-no-number", { key });
    if (why) yield [["values", key], why];
    else if (String(value) !== key) yield [["values", key], words("profile-plain-number", { key, value })];
  }
}

/** A power of ten is read where it stands among the registers. */
function isListed({ registers, table }: Profile, of: ProfileRegister, at: number): boolean {
  return registers.some(
    (one) => one.at === at && one.type === "i16" && (one.table ?? table) === (of.table ?? table) && one !== of,
  );
}

/** What a command writes where it cannot be written, or does not fit. */
export function* unwritable(profile: Profile, command: ProfileCommand): Iterable<Wrong> {
  const table = command.table ?? profile.table;
  if (table === "input" || table === "discrete")
    yield [["table" in command ? "table" : "at"], words("profile-read-only", { table })];
  yield* formOfTable(table, command.type);
  const { value, least, most, scale = 1 } = command;
  for (const [key, one] of [
    ["value", value],
    ["least", least && least / scale],
    ["most", most && most / scale],
  ] as const) {
    const why = one === undefined ? undefined : notHeld(command, one);
    if (why) yield [[key], why];
  }
}

/** What no device of this kind will ever be told by. */
export function* unrecognisable(profile: Profile, { table, type, is }: Profile["identify"][number]): Iterable<Wrong> {
  yield* formOfTable(table ?? profile.table, type);
  if (typeof is === "string" && type !== "text") yield [["is"], words("profile-is-number", { said: is })];
  if (typeof is === "number" && type === "text") yield [["is"], words("profile-is-text", { said: is })];
}

function* formOfTable(table: Profile["table"], type: ValueType): Iterable<Wrong> {
  const isBits = table === "coil" || table === "discrete";
  if (isBits && type !== "bit" && type !== "u16") yield [["type"], words("profile-bits-table", { table })];
  if (!isBits && type === "bit") yield [["type"], words("profile-bit-of-register")];
}
