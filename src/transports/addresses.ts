import { networkInterfaces } from "node:os";

/** An address of this machine that a station may reach. */
export type LocalAddress = {
  address: string;
  family: 4 | 6;
  network: string;
  kind: "ethernet" | "wifi" | "usb" | "virtual" | "loopback" | "other";
  linkLocal: boolean;
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

/** The machine's addresses, the likeliest for a station first. Link-local IPv6 carries its zone. Never throws. */
export function localAddresses(interfaces = interfacesNow()): LocalAddress[] {
  const found: LocalAddress[] = [];
  for (const [network, entries] of Object.entries(interfaces)) {
    for (const entry of entries ?? []) {
      const family = entry.family === "IPv6" ? 6 : 4;
      const linkLocal = family === 6 ? /^fe[89ab]/i.test(entry.address) : entry.address.startsWith("169.254.");
      const kind = entry.internal ? "loopback" : kindOf(network);
      found.push({ address: entry.address, family, network, kind, linkLocal });
    }
  }
  return found.sort((a, b) => rank(a) - rank(b) || a.network.localeCompare(b.network));
}

const patterns: [RegExp, LocalAddress["kind"]][] = [
  [/^(docker|veth|br-|virbr|vmnet|vbox|tun|tap|utun|zt|wg|tailscale|vEthernet|vnet)/i, "virtual"],
  [/^(wl|wi-?fi|ath|airport)/i, "wifi"],
  [/^(usb|enx|rndis)/i, "usb"],
  [/^(eth|en|ethernet|em\d)/i, "ethernet"],
];

function kindOf(network: string): LocalAddress["kind"] {
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
