import type { Clock } from "../../lib/clock.ts";
import type { Disposable } from "../../lib/disposable.ts";
import { createEmitter, type Emitter } from "../../lib/emitter.ts";
import type { Logger } from "../../lib/logger.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { ConsoleEntry, ConsoleSetup, ConsoleView } from "../../station/serial/console.ts";
import type { PortsReport } from "../../station/serial/ports.ts";
import type { OpenSerial } from "../../transports/serial/port.ts";
import { adapterOf } from "../../transports/serial/ports/adapter.ts";
import type { ConsoleBook } from "./book.ts";
import { Console } from "./console.ts";
import type { Recognised } from "./heard/reading.ts";

export type ConsolesOptions = {
  open: OpenSerial;
  /** The ports of this laptop now. */
  look: () => Promise<PortsReport>;
  book: ConsoleBook;
  /** Puts what was recognised on a console among the entries of its station, before anybody sees it. */
  heard: (setup: ConsoleSetup, recognised: readonly Recognised[]) => void;
  clock: Clock;
  log: Logger;
};

/** What a console has more on record. */
export type Told = { setup: ConsoleSetup; entries: readonly ConsoleEntry[] };

/** The consoles that are open. */
export type Consoles = Disposable & {
  readonly changed: Emitter<void>;
  readonly told: Emitter<Told>;
  list(): ConsoleView[];
  has(port: string): boolean;
  /** @throws FailureError not-found */
  get(port: string): Console;
  /** Opens a console, and keeps at it: one that cannot be opened now is tried again.
   * @throws FailureError conflict when there is one on the port, or too many */
  add(setup: ConsoleSetup): Promise<ConsoleView>;
  /** @throws FailureError not-found */
  remove(port: string): Promise<void>;
};

const mostConsoles = 16;

/** Makes what keeps consoles; none is there at first. */
export function createConsoles(options: ConsolesOptions): Consoles {
  const consoles = new Map<string, Console>();
  const changed = createEmitter<void>(options.log);
  const told = createEmitter<Told>(options.log);

  function get(port: string): Console {
    const found = consoles.get(port);
    if (!found) throw failure("not-found", words("console-unknown", { port }));
    return found;
  }
  return {
    changed,
    told,
    list: () => [...consoles.values()].map((one) => one.view()),
    has: (port) => consoles.has(port),
    get,
    async add(setup) {
      if (consoles.has(setup.port)) throw failure("conflict", words("console-open", { port: setup.port }));
      if (consoles.size >= mostConsoles) throw failure("conflict", words("console-too-many", { most: mostConsoles }));
      const { open, look, book, heard, clock, log } = options;
      const made = new Console({
        setup,
        open,
        adapter: adapterOf(look),
        book,
        heard: (recognised) => heard(setup, recognised),
        told: (entries) => told.emit({ setup, entries }),
        changed: () => changed.emit(),
        clock,
        log,
      });
      consoles.set(setup.port, made);
      changed.emit();
      await made.start();
      return made.view();
    },
    async remove(port) {
      const found = get(port);
      consoles.delete(port);
      changed.emit();
      await found.dispose();
    },
    async dispose() {
      await Promise.all([...consoles.values()].map((one) => one.dispose()));
    },
  };
}
