import type { Clock } from "../../lib/clock.ts";
import type { Handlers } from "../../lib/contract.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { ConsoleRepository } from "../../store/kept/console.ts";
import type { SerialLines } from "../../transports/serial/line/serial-lines.ts";
import type { OpenSerial } from "../../transports/serial/port.ts";
import { toEntry } from "./book.ts";
import type { Consoles } from "./consoles.ts";
import type { consoleContract } from "./contract.ts";
import { type KeptConsoles, toSetup } from "./kept-consoles.ts";
import { listenAt } from "./listen.ts";

export type ConsoleParts = {
  consoles: Consoles;
  kept: KeptConsoles;
  repository: ConsoleRepository;
  lines: SerialLines;
  open: OpenSerial;
  clock: Clock;
};

/** How much of the past a console shows at first, bytes. */
const shownBytes = 128 * 1024;

/** What screens and command line can ask of consoles. */
export function consoleHandlers(parts: ConsoleParts): Handlers<typeof consoleContract> {
  const { consoles, kept, repository, lines, open, clock } = parts;
  return {
    "console.list": (_input, push) => {
      const watching = consoles.changed.on(() => push(() => consoles.list()));
      return { snapshot: consoles.list(), close: () => void watching.dispose() };
    },
    "console.recorded": () => repository.ports(),
    "console.open": (input) => {
      if (lines.list().some(({ setup }) => setup.port === input.port))
        throw failure("conflict", words("line-open", { port: input.port }));
      return kept.open(toSetup(input));
    },
    "console.close": async ({ port }) => {
      await kept.close(port);
      return null;
    },
    "console.live": ({ port }, push) => {
      const watching = consoles.told.on(({ setup, entries }) => {
        if (setup.port === port) push([...entries]);
      });
      const past = repository.before(port, Number.MAX_SAFE_INTEGER, shownBytes);
      return { snapshot: past.map(toEntry), close: () => void watching.dispose() };
    },
    "console.page": ({ port, after, limit }) => repository.after(port, after, limit).map(toEntry),
    "console.send": async ({ port, base64 }) => {
      await consoles.get(port).send(Buffer.from(base64, "base64"));
      return null;
    },
    "console.signals": async ({ port, dtr, rts }) => {
      await consoles.get(port).signal({ ...(dtr !== undefined && { dtr }), ...(rts !== undefined && { rts }) });
      return null;
    },
    "console.break": async ({ port, ms }) => {
      await consoles.get(port).sendBreak(ms);
      return null;
    },
    "console.listen": ({ port, ...settings }) => listenAt(open, port, settings, clock),
    "console.clear": ({ port }) => {
      repository.clear(port);
      return null;
    },
  };
}
