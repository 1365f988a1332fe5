import { expect, test } from "vitest";
import type { LocalAddress } from "../../transports/addresses.ts";
import { hostOf } from "./self-test.ts";

const own: LocalAddress = {
  address: "fe80::1",
  family: 6,
  network: "Ethernet 2",
  kind: "ethernet",
  linkLocal: true,
  scope: 4,
};

test.each([
  ["linux", own, "fe80::1%Ethernet 2"],
  ["win32", own, "fe80::1%4"],
  ["win32", { ...own, address: "2001:db8::5", linkLocal: false }, "2001:db8::5"],
  ["linux", { ...own, address: "169.254.3.4", family: 4 }, "169.254.3.4"],
] as const)("on %s one knocks at %o as %s", (platform, address, host) => {
  expect(hostOf(address, platform)).toBe(host);
});
