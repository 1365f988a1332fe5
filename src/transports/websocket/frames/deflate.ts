import type { WebSocketServer } from "ws";

/** How we compress (RFC 7692). Nothing is remembered from one of our messages to the next, so that the many short answers cost nothing;
 * few are unpacked at a time, so that what looks small cannot fill the memory. */
export const deflate: NonNullable<WebSocketServer["options"]["perMessageDeflate"]> = {
  serverNoContextTakeover: true,
  threshold: 1024,
  concurrencyLimit: 4,
  zlibDeflateOptions: { memLevel: 7 },
};

const flags: ReadonlySet<string> = new Set(["server_no_context_takeover", "client_no_context_takeover"]);
const windows: ReadonlySet<string> = new Set(["server_max_window_bits", "client_max_window_bits"]);

/** The first offer of permessage-deflate that can be taken, in the words of RFC 7692 7.1; undefined where there is none. Other extensions,
 * and offers with parameters that the RFC does not have, are declined and not held against anybody.
 * @param header Sec-WebSocket-Extensions as it came */
export function offeredDeflate(header: string | undefined): string | undefined {
  for (const offer of (header ?? "").split(",")) {
    const [name = "", ...parameters] = offer.split(";").map((part) => part.trim().toLowerCase());
    if (name !== "permessage-deflate" || new Set(parameters).size < parameters.length) continue;
    if (parameters.every(isParameter)) return [name, ...parameters.map(withoutQuotes)].join("; ");
  }
  return undefined;
}

function isParameter(parameter: string): boolean {
  const [name = "", value] = withoutQuotes(parameter).split("=");
  if (flags.has(name)) return value === undefined;
  if (!windows.has(name)) return false;
  if (value === undefined) return name === "client_max_window_bits";
  return /^(?:[89]|1[0-5])$/.test(value);
}

function withoutQuotes(parameter: string): string {
  return parameter.replace(/\s*=\s*/, "=").replace(/="(.*)"$/, "=$1");
}
