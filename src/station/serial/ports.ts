import type { Words } from "../../lib/words.ts";

/** How one open port is set. `flow`: who may hold whom back. */
export type SerialSettings = {
  /** Bits a second. */
  baudRate: number;
  dataBits: 5 | 6 | 7 | 8;
  parity: "none" | "even" | "odd" | "mark" | "space";
  stopBits: 1 | 1.5 | 2;
  flow: "none" | "rtscts" | "xonxoff";
};

/** What is likely behind a port. `bridge`: a USB adapter for whatever is wired to it; `board`: a device with USB of its own. */
export type PortKind = "bridge" | "rs485" | "board" | "built-in" | "bluetooth" | "unknown";

/** A port of this laptop. */
export type SerialPortInfo = {
  /** /dev/ttyUSB0, COM3; absent where the adapter has no driver, and so no port. */
  path?: string;
  kind: PortKind;
  /** The chip or board, in its maker's words, where its numbers are known, e.g. FTDI FT232R. */
  chip?: string;
  maker?: string;
  product?: string;
  serialNumber?: string;
  /** USB, four hex digits each. */
  vendorId?: string;
  productId?: string;
  /** The program that has it open, where that is known. */
  heldBy?: string;
  /** Plugside itself has it open. */
  ours?: true;
  /** Why it cannot be opened, and what to do. */
  trouble?: Words;
};

/** A network adapter over USB: a service port that is no serial port. It leads to Connection. */
export type UsbNetwork = {
  /** The system's name, e.g. usb0. */
  name: string;
  /** How it passes for a network: RNDIS, ECM, NCM, where the system tells. */
  driver?: string;
};

export type PortsReport = {
  ports: SerialPortInfo[];
  networks: UsbNetwork[];
  /** What to look for where there is no port at all. */
  hint?: Words;
};
