import { z } from "zod";
import { call, feed } from "../../lib/contract.ts";
import type { PortsReport } from "../../station/serial/ports.ts";

const settings = z.object({
  /** Bits a second. */
  baudRate: z.number().int().min(50).max(12_000_000).default(115_200),
  dataBits: z.union([z.literal(5), z.literal(6), z.literal(7), z.literal(8)]).default(8),
  parity: z.enum(["none", "even", "odd", "mark", "space"]).default("none"),
  stopBits: z.union([z.literal(1), z.literal(1.5), z.literal(2)]).default(1),
  flow: z.enum(["none", "rtscts", "xonxoff"]).default("none"),
});

/** /dev/ttyUSB0, COM3, tcp://host:port, rfc2217://host:port. */
const portPath = z.string().trim().min(1).max(300);

export const serialContract = {
  /** The serial ports of this laptop, and USB adapters that are networks; follows what is plugged and unplugged. Null until the first
   * look is done. */
  "serial.ports": feed(z.object({})).of<PortsReport | null>(),
  /** Looks at the ports now. */
  "serial.list": call(z.object({})).returns<PortsReport>(),
  /** Opens a port for a moment and closes it, leaving DTR and RTS alone. Fails with unavailable, cause and cure, where it cannot be. */
  "serial.tryPort": call(settings.extend({ port: portPath })).returns<{ ok: true }>(),
};
