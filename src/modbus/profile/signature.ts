import { readValue } from "../codec/values.ts";
import type { Profile } from "./model.ts";

/** True where the registers of a signature say what the profile expects of its device. */
export function fitsSignature(
  profile: Profile,
  signature: Profile["identify"][number],
  registers: readonly number[],
): boolean {
  const value = readValue(registers, { ...signature, words: signature.words ?? profile.words });
  const { is, least, most } = signature;
  if (value === null) return false;
  if (typeof is === "string") return String(value).startsWith(is);
  if (typeof value === "string") return false;
  if (is !== undefined) return Number(value) === is;
  return least !== undefined && most !== undefined && value >= least && value <= most;
}
