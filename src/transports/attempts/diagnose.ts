import { isIP } from "node:net";
import type { Spoken, Words } from "../../lib/words.ts";
import { withoutHeadSecrets, withoutUrlSecrets } from "../../redaction/text-secrets.ts";
import type { Cause, TlsHello } from "../../station/attempts.ts";
import { words } from "../../station/phrases.ts";
import { type CauseCode, type CauseText, causes } from "../../words/en/causes.ts";
import { type AttemptStage, attemptStages } from "../../words/stages.ts";
import type { Admission } from "../admission.ts";
import { judgePath, pathOf } from "../http/identity.ts";
import { readable } from "../http/readable.ts";
import { type Head, type HeadDeviation, type HeadReading, headerOf } from "../http/request-head.ts";

/** What a port takes. `both` tells ws and wss apart by the first byte. */
export type ListenMode = "both" | "ws" | "wss";

/** What is known of an attempt; all that judging needs. */
export type Facts = {
  mode: ListenMode;
  /** False while there is no server certificate. */
  tlsReady: boolean;
  localAddress: string;
  /** The first bytes as they came. */
  start: Uint8Array;
  bytes: number;
  opening: "nothing" | "tls" | "http" | "other";
  hello?: TlsHello;
  /** Why the hello could not be read. */
  helloProblem?: Words;
  /** The TLS library's own word on why the handshake failed. */
  tlsError?: string;
  /** The handshake is done. */
  secured: boolean;
  /** Whether our certificate names what the station called; absent where that cannot be told. */
  certificateFits?: boolean;
  /** The reading of the request's head, once a byte of it came. */
  head?: HeadReading;
  admission?: Admission;
  offered?: readonly string[];
  subprotocol?: string;
  /** It has stood still for a while; it may go on yet. */
  waiting?: boolean;
  /** Who ended it before it opened. */
  end?: "station" | "time" | "crowded" | "us";
  /** Found after it opened. */
  after: readonly Cause[];
};

/** Says why an attempt stopped, and what is odd about it; worst first. Pure. */
export function judge(facts: Facts): Cause[] {
  return worstFirst([...judgeBefore(facts), ...(facts.admission?.causes ?? []), ...judgeAfter(facts)]);
}

/** The first thing that keeps an attempt from going on to the access control; undefined when nothing does. */
export function obstacle(facts: Facts): Cause | undefined {
  return worstFirst(judgeBefore(facts)).find(isFatal);
}

function isFatal({ code }: Cause): boolean {
  return textOf(code).fatal;
}

function textOf(code: CauseCode): CauseText {
  return causes[code];
}

function worstFirst(found: Cause[]): Cause[] {
  const stage = (cause: Cause) => attemptStages.indexOf(textOf(cause.code).stage satisfies AttemptStage);
  return [...found].sort((a, b) => Number(isFatal(b)) - Number(isFatal(a)) || stage(a) - stage(b));
}

function judgeBefore(facts: Facts): Cause[] {
  if (facts.opening === "nothing") return judgeNothing(facts);
  if (facts.opening === "other") return [{ code: "not-http", said: sample(facts.start) }];
  if (facts.opening === "tls") {
    if (facts.mode === "ws") return [{ code: "tls-on-plain-port", ...called(facts) }];
    if (!facts.tlsReady) return [{ code: "certificate-not-ready", ...called(facts) }];
    if (!facts.secured) return judgeTls(facts);
    if (!facts.head) return judgeQuiet(facts);
  } else if (facts.mode === "wss") return [{ code: "plain-on-tls-port", ...requestLine(facts) }];
  return facts.head ? judgeHead(facts, facts.head) : [];
}

function judgeNothing({ end }: Facts): Cause[] {
  if (end === "station") return [{ code: "closed-at-once" }];
  if (end === "time") return [{ code: "silence" }];
  return end === "crowded" ? [{ code: "crowded" }] : [];
}

/** The alerts of RFC 8446 6.2 and RFC 5246 7.2.2 that tell something. 40 comes after we chose version and cipher: what a station
 * refuses then is our certificate. */
const alerts: Record<number, CauseCode> = {
  40: "certificate-refused",
  43: "certificate-refused",
  44: "certificate-refused",
  45: "certificate-expired",
  46: "certificate-refused",
  48: "unknown-ca",
  49: "certificate-refused",
  51: "certificate-refused",
  70: "tls-version",
  71: "no-common-cipher",
};

const badCertificate = 42;
/** What a station says that compares the name it called with our certificate, by its TLS library: handshake failure, bad certificate,
 * certificate unknown, access denied. */
const nameAlerts = new Set([40, badCertificate, 46, 49]);

