import type { Clock } from "./clock.ts";
import type { Disposable } from "./disposable.ts";
import type { Logger } from "./logger.ts";

/** One that nothing caught now and then leaves the core as it was: what it was about is lost, and the record came first. Many in
 * a row are a core that does nothing else any more. */
const mostUncaught = 10;
const withinMs = 60_000;

/** Stands at the edge of the process: what nothing caught, thrown or rejected, is logged as a fault of our own and the core goes on.
 * @param end called once when they come too fast: end in good order, to be started again */
export function guardProcess({ log, clock, end }: { log: Logger; clock: Clock; end: () => void }): Disposable {
  let times: number[] = [];
  let ending = false;
  function uncaught(error: unknown, origin: string): void {
    const now = clock.monotonic();
    times = [...times.filter((at) => at > now - withinMs), now];
    log.bug("nothing caught this", { error, origin });
    if (times.length <= mostUncaught || ending) return;
    ending = true;
    log.error("too many faults that nothing caught; the core ends");
    end();
  }
  process.on("uncaughtException", uncaught);
  return { dispose: () => void process.off("uncaughtException", uncaught) };
}
