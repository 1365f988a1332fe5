import { X509Certificate } from "node:crypto";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { loadX509, type X509 } from "../../lib/x509.ts";
import { type Bench, openBench } from "../../session/testing/bench.ts";
import { CertificatesRepository } from "../../store/certificates.ts";
import type { Authority } from "./authority.ts";
import { longestRequest } from "./csr.ts";
import { type Issuer, issueRoot, issueStation } from "./issue.ts";
import { createSigning, type Signing } from "./signing.ts";

let x509: X509;
let root: Issuer;
beforeAll(async () => {
  x509 = await loadX509();
  root = { kind: "ec", ...(await issueRoot(x509, "ec", Date.now())) };
});

type SignCsr = "auto" | "ask" | "refuse";
type Set = {
  bench: Bench;
  signing: Signing;
  repository: CertificatesRepository;
  settings: { signCsr: SignCsr; csrOrganisation: string };
  broken: { authority: boolean };
};

/** A station in conversation, and what signs for it. `signs`: whether its requests are taken on. */
async function setUp(version: "1.6" | "2.1", signCsr: SignCsr, signs = true): Promise<Set> {
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
  const authority = {
    root: async () => root.certificate,
    async signStation(request: never, toCars: boolean) {
      if (broken.authority) throw new Error("no keys");
      return issueStation(x509, root, request, toCars, Date.now());
    },
  } as unknown as Authority;
  const signing = createSigning({
    ...bench.parts,
    authority,
    repository,
    settings: () => settings,
    changed: () => undefined,
  } as never);
  onTestFinished(() => void signing.dispose());
  return { bench, signing, repository, settings, broken };
}

async function csrOf(commonName: string): Promise<string> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = (await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"])) as CryptoKeyPair;
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: `CN=${commonName}`,
    keys,
    signingAlgorithm: algorithm,
  });
  return request.toString("pem");
}

let lastId = 0;
const ask = ({ bench }: Set, csr: string, more: object = {}) =>
  bench.say(JSON.stringify([2, `s${++lastId}`, "SignCertificate", { csr, ...more }]));

/** The certificates that went out, as they went. */
function given({ bench }: Set): { id: string; chain: string; certificateType?: string; requestId?: number }[] {
  return bench.sent.flatMap((text) => {
    const [type, id, action, payload] = JSON.parse(text);
    if (type !== 2 || action !== "CertificateSigned") return [];
    const { certificateChain: chain, ...rest } = payload;
    return [{ id, chain, ...rest }];
  });
}
const until = (done: () => boolean) => expect.poll(done, { timeout: 12_000 }).toBe(true);

/** Answers the certificate that went out last, once it has. */
async function answer(set: Set, count: number, status: string): Promise<void> {
  await until(() => {
    set.bench.parts.recorder.flush();
    return given(set).length === count;
  });
  set.bench.say(JSON.stringify([3, given(set).at(-1)?.id, { status }]));
}
const states = ({ signing }: Set) => signing.requests().map(({ state, problem }) => [state, problem]);

test("a request in order is signed and sent, and what the station said to it is kept", async () => {
  const set = await setUp("2.1", "auto");
  ask(set, await csrOf("CP1"), { certificateType: "ChargingStationCertificate", requestId: 41 });
  await answer(set, 1, "Accepted");
  await until(() => set.signing.requests()[0]?.state === "sent");
  const [request] = set.signing.requests();
  const [sent] = given(set);
  const certificate = new X509Certificate(sent?.chain ?? "");
  expect(sent).toMatchObject({ certificateType: "ChargingStationCertificate", requestId: 41 });
  expect(request).toMatchObject({
    station: "CP1",
    outcome: { result: "accepted" },
    fingerprint: certificate.fingerprint256,
  });
  expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.2"]);
  expect(set.repository.all("station").map(({ station }) => station)).toEqual(["CP1"]);
});

test("a certificate that cars are shown as well says so", async () => {
  const set = await setUp("2.1", "auto");
  ask(set, await csrOf("CP1"), { certificateType: "V2GCertificate" });
  await answer(set, 1, "Accepted");
  expect(new X509Certificate(given(set)[0]?.chain ?? "").keyUsage).toEqual(["1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.1"]);
});

