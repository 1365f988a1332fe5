import type { Socket } from "node:net";
import type { NetworkInterfaceInfo } from "node:os";
import { expect, onTestFinished, test, vi } from "vitest";
import { adapterNames, likelihood, localAddresses, stationUrl, stationUrlFrom } from "./addresses.ts";
import { endsOf } from "./ends.ts";

/** What the system tells of its networks, where a test says so, or that it cannot. */
const system = vi.hoisted(() => ({ interfaces: null as NodeJS.Dict<NetworkInterfaceInfo[]> | null, fails: false }));
vi.mock("node:os", async (original) => {
  const real = await original<typeof import("node:os")>();
  return {
    ...real,
    networkInterfaces() {
      if (system.fails) throw new Error("EMFILE: too many open files");
      return system.interfaces ?? real.networkInterfaces();
    },
  };
});

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

test("an adapter is what the system says, then what its maker is known for, then what its name tells", () => {
  const made = (mac: string) => [{ ...info("10.0.0.5"), mac }];
  const kinds = (told?: ReadonlyMap<string, "wifi">) =>
    Object.fromEntries(
      localAddresses(
        {
          en0: made("f0:18:98:00:00:01"),
          "Ethernet 3": made("0A:00:27:00:00:05"),
          "Ethernet 4": made("00:FF:12:34:56:78"),
          "Ethernet 5": made("00:fe:12:34:56:78"),
          "VMware Network Adapter VMnet8": made("00:00:00:00:00:00"),
          "Bluetooth Network Connection": made("00:00:00:00:00:00"),
          bridge0: made("36:00:00:00:00:02"),
          bridge100: made("36:00:00:00:00:64"),
          WLAN: made("f0:18:98:00:00:02"),
          イーサネット: made("f0:18:98:00:00:03"),
        },
        told,
      ).map(({ network, kind }) => [network, kind]),
    );
  expect(kinds()).toEqual({
    en0: "ethernet",
    "Ethernet 3": "virtual",
    "Ethernet 4": "virtual",
    "Ethernet 5": "ethernet",
    "VMware Network Adapter VMnet8": "virtual",
    "Bluetooth Network Connection": "virtual",
    bridge0: "virtual",
    bridge100: "ethernet",
    WLAN: "wifi",
    イーサネット: "other",
  });
  expect(kinds(new Map([["en0", "wifi"]])).en0).toBe("wifi");
});

test("a link-local IPv6 address keeps the number of its zone, another has none", () => {
  const six = (address: string) => ({ ...info(address), scopeid: 4 }) as NetworkInterfaceInfo;
  const own = localAddresses({ eth0: [six("fe80::1"), six("2001:db8::1"), info("10.0.0.5")] });
  expect(own.map(({ address, scope }) => [address, scope])).toEqual(
    expect.arrayContaining([
      ["fe80::1", 4],
      ["2001:db8::1", undefined],
      ["10.0.0.5", undefined],
    ]),
  );
});

test.each([
  [
    "virtual",
    ["docker0", "veth1", "br-1", "virbr0", "vmnet8", "vmenet0", "feth0", "vboxnet0", "tun0", "tap0", "utun3"],
  ],
  [
    "virtual",
    ["zt0", "wg0", "tailscale0", "vEthernet (WSL)", "vnet0", "Hyper-V", "Npcap Loopback", "My VPN", "ZeroTier One"],
  ],
  ["wifi", ["wlp3s0", "Wi-Fi", "wifi0", "wlan0", "ath0", "AirPort"]],
  ["usb", ["usb0", "enx00", "rndis0"]],
  ["ethernet", ["eth0", "enp3s0", "Ethernet 2", "em1", "bridge100", "bridge199"]],
  ["other", ["lan0", "xbridge100", "emx", "ppp0"]],
] as const)("an adapter is %s by its name: %j", (kind, names) => {
  for (const name of names)
    expect([name, localAddresses({ [name]: [info("10.0.0.5")] })[0]?.kind]).toEqual([name, kind]);
});

test.each(["00:15:5d", "0A:00:27", "00:50:56", "00:05:69", "00:ff:12"])("the maker %s makes no hardware", (maker) => {
  expect(localAddresses({ eth0: [{ ...info("10.0.0.5"), mac: `${maker}:00:00:01` }] })[0]?.kind).toBe("virtual");
});

test("addresses stand by how likely they are, then by what they are on, then by name", () => {
  const found = localAddresses({
    ppp0: [info("10.0.0.1")],
    wlan0: [info("10.0.0.2"), info("2001:db8::2")],
    usb0: [info("10.0.0.3")],
    eth1: [info("10.0.0.4"), info("169.254.0.4"), info("fd00::4")],
    eth0: [info("10.0.0.5")],
    docker0: [info("fe80::6")],
  });
  expect(found.map(({ address }) => address)).toEqual([
    ...["10.0.0.5", "10.0.0.4", "10.0.0.3", "10.0.0.2", "fd00::4", "169.254.0.4", "2001:db8::2", "10.0.0.1", "fe80::6"],
  ]);
});

test.each([
  ["fe80::1", true],
  ["FEBF::1", true],
  ["fe90::1", true],
  ["fec0::1", false],
  ["fd00::1", false],
  ["169.254.0.1", true],
  ["169.25.4.1", false],
])("%s is link-local: %s", (address, linkLocal) => {
  expect(localAddresses({ eth0: [info(address)] })[0]?.linkLocal).toBe(linkLocal);
});

test("without an address of ours a station is told this machine's own", () => {
  expect(stationUrlFrom("10.0.0.1", 9000, false, [])).toBe("ws://127.0.0.1:9000/");
  const six = localAddresses({ eth0: [info("2001:db8::5"), info("10.0.0.5")] });
  expect(stationUrlFrom("2001:db8::9", 9000, true, six)).toBe("wss://[2001:db8::5]:9000/");
});

test("the ends of a connection are told as IPv4 where they are that, and as nothing once it is gone", () => {
  const ends = (of: Partial<Socket>) => endsOf(of as Socket);
  const to = { localAddress: "fe80::1", localPort: 9000 };
  expect(ends({ remoteAddress: "::FFFF:10.0.0.7", remotePort: 50_001, ...to })).toEqual({
    ...{ remoteAddress: "10.0.0.7", remotePort: 50_001, localAddress: "fe80::1", localPort: 9000 },
  });
  expect(ends({})).toEqual({ remoteAddress: "", remotePort: 0, localAddress: "", localPort: 0 });
});

test("while the system can tell no addresses those of before count", () => {
  onTestFinished(() => void Object.assign(system, { interfaces: null, fails: false }));
  const told = () => [localAddresses().map(({ address }) => address), adapterNames()];
  system.interfaces = { eth0: [info("10.0.0.5")], wlan0: [] };
  expect(told()).toEqual([["10.0.0.5"], ["eth0", "wlan0"]]);
  Object.assign(system, { interfaces: { eth1: [info("10.0.0.6")] }, fails: true });
  expect(told()).toEqual([["10.0.0.5"], ["eth0", "wlan0"]]);
  system.fails = false;
  expect(told()).toEqual([["10.0.0.6"], ["eth1"]]);
});
