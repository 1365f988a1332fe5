import { cutText } from "../../../lib/text.ts";
import { words } from "../../../station/phrases.ts";
import type { PortsReport, SerialPortInfo, UsbNetwork } from "../../../station/serial/ports.ts";
import type { ListedPort, SerialBinding } from "../port.ts";
import { holderOf, openFiles, realPath } from "./holders.ts";
import { knownAdapter, likelyKind } from "./known-adapters.ts";
import { type LinuxPlaces, linuxNetworks, linuxPorts } from "./sysfs.ts";

export type PortListing = {
  platform: NodeJS.Platform;
  load: () => Promise<SerialBinding>;
  places: LinuxPlaces;
  /** The names of network adapters that are USB, where another part of us knows. */
  usbNetworks: () => readonly string[];
};

const longestText = 200;
const mostPorts = 256;
/** Programs are asked one by one on a Mac. */
const mostAsked = 16;

/** The ports of this laptop, who has them, and what to do about those that cannot be opened. Never rejects. */
export async function listPorts(listing: PortListing): Promise<PortsReport> {
  const { platform, places } = listing;
  const told = platform === "linux" ? linuxPorts(places) : null;
  const ports = await withHolders(told ?? (await listedPorts(listing.load)), listing);
  const networks = platform === "linux" ? linuxNetworks(places) : otherNetworks(listing);
  if (ports.length > 0) return { ports, networks };
  return { ports, networks, hint: hintFor(platform) };
}

/** The library throws where it cannot look, as without udev: no ports then. */
async function listedPorts(load: () => Promise<SerialBinding>): Promise<SerialPortInfo[]> {
  try {
    const listed = await (await load()).list();
    return listed.slice(0, mostPorts).map(describe);
  } catch {
    return [];
  }
}

function describe(port: ListedPort): SerialPortInfo {
  const { path, vendorId, productId, manufacturer, serialNumber, friendlyName, pnpId } = port;
  const known = knownAdapter(vendorId, productId);
  const names = [path, manufacturer, friendlyName, pnpId, known?.chip];
  const info: SerialPortInfo = { path, kind: likelyKind(known, names) };
  if (info.kind === "unknown" && /^ACPI/i.test(pnpId ?? "")) info.kind = "built-in";
  if (known) info.chip = known.chip;
  if (manufacturer) info.maker = cutText(manufacturer, longestText);
  if (friendlyName) info.product = cutText(friendlyName, longestText);
  if (serialNumber) info.serialNumber = cutText(serialNumber, longestText);
  if (vendorId) info.vendorId = vendorId.toLowerCase().padStart(4, "0");
  if (productId) info.productId = productId.toLowerCase().padStart(4, "0");
  return info;
}

async function withHolders(ports: SerialPortInfo[], { platform }: PortListing): Promise<SerialPortInfo[]> {
  if (ports.length === 0) return ports;
  const files = platform === "linux" ? openFiles() : new Map<string, { name: string; ours: boolean }>();
  const rows = ports.map(async (port, index) => {
    if (port.path === undefined) return port;
    const asked = platform === "darwin" && index < mostAsked ? await holderOf(port.path) : undefined;
    const holder = files.get(realPath(port.path)) ?? asked;
    if (!holder) return port;
    if (holder.ours) return { ...port, ours: true as const };
    const { name: heldBy } = holder;
    return { ...port, heldBy, trouble: words("port-busy-by", { port: port.path, program: heldBy }) };
  });
  return Promise.all(rows);
}

function otherNetworks({ usbNetworks }: PortListing): UsbNetwork[] {
  return usbNetworks().map((name) => ({ name }));
}

function hintFor(platform: NodeJS.Platform) {
  if (platform === "win32") return words("no-ports-windows");
  return platform === "darwin" ? words("no-ports-mac") : words("no-ports-linux");
}
