import { z } from "zod";
import { call, feed } from "../../lib/contract.ts";
import type { Words } from "../../lib/words.ts";
import { type CertificateHash, rootUses } from "../../station/certificates.ts";
import type { CommandOutcome } from "../../station/commands.ts";

/** ec: ECDSA P-256. rsa: RSA 2048, for stations that take nothing else. */
export const keyKinds = ["ec", "rsa"] as const;
export type KeyKind = (typeof keyKinds)[number];

export type CertificateView = {
  /** SHA-256, hex with colons. */
  fingerprint: string;
  commonName: string;
  /** Distinguished names, one line. */
  subject: string;
  issuer: string;
  serialNumber: string;
  /** ISO 8601 UTC. */
  notBefore: string;
  notAfter: string;
  /** e.g. ECDSA P-256. */
  key: string;
  /** Host names and addresses that it is for. */
  names: string[];
};

/** A root of ours. `current`: it signs; an earlier one is still trusted. */
export type RootView = CertificateView & {
  kind: KeyKind;
  current: boolean;
  pem: string;
  /** How stations name it. */
  hash: CertificateHash;
};

export type TrustedView = CertificateView & { addedAt: number; note?: string; hash: CertificateHash };

/** A certificate that we signed; `station` is absent for a file signed by hand. */
export type IssuedView = CertificateView & { issuedAt: number; station?: string };

/** Why a signing request is not signed; `by-hand`: somebody said no. */
export const requestProblems = [
  "too-long",
  "unreadable",
  "bad-signature",
  "unknown-key",
  "weak-key",
  "no-common-name",
  "several-common-names",
  "other-common-name",
  "other-organisation",
  "policy",
  "by-hand",
  "no-authority",
  "asked-again",
] as const;
export type RequestProblem = (typeof requestProblems)[number];

/** What a station asked us to sign. */
export type SigningRequestView = {
  id: number;
  station: string;
  at: number;
  /** As the station said it, e.g. V2GCertificate. */
  certificateType?: string;
  /** waiting: for a decision. sent: the certificate went out, `outcome` is what the station said to it. */
  state: "waiting" | "sent" | "refused" | "failed";
  problem?: RequestProblem;
  /** What it says, where that tells something. */
  said?: string;
  fingerprint?: string;
  outcome?: CommandOutcome;
};

export type CertificatesOverview = {
  /** making: the first certificates are under way. blocked: see `problem`. */
  wss: { state: "ready" | "making" | "blocked"; problem?: Words };
  /** Where our private keys are: sealed by the system's key store, in files that only this user reads, or in files of a disk that keeps
   * nothing from others. */
  keyStore: "system" | "file" | "open-file";
  roots: RootView[];
  servers: CertificateView[];
  trusted: TrustedView[];
  /** Newest first, at most 100. */
  issued: IssuedView[];
  /** Newest first, at most 100. */
  requests: SigningRequestView[];
  /** `missing`: wanted, and not to be had from this runtime. */
  oldTls: { wanted: boolean; missing: string[] };
  /** The RSA certificate is wanted, and this runtime cannot offer it beside the other. */
  rsaMissing: boolean;
};

export type CertificateFile = { fileName: string; mediaType: string; base64: string; fingerprint: string };

/** Longest PEM that is taken, characters. */
export const longestPem = 65_536;

const pem = z.string().max(longestPem, `at most ${longestPem} characters`);
const fingerprint = z.string().regex(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/, "SHA-256, hex with colons");
const kind = z.enum(keyKinds).default("ec");

export const certificatesContract = {
  "certificates.overview": feed(z.object({})).of<CertificatesOverview>(),
  /** Our root, to install in stations; made when there is none. Fails with unavailable when it cannot be had. */
  "certificates.root": call(
    z.object({ kind, format: z.enum(["pem", "der"]).default("pem") }),
  ).returns<CertificateFile>(),
  /** Any certificate on the list, by its fingerprint. Fails with not-found. */
  "certificates.file": call(
    z.object({ fingerprint, format: z.enum(["pem", "der"]).default("pem") }),
  ).returns<CertificateFile>(),
  /** Makes another root and with it server certificates: stations must get the new root before they trust us again. */
  "certificates.newRoot": call(z.object({ kind })).returns<RootView>(),
  /** Makes the server certificates anew. */
  "certificates.renewServer": call(z.object({})).returns<CertificateView[]>(),
  /** Trusts the roots in a PEM text: certificates that they signed are taken from stations. */
  "certificates.trust": call(z.object({ pem, note: z.string().max(200).optional() })).returns<CertificateView[]>(),
  /** Forgets a trusted root, or an earlier one of ours. Fails with not-found, or conflict for the one in use. */
  "certificates.distrust": call(z.object({ fingerprint })).returns<null>(),
  /** Signs a request from a file, PEM or base64. `force`: whatever its names are.
   * Fails with invalid-input when it is not in order; the details name the problem. */
  "certificates.sign": call(
    z.object({ csr: pem, station: z.string().min(1).max(255).optional(), force: z.boolean().default(false) }),
  ).returns<CertificateFile & { certificate: CertificateView }>(),
  /** Decides on a station's request that waits. Fails with not-found, conflict, or invalid-input as `sign` does. */
  "certificates.decide": call(
    z.object({ id: z.number().int(), sign: z.boolean(), force: z.boolean().default(false) }),
  ).returns<SigningRequestView>(),
  /** Installs a root on a station: the PEM given, or else our own. Fails with not-found for an unknown station. */
  "certificates.install": call(
    z.object({
      identity: z.string().min(1).max(255),
      use: z.enum(rootUses).default("CSMSRootCertificate"),
      kind,
      pem: pem.optional(),
    }),
  ).returns<CommandOutcome>(),
};
