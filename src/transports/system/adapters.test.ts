import { expect, test } from "vitest";
import { createAdapters } from "./adapters.ts";
import type { Answer } from "./ask.ts";

async function kindsOn(platform: NodeJS.Platform, answers: Answer[], names = () => ["a"]) {
  const asked: string[] = [];
  const ask = async (program: string) => {
    asked.push(program);
    return answers.shift() ?? null;
  };
  const adapters = createAdapters({ platform, ask }, names);
  expect(asked).toEqual([]);
  adapters.kinds();
  await settled();
  return { adapters, asked };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const said = (text: string): Answer => ({ code: 0, text });

test("a Mac tells which of its ports is the Wi-Fi", async () => {
  const text = `
Hardware Port: Ethernet Adapter (en4)
Device: en4
Ethernet Address: 3a:00:00:00:00:01

Hardware Port: USB 10/100/1000 LAN
Device: en7
Ethernet Address: 00:e0:4c:00:00:01

Hardware Port: Thunderbolt Bridge
Device: bridge0
Ethernet Address: 36:00:00:00:00:02

Hardware Port: Wi-Fi
Device: en0
Ethernet Address: f0:18:98:00:00:01

Hardware Port: iPhone USB
Device: en8
Ethernet Address: N/A

Hardware Port: FireWire
Device: fw0
Ethernet Address: 36:00:00:00:00:03

VLAN Configurations
===================
`;
  const { adapters, asked } = await kindsOn("darwin", [said(text)]);
  expect(asked).toEqual(["/usr/sbin/networksetup"]);
  expect([...adapters.kinds()]).toEqual([
    ["en4", "ethernet"],
    ["en7", "ethernet"],
    ["bridge0", "virtual"],
    ["en0", "wifi"],
    ["en8", "usb"],
    ["fw0", "other"],
  ]);
});

test("Windows tells what is no hardware, whatever it is called", async () => {
  const adapter = (name: string, what: string, medium = "802.3", hardware = "True", virtual = "False") => ({
    name,
    what,
    medium,
    hardware,
    virtual,
  });
  const list = [
    adapter("Ethernet", "Intel(R) Ethernet Connection I219-LM"),
    adapter("Ethernet 3", "VirtualBox Host-Only Ethernet Adapter", "Unspecified", "False"),
    adapter("Ethernet 4", "Cisco AnyConnect Virtual Miniport Adapter", "Unspecified", "True", "True"),
    adapter("Trådlöst", "Intel(R) Wi-Fi 6 AX201", "Native 802.11"),
    adapter("イーサネット", "Realtek USB GbE Family Controller"),
    adapter("Ethernet 5", "Remote NDIS Compatible Device"),
    adapter("Bluetooth", "Bluetooth Device (Personal Area Network)", "BlueTooth"),
    adapter("Mobil", "Fibocom L850-GL", "Wireless WAN"),
    adapter("Ethernet 6", "VMware Virtual Ethernet Adapter for VMnet8"),
    adapter("Ethernet 7", "Microsoft Hyper-V Network Adapter"),
    adapter("Ethernet 8", "Some Ethernet Controller", "Unspecified"),
    adapter("Ethernet 9", "Some Tunnel", "802.3", "False"),
    adapter("Ethernet 10", "Some Switch", "802.3", "True", "True"),
    adapter(
      "Anslutning till lokalt nätverk* 10",
      "Microsoft Wi-Fi Direct Virtual Adapter",
      "Unspecified",
      "False",
      "True",
    ),
  ];
  const { adapters, asked } = await kindsOn("win32", [said(`\uFEFF${JSON.stringify(list)}\r\n`)]);
  expect(asked).toEqual(["powershell.exe"]);
  expect(Object.fromEntries(adapters.kinds())).toEqual({
    Ethernet: "ethernet",
    "Ethernet 3": "virtual",
    "Ethernet 4": "virtual",
    Trådlöst: "wifi",
    イーサネット: "ethernet",
    "Ethernet 5": "usb",
    Bluetooth: "virtual",
    Mobil: "other",
    "Ethernet 6": "virtual",
    "Ethernet 7": "ethernet",
    "Ethernet 9": "virtual",
    "Ethernet 10": "virtual",
    "Anslutning till lokalt nätverk* 10": "wifi",
  });
});

test("they are asked again when there are others, and what was known stays where nothing is answered", async () => {
  let names = ["Ethernet"];
  const one = said(JSON.stringify({ name: "Ethernet", what: "", medium: "802.3", hardware: "True", virtual: "False" }));
  const { adapters, asked } = await kindsOn("win32", [one, said("Access is denied"), null], () => names);
  adapters.kinds();
  expect(asked).toHaveLength(1);
  names = ["Ethernet", "Wi-Fi"];
  adapters.kinds();
  adapters.kinds();
  await settled();
  expect(asked).toHaveLength(2);
  expect([...adapters.kinds()]).toEqual([["Ethernet", "ethernet"]]);
});

test.each([
  ["win32", JSON.stringify({ name: "a", what: "", medium: "802.3", hardware: "True", virtual: "False" })],
  ["darwin", "Hardware Port: Ethernet\nDevice: a\n"],
] as const)(
  "on %s what was known stays where the system fails to tell it anew, or does not answer",
  async (platform, text) => {
    let names = ["a"];
    const failed = { code: 1, text: "" };
    const { adapters, asked } = await kindsOn(platform, [said(text), failed, null], () => names);
    for (const next of ["b", "c"]) {
      names = ["a", next];
      adapters.kinds();
      await settled();
      expect([...adapters.kinds()]).toEqual([["a", "ethernet"]]);
    }
    expect(asked).toHaveLength(3);
  },
);

test("Linux is not asked", async () => {
  const { adapters, asked } = await kindsOn("linux", []);
  expect([asked.length, adapters.kinds().size]).toEqual([0, 0]);
});
