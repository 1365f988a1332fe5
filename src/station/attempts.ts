import type { Spoken } from "../lib/words.ts";
import type { CauseCode } from "../words/en/causes.ts";
import type { AttemptStage } from "../words/stages.ts";
import type { OcppVersion, RegistrationStatus } from "./model.ts";

/** `said` is what the station sent, where that tells something. */
export type Cause = { code: CauseCode; said?: Spoken; expected?: Spoken };

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

/** `unreadable`: something else than user name and password came. */
export type CredentialForm = "none" | "text" | "hex" | "empty" | "not-utf8" | "unreadable";

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
