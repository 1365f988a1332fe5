import type { webcrypto } from "node:crypto";
import { expect, onTestFinished } from "vitest";
import { loadX509, type X509 } from "../../../lib/x509.ts";
import { type Bench, openBench } from "../../../session/testing/bench.ts";
import { CertificatesRepository } from "../../../store/certificates.ts";
import type { Authority } from "../authority.ts";
import { type Issuer, issueRoot, issueStation } from "../issue.ts";
import { createSigning, type Signing } from "../signing.ts";

let x509: X509;
let root: Issuer;

/** Before anything is signed: the library, and a root of ours. */
export async function openRoot(): Promise<void> {
  x509 = await loadX509();
  root = { kind: "ec", ...(await issueRoot(x509, "ec", Date.now())) };
}

export type SignCsr = "auto" | "ask" | "refuse";
type Set = {
  bench: Bench;
  signing: Signing;
  repository: CertificatesRepository;
  settings: { signCsr: SignCsr; csrOrganisation: string };
  broken: { authority: boolean };
  /** How many certificates are made, and what they wait for before they are given out. */
  making: { count: number; until: Promise<unknown> };
  /** How often it was told that something changed. */
  changes: { count: number };
};

/** A station in conversation, and what signs for it. `signs`: whether its requests are taken on. */
export async function setUp(version: "1.6" | "2.1", signCsr: SignCsr, signs = true): Promise<Set> {
  const policy = {
    boot: () => ({ status: "Accepted" as const, intervalSeconds: 300 }),
    timeMilliseconds: () => true,
    decide: () => ({ status: "Accepted" as const }),
    answerMs: () => 30_000,
    signs: () => signs,
  };
  const bench = await openBench(version, { options: { policy } as never });
  const repository = new CertificatesRepository(bench.database);
  const settings = { signCsr, csrOrganisation: "" };
  const broken = { authority: false };
  const making = { count: 0, until: Promise.resolve() };
  const changes = { count: 0 };
  const authority = {
    root: async () => root.certificate,
    async signStation(request: never, toCars: boolean) {
      if (broken.authority) throw new Error("no keys");
      const certificate = await issueStation(x509, root, request, toCars, Date.now());
      making.count++;
      await making.until;
      return certificate;
    },
  } as unknown as Authority;
  const signing = createSigning({
    ...bench.parts,
    authority,
    repository,
    settings: () => settings,
    changed: () => void changes.count++,
  } as never);
  onTestFinished(() => void signing.dispose());
  return { bench, signing, repository, settings, broken, making, changes };
}

export async function csrOf(commonName: string): Promise<string> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = (await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"])) as webcrypto.CryptoKeyPair;
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: `CN=${commonName}`,
    keys,
    signingAlgorithm: algorithm,
  });
  return request.toString("pem");
}

let lastId = 0;
export const ask = ({ bench }: Set, csr: string, more: object = {}) =>
  bench.say(JSON.stringify([2, `s${++lastId}`, "SignCertificate", { csr, ...more }]));

/** The certificates that went out, as they went. */
export function given({ bench }: Set): { id: string; chain: string; certificateType?: string; requestId?: number }[] {
  return bench.sent.flatMap((text) => {
    const [type, id, action, payload] = JSON.parse(text);
    if (type !== 2 || action !== "CertificateSigned") return [];
    const { certificateChain: chain, ...rest } = payload;
    return [{ id, chain, ...rest }];
  });
}
export const until = (done: () => boolean) => expect.poll(done, { timeout: 12_000 }).toBe(true);

/** Answers the certificate that went out last, once it has. */
export async function answer(set: Set, count: number, status: string): Promise<void> {
  await until(() => {
    set.bench.parts.recorder.flush();
    return given(set).length === count;
  });
  set.bench.say(JSON.stringify([3, given(set).at(-1)?.id, { status }]));
}
export const states = ({ signing }: Set) => signing.requests().map(({ state, problem }) => [state, problem]);
