import type { Disposable } from "../lib/disposable.ts";
import type { Recorder } from "../store/recorder.ts";
import type { AttemptTracker } from "../transports/attempts.ts";

/** Tells attempts what became of them: the connection on record, and the boot. Read from the record, so that no message waits for it. */
export function watchAttempts(recorder: Recorder, tracker: AttemptTracker): Disposable {
  return recorder.stored.on(({ events }) => {
    for (const { station, event } of events) {
      if (event.kind === "booted") tracker.booted(station.identity, event.answered);
      else if (event.kind === "link-opened" && event.attempt !== undefined) {
        tracker.recorded(event.attempt, { connection: event.connection, ocpp: event.ocpp });
      }
    }
  });
}
