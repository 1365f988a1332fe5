import type { PortKind } from "../../../station/serial/ports.ts";

/** A chip or board by its USB numbers. `driver`: the module of Linux that makes a port of it. */
export type KnownAdapter = { chip: string; kind: PortKind; driver: string };

const ftdi = "ftdi_sio";
const silabs = "cp210x";
const wch = "ch341";
const acm = "cdc_acm";

/** Adapters and boards as they are met with charging stations, by vendor and product. Source: usb.ids, and the makers' own papers. */
const known: Readonly<Record<string, KnownAdapter>> = {
  "0403:6001": { chip: "FTDI FT232R", kind: "bridge", driver: ftdi },
  "0403:6010": { chip: "FTDI FT2232", kind: "bridge", driver: ftdi },
  "0403:6011": { chip: "FTDI FT4232H", kind: "bridge", driver: ftdi },
  "0403:6014": { chip: "FTDI FT232H", kind: "bridge", driver: ftdi },
  "0403:6015": { chip: "FTDI FT-X (FT230X, FT231X)", kind: "bridge", driver: ftdi },
  "0403:6048": { chip: "FTDI FT4232HP", kind: "bridge", driver: ftdi },
  "10c4:ea60": { chip: "Silicon Labs CP2102, CP2104", kind: "bridge", driver: silabs },
  "10c4:ea70": { chip: "Silicon Labs CP2105", kind: "bridge", driver: silabs },
  "10c4:ea71": { chip: "Silicon Labs CP2108", kind: "bridge", driver: silabs },
  "1a86:7523": { chip: "WCH CH340", kind: "bridge", driver: wch },
  "1a86:5523": { chip: "WCH CH341", kind: "bridge", driver: wch },
  "1a86:55d3": { chip: "WCH CH343", kind: "bridge", driver: acm },
  "1a86:55d4": { chip: "WCH CH9102", kind: "bridge", driver: acm },
  "1a86:55d5": { chip: "WCH CH344", kind: "bridge", driver: acm },
  "1a86:7522": { chip: "WCH CH340K", kind: "bridge", driver: wch },
  "067b:2303": { chip: "Prolific PL2303", kind: "bridge", driver: "pl2303" },
  "067b:23a3": { chip: "Prolific PL2303GC", kind: "bridge", driver: "pl2303" },
  "04e2:1411": { chip: "MaxLinear XR21B1411 (RS-485)", kind: "rs485", driver: acm },
  "04e2:1410": { chip: "Exar XR21V1410 (RS-485)", kind: "rs485", driver: acm },
  "110a:1150": { chip: "Moxa UPort 1150 (RS-232/422/485)", kind: "rs485", driver: "ti_usb_3410_5052" },
  "0403:bcd8": { chip: "Advantech USB-4604 (RS-232/422/485)", kind: "rs485", driver: ftdi },
  "303a:1001": { chip: "Espressif ESP32-S3, -C3, -C6 (USB serial/JTAG)", kind: "board", driver: acm },
  "303a:4001": { chip: "Espressif ESP32-S2, -S3 (USB CDC)", kind: "board", driver: acm },
  "0483:5740": { chip: "STMicroelectronics virtual COM port", kind: "board", driver: acm },
  "0483:374b": { chip: "STMicroelectronics ST-LINK/V2-1", kind: "board", driver: acm },
  "1366:0105": { chip: "SEGGER J-Link", kind: "board", driver: acm },
  "2e8a:000a": { chip: "Raspberry Pi Pico", kind: "board", driver: acm },
  "2341:0043": { chip: "Arduino Uno", kind: "board", driver: acm },
};

/** What has these USB numbers, four hex digits each. */
export function knownAdapter(vendorId: string | undefined, productId: string | undefined): KnownAdapter | undefined {
  const key = `${vendorId}:${productId}`.toLowerCase();
  return Object.hasOwn(known, key) ? known[key] : undefined;
}

/** What it likely is, by its numbers or by what it calls itself. */
export function likelyKind(known: KnownAdapter | undefined, names: readonly (string | undefined)[]): PortKind {
  const text = names.filter((name) => name !== undefined).join(" ");
  if (/rs-?485|rs-?422/i.test(text)) return "rs485";
  if (/bluetooth/i.test(text)) return "bluetooth";
  return known?.kind ?? "unknown";
}
