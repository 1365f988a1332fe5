import type { NetworkInterfaceInfo } from "node:os";
import { expect, test } from "vitest";
import { likelihood, localAddresses, stationUrl, stationUrlFrom } from "./addresses.ts";

function info(address: string, internal = false): NetworkInterfaceInfo {
  const common = { address, netmask: "", mac: "", internal, cidr: null };
  return address.includes(":") ? { ...common, family: "IPv6", scopeid: 0 } : { ...common, family: "IPv4" };
}

test("puts the likeliest first: a cable with an address, Wi-Fi, link-local, then what seldom helps", () => {
  const found = localAddresses({
    lo: [info("127.0.0.1", true)],
    docker0: [info("172.17.0.1")],
    wlan0: [info("192.168.1.7")],
    eth0: [info("fe80::1"), info("169.254.3.4"), info("10.0.0.5")],
  });
  expect(found.map(({ address, kind, linkLocal }) => ({ address, kind, linkLocal }))).toEqual([
    { address: "10.0.0.5", kind: "ethernet", linkLocal: false },
    { address: "192.168.1.7", kind: "wifi", linkLocal: false },
    { address: "169.254.3.4", kind: "ethernet", linkLocal: true },
    { address: "fe80::1", kind: "ethernet", linkLocal: true },
    { address: "172.17.0.1", kind: "virtual", linkLocal: false },
    { address: "127.0.0.1", kind: "loopback", linkLocal: false },
  ]);
});

test("writes IPv6 in brackets", () => {
  expect(stationUrl("fe80::1", 6, 9000)).toBe("ws://[fe80::1]:9000/");
  expect(stationUrl("10.0.0.5", 4, 9001)).toBe("ws://10.0.0.5:9001/");
});

test.each([
  ["ethernet", 4, false, "likely"],
  ["ethernet", 4, true, "possible"],
  ["wifi", 4, false, "likely"],
  ["usb", 6, false, "possible"],
  ["ethernet", 6, true, "unlikely"],
  ["virtual", 4, false, "unlikely"],
  ["loopback", 4, false, "unlikely"],
] as const)("an address of kind %s, IPv%s, link-local %s, is %s", (kind, family, linkLocal, expected) => {
  expect(likelihood({ address: "", network: "", kind, family, linkLocal })).toBe(expected);
});

test("a station is told our address on its own network", () => {
  const own = localAddresses({ wlan0: [info("10.0.0.5")], eth0: [info("192.168.1.7")], lo: [info("127.0.0.1", true)] });
  expect(stationUrlFrom("192.168.1.20", 9000, true, own)).toBe("wss://192.168.1.7:9000/");
  expect(stationUrlFrom("10.0.0.9", 9000, false, own)).toBe("ws://10.0.0.5:9000/");
  expect(stationUrlFrom("127.0.0.1", 9000, false, own)).toBe("ws://127.0.0.1:9000/");
});
