import type { Words } from "../../lib/words.ts";
import type { TlsHello } from "../../station/attempts.ts";
import { words } from "../../station/phrases.ts";
import { cipherName } from "./cipher-names.ts";

export type HelloReading =
  /** `need`: how many bytes must be there before it can tell more. */
  { state: "more"; need: number } | { state: "malformed"; why: Words } | { state: "done"; hello: TlsHello };

/** The largest ClientHello read, bytes; larger ones go to the TLS library unread. */
export const maxHelloBytes = 20 * 1024;

const handshakeRecord = 22;
const clientHello = 1;

/** True when a connection that starts like this speaks TLS: a handshake record, or the hello that SSL 2 had (RFC 5246 E.2). */
export function startsTls(bytes: Uint8Array): boolean {
  if (bytes[0] === handshakeRecord) return true;
  return ((bytes[0] ?? 0) & 0x80) !== 0 && bytes[2] === clientHello;
}

/** Reads a ClientHello (RFC 8446 4.1.2; RFC 5246 7.4.1.2) from the first bytes of a connection, split over records as it may be.
 * Never throws, whatever they are. */
export function readClientHello(bytes: Uint8Array): HelloReading {
  if (bytes.length === 0) return { state: "more", need: 1 };
  if (bytes[0] !== handshakeRecord) return readOldHello(new Reader(bytes));
  const parts: Uint8Array[] = [];
  let have = 0;
  let need = Number.POSITIVE_INFINITY;
  for (let at = 0; have < need; ) {
    if (bytes.length > at && bytes[at] !== handshakeRecord) return malformed(words("hello-no-handshake"));
    if (bytes.length > at + 1 && bytes[at + 1] !== 3) return malformed(words("hello-other-version"));
    const header = new Reader(bytes.subarray(at, at + 5));
    header.bytes(3);
    const length = header.number(2);
    const end = at + 5 + (length ?? 0);
    if (length === null || bytes.length < end) {
      return end > maxHelloBytes ? malformed(words("hello-endless")) : { state: "more", need: end };
    }
    if (length === 0) return malformed(words("hello-empty"));
    parts.push(bytes.subarray(at + 5, end));
    have += length;
    at = end;
    if (parts[0]?.[0] !== clientHello) return malformed(words("hello-other"));
    if (need === Number.POSITIVE_INFINITY && have >= 4) {
      const start = new Reader(Buffer.concat(parts));
      start.bytes(1);
      need = 4 + (start.number(3) ?? 0);
      if (need > maxHelloBytes) return malformed(words("hello-too-long"));
    }
  }
  return readBody(new Reader(Buffer.concat(parts).subarray(4, need)));
}

function readBody(body: Reader): HelloReading {
  const version = body.number(2);
  const random = body.bytes(32);
  const session = body.vector(1);
  const ciphers = body.vector(2);
  const compression = body.vector(1);
  if (version === null || !random || !session || !ciphers || !compression) return malformed(words("hello-cut"));
  const hello: TlsHello = { versions: [], ciphers: numbers(ciphers).map(cipherName), alpn: [] };
  let versions = [version];
  const extensions = new Reader(body.vector(2) ?? new Uint8Array());
  for (;;) {
    const type = extensions.number(2);
    const data = extensions.vector(2);
    if (type === null || !data) break;
    const value = new Reader(data);
    if (type === 0) hello.sni = readServerName(value) ?? hello.sni;
    else if (type === 16) hello.alpn = readNames(value);
    else if (type === 43) versions = numbers(value.vector(1) ?? new Uint8Array());
  }
  hello.versions = versionNames(versions);
  // In TLS 1.3 all of it is chance (RFC 8446 4.1.2).
  const clock = versions.includes(0x0304) ? undefined : clockIn(random);
  if (clock !== undefined) hello.clock = clock;
  return { state: "done", hello };
}

/** The hello of SSL 2, with which old stations still ask for TLS 1.0. */
function readOldHello(reader: Reader): HelloReading {
  const length = (reader.number(2) ?? 0) & 0x7fff;
  const body = reader.bytes(length);
  if (length < 9) return malformed(words("hello-ssl2-cut"));
  if (!body) return { state: "more", need: length + 2 };
  const inner = new Reader(body);
  inner.number(1);
  const version = inner.number(2);
  const specs = inner.number(2);
  inner.number(2);
  inner.number(2);
  const ciphers = inner.bytes(specs ?? 0);
  if (version === null || !ciphers) return malformed(words("hello-ssl2-cut"));
  const names: string[] = [];
  for (let at = 0; at + 2 < ciphers.length; at += 3) {
    if (ciphers[at] === 0) names.push(cipherName(((ciphers[at + 1] ?? 0) << 8) | (ciphers[at + 2] ?? 0)));
  }
  return { state: "done", hello: { versions: versionNames([version]), ciphers: names, alpn: [] } };
}

function readServerName(value: Reader): string | undefined {
  value.number(2);
  if (value.number(1) !== 0) return undefined;
  const name = value.vector(2);
  return name ? printable(name) : undefined;
}

function readNames(value: Reader): string[] {
  const names: string[] = [];
  value.number(2);
  for (;;) {
    const name = value.vector(1);
    if (!name) return names;
    if (!(name.length === 2 && isGrease(((name[0] ?? 0) << 8) | (name[1] ?? 0)))) names.push(printable(name));
  }
}

function printable(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString("latin1")
    .replace(/[^\x20-\x7e]/g, "?")
    .slice(0, 255);
}

function numbers(bytes: Uint8Array): number[] {
  const found: number[] = [];
  for (let at = 0; at + 1 < bytes.length; at += 2) found.push(((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
  return found.filter((number) => !isGrease(number));
}

/** Values that mean nothing and are there to keep servers from breaking on what they do not know (RFC 8701). */
function isGrease(number: number): boolean {
  return (number & 0x0f0f) === 0x0a0a && number >> 8 === (number & 0xff);
}

function versionNames(versions: number[]): string[] {
  return [...new Set(versions)].sort((a, b) => b - a).map(versionName);
}

function versionName(version: number): string {
  if (version === 0x0300) return "SSLv3";
  if (version > 0x0300 && version <= 0x0304) return `TLSv1.${(version & 0xff) - 1}`;
  return version === 0x0002 ? "SSLv2" : `0x${version.toString(16).padStart(4, "0")}`;
}

const month = 30 * 86_400;

/** Many stacks still put their clock into the first bytes of the random. Only a clock that was never set is told: one in a
 * thousand and more others are chance. */
function clockIn(random: Uint8Array): string | undefined {
  const seconds = new Reader(random).number(4) ?? 0;
  return seconds > 0 && seconds < month ? new Date(seconds * 1000).toISOString() : undefined;
}

function malformed(why: Words): HelloReading {
  return { state: "malformed", why };
}

/** Reads numbers and pieces in a row; null once there is too little left. */
class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  number(size: number): number | null {
    const part = this.bytes(size);
    return part ? part.reduce((value, byte) => value * 256 + byte, 0) : null;
  }

  /** A piece with its length before it, in `size` bytes. */
  vector(size: number): Uint8Array | null {
    const length = this.number(size);
    return length === null ? null : this.bytes(length);
  }

  bytes(length: number): Uint8Array | null {
    if (this.#at + length > this.#bytes.length) {
      this.#at = this.#bytes.length;
      return null;
    }
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}
