import { accessSync, constants, existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { cutText } from "../../../lib/text.ts";
import { words } from "../../../station/phrases.ts";
import type { SerialPortInfo, UsbNetwork } from "../../../station/serial/ports.ts";
import { deniedWords } from "../problems.ts";
import { groupOf } from "./holders.ts";
import { knownAdapter, likelyKind } from "./known-adapters.ts";

/** Where Linux tells of its devices. */
export type LinuxPlaces = { sys: string; dev: string };

export const linuxPlaces: LinuxPlaces = { sys: "/sys", dev: "/dev" };

const longestText = 200;
const mostRows = 256;
const deepestDevice = 12;
const networkDrivers: Readonly<Record<string, string>> = {
  rndis_host: "RNDIS",
  cdc_ether: "ECM",
  cdc_ncm: "NCM",
  cdc_eem: "EEM",
  cdc_subset: "CDC subset",
  ipheth: "iPhone",
};

/** The ports of Linux, from /sys alone: no udev is asked, which is missing on small systems. Null where there is no /sys. */
export function linuxPorts({ sys, dev }: LinuxPlaces): SerialPortInfo[] | null {
  const folder = join(sys, "class/tty");
  const names = listed(folder);
  if (!names) return null;
  const found = names.slice(0, 4 * mostRows).flatMap((name) => {
    const device = real(join(folder, name, "device"));
    if (!device || !isHardware(join(folder, name))) return [];
    const usb = usbDeviceOf(device);
    return [{ usb, port: { ...describe(usb, device), path: join(dev, name) } }];
  });
  const served = new Set(found.flatMap(({ usb }) => usb ?? []));
  const ports = found.map(({ port }) => withAccess(port)).sort((a, b) => order(a.path, b.path));
  return [...ports, ...withoutDriver(sys, served)].slice(0, mostRows);
}

/** USB adapters of Linux that are networks. */
export function linuxNetworks({ sys }: Pick<LinuxPlaces, "sys">): UsbNetwork[] {
  const folder = join(sys, "class/net");
  return (listed(folder) ?? []).flatMap((name) => {
    const module = basename(real(join(folder, name, "device/driver")) ?? "");
    return Object.hasOwn(networkDrivers, module) ? [{ name, driver: networkDrivers[module] }] : [];
  });
}

/** A UART that is only reserved for is of type 0. */
function isHardware(tty: string): boolean {
  if (!existsSync(join(tty, "device/driver"))) return false;
  return text(join(tty, "type")) !== "0";
}

function describe(usb: string | undefined, device: string): SerialPortInfo {
  if (!usb) return { kind: basename(real(join(device, "driver")) ?? "") === "" ? "unknown" : "built-in" };
  const [vendorId, productId] = [text(join(usb, "idVendor")), text(join(usb, "idProduct"))];
  const [maker, product] = [text(join(usb, "manufacturer")), text(join(usb, "product"))];
  const known = knownAdapter(vendorId, productId);
  return withoutGaps({
    kind: likelyKind(known, [maker, product, known?.chip]),
    chip: known?.chip,
    maker,
    product,
    serialNumber: text(join(usb, "serial")),
    vendorId,
    productId,
  });
}

/** The folder of the USB device that something lies in. */
function usbDeviceOf(device: string): string | undefined {
  let folder = device;
  for (let depth = 0; depth < deepestDevice && folder !== dirname(folder); depth++) {
    if (existsSync(join(folder, "idVendor"))) return folder;
    folder = dirname(folder);
  }
  return undefined;
}

/** Adapters that are plugged in, and of which no driver has made a port. */
function withoutDriver(sys: string, served: ReadonlySet<string>): SerialPortInfo[] {
  const folder = join(sys, "bus/usb/devices");
  return (listed(folder) ?? []).flatMap((name) => {
    const usb = real(join(folder, name));
    const known = usb && knownAdapter(text(join(usb, "idVendor")), text(join(usb, "idProduct")));
    if (!usb || !known || served.has(usb)) return [];
    const trouble = words("port-no-driver", {
      chip: known.chip,
      cure: words("cure-driver-linux", { driver: known.driver }),
    });
    return [{ ...describe(usb, usb), trouble }];
  });
}

function withAccess(port: SerialPortInfo): SerialPortInfo {
  const { path = "" } = port;
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return port;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EACCES") return port;
    return { ...port, trouble: deniedWords(path, { platform: "linux", group: groupOf(path) }) };
  }
}

/** ttyUSB2 before ttyUSB10. */
function order(a = "", b = ""): number {
  return a.localeCompare(b, "en", { numeric: true });
}

function listed(folder: string): string[] | null {
  try {
    return readdirSync(folder);
  } catch {
    return null;
  }
}

function real(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** What a file of /sys says; a device chose it. */
function text(path: string): string | undefined {
  try {
    return cutText(readFileSync(path, "utf8").trim(), longestText) || undefined;
  } catch {
    return undefined;
  }
}

/** Without the fields that are not told. */
function withoutGaps(port: SerialPortInfo): SerialPortInfo {
  return Object.fromEntries(Object.entries(port).filter(([, value]) => value !== undefined)) as SerialPortInfo;
}
