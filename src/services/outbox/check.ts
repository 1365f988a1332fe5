import { isIPv6 } from "node:net";
import { isAbsolute } from "node:path";
import { failure } from "../../station/failure.ts";
import type { Destination } from "../../station/onward/outbox.ts";
import { words } from "../../station/phrases.ts";

/** Looks whether a destination can be one at all.
 * @throws FailureError invalid-input */
export function checkDestination(destination: Destination): void {
  switch (destination.kind) {
    case "folder":
      // It would mean another one from another place.
      if (!isAbsolute(destination.path))
        throw failure("invalid-input", words("destination-path-relative", { path: destination.path }));
      return;
    case "http":
    case "webdav":
      return checkUrl(destination.url);
    case "s3":
      return checkUrl(destination.endpoint);
    case "sftp":
      if (/[\s/@:]/.test(destination.host) && !isIPv6(destination.host))
        throw failure("invalid-input", words("destination-no-host", { host: destination.host }));
  }
}

/** Secrets stand in no URL: it is on record, and shown. */
function checkUrl(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !["http:", "https:"].includes(url.protocol))
    throw failure("invalid-input", words("destination-no-url", { url: url ? url.protocol : text }));
  if (url.username || url.password) throw failure("invalid-input", words("url-with-credentials"));
  if (url.search || url.hash) throw failure("invalid-input", words("destination-url-query"));
}

/** The key of a server stays known while it is the same server. */
export function withHostKey(given: Destination, before: Destination | undefined): Destination {
  if (given.kind !== "sftp" || given.hostKey !== undefined || before?.kind !== "sftp") return given;
  const same = given.host === before.host && given.port === before.port;
  return same && before.hostKey !== undefined ? { ...given, hostKey: before.hostKey } : given;
}
