import type { OwnAddress } from "../../../src/services/connection/contract.ts";

/** Addresses a station can be given, in the core's order (likeliest first), and apart those that seldom help. */
export function sortAddresses(addresses: readonly OwnAddress[]): { usable: OwnAddress[]; rest: OwnAddress[] } {
  return {
    usable: addresses.filter((address) => address.likelihood !== "unlikely"),
    rest: addresses.filter((address) => address.likelihood === "unlikely"),
  };
}
