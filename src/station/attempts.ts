import type { OcppVersion, RegistrationStatus } from "./model.ts";

/** How far an attempt to connect came; in this order. */
export const attemptStages = [
  "tcp",
  "tls",
  "http",
  "upgrade",
  "identity",
  "credentials",
  "subprotocol",
  "open",
  "first-frame",
  "boot",
] as const;

export type AttemptStage = (typeof attemptStages)[number];

/** One try to connect, from the first packet to the boot, or to where it stopped. */
export type Attempt = {
  /** Counted over the life of the record. */
  id: number;
  /** Our clock, milliseconds since 1970 UTC. */
  at: number;
  /** When it stopped or the connection ended; absent while it lasts. */
  endedAt?: number;
  remoteAddress: string;
  remotePort: number;
  localAddress: string;
  localPort: number;
  /** The last stage that was passed. */
  passed: AttemptStage;
  state: "under-way" | "stopped" | "connected" | "ended";
  /** Why it stopped, or what is odd about it, worst first. */
  causes: Cause[];
  /** When each stage was passed, milliseconds after the last try began (`lastAt`). */
  times: Partial<Record<AttemptStage, number>>;
  hello?: TlsHello;
  tls?: TlsResult;
  http?: HttpHead;
  identity?: string;
  /** Never the password: who, and what form it had. */
  credentials?: { user: string; form: CredentialForm };
  offered?: string[];
  subprotocol?: string;
  ocpp?: OcppVersion;
  /** The record's number of the connection that came of it. */
  connection?: number;
  boot?: RegistrationStatus;
  /** The first bytes as they came, base64, with credentials masked; at most 2 KiB. */
  raw?: string;
  bytes: number;
  /** Tries of the same kind from the same address that are counted as one row, and when the last one came. */
  repeats: number;
  lastAt: number;
  /** The usual time from one try to the next, milliseconds; for a countdown. */
  gapMs?: number;
  /** The row that this one was counted in (0: none, it was our own); it is not shown by itself any more. */
  into?: number;
};

export type CredentialForm = "none" | "text" | "hex" | "empty" | "not-utf8";

/** A TLS ClientHello (RFC 8446 4.1.2, RFC 5246 7.4.1.2), names as in the IANA registries. */
export type TlsHello = {
  /** Newest first, e.g. TLSv1.3. */
  versions: string[];
  ciphers: string[];
  sni?: string;
  alpn: string[];
  /** The station's clock, ISO 8601 UTC, where the hello tells that it was never set. */
  clock?: string;
};

export type TlsResult = {
  version?: string;
  cipher?: string;
  clientCertificate?: PeerCertificate;
  /** The certificates that came with it, subject names in order. */
  clientChain?: string[];
  /** OpenSSL's or BoringSSL's own word. */
  error?: string;
};

export type PeerCertificate = {
  commonName: string;
  subject: string;
  issuer: string;
  serialNumber: string;
  /** ISO 8601 UTC. */
  notBefore: string;
  notAfter: string;
  /** SHA-256, hex with colons. */
  fingerprint: string;
};

export type HttpHead = {
  /** As it came, credentials masked. */
  line: string;
  headers: [string, string][];
};

/** `said` is what the station sent, where that tells something. */
export type Cause = { code: CauseCode; said?: string; expected?: string };

/** What is known of a cause, in English; the screens translate it by its code. `fatal`: the attempt stopped there. */
export type CauseText = { fatal: boolean; stage: AttemptStage; title: string; cure: string };

function cause(fatal: boolean, stage: AttemptStage, title: string, cure: string): CauseText {
  return { fatal, stage, title, cure };
}