function judgeTls(facts: Facts): Cause[] {
  const { hello, tlsError, end } = facts;
  if (end === "crowded") return [{ code: "crowded" }];
  if (hello && (tlsError || end) && !hello.versions.some(isNew) && !isAboutCertificate(tlsError)) {
    return [{ code: "tls-version", said: hello.versions.join(", "), expected: "TLSv1.2, TLSv1.3" }];
  }
  if (tlsError !== undefined) return judgeTlsError(facts, tlsError);
  if (end === "station") return [{ code: "tls-closed" }, ...judgeCertificate(facts)];
  return end === "time" ? [{ code: "tls-stalled", ...(facts.helloProblem ? { said: facts.helloProblem } : {}) }] : [];
}

/** Certificates are looked at after the versions were agreed on. */
function isAboutCertificate(error: string | undefined): boolean {
  const alert = alertIn(error ?? "");
  return alert === badCertificate || /certificate|ca$/.test(alerts[alert] ?? "");
}

function alertIn(error: string): number {
  return Number(/alert number (\d+)/i.exec(error)?.[1] ?? Number.NaN);
}

function judgeTlsError(facts: Facts, error: string): Cause[] {
  const alert = alertIn(error);
  const said = words("tls-library", { error: shortError(error) });
  const { hello } = facts;
  // An address is no host name (RFC 6066, 3): who sends it as one compares it as one.
  if (hello?.sni !== undefined && isIP(hello.sni) && nameAlerts.has(alert)) {
    const others = judgeCertificate(facts).filter(({ code }) => code !== "certificate-name");
    return [{ code: "certificate-not-for-name", said: hello.sni }, ...others];
  }
  if (alert === badCertificate) {
    // What OpenSSL says both of another name and of a time before the certificate's first.
    const code = facts.certificateFits === false ? "certificate-name" : "certificate-not-yet-valid";
    return [{ code, ...called(facts) }, ...judgeCertificate(facts).filter((cause) => cause.code !== code)];
  }
  const code = alerts[alert];
  if (code) return [{ code, said }, ...(code.startsWith("certificate") ? judgeCertificate(facts) : [])];
  if (/unsupported.protocol|version.too.low|wrong.ssl.version|unknown.protocol/i.test(error)) {
    return [{ code: "tls-version", said: facts.hello?.versions.join(", ") ?? said, expected: "TLSv1.2, TLSv1.3" }];
  }
  if (/no.shared.cipher|no.shared.(signature|group)|no.suitable|no.common/i.test(error)) {
    const ciphers = facts.hello?.ciphers.filter((name) => !name.endsWith("_SCSV")) ?? [];
    const some = ciphers.length > 5 ? [...ciphers.slice(0, 5), "…"] : ciphers;
    return [{ code: wantsRsa(ciphers) ? "rsa-only" : "no-common-cipher", said: some.join(", ") || said }];
  }
  if (/reset|hang up/i.test(error)) return [{ code: "tls-closed", said }, ...judgeCertificate(facts)];
  const problem = facts.helloProblem;
  const both = problem && words("tls-library-and-hello", { error: shortError(error), hello: problem });
  return [{ code: "tls-failed", said: both ?? said }];
}

/** It has a cipher that we take, but only for an RSA certificate. */
function wantsRsa(ciphers: readonly string[]): boolean {
  const modern = ciphers.filter((name) => /_GCM_|^TLS_CHACHA20/.test(name) && !name.includes("_DHE_"));
  return modern.length > 0 && modern.every((name) => name.includes("_RSA_WITH_"));
}

/** What speaks against our certificate in this station's eyes, as far as we can tell from here. */
function judgeCertificate(facts: Facts): Cause[] {
  const found: Cause[] = [];
  if (facts.certificateFits === false) found.push({ code: "certificate-name", ...called(facts) });
  if (facts.hello?.clock) found.push({ code: "certificate-expired", said: facts.hello.clock });
  return found;
}

/** The handshake went well, and then nothing came: some stations look at the certificate only then. */
function judgeQuiet(facts: Facts): Cause[] {
  if (facts.tlsError !== undefined) return judgeTlsError(facts, facts.tlsError);
  if (facts.end === "station") return [{ code: "tls-closed" }, ...judgeCertificate(facts)];
  if (facts.end === "time") return [{ code: "silence" }];
  return facts.end === "crowded" ? [{ code: "crowded" }] : [];
}

function judgeHead(facts: Facts, reading: HeadReading): Cause[] {
  switch (reading.state) {
    case "too-large":
      return [{ code: "header-too-large" }];
    case "not-http":
      return [{ code: "not-http", said: sample(facts.start) }];
    case "bad-line":
      return [{ code: "bad-request-line", said: shown(reading.line), expected: "GET /CP001 HTTP/1.1" }];
    case "more":
      if (facts.end === "station") return [{ code: "head-cut-off" }];
      if (facts.end === "time") return [{ code: "slow-head" }];
      return facts.end === "crowded" ? [{ code: "crowded" }] : [];
    case "done":
      // Who wants no WebSocket is told that alone, however it was written.
      if (!isUpgrade(reading.head)) return [judgePlain(reading.head)];
      return [
        ...judgeDeviations(reading.head.deviations),
        ...judgeUpgrade(reading.head),
        ...judgePath(pathOf(reading.head.target)),
      ];
  }
}

