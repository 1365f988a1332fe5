import { networkInterfaces } from "node:os";

/** An address of this machine that a station may reach. */
export type LocalAddress = {
  address: string;
  family: 4 | 6;
  network: string;
  kind: "ethernet" | "wifi" | "usb" | "virtual" | "loopback" | "other";
  linkLocal: boolean;
  /** The number of its zone, of an IPv6 link-local address. */
  scope?: number;
};

let lastKnown: ReturnType<typeof networkInterfaces> = {};

/** The system tells no addresses while a process is out of file descriptors: then those of before count. */
function interfacesNow(): ReturnType<typeof networkInterfaces> {
  try {
    lastKnown = networkInterfaces();
  } catch {
    // Asked again the next time.
  }
  return lastKnown;
}

/** The names of the machine's network adapters. */
export function adapterNames(): string[] {
  return Object.keys(interfacesNow());
}

/** The machine's addresses, the likeliest for a station first. Never throws.
 * @param told what the system says that its adapters are, by name; it is believed before a name is */
export function localAddresses(
  interfaces = interfacesNow(),
  told: ReadonlyMap<string, LocalAddress["kind"]> = new Map(),
): LocalAddress[] {
  const found: LocalAddress[] = [];
  for (const [network, entries] of Object.entries(interfaces)) {
    for (const entry of entries ?? []) {
      const family = entry.family === "IPv6" ? 6 : 4;
      const linkLocal = family === 6 ? /^fe[89ab]/i.test(entry.address) : entry.address.startsWith("169.254.");
      const kind = entry.internal ? "loopback" : (told.get(network) ?? kindOf(network, entry.mac));
      const own: LocalAddress = { address: entry.address, family, network, kind, linkLocal };
      if (entry.family === "IPv6" && linkLocal && entry.scopeid) own.scope = entry.scopeid;
      found.push(own);
    }
  }
  return found.sort((a, b) => rank(a) - rank(b) || a.network.localeCompare(b.network));
}

const patterns: [RegExp, LocalAddress["kind"]][] = [
  // What macOS makes for Internet Sharing: the station is on it.
  [/^bridge1\d\d$/, "ethernet"],
  [/^(docker|veth|br-|virbr|bridge|vmnet|vmenet|feth|vbox|tun|tap|utun|zt|wg|tailscale|vEthernet|vnet)/i, "virtual"],
  [/virtualbox|vmware|zerotier|hyper-v|npcap|bluetooth|vpn/i, "virtual"],
  [/^(wl|wi-?fi|wlan|ath|airport)/i, "wifi"],
  [/^(usb|enx|rndis)/i, "usb"],
  [/^(eth|en|ethernet|em\d)/i, "ethernet"],
];

/** Makers of adapters that are no hardware: Hyper-V, VirtualBox's host-only network, VMware (two), TAP. */
const virtualMakers = new Set(["00:15:5d", "0a:00:27", "00:50:56", "00:05:69", "00:ff"]);

function kindOf(network: string, mac = ""): LocalAddress["kind"] {
  const maker = mac.toLowerCase();
  if (virtualMakers.has(maker.slice(0, 8)) || virtualMakers.has(maker.slice(0, 5))) return "virtual";
  return patterns.find(([pattern]) => pattern.test(network))?.[1] ?? "other";
}

/** How likely it is that a station is given this address: the marks on screen go by it. */
export function likelihood({ kind, family, linkLocal }: LocalAddress): "likely" | "possible" | "unlikely" {
  if (kind === "loopback" || kind === "virtual" || (family === 6 && linkLocal)) return "unlikely";
  return kind === "other" || family === 6 || linkLocal ? "possible" : "likely";
}

const order: LocalAddress["kind"][] = ["ethernet", "usb", "wifi", "other", "virtual", "loopback"];

const chances = ["likely", "possible", "unlikely"] as const;

function rank(address: LocalAddress): number {
  const within = order.indexOf(address.kind) * 4 + (address.linkLocal ? 2 : 0) + (address.family === 6 ? 1 : 0);
  return chances.indexOf(likelihood(address)) * 100 + within;
}

/** The URL to type into a station, up to its identity. */
export function stationUrl(address: string, family: 4 | 6, port: number, secure = false): string {
  return `${secure ? "wss" : "ws"}://${family === 6 ? `[${address}]` : address}:${port}/`;
}

/** The URL at which a station at `remoteAddress` reaches this machine: by our address that begins most like its own, since two ends
 * of one network do. */
export function stationUrlFrom(
  remoteAddress: string,
  port: number,
  secure: boolean,
  addresses: readonly LocalAddress[] = localAddresses(),
): string {
  const nearness = (address: string) => {
    let same = 0;
    while (same < address.length && address[same] === remoteAddress[same]) same++;
    return same;
  };
  const [best] = [...addresses].sort((a, b) => nearness(b.address) - nearness(a.address));
  return stationUrl(best?.address ?? "127.0.0.1", best?.family ?? 4, port, secure);
}
