import type { Cause } from "../station/attempts.ts";
import { maskUrl } from "./mask.ts";

/** The station's identity: the last segment of the path that is not empty, percent-decoded where it can be (OCPP-J 1.6
 * 3.1.1). The query is not part of it. Null when there is none. */
export function readIdentity(path: string): string | null {
  const segment = segmentsOf(path).at(-1);
  if (segment === undefined) return null;
  return decode(segment).trim().slice(0, 255) || null;
}

/** What is odd about a path, beside its identity. Pure. */
export function judgePath(path: string): Cause[] {
  const said = maskUrl(path);
  const identity = readIdentity(path);
  if (identity === null) return [{ code: "no-identity", said, expected: "/CP001" }];
  if (isPlaceholder(identity)) return [{ code: "placeholder", said, expected: "/CP001" }];
  const found: Cause[] = [];
  const segments = segmentsOf(path);
  if (/\/\//.test(routeOf(path))) found.push({ code: "double-slash", said });
  if (segments.length > 1 && segments.at(-1) === segments.at(-2)) found.push({ code: "doubled-identity", said });
  else if (isDoubled(identity)) found.push({ code: "doubled-identity", said });
  // 2.0.1 part 2, identifierString; part 4, 3.1.1: at most 48 characters.
  if (!/^[A-Za-z0-9*\-_=:+|@.]{1,48}$/.test(identity)) found.push({ code: "identity-characters", said: identity });
  return found;
}

/** The path of a request's target: some stations send the whole URL (RFC 9112 3.2.2). */
export function pathOf(target: string): string {
  const whole = /^[a-z]+:\/\/[^/?#]*(.*)$/i.exec(target);
  const path = whole ? (whole[1] ?? "") : target;
  return path.startsWith("/") ? path : `/${path}`;
}

function routeOf(path: string): string {
  return path.split(/[?#]/, 1)[0] ?? "";
}

function segmentsOf(path: string): string[] {
  return routeOf(path)
    .split("/")
    .filter((part) => part !== "");
}

const named = /^(charge(-|_)?(point|box)(-|_)?id|device(-|_)?id|station(-|_)?id|serial(-|_)?number|identity)$/i;

/** A word that was meant to be replaced: {deviceId}, <identity>, [id], ${id}, %s, chargePointId. */
function isPlaceholder(identity: string): boolean {
  return /[{}<>]|^\[.*\]$|^\$\w|^%[sd]$/.test(identity) || named.test(identity);
}

/** The same text twice in a row, as where a station puts its identity behind one that is there already. */
function isDoubled(identity: string): boolean {
  const half = identity.length / 2;
  return half >= 4 && Number.isInteger(half) && identity.slice(0, half) === identity.slice(half);
}

/** Percent-decoding that leaves what is malformed as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
