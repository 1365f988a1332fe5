import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import { sizeOf, writeText, writeValue } from "../codec/values.ts";
import type { Profile, ProfileCommand, ProfileRegister } from "./model.ts";

/** Puts a value into the registers that a profile has for it: a number in its unit, or a text. The turn of what `decodeOne` does.
 * @throws RangeError where it does not fit */
export function encode(profile: Profile, register: ProfileRegister, value: number | string): number[] {
  const form = { ...register, words: register.words ?? profile.words };
  if (register.type === "text") {
    const registers = writeText(String(value), form);
    return registers.slice(0, sizeOf(register));
  }
  const { scale = 1, negative, mask } = register;
  const raw = (Number(value) / scale) * (negative ? -1 : 1);
  if (mask === undefined) return writeValue(raw, form);
  const wide = BigInt(mask);
  return writeValue(Number(BigInt(Math.round(raw)) * (wide & -wide)), form);
}

/** What a command writes.
 * @throws FailureError invalid-input where the value is none that the command takes, or is missing
 * @throws RangeError where the registers do not hold it */
export function encodeCommand(profile: Profile, command: ProfileCommand, value: number | undefined): number[] {
  const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY, scale = 1 } = command;
  const form = { ...command, words: command.words ?? profile.words };
  if (command.value !== undefined) return writeValue(command.value, form);
  if (value === undefined) throw failure("invalid-input", words("modbus-value-needed", { least, most }));
  if (!(value >= least && value <= most))
    throw failure("invalid-input", words("modbus-value-outside", { value, least, most }));
  return writeValue(value / scale, form);
}
