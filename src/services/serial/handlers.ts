import type { Handlers } from "../../lib/contract.ts";
import type { OpenSerial } from "../../transports/serial/port.ts";
import type { PortWatch } from "../../transports/serial/ports/follow-ports.ts";
import type { serialContract } from "./contract.ts";

/** What screens and command line can ask of the serial ports. */
export function serialHandlers({
  ports,
  open,
}: {
  ports: PortWatch;
  open: OpenSerial;
}): Handlers<typeof serialContract> {
  return {
    "serial.ports": (_input, push) => {
      const watching = ports.watch(push);
      void ports.look();
      return { snapshot: ports.last, close: () => void watching.dispose() };
    },
    "serial.list": () => ports.look(),
    "serial.tryPort": async ({ port, ...settings }) => {
      const opened = await open(port, settings);
      await opened.dispose();
      return { ok: true };
    },
  };
}
