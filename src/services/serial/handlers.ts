import type { Handlers } from "../../lib/contract.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { SerialLines } from "../../transports/serial/line/serial-lines.ts";
import type { OpenSerial } from "../../transports/serial/port.ts";
import type { PortWatch } from "../../transports/serial/ports/follow-ports.ts";
import type { serialContract } from "./contract.ts";
import { type KeptLines, toSetup } from "./kept-lines.ts";

export type SerialParts = {
  /** Whether the port is a console. */
  isConsole: (port: string) => boolean;
  ports: PortWatch;
  open: OpenSerial;
  lines: SerialLines;
  kept: KeptLines;
};

/** What screens and command line can ask of the serial ports. */
export function serialHandlers({ ports, open, lines, kept, isConsole }: SerialParts): Handlers<typeof serialContract> {
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
    "serial.lines": (_input, push) => {
      const watching = lines.changed.on(() => push(() => lines.list()));
      return { snapshot: lines.list(), close: () => void watching.dispose() };
    },
    "serial.openLine": (input) => {
      if (isConsole(input.port)) throw failure("conflict", words("console-open", { port: input.port }));
      return kept.open(toSetup(input));
    },
    "serial.closeLine": async ({ port }) => {
      await kept.close(port);
      return null;
    },
  };
}
