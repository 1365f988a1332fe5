import type { TFunction } from "i18next";
import type { OwnAddress } from "../../../src/services/connection/contract.ts";

/** Addresses a station can be given, in the core's order (likeliest first), and apart those that seldom help. */
export function sortAddresses(addresses: readonly OwnAddress[]): { usable: OwnAddress[]; rest: OwnAddress[] } {
  return {
    usable: addresses.filter((address) => address.likelihood !== "unlikely"),
    rest: addresses.filter((address) => address.likelihood === "unlikely"),
  };
}

/** What to type for one way in, per address that takes it. */
export function urlsFor(
  addresses: readonly OwnAddress[],
  way: keyof OwnAddress["urls"],
): { text: string; address: OwnAddress }[] {
  return addresses.flatMap((address) => {
    const text = address.urls[way];
    return text === undefined ? [] : [{ text, address }];
  });
}

/** `0.0.0.0:9000`, or `[::]:9000`. */
export function placeText({ host, port }: { host: string; port: number }): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

const problems = ["EADDRINUSE", "EACCES", "EADDRNOTAVAIL", "ENOTFOUND"] as const;

/** Why a place cannot be opened, in words; the system's code where there are none for it. */
export function problemText(t: TFunction, code: string | undefined): string {
  const known = problems.find((one) => one === code);
  return known ? t(`network.problem.${known}`) : (code ?? "");
}
