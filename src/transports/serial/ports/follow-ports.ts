import type { Clock, Timer } from "../../../lib/clock.ts";
import type { Disposable } from "../../../lib/disposable.ts";
import { createEmitter, type Emitter } from "../../../lib/emitter.ts";
import type { Logger } from "../../../lib/logger.ts";
import type { PortsReport } from "../../../station/serial/ports.ts";

/** The ports as they come and go. Nobody looks while nobody watches. */
export type PortWatch = Disposable & {
  /** What was seen last; null before the first look. */
  readonly last: PortsReport | null;
  /** Looks now. */
  look(): Promise<PortsReport>;
  /** Follows what is plugged and unplugged, until the handle is disposed of. */
  watch(listener: (report: PortsReport) => void): Disposable;
  dispose(): void;
};

/** How often is looked while somebody watches: no system tells of it in the same way on all three, and looking is cheap. */
const lookMs = 1500;

/** Makes a watch on the ports of this laptop. */
export function followPorts(options: { list: () => Promise<PortsReport>; clock: Clock; log: Logger }): PortWatch {
  const changed: Emitter<PortsReport> = createEmitter(options.log);
  let last: PortsReport | null = null;
  let timer: Timer | null = null;
  let looking: Promise<PortsReport> | null = null;

  async function lookOnce(): Promise<PortsReport> {
    const report = await options.list();
    const same = JSON.stringify(report) === JSON.stringify(last);
    last = report;
    if (!same) changed.emit(report);
    return report;
  }
  function look(): Promise<PortsReport> {
    looking ??= lookOnce().finally(() => {
      looking = null;
    });
    return looking;
  }
  function stop(): void {
    timer?.stop();
    timer = null;
  }
  return {
    get last() {
      return last;
    },
    look,
    watch(listener) {
      const listening = changed.on(listener);
      timer ??= options.clock.every(lookMs, () => {
        look().catch((error: unknown) => options.log.bug("the ports could not be listed", { error }));
      });
      return {
        dispose() {
          void listening.dispose();
          if (changed.size === 0) stop();
        },
      };
    },
    dispose: stop,
  };
}
