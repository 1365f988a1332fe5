import type { Disposable } from "../lib/disposable.ts";
import type { Recorder } from "../store/recorder.ts";
import type { AttemptTracker } from "../transports/attempts/tracker.ts";

/** Security events of a handshake that failed before there was an identity to tell them by (1.6 security whitepaper, appendix 2;
 * 2.0.1 part 2, appendix 1). */
const aboutHandshake = new Set([
  "InvalidCentralSystemCertificate",
  "InvalidCsmsCertificate",
  "InvalidTLSVersion",
  "InvalidTLSCipherSuite",
]);

/** Tells attempts what became of them: the connection on record, and the boot. Read from the record, so that no message waits for it. */
export function watchAttempts(recorder: Recorder, tracker: AttemptTracker): Disposable {
  return recorder.stored.on(({ events }) => {
    for (const { station, event } of events) {
      if (event.kind === "booted") tracker.booted(station.identity, event.answered);
      else if (event.kind === "security-event" && aboutHandshake.has(event.type)) {
        tracker.explained(station.identity, event.techInfo ? `${event.type}: ${event.techInfo}` : event.type);
      } else if (
        event.kind === "link-opened" &&
        event.via.kind === "websocket" &&
        event.via.attempt !== undefined &&
        event.ocpp
      ) {
        tracker.recorded(event.via.attempt, { connection: event.connection, ocpp: event.ocpp });
      }
    }
  });
}
