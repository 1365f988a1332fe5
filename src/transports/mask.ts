import { startsTls } from "./client-hello.ts";

/** What stands in place of a secret. */
const masked = "•••";

const secretHeader =
  /^([^\r\n: \t]*(?:authorization|password|secret|token|api-?key|cookie)[^\r\n: \t]*[ \t]*:?)[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*/gim;
const secretName = /authorization|password|secret|token|api-?key|cookie/i;
/** `user:password@` after the slashes of a URL, up to its last @: some passwords hold one. */
const userInfo = /(\/\/)[^/\s]*@/g;
/** The same where the slashes are gone, as in a Host header. */
const bareUserInfo = /^(\s*)[^\s/:@]+:[^\s/]*@/;
const schemes = /\b(basic|bearer|digest)([ \t]+)[A-Za-z0-9+/=_.~-]{4,}/gi;
const secretQuery = /([?&][^=&\s]*(?:passw|pwd|token|secret|key|auth)[^=&\s]*=)[^&\s]*/gi;

/** A header's value as it may be shown: credentials are not. */
export function maskHeader(name: string, value: string): string {
  if (secretName.test(name)) return masked;
  return maskUrl(value).replace(bareUserInfo, `$1${masked}@`).replace(schemes, `$1$2${masked}`);
}

/** A request line or URL without the credentials that some write into it. */
export function maskUrl(text: string): string {
  return text.replace(userInfo, `$1${masked}@`).replace(secretQuery, `$1${masked}`);
}

/** The start of what came, at most `limit` bytes, as base64. In what is text, credentials are masked, also where the head is cut
 * off or malformed. */
export function maskedStart(bytes: Uint8Array, limit: number): string {
  const text = Buffer.from(bytes.subarray(0, limit)).toString("latin1");
  const clean = startsTls(bytes) ? text : maskText(text);
  if (clean === text) return Buffer.from(text, "latin1").toString("base64");
  // Latin-1 in, so that every byte is kept; the mask itself goes out as UTF-8.
  const parts = clean.split(masked).map((part) => Buffer.from(part, "latin1"));
  const dots = Buffer.from(masked, "utf8");
  return Buffer.concat(parts.flatMap((part, index) => (index === 0 ? [part] : [dots, part]))).toString("base64");
}

/** Text of a head, whole or in part, without credentials. */
export function maskText(text: string): string {
  const [first = "", ...rest] = text
    .replace(secretHeader, (_all, name: string) => `${name.trimEnd()} ${masked}`)
    .split("\n");
  return [maskUrl(first).replace(schemes, `$1$2${masked}`), ...rest.map(maskLine)].join("\n");
}

function maskLine(line: string): string {
  const colon = line.indexOf(":");
  return line.slice(0, colon + 1) + maskHeader("", line.slice(colon + 1));
}
