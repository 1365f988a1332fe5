import type { Logger } from "../../lib/logger.ts";
import type { LineSetup, LineView } from "../../station/serial/lines.ts";
import type { SettingsRepository } from "../../store/settings.ts";
import type { SerialLines } from "../../transports/serial/line/serial-lines.ts";
import { lineInput } from "./contract.ts";

/** Lines that a person has set up: they are there again after a restart, until they are closed. */
export type KeptLines = {
  /** @throws FailureError conflict */
  open(setup: LineSetup): Promise<LineView>;
  /** @throws FailureError not-found */
  close(port: string): Promise<void>;
  /** Opens those that were kept, and those named at the start, which are not. Nobody waits for a port. */
  restore(named: readonly LineSetup[]): void;
};

const key = "serial-lines";

/** Makes what keeps lines among the settings. */
export function keepLines(options: { lines: SerialLines; settings: SettingsRepository; log: Logger }): KeptLines {
  const { lines, settings, log } = options;

  /** What of it can be read; a damaged one is left out. */
  function kept(): LineSetup[] {
    const stored = settings.all()[key];
    return (Array.isArray(stored) ? stored : []).flatMap((one) => {
      const read = lineInput.safeParse(one);
      return read.success ? [toSetup(read.data)] : [];
    });
  }
  function keep(setups: readonly LineSetup[]): void {
    const stored = setups.map(({ settings: port, ...rest }) => ({ ...rest, ...port }));
    settings.set({ [key]: stored });
  }
  const without = (port: string) => kept().filter((setup) => setup.port !== port);

  return {
    async open(setup) {
      const view = await lines.add(setup);
      // To open a port takes its time: it may have been closed meanwhile.
      if (lines.list().some((line) => line.setup.port === setup.port)) keep([...without(setup.port), setup]);
      return view;
    },
    async close(port) {
      await lines.remove(port);
      keep(without(port));
    },
    restore(named) {
      const others = kept().filter(({ port }) => !named.some((one) => one.port === port));
      for (const setup of [...named, ...others]) {
        lines.add(setup).catch((error: unknown) => log.error(`${setup.port} is no line`, { error }));
      }
    },
  };
}

/** What is asked of a line, as it is set up. */
export function toSetup({ port, framing, identity, ocpp, ...settings }: ReturnType<typeof lineInput.parse>): LineSetup {
  return { port, settings, framing, identity, ocpp };
}
