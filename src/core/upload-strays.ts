import type { Words } from "../lib/words.ts";
import type { Attempt, Cause } from "../station/attempts.ts";
import { words } from "../station/phrases.ts";
import type { AttemptTracker } from "../transports/attempts/tracker.ts";
import type { Ends } from "../transports/ends.ts";
import type { ReceiverEvent } from "../transports/receivers/drop.ts";
import type { AttemptStage } from "../words/stages.ts";

/** Puts who came to a receiver and was not let in among the attempts. */
export function noteStray(tracker: Pick<AttemptTracker, "turnedAway">, event: ReceiverEvent, ends: Ends): void {
  const cause = causeOf(event);
  if (!cause) return;
  const passed: AttemptStage = event.protocol === "ftps" && event.type === "wrong-login" ? "tls" : "tcp";
  const user = event.type === "wrong-login" || event.type === "key-alone" ? event.user : "";
  tracker.turnedAway(ends, passed, cause, user === "" ? {} : { credentials: { user, form: "text" } });
}

function causeOf(event: ReceiverEvent): Cause | null {
  switch (event.type) {
    case "wrong-login":
      return { code: "upload-login", said: event.protocol.toUpperCase() };
    case "key-alone":
      return { code: "upload-key-alone" };
    case "left-at-key":
      return { code: "upload-left-at-key" };
    case "no-agreement":
      return { code: "upload-no-agreement", said: event.why };
    case "tls-failed":
      return { code: "upload-tls", said: event.why };
    default:
      return null;
  }
}

/** Why TLS did not come about in an attempt at a port for stations: it may have been to bring a file. Null where it did. */
export function tlsFailureOf({ state, passed, causes, tls }: Attempt): Words | null {
  if (state !== "stopped" || (passed !== "tcp" && passed !== "tls")) return null;
  const codes = causes.map(({ code }) => code);
  if (codes.includes("unknown-ca")) return words("tls-unknown-ca");
  if (codes.some((code) => code.startsWith("certificate-"))) return words("tls-certificate-refused");
  if (codes.includes("tls-closed")) return words("tls-left");
  return tls?.error === undefined ? null : words("tls-library", { error: tls.error });
}
