import { expect, it } from "vitest";
import type { OwnAddress } from "../../../src/services/connection/contract.ts";
import { sortAddresses } from "./addresses.ts";

function own(address: string, kind: OwnAddress["kind"], linkLocal = false): OwnAddress {
  const family = address.includes(":") ? 6 : 4;
  return { address, kind, linkLocal, family, network: "n", url: `ws://${address}/` };
}

it("puts cable before wireless, IPv4 before IPv6, link-local last, and what seldom helps apart", () => {
  const { usable, rest } = sortAddresses([
    own("127.0.0.1", "loopback"),
    own("169.254.7.3", "usb", true),
    own("fe80::1", "ethernet", true),
    own("2001:db8::1", "ethernet"),
    own("10.42.0.1", "wifi"),
    own("172.17.0.1", "virtual"),
    own("192.168.1.20", "ethernet"),
  ]);
  expect(usable.map((one) => one.address)).toEqual(["192.168.1.20", "10.42.0.1", "2001:db8::1", "169.254.7.3"]);
  expect(rest.map((one) => one.address)).toEqual(["172.17.0.1", "127.0.0.1", "fe80::1"]);
});
