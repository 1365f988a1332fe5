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
 * @throws RangeError where the value is none that the command takes, or is missing */
export function encodeCommand(profile: Profile, command: ProfileCommand, value: number | undefined): number[] {
  const { least, most, scale = 1 } = command;
  const wanted = command.value ?? value;
  if (wanted === undefined) throw new RangeError("a value is needed");
  if (command.value === undefined && ((least !== undefined && wanted < least) || (most !== undefined && wanted > most)))
    throw new RangeError(`${wanted} is not between ${least ?? "-∞"} and ${most ?? "∞"}`);
  const form = { ...command, words: command.words ?? profile.words };
  return writeValue(command.value === undefined ? wanted / scale : wanted, form);
}
