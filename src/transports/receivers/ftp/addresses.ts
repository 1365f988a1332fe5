import { BlockList, isIPv6 } from "node:net";

/** Whether two texts name one address, in whatever spelling. */
export function sameAddress(one: string, other: string): boolean {
  try {
    const list = new BlockList();
    list.addAddress(one, isIPv6(one) ? "ipv6" : "ipv4");
    return list.check(other, isIPv6(other) ? "ipv6" : "ipv4");
  } catch {
    return false;
  }
}

/** The address and port of PORT's or EPRT's argument, null when it is neither. */
export function readActive(argument: string): { address: string; port: number } | null {
  const old = /^(\d+),(\d+),(\d+),(\d+),(\d{1,3}),(\d{1,3})$/.exec(argument);
  if (old) return { address: old.slice(1, 5).join("."), port: Number(old[5]) * 256 + Number(old[6]) };
  const extended = /^(.)[12]\1([^|]+)\1(\d{1,5})\1$/.exec(argument);
  return extended ? { address: extended[2] ?? "", port: Number(extended[3]) } : null;
}