/** Every way an attempt can go wrong, or be odd, that is told apart. */
export const causes = {
  "closed-at-once": cause(
    true,
    "tcp",
    "Connected and hung up without a word",
    "A port scan or a reachability test: the network works. If the station did this, it may want TLS (wss) or found another address.",
  ),
  silence: cause(
    true,
    "tcp",
    "Connected, then silent",
    "Something holds the line open without speaking. Check for a proxy or a firewall between, and that the station means this port.",
  ),
  crowded: cause(
    true,
    "tcp",
    "Let go to make room for others",
    "Too many connections were held open half-way. Look for what opens them: a scanner, or a station that never ends its handshakes.",
  ),
  "not-http": cause(
    true,
    "http",
    "The first bytes are neither TLS nor HTTP",
    "Another protocol speaks to this port. The bytes show which. Check the port in the station.",
  ),
  "tls-on-plain-port": cause(
    true,
    "tls",
    "TLS was spoken to a port that takes none",
    "Type ws:// in the station, or let this port take wss as well (Connection, security).",
  ),
  "plain-on-tls-port": cause(
    true,
    "http",
    "Plain ws was spoken to a port that takes only wss",
    "Type wss:// in the station, or let this port take ws as well.",
  ),
  "tls-version": cause(
    true,
    "tls",
    "Only old TLS versions are offered",
    "The station offers nothing newer than TLS 1.1. Update its firmware, or allow old TLS in the security settings, if this runtime can.",
  ),
  "no-common-cipher": cause(
    true,
    "tls",
    "No cipher in common",
    "The station offers none of the ciphers of the security whitepaper. Update its firmware, or allow old ciphers in the security settings.",
  ),
  "unknown-ca": cause(
    true,
    "tls",
    "The station does not know who signed our certificate",
    "Install Plugside's root certificate in the station (Connection, certificates), then try again.",
  ),
  "certificate-expired": cause(
    true,
    "tls",
    "The station says that our certificate is expired or not yet valid",
    "Most often the station's own clock is wrong (1970). Set it, or connect once over ws so that it learns the time.",
  ),
  "certificate-not-yet-valid": cause(
    true,
    "tls",
    "The station refused our certificate, though its name is right",
    "Most often the station's own clock is wrong (1970), and the certificate is not yet valid to it. Set it, or connect once over ws so that it learns the time. Otherwise install Plugside's root certificate.",
  ),
  "certificate-name": cause(
    true,
    "tls",
    "The name or address that the station called is not in our certificate",
    "Type one of the addresses shown here. The certificate is renewed by itself when the network changes.",
  ),
  "certificate-refused": cause(
    true,
    "tls",
    "The station refused our certificate",
    "Install Plugside's root certificate in the station. Some stations take RSA certificates only.",
  ),
  "client-certificate-missing": cause(
    true,
    "tls",
    "The station showed no certificate of its own",
    "Security profile 3 is required for it. Install a certificate in the station, or allow profile 1 or 2.",
  ),
  "client-certificate-unknown": cause(
    true,
    "tls",
    "The station's certificate was signed by somebody we do not know",
    "Import its issuer's root, or sign a new one for it here.",
  ),
  "client-certificate-expired": cause(
    true,
    "tls",
    "The station's certificate is expired or not yet valid",
    "Sign a new one for it here.",
  ),
  "client-certificate-identity": cause(
    true,
    "credentials",
    "The station's certificate names another station",
    "The common name must be the station's identity. Sign a new one for it, or correct the identity.",
  ),
  "tls-closed": cause(
    true,
    "tls",
    "The station hung up during the TLS handshake",
    "Stations that distrust our certificate often do so without a word. Install Plugside's root certificate and check the station's clock.",
  ),
  "tls-failed": cause(true, "tls", "The TLS handshake failed", "The error's own words say where. The bytes are kept."),
  "bad-request-line": cause(
    true,
    "http",
    "The request line is malformed",
    "Expected: GET /path HTTP/1.1. Ask the vendor, with the bytes.",
  ),
  "odd-request-line": cause(
    false,
    "http",
    "The request line is not quite as it should be",
    "Read all the same. Expected: GET /path HTTP/1.1. Ask the vendor, with the bytes.",
  ),
  "head-cut-off": cause(
    true,
    "http",
    "The station hung up in the middle of its request",
    "The line broke, or the station gave up. If it happens again and again, ask the vendor, with the bytes.",
  ),
  "bad-header": cause(false, "http", "A header is malformed", "Gone on without it. Ask the vendor, with the bytes."),
  "header-too-large": cause(
    true,
    "http",
    "The request's head is larger than 16 KiB",
    "No station needs that much. Check what is speaking here.",
  ),
  "slow-head": cause(
    true,
    "http",
    "The request's head did not end in time",
    "The line is very bad, or something holds the connection open on purpose.",
  ),
  "plain-request": cause(
    true,
    "upgrade",
    "A plain HTTP request, no WebSocket",
    "A browser or a reachability test: the network works. The station needs ws://, not http://.",
  ),
  "no-connection-upgrade": cause(
    false,
    "upgrade",
    "The handshake lacks 'Connection: Upgrade'",
    "Accepted all the same. Autel's MaxiCharger does this; ask the vendor.",
  ),
  "bad-handshake": cause(
    true,
    "upgrade",
    "The WebSocket handshake is incomplete",
    "A field that RFC 6455 requires is missing or wrong. Ask the vendor, with the bytes.",
  ),
  "no-identity": cause(
    true,
    "identity",
    "The path holds no identity",
    "Add the station's identity at the end of the URL: ws://…/CP001.",
  ),
  "double-slash": cause(
    false,
    "identity",
    "The path holds '//'",
    "Accepted. Remove the slash at the end of the URL in the station if it appends its own.",
  ),
  placeholder: cause(
    true,
    "identity",
    "A placeholder was left in the path",
    "Put the station's identity in place of it.",
  ),
  "doubled-identity": cause(
    false,
    "identity",
    "The identity stands twice in the path",
    "Accepted. The station appends its identity itself: leave it out of the URL.",
  ),
  "identity-characters": cause(
    false,
    "identity",
    "The identity holds unusual characters",
    "Accepted. OCPP allows letters, digits and * - _ = : + | @ . in it.",
  ),
  "credentials-missing": cause(
    true,
    "credentials",
    "No user name and password were sent",
    "Set the password in the station, or allow it to connect without one.",
  ),
  "credentials-wrong": cause(
    true,
    "credentials",
    "The password is wrong",
    "Set the same password here and in the station. It is 16 to 40 characters long in 1.6, up to 64 in 2.x.",
  ),
  "credentials-hex": cause(
    false,
    "credentials",
    "The password came as hex digits where text was expected, or the other way round",
    "Accepted in tolerant mode. Enter the password in the other form in the station.",
  ),
  "credentials-empty": cause(true, "credentials", "The password is empty", "Set the password in the station."),
  "credentials-not-utf8": cause(
    false,
    "credentials",
    "The password is not UTF-8 text",
    "A binary key: accepted if its bytes are right.",
  ),
  "user-name": cause(
    false,
    "credentials",
    "The user name is not the identity",
    "Accepted in tolerant mode. The user name must be the station's identity.",
  ),
  "profile-too-low": cause(
    true,
    "credentials",
    "The station came with a lower security profile than it must",
    "Connect it with the profile that is set for it, or lower the profile here.",
  ),
  "unknown-station": cause(
    true,
    "identity",
    "A station that is not on the list",
    "The policy refuses stations that are not known. Let it in here, or change the policy.",
  ),
  "asked-first": cause(
    true,
    "identity",
    "A station that is not on the list waits for your decision",
    "Let it in or refuse it. It tries again by itself.",
  ),
  "station-refused": cause(
    true,
    "identity",
    "This station is refused here",
    "You chose to refuse it. Let it in on its Access page.",
  ),
  busy: cause(
    true,
    "credentials",
    "Too many passwords wait to be checked",
    "Somebody tries many passwords at once. The station tries again by itself.",
  ),
  "no-subprotocol": cause(false, "subprotocol", "No OCPP subprotocol was offered", "Taken as OCPP 1.6."),
  "unknown-subprotocol": cause(
    false,
    "subprotocol",
    "No subprotocol that we speak was offered",
    "Taken as OCPP 1.6. Choose OCPP 1.6, 2.0.1 or 2.1 in the station.",
  ),
  "subprotocol-case": cause(
    false,
    "subprotocol",
    "The subprotocol is written in another case",
    "Accepted. It is written in small letters.",
  ),
  "version-probe": cause(
    false,
    "subprotocol",
    "Several versions are tried one after the other",
    "Usual for some makes: a probe in one version precedes the real connection in another.",
  ),
  "closed-before-boot": cause(
    true,
    "open",
    "The station hung up before it sent a BootNotification",
    "Another version may be what it wants, or it took our answer for a refusal. Look at its messages.",
  ),
  "no-boot": cause(
    false,
    "open",
    "No BootNotification yet",
    "Usual after a short break. It can be asked for with a trigger.",
  ),
  "boot-rejected": cause(
    false,
    "boot",
    "We answered its boot with Rejected",
    "The boot policy says so. Change it in Settings or let this station in.",
  ),
  "boot-pending": cause(
    false,
    "boot",
    "We answered its boot with Pending",
    "The boot policy says so. Answer Accepted when you are ready.",
  ),
  "reconnect-loop": cause(
    false,
    "open",
    "The station connects again and again",
    "It does not like something about us, or something cuts the link. The gap between tries tells which timer.",
  ),
  "ping-unanswered": cause(
    false,
    "open",
    "The station did not answer the WebSocket ping",
    "The link is dead, or the station cannot answer pings: set the ping to 0 in Settings.",
  ),
  "same-identity": cause(
    false,
    "open",
    "Two connections with one identity",
    "The newer wins. If they come from two addresses, two stations have the same identity: change one.",
  ),
  refused: cause(
    true,
    "open",
    "Refused on purpose",
    "Fault injection is on for this station. Turn it off when the test is done.",
  ),
} as const satisfies Record<string, CauseText>;

export type CauseCode = keyof typeof causes;
