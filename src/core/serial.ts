import type { Clock } from "../lib/clock.ts";
import type { DisposableStore } from "../lib/disposable.ts";
import type { Logger } from "../lib/logger.ts";
import { createOpener } from "../transports/serial/open-port.ts";
import { loadBinding, type OpenSerial } from "../transports/serial/port.ts";
import { followPorts, type PortWatch } from "../transports/serial/ports/follow-ports.ts";
import { listPorts } from "../transports/serial/ports/list-ports.ts";
import { linuxPlaces } from "../transports/serial/ports/sysfs.ts";
import type { Adapters } from "../transports/system/adapters.ts";

/** The serial ports of this laptop, and what opens them. */
export type Serial = { ports: PortWatch; open: OpenSerial };

/** Puts together what knows and opens serial ports. Nothing is looked at or loaded before somebody asks. */
export function openSerial(
  { adapters, clock, log }: { adapters: Adapters; clock: Clock; log: Logger },
  closing: DisposableStore,
): Serial {
  const usbNetworks = () => [...adapters.kinds()].filter(([, kind]) => kind === "usb").map(([name]) => name);
  const ports = closing.add(
    followPorts({
      list: () => listPorts({ platform: process.platform, load: loadBinding, places: linuxPlaces, usbNetworks }),
      clock,
      log,
    }),
  );
  return { ports, open: createOpener() };
}