function judgeDeviations(deviations: readonly HeadDeviation[]): Cause[] {
  const found: Cause[] = [];
  const line = deviations.find(({ kind }) => kind === "request-line");
  if (line) found.push({ code: "odd-request-line", said: shown(line.said) });
  const rest = deviations.filter(({ kind }) => kind !== "request-line");
  if (rest.length > 0)
    found.push({ code: "bad-header", said: shown([...new Set(rest.map(deviationName))].join(", ")) });
  return found;
}

/** Names alone: a value may be a secret. */
function deviationName({ kind, said }: HeadDeviation): string {
  if (kind === "line-end") return "LF";
  return kind === "no-host" ? "Host" : said;
}

/** True when a request means to open a WebSocket, well or badly. */
function isUpgrade(head: Head): boolean {
  return headerOf(head, "upgrade") !== undefined || headerOf(head, "sec-websocket-key") !== undefined;
}

/** OCPP 1.2, 1.5 and 1.6-S are SOAP: a POST with XML. */
function judgePlain(head: Head): Cause {
  const xml = /\bxml\b/i.test(headerOf(head, "content-type") ?? "");
  const soap = xml || headerOf(head, "soapaction") !== undefined;
  return { code: soap ? "soap" : "plain-request", said: shown(head.line) };
}

/** RFC 6455 4.2.1, but for `Connection: Upgrade`, which is forgiven. */
function judgeUpgrade(head: Head): Cause[] {
  const found: Cause[] = [];
  const bad = (said: string, expected: Spoken) => found.push({ code: "bad-handshake", said, expected });
  if (head.method.toUpperCase() !== "GET") bad(head.method, "GET");
  const upgrade = headerOf(head, "upgrade");
  if (!hasWord(upgrade, "websocket")) bad(`Upgrade: ${upgrade ?? ""}`, "Upgrade: websocket");
  const key = headerOf(head, "sec-websocket-key");
  if (!/^[+/0-9A-Za-z]{22}==$/.test(key ?? ""))
    bad(`Sec-WebSocket-Key: ${key ?? ""}`, words("bytes-in-base64", { count: 16 }));
  const version = headerOf(head, "sec-websocket-version");
  if (version !== "13" && version !== "8") bad(`Sec-WebSocket-Version: ${version ?? ""}`, "13");
  const connection = headerOf(head, "connection");
  if (!hasWord(connection, "upgrade")) {
    found.push({ code: "no-connection-upgrade", said: `Connection: ${connection ?? ""}`, expected: "Upgrade" });
  }
  return found;
}

function hasWord(list: string | undefined, word: string): boolean {
  return (list ?? "").split(",").some((item) => item.trim().toLowerCase() === word);
}

function judgeAfter(facts: Facts): Cause[] {
  const { offered, subprotocol, after } = facts;
  const found = [...after];
  if (!offered || !facts.admission?.allow) return found;
  const expected = "ocpp1.6, ocpp2.0.1, ocpp2.1";
  if (offered.length === 0) found.push({ code: "no-subprotocol", expected });
  else if (subprotocol === undefined) {
    found.push({ code: "unknown-subprotocol", said: offered.join(", ").slice(0, 200), expected });
  } else if (subprotocol !== subprotocol.toLowerCase()) {
    found.push({ code: "subprotocol-case", said: subprotocol, expected: subprotocol.toLowerCase() });
  }
  return found;
}

function isNew(version: string): boolean {
  return version === "TLSv1.2" || version === "TLSv1.3" || version.startsWith("0x");
}

/** What the station called: a name, or one of our addresses. */
function called({ hello, localAddress }: Facts): { said: string } {
  return { said: hello?.sni ?? localAddress };
}

function requestLine({ head }: Facts): { said?: string } {
  return head?.state === "done" ? { said: shown(head.head.line) } : {};
}

/** A line of a head as it may be told. */
function shown(line: string): string {
  return withoutUrlSecrets(readable(line)).slice(0, 200);
}

/** The last part of OpenSSL's `id:error:code:library:function:reason:file:line`, with the alert's number. */
function shortError(error: string): string {
  const parts = error.trim().split(":");
  const reason = parts[1] === "error" ? (parts[5] ?? error) : error;
  const alert = /alert number \d+/i.exec(error)?.[0];
  return (alert && !reason.includes(alert) ? `${reason} (${alert})` : reason).trim().slice(0, 200);
}

/** The first bytes: the first line where that is text, and else in hex. */
function sample(bytes: Uint8Array): string {
  const first = Buffer.from(bytes.subarray(0, 64));
  const [line = ""] = withoutHeadSecrets(first.toString("latin1")).split(/[\r\n]/, 1);
  if (/^[\x20-\x7e•]+$/.test(line)) return line;
  return first
    .subarray(0, 16)
    .toString("hex")
    .replace(/(..)(?=.)/g, "$1 ");
}
