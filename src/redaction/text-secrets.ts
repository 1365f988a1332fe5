import { mask } from "../lib/shown-text.ts";
import { isSecretHeader, isSecretName, isSecretParameter, mayNameSecret } from "./secret-names.ts";

/** What is put in the place of a secret. */
export type StandIn = (secret: string) => string;

/** The plainest of them. */
const masked: StandIn = () => mask;

/** `user:password@` after the slashes of a URL, up to its last @: some passwords hold one. */
const userInfo = /(\/\/)([^/\s"'<>\\]*)@/g;
/** The same where the text is cut behind it: what is no port, nor the word for one, at the end of a sentence. */
const cutUserInfo = /(\/\/[^/\s"'<>\\:@[]*:)([^/\s"'<>\\@]+)$/;
const parameter = /([?&#;])([\w.%-]{1,100})=([^&#;\s"'<>\\]*)/g;
const privateKey =
  /(-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----)([\s\S]*?)(-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|$)/g;
/** A signed token (RFC 7519 3.1): its head begins with {" in base64. */
const signedToken = /\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g;
const scheme = /\b(bearer|basic)([ \t]+)([A-Za-z0-9+/=_.~-]{8,})/gi;
/** A name and its value: password=x, "wifiPassword": "x", Cookie: x, Authorization: Bearer x. */
const pair =
  /(?<![\w.-])(["']?)([\w.-]{2,100})\1(\s{0,8}[:=]\s{0,8})("(?:[^"\\]|\\.)*"?|'[^'\n]*'?|(?:(?:bearer|basic|digest)[ \t]{1,8})?[^\s,;&}\]"']+)/gi;
const header = /^([ \t]*[\w-]{1,100})([ \t]*:[ \t]*)([^\r\n]+)/gm;

/** False where no credential stands in the text by itself, without a name. */
export function mayHoldCredentials(text: string): boolean {
  return /[@=]|eyJ|\/\/|basic|bearer/i.test(text);
}

/** A text that is not JSON without the secrets in it: private keys, credentials and signatures in URLs, signed tokens, credentials of
 * HTTP, and the values of what has the name of a secret. A text without any comes back as it is. */
export function withoutTextSecrets(text: string, standIn: StandIn = masked): string {
  if (!mayHoldCredentials(text) && !mayNameSecret(text)) return text;
  let told = text;
  if (told.includes("PRIVATE KEY")) {
    told = told.replace(privateKey, (_all, begin: string, key: string, end: string) => `${begin}${standIn(key)}${end}`);
  }
  told = withoutUrlSecrets(told, standIn);
  if (told.includes("eyJ")) told = told.replace(signedToken, standIn);
  told = told.replace(scheme, (all: string, name: string, gap: string, value: string) =>
    isCredential(name, value) ? `${name}${gap}${standIn(value)}` : all,
  );
  if (!/[:=]/.test(told)) return told;
  told = told.replace(header, (all: string, name: string, gap: string, value: string) =>
    /^(?:proxy-)?authorization$|cookie$/i.test(name.trim()) ? `${name}${gap}${kept(value, standIn)}` : all,
  );
  return told.replace(pair, (all: string, quote: string, name: string, gap: string, value: string) =>
    isSecretName(name) ? `${quote}${name}${quote}${gap}${kept(value, standIn)}` : all,
  );
}

/** A URL, a path or a line without credentials and signatures. */
export function withoutUrlSecrets(text: string, standIn: StandIn = masked): string {
  let told = text;
  if (told.includes("@")) {
    told = told.replace(
      userInfo,
      (_all, slashes: string, info: string) => `${slashes}${withoutPassword(info, standIn)}@`,
    );
  }
  if (told.includes("//")) {
    told = told.replace(cutUserInfo, (all: string, before: string, rest: string) =>
      /^(?:\d{1,5}|port)(?:[?#]|[.,;:)]?$)/i.test(rest) ? all : `${before}${kept(rest, standIn)}`,
    );
  }
  if (!told.includes("=")) return told;
  return told.replace(parameter, (all: string, before: string, name: string, value: string) =>
    value !== "" && isSecretParameter(name) ? `${before}${name}=${kept(value, standIn)}` : all,
  );
}

/** `user:password` keeps its user; one word alone is a token. */
function withoutPassword(info: string, standIn: StandIn): string {
  const colon = info.indexOf(":");
  if (info === "") return info;
  return colon === -1 ? kept(info, standIn) : `${info.slice(0, colon)}:${kept(info.slice(colon + 1), standIn)}`;
}

/** The value in its quotes; what was replaced before stays. */
function kept(value: string, standIn: StandIn): string {
  const [open = ""] = /^["']/.exec(value) ?? [];
  const close = open !== "" && value.length > 1 && value.endsWith(open) ? open : "";
  const inner = value.slice(open.length, value.length - close.length);
  return inner === "" || inner === mask ? value : `${open}${standIn(inner)}${close}`;
}

/** Words follow Basic and Bearer as well: Basic Charging. */
function isCredential(name: string, value: string): boolean {
  if (name.toLowerCase() === "bearer") return value.length >= 16;
  try {
    return atob(value).includes(":");
  } catch {
    return /\d/.test(value) && /[A-Z]/.test(value) && value.length >= 16;
  }
}

/** What an unknown program may send before any header is whole: `Authorization Basic abc` without a colon, a value folded onto the
 * next line. */
const headerInHead =
  /^([^\r\n: \t]*(?:authorization|password|secret|token|api-?key|cookie)[^\r\n: \t]*[ \t]*:?)[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*/gim;
const anyScheme = /\b(basic|bearer|digest)([ \t]+)[A-Za-z0-9+/=_.~-]{4,}/gi;
/** `user:password@` where the slashes are gone, as in a Host header. */
const bareUserInfo = /^(\s*)([^\s/:@]+:[^\s/]*)@/;

/** The value of a header of HTTP as it may be shown. */
export function withoutHeaderSecrets(name: string, value: string): string {
  if (isSecretHeader(name)) return mask;
  return withoutUrlSecrets(value)
    .replace(bareUserInfo, (_all, blank: string, info: string) => `${blank}${withoutPassword(info, masked)}@`)
    .replace(anyScheme, `$1$2${mask}`);
}

/** The head of an HTTP request, whole, in part or malformed, without credentials. Here every word after Basic is one. */
export function withoutHeadSecrets(text: string): string {
  const [first = "", ...rest] = text
    .replace(headerInHead, (_all, name: string) => `${name.trimEnd()} ${mask}`)
    .split("\n");
  return [withoutUrlSecrets(first).replace(anyScheme, `$1$2${mask}`), ...rest.map(withoutLineSecrets)].join("\n");
}

function withoutLineSecrets(line: string): string {
  const colon = line.indexOf(":");
  return line.slice(0, colon + 1) + withoutHeaderSecrets("", line.slice(colon + 1));
}
