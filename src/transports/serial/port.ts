import type { Duplex } from "node:stream";
import type { Disposable } from "../../lib/disposable.ts";
import type { Words } from "../../lib/words.ts";
import type { SerialSettings } from "../../station/serial/ports.ts";

/** Who hears of what comes over a port. */
export type PortListener = {
  data(bytes: Uint8Array): void;
  /** It is over, from the other side: unplugged or hung up. Told once; nothing comes after. */
  closed(why: Words): void;
};

/** What stands on a line beside its bytes. */
export type PortSignals = { dtr: boolean; rts: boolean; held: boolean };

/** One open port: bytes both ways. Opening it leaves DTR and RTS alone. */
export type OpenPort = Disposable & {
  /** As it was opened. */
  readonly path: string;
  readonly settings: SerialSettings;
  readonly isOpen: boolean;
  /** Sets who hears of what comes. Nothing is lost before: the port holds its breath until this is called. */
  listen(listener: PortListener): void;
  /** Sends bytes; resolves when the system has taken them.
   * @throws FailureError unavailable once it is closed */
  write(bytes: Uint8Array): Promise<void>;
  /** Reads nothing more, so that what comes waits with the system; or reads on. */
  hold(held: boolean): void;
  /** Sets DTR and RTS, and whether the line is held in a break. Absent where the carrier has none of them.
   * @throws FailureError unavailable where this port refuses, as a pseudo terminal does */
  signal?(signals: PortSignals): Promise<void>;
  /** Closes it; the listener hears nothing more. */
  dispose(): Promise<void>;
};

/** Opens a port by its path (/dev/ttyUSB0, COM3) or its place (tcp://host:port, rfc2217://host:port).
 * @throws FailureError unavailable, with cause and cure */
export type OpenSerial = (path: string, settings: SerialSettings) => Promise<OpenPort>;

/** A port of the system as the library has it: a stream that is opened by hand. */
export type SerialStream = Duplex & {
  open(done: (error?: Error | null) => void): void;
  close(done: (error?: Error | null) => void): void;
  set(signals: { dtr: boolean; rts: boolean; brk: boolean }, done: (error: Error | null) => void): void;
  /** What is below, while it is open. */
  readonly port?: { getBaudRate(): Promise<unknown> } | undefined;
};

/** What a stream of a system port is made with. */
export type StreamOptions = {
  path: string;
  baudRate: number;
  dataBits: SerialSettings["dataBits"];
  parity: SerialSettings["parity"];
  stopBits: SerialSettings["stopBits"];
  rtscts: boolean;
  xon: boolean;
  xoff: boolean;
  /** Drop DTR at the end. */
  hupcl: boolean;
  autoOpen: boolean;
};

/** What the library tells of a port. */
export type ListedPort = {
  path: string;
  manufacturer?: string;
  serialNumber?: string;
  vendorId?: string;
  productId?: string;
  pnpId?: string;
  friendlyName?: string;
};

/** The system's ports: the native part, or what stands in for it in tests. */
export type SerialBinding = {
  list(): Promise<ListedPort[]>;
  create(options: StreamOptions): SerialStream;
};

/** The native part of this platform, loaded when it is first asked for. */
export async function loadBinding(): Promise<SerialBinding> {
  // Not by the package's name alone: that loads its mock too, which is not installed with us.
  const { SerialPort } = await import("serialport/dist/serialport.js");
  return { list: () => SerialPort.list(), create: (options) => new SerialPort(options) };
}
