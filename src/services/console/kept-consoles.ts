import type { Logger } from "../../lib/logger.ts";
import type { ConsoleSetup, ConsoleView } from "../../station/serial/console.ts";
import type { SettingsRepository } from "../../store/settings.ts";
import type { Consoles } from "./consoles.ts";
import { consoleInput } from "./contract.ts";

/** Consoles that a person has opened: they are there again after a restart, until they are closed. */
export type KeptConsoles = {
  /** @throws FailureError conflict */
  open(setup: ConsoleSetup): Promise<ConsoleView>;
  /** @throws FailureError not-found */
  close(port: string): Promise<void>;
  /** Opens those that were kept, and those named at the start, which are not. Nobody waits for a port. */
  restore(named: readonly ConsoleSetup[]): void;
};

const key = "consoles";

/** Makes what keeps consoles among the settings. */
export function keepConsoles(options: { consoles: Consoles; settings: SettingsRepository; log: Logger }): KeptConsoles {
  const { consoles, settings, log } = options;

  /** What of it can be read; a damaged one is left out. */
  function kept(): ConsoleSetup[] {
    const stored = settings.all()[key];
    return (Array.isArray(stored) ? stored : []).flatMap((one) => {
      const read = consoleInput.safeParse(one);
      return read.success ? [toSetup(read.data)] : [];
    });
  }
  function keep(setups: readonly ConsoleSetup[]): void {
    settings.set({ [key]: setups.map(({ settings: port, ...rest }) => ({ ...rest, ...port })) });
  }
  const without = (port: string) => kept().filter((setup) => setup.port !== port);

  return {
    async open(setup) {
      const view = await consoles.add(setup);
      // To open a port takes its time: it may have been closed meanwhile.
      if (consoles.has(setup.port)) keep([...without(setup.port), setup]);
      return view;
    },
    async close(port) {
      await consoles.remove(port);
      keep(without(port));
    },
    restore(named) {
      const others = kept().filter(({ port }) => !named.some((one) => one.port === port));
      for (const setup of [...named, ...others])
        consoles.add(setup).catch((error: unknown) => log.error(`${setup.port} is no console`, { error }));
    },
  };
}

/** What is asked of a console, as it is set up. */
export function toSetup({ port, station, profile, ...settings }: ReturnType<typeof consoleInput.parse>): ConsoleSetup {
  return {
    port,
    settings,
    ...(station !== undefined && { station }),
    ...(profile !== undefined && { profile }),
  };
}