test("a station that refuses the leaf alone gets it once more, with its root", async () => {
  const set = await setUp("2.1", "auto");
  ask(set, await csrOf("CP1"));
  await answer(set, 1, "Rejected");
  await answer(set, 2, "Accepted");
  await until(() => set.signing.requests()[0]?.state === "sent");
  const [leaf, whole] = given(set).map(({ chain }) => chain);
  expect(whole?.startsWith(leaf ?? "?")).toBe(true);
  expect(whole?.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  expect(set.signing.requests()[0]?.outcome).toEqual({ result: "accepted" });
});

test.each<[SignCsr, unknown[][]]>([
  ["ask", [["waiting", undefined]]],
  ["refuse", [["refused", "policy"]]],
])("where one is to %s, nothing goes out by itself", async (signCsr, expected) => {
  const set = await setUp("2.1", signCsr);
  ask(set, await csrOf("CP1"));
  await until(() => states(set).length === 1);
  await until(() => JSON.stringify(states(set)) === JSON.stringify(expected));
  expect(given(set)).toEqual([]);
});

test("one that waits is out of date when the same station asks for the same again", async () => {
  const set = await setUp("2.1", "ask");
  ask(set, await csrOf("CP1"));
  await until(() => states(set).length === 1);
  ask(set, await csrOf("CP1"), { certificateType: "V2GCertificate" });
  await until(() => states(set).length === 2);
  ask(set, await csrOf("CP1"));
  await until(() => states(set).length === 3);
  expect(states(set)).toEqual([
    ["waiting", undefined],
    ["waiting", undefined],
    ["failed", "asked-again"],
  ]);
});

test("one that waits is decided once: signed, refused, or signed although its names are others", async () => {
  const set = await setUp("2.1", "ask");
  ask(set, await csrOf("OTHER"));
  await until(() => states(set).length === 1);
  const id = set.signing.requests()[0]?.id ?? 0;
  await expect(set.signing.decide(id, true, false)).rejects.toMatchObject({
    ...{ code: "invalid-input", details: { problem: "other-common-name", said: "OTHER" } },
  });
  const deciding = set.signing.decide(id, true, true);
  await answer(set, 1, "Accepted");
  expect(await deciding).toMatchObject({ state: "sent", outcome: { result: "accepted" } });
  await expect(set.signing.decide(id, false, false)).rejects.toMatchObject({ code: "conflict" });
  await expect(set.signing.decide(99, true, false)).rejects.toMatchObject({ code: "not-found" });
  ask(set, await csrOf("CP1"));
  await until(() => states(set).length === 2);
  const second = set.signing.requests()[0]?.id ?? 0;
  expect(await set.signing.decide(second, false, false)).toMatchObject({ state: "refused", problem: "by-hand" });
  expect(given(set)).toHaveLength(1);
});

test("what is wrong with a request, and what it says, stands with it", async () => {
  const set = await setUp("2.1", "auto");
  ask(set, await csrOf("OTHER"));
  await until(() => states(set)[0]?.[0] === "refused");
  expect(set.signing.requests()[0]).toMatchObject({ problem: "other-common-name", said: "OTHER" });
  set.broken.authority = true;
  ask(set, await csrOf("CP1"));
  await until(() => states(set)[0]?.[0] === "failed");
  expect(set.signing.requests()[0]).toMatchObject({ problem: "no-authority" });
  expect(given(set)).toEqual([]);
});

test("one that was not taken on because it cannot be read is shown with why; one that was refused otherwise is not", async () => {
  const set = await setUp("2.1", "auto", false);
  ask(set, "no request at all");
  ask(set, "x".repeat(longestRequest + 1));
  ask(set, await csrOf("CP1"));
  expect(set.signing.requests()).toMatchObject([
    { state: "refused", problem: "too-long", said: String(longestRequest + 1) },
    { state: "refused", problem: "unreadable" },
  ]);
});

test("a request from a file is signed for whom it is for", async () => {
  const { signing, repository } = await setUp("1.6", "auto");
  await expect(signing.sign(await csrOf("OTHER"), "CP1", false)).rejects.toMatchObject({ code: "invalid-input" });
  const pem = await signing.sign(await csrOf("OTHER"), undefined, false);
  expect(new X509Certificate(pem).subject).toBe("CN=OTHER");
  await signing.sign(await csrOf("OTHER"), "CP1", true);
  expect(repository.all("station").map(({ station }) => station)).toEqual(["CP1", undefined]);
});
