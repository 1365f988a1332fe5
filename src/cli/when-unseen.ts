import type { Clock, Timer } from "../lib/clock.ts";
import type { Emitter } from "../lib/emitter.ts";

/** How long there may be no screen, milliseconds: one that is loaded anew is back by then. */
const withoutScreensMs = 30_000;

/** Calls back once the last screen has been gone for a while. Not before the first one has come. */
export function whenUnseen(screens: Pick<Emitter<number>, "on">, clock: Clock, callBack: () => void): void {
  let waiting: Timer | null = null;
  screens.on((count) => {
    waiting?.stop();
    waiting = count === 0 ? clock.after(withoutScreensMs, callBack) : null;
  });
}
