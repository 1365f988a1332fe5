import { z } from "zod";
import { call, feed } from "../../lib/contract.ts";
import type { LineView } from "../../station/serial/lines.ts";
import type { PortsReport } from "../../station/serial/ports.ts";

/** How a port is set. */
export const portSettings = z.object({
  /** Bits a second. */
  baudRate: z.number().int().min(50).max(12_000_000).default(115_200),
  dataBits: z.union([z.literal(5), z.literal(6), z.literal(7), z.literal(8)]).default(8),
  parity: z.enum(["none", "even", "odd", "mark", "space"]).default("none"),
  stopBits: z.union([z.literal(1), z.literal(1.5), z.literal(2)]).default(1),
  flow: z.enum(["none", "rtscts", "xonxoff"]).default("none"),
});

/** /dev/ttyUSB0, COM3, tcp://host:port, rfc2217://host:port. */
export const portPath = z.string().trim().min(1).max(300);

/** A line that OCPP is to be spoken over. */
export const lineInput = portSettings.extend({
  port: portPath,
  framing: z.enum(["auto", "lines", "length", "slip", "cobs"]).default("auto"),
  /** Who is there; absent: as it says itself. */
  identity: z
    .string()
    .trim()
    .min(1)
    .max(48)
    .regex(/^[^\s/\\?#]+$/)
    .optional(),
  /** What it speaks; absent: as it says itself, or by its first message. */
  ocpp: z.enum(["1.6", "2.0.1", "2.1"]).optional(),
});

export const serialContract = {
  /** The serial ports of this laptop, and USB adapters that are networks; follows what is plugged and unplugged. Null until the first
   * look is done. */
  "serial.ports": feed(z.object({})).of<PortsReport | null>(),
  /** Looks at the ports now. */
  "serial.list": call(z.object({})).returns<PortsReport>(),
  /** Opens a port for a moment and closes it, leaving DTR and RTS alone. Fails with unavailable, cause and cure, where it cannot be. */
  "serial.tryPort": call(portSettings.extend({ port: portPath })).returns<{ ok: true }>(),
  /** The lines that OCPP is spoken over, as they stand. */
  "serial.lines": feed(z.object({})).of<LineView[]>(),
  /** Speaks OCPP over a port from now on until it is closed, after restarts too. One that cannot be opened now is tried again. Fails with
   * conflict when the port is a line already, or another line has the identity. */
  "serial.openLine": call(lineInput).returns<LineView>(),
  /** Says goodbye, and closes the port. Fails with not-found. */
  "serial.closeLine": call(z.object({ port: portPath })).returns<null>(),
};
