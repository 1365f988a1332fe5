import { hasUnseen } from "../../lib/shown-text.ts";
import { withoutUrlSecrets } from "../../redaction/text-secrets.ts";
import type { Cause } from "../../station/attempts.ts";
import { asText, readable } from "./readable.ts";

/** The station's identity: the last segment of the path that is not empty, percent-decoded where it can be (OCPP-J 1.6
 * 3.1.1). Where a whole URL was typed into a field for a path, that URL's; where the path names none, one that the query names. Null
 * when there is none. */
export function readIdentity(path: string): string | null {
  const inPath = identityInPath(path);
  if (inPath !== null && !endpoint.test(inPath)) return inPath;
  return identityInQuery(path) ?? inPath;
}

/** What is odd about a path, beside its identity. Pure. */
export function judgePath(path: string): Cause[] {
  const said = withoutUrlSecrets(readable(path));
  const identity = readIdentity(path);
  const typed = typedPath(path);
  const url: Cause[] =
    typed === undefined ? [] : [{ code: "url-in-path", said, expected: withoutUrlSecrets(readable(typed)) }];
  if (identity === null) return [...url, { code: "no-identity", said, expected: "/CP001" }];
  if (isPlaceholder(identity)) return [...url, { code: "placeholder", said, expected: "/CP001" }];
  const found: Cause[] = url;
  const segments = segmentsOf(path);
  if (identity !== identityInPath(path)) found.push({ code: "identity-in-query", said, expected: `/${identity}` });
  if (/\/\//.test(routeOf(path))) found.push({ code: "double-slash", said });
  if (/[^/]\/$/.test(routeOf(path))) found.push({ code: "trailing-slash", said });
  if (isSame(segments.at(-1), segments.at(-2)) || isDoubled(identity)) found.push({ code: "doubled-identity", said });
  if (endpoint.test(identity)) found.push({ code: "endpoint-as-identity", said });
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
  return typedPath(path) ?? path.split(/[?#]/, 1)[0] ?? "";
}

/** The path of a URL that stands in a path, as it is or percent-encoded, with one slash or two after its scheme; undefined where none
 * does. */
function typedPath(path: string): string | undefined {
  const route = path.split(/[?#]/, 1)[0] ?? "";
  const [whole, rest = ""] =
    /(?:^|\/|%2f)(?:wss?|https?)(?::|%3a)(?:\/|%2f)+(?:(?!\/|%2f).)+((?:\/|%2f).*)?$/i.exec(route) ?? [];
  if (whole === undefined) return undefined;
  return rest === "" ? "/" : rest.replace(/%2f/gi, "/");
}

function identityInPath(path: string): string | null {
  const segment = segmentsOf(path).at(-1);
  return segment === undefined ? null : decode(segment).trim().slice(0, 255) || null;
}

const queryNames =
  /^((charge|charging)?[-_]?(point|box|station|device|evse|cp|cs|cb|client)[-_]?)?(id|identity|identifier)?$/i;

/** Where a station, or who set it up, puts its identity into the query: ?station=CP001, ?chargePointId=CP001. */
function identityInQuery(path: string): string | null {
  const query = /\?([^#]*)/.exec(path)?.[1] ?? "";
  for (const part of query.split("&")) {
    const [name = "", value = ""] = part.split("=", 2);
    if (name !== "" && queryNames.test(name)) return decode(value).trim().slice(0, 255) || null;
  }
  return null;
}

function segmentsOf(path: string): string[] {
  return routeOf(path)
    .split("/")
    .filter((part) => part !== "");
}

const named =
  /^((your|my|the|insert|enter)[-_ ]?)?(charge|charger|charging)?[-_ ]?(point|box|station|device|evse|cp|cs|cb)?[-_ ]?(id|identity|identifier|serial[-_ ]?(number|no))$/i;
const marked = /[{}<>]|^\[.*\]$|^[$:]\w|^%([sd]|\w+%)$|^x{3,16}$|^\.{3}$|^…$/i;

/** A word that was meant to be replaced: {deviceId}, <CP_ID>, [id], ${id}, :id, %s, %ID%, XXXX, CPID, yourStationId. */
function isPlaceholder(identity: string): boolean {
  return marked.test(identity) || named.test(identity);
}

/** How central systems name the place below which the identity stands. */
const endpoint = /^(ocpp(-?j)?([-_v.]?(1\.?6|2\.?0(\.?1)?|2\.?1))?j?|CentralSystemService|websockets?|ws)$/i;

/** The same text twice in a row, as where a station puts its identity behind one that is there already. */
function isDoubled(identity: string): boolean {
  return /^(.{4,})\1$/i.test(identity) || /^(.{3,})[-_.:]\1$/i.test(identity);
}

function isSame(segment: string | undefined, before: string | undefined): boolean {
  return before !== undefined && segment?.toLowerCase() === before.toLowerCase();
}

/** Percent-decoding that leaves as it is what is malformed, or could not be seen. */
function decode(segment: string): string {
  const text = asText(segment);
  try {
    const decoded = decodeURIComponent(text);
    return hasUnseen(decoded) ? text : decoded;
  } catch {
    return text;
  }
}
