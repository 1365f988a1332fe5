import type { Clock } from "../lib/clock.ts";
import type { Disposable } from "../lib/disposable.ts";
import type { Logger } from "../lib/logger.ts";
import { type FrameKeysRepository, keysPiece } from "../store/frame-keys.ts";
import type { Recorder } from "../store/recorder.ts";

export type IndexOptions = {
  keys: Pick<FrameKeysRepository, "extend">;
  recorder: Pick<Recorder, "stored" | "trouble" | "waiting" | "reached">;
  clock: Clock;
  log: Logger;
  /** A piece was written. */
  written: () => void;
};

const lookMs = 250;
/** Frames stored between two looks: with more than that there is better to do. */
const quiet = 50;
const againMs = 60_000;

/** Keeps the index of the frames up while little else is to be done. */
export function indexInQuiet({ keys, recorder, clock, log, written }: IndexOptions): Disposable {
  let stored = 0;
  let notBefore = 0;
  const listening = recorder.stored.on(({ frames }) => {
    stored += frames.length;
  });
  const timer = clock.every(lookMs, () => {
    const busy = stored > quiet;
    stored = 0;
    if (busy || recorder.trouble !== null || recorder.waiting > 0 || clock.monotonic() < notBefore) return;
    try {
      // A number may have been taken for what is still to be stored: the newest are left for later.
      if (keys.extend(recorder.reached - keysPiece)) written();
    } catch (error) {
      notBefore = clock.monotonic() + againMs;
      log.error("the index of the frames could not be kept up", { error });
    }
  });
  return {
    dispose() {
      timer.stop();
      listening.dispose();
    },
  };
}
