import type { OwnAddress } from "../../../src/services/connection/contract.ts";

/** Addresses a station can be given, best first, and apart those that seldom help: the laptop's own, virtual ones, link-local IPv6. */
export function sortAddresses(addresses: readonly OwnAddress[]): { usable: OwnAddress[]; rest: OwnAddress[] } {
  const sorted = [...addresses].sort((a, b) => rank(a) - rank(b));
  return { usable: sorted.filter(isUsable), rest: sorted.filter((address) => !isUsable(address)) };
}

function isUsable(address: OwnAddress): boolean {
  if (address.kind === "loopback" || address.kind === "virtual") return false;
  return !(address.family === 6 && address.linkLocal);
}

const kinds: readonly OwnAddress["kind"][] = ["ethernet", "usb", "wifi", "other", "virtual", "loopback"];

function rank(address: OwnAddress): number {
  return (address.linkLocal ? 100 : 0) + (address.family === 6 ? 50 : 0) + kinds.indexOf(address.kind);
}
