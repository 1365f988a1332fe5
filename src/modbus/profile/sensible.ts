import type { Words } from "../../lib/words.ts";
import { errorCodes } from "../../station/model.ts";
import { words } from "../../station/phrases.ts";
import { sizeOf } from "../codec/values.ts";
import { outOfBounds, unrecognisable, unwritable } from "./bounds.ts";
import { standardUnit } from "./measurands.ts";
import { identityWords, type Profile, type ProfileCommand, type ProfileRegister } from "./model.ts";
import { codeOf, isStatus, noStatus } from "./words.ts";

type Wrong = { path: (string | number)[]; why: Words };

/** What a shape alone does not tell: a profile that reads well and cannot be meant. */
export function* sensible(profile: Profile): Iterable<Wrong> {
  for (const [place, register] of profile.registers.entries()) {
    const wrong = [...wrongIn(register), ...misplaced(profile, register), ...clashing(profile, place)];
    for (const [key, why] of wrong) yield { path: ["registers", place, ...key], why };
    for (const [path, why] of outOfBounds(profile, register)) yield { path: ["registers", place, ...path], why };
  }
  for (const [place, command] of profile.commands.entries()) {
    const wrong = [...wrongInCommand(command), ...misplaced(profile, command), ...unwritable(profile, command)];
    for (const [path, why] of wrong) yield { path: ["commands", place, ...path], why };
    if (profile.commands.slice(0, place).some(({ name }) => name === command.name))
      yield { path: ["commands", place, "name"], why: words("profile-command-twice", { name: command.name }) };
  }
  for (const [place, one] of profile.identify.entries())
    for (const [path, why] of [...misplaced(profile, one), ...unrecognisable(profile, one)])
      yield { path: ["identify", place, ...path], why };
}

function* wrongIn(register: ProfileRegister): Iterable<[path: (string | number)[], why: Words]> {
  const { means, type, values, bits, unit, length } = register;
  const isMeasurand = /^[A-Z]/.test(means);
  if (type === "text" && length === undefined) yield [["type"], words("profile-text-length")];
  if (isMeasurand && type === "text") yield [["type"], words("profile-text-measured", { means })];
  const standard = standardUnit(means);
  if (isMeasurand && unit === undefined && standard === undefined)
    yield [["means"], words("profile-no-unit", { means })];
  if (unit !== undefined && standard !== undefined && unit !== standard)
    yield [["unit"], words("profile-other-unit", { means, unit: standard })];
  if (means === "status" && !values) yield [["means"], words("profile-no-values")];
  for (const [key, word] of Object.entries(values ?? {})) {
    if (means === "status" && !isStatus(word) && word !== noStatus)
      yield [["values", key], words("profile-no-status", { key, said: word })];
  }
  if (bits && type === "text") yield [["bits"], words("profile-bits-of-text")];
  for (const key of Object.keys(bits ?? {}))
    if (!/^\d{1,2}$/.test(key) || Number(key) >= 16 * sizeOf(register))
      yield [["bits", key], words("profile-no-bit", { key, limit: 16 * sizeOf(register) - 1 })];
  if (means !== "error") return;
  for (const [key, meanings] of [["values", values] as const, ["bits", bits] as const])
    for (const [value, meaning] of Object.entries(meanings ?? {})) {
      const code = codeOf(meaning);
      if (code !== undefined && !errorCodes.has(code))
        yield [[key, value], words("profile-no-code", { said: code, known: [...errorCodes].join(", ") })];
    }
}

function* misplaced(
  { first, most }: Profile,
  register: Pick<ProfileRegister, "at" | "type" | "length">,
): Iterable<[path: (string | number)[], why: Words]> {
  const { at } = register;
  if (at < first || at - first + sizeOf(register) > 0x1_0000) yield [["at"], words("profile-outside", { said: at })];
  if (sizeOf(register) > most) yield [["at"], words("profile-too-wide", { limit: most })];
}

/** What the registers before it hold, or tell, already. */
function* clashing({ registers, table }: Profile, place: number): Iterable<[path: (string | number)[], why: Words]> {
  const register = registers[place];
  if (!register) return;
  const end = register.at + sizeOf(register);
  for (const before of registers.slice(0, place)) {
    if ((before.table ?? table) !== (register.table ?? table)) continue;
    const beforeEnd = before.at + sizeOf(before);
    if (before.at !== register.at && before.at < end && register.at < beforeEnd)
      yield [["at"], words("profile-overlap", { at: before.at, count: sizeOf(before) })];
  }
  const isTold = /^[A-Z]/.test(register.means) || identityWords.some((word) => word === register.means);
  const twin = isTold && registers.slice(0, place).find((before) => tells(before) === tells(register));
  if (twin) yield [["means"], words("profile-twice", { at: twin.at, means: register.means })];
}

function tells({ means, phase, evse = 1, location }: ProfileRegister): string {
  return JSON.stringify([means, phase, evse, location]);
}

function* wrongInCommand({ value, least, most }: ProfileCommand): Iterable<[path: (string | number)[], why: Words]> {
  if (least !== undefined && most !== undefined && least > most)
    yield [["least"], words("profile-bounds", { least, most })];
  if (value === undefined && (least === undefined || most === undefined)) yield [["name"], words("profile-no-bounds")];
}
