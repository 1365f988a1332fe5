import { X509Certificate } from "node:crypto";
import { beforeAll, expect, test, vi } from "vitest";
import { loadX509 } from "../../lib/x509.ts";
import { hashOfRoot } from "../../ocpp/certificate-hash.ts";
import { words } from "../../station/phrases.ts";
import { watch } from "../testing/open-services.ts";
import type { CertificatesOverview } from "./contract.ts";
import { type Issuer, issueRoot, issueServer } from "./issue.ts";
import { openCertificates } from "./testing/certificates-bench.ts";
import { csrOf, openRoot } from "./testing/signing-bench.ts";
import { pemOf } from "./views.ts";

let other: Issuer;
let leaf: X509Certificate;
beforeAll(async () => {
  await openRoot();
  const x509 = await loadX509();
  const now = Date.UTC(2026, 0, 1);
  other = { kind: "ec", ...(await issueRoot(x509, "ec", now)) };
  const names = { dns: ["host"], ip: [] };
  leaf = (await issueServer(x509, other, "host", names, now)).certificate;
});

const failing = (code: string, phrase: string) =>
  expect.objectContaining({ code, words: expect.objectContaining({ phrase }) });

test("our root and server certificates are made, shown, and given as files", async () => {
  const { certificates, handlers } = await openCertificates();
  await certificates.authority.keep();
  const root = await certificates.authority.root("ec");
  const watched = watch(handlers["certificates.overview"], {});
  await expect.poll(() => watched.told.length, { timeout: 10_000 }).toBeGreaterThan(0);
  const shown = watched.told.at(-1) as CertificatesOverview;
  expect(shown).toMatchObject({
    wss: { state: "ready" },
    keyStore: "file",
    oldTls: { wanted: false, missing: [] },
    rsaMissing: false,
    trusted: [],
    issued: [],
    requests: [],
  });
  expect(shown.roots).toEqual([
    expect.objectContaining({
      kind: "ec",
      current: true,
      fingerprint: root.fingerprint256,
      pem: pemOf(root),
      hash: hashOfRoot(root),
      key: "ECDSA P-256",
      notBefore: root.validFromDate.toISOString(),
      notAfter: root.validToDate.toISOString(),
    }),
  ]);
  expect(shown.servers[0]).toMatchObject({
    issuer: shown.roots[0]?.subject,
    names: expect.arrayContaining(["localhost"]),
  });
  const pem = await handlers["certificates.root"]({ kind: "ec", format: "pem" });
  expect(pem).toEqual({
    fileName: "plugside-root.pem",
    mediaType: "application/x-pem-file",
    base64: Buffer.from(pemOf(root)).toString("base64"),
    fingerprint: root.fingerprint256,
  });
  const file = (fingerprint: string, format: "pem" | "der" = "der") =>
    handlers["certificates.file"]({ fingerprint, format });
  expect(await file(root.fingerprint256)).toEqual({
    fileName: "plugside-root.der",
    mediaType: "application/pkix-cert",
    base64: root.raw.toString("base64"),
    fingerprint: root.fingerprint256,
  });
  const [server] = certificates.authority.servers();
  const name = shown.servers[0]?.commonName.replace(/[^A-Za-z0-9._-]+/g, "-");
  expect((await file(server?.fingerprint256 ?? "", "pem")).fileName).toBe(`${name}.pem`);
  expect(() => file("00")).toThrow(failing("not-found", "no-certificate"));
  watched.close();
  const told = watched.told.length;
  await handlers["certificates.renewServer"]({});
  await certificates.authority.standing();
  expect(watched.told).toHaveLength(told);
});

test("before the first certificates are there that is told, and a root for RSA has a name of its own as a file", async () => {
  const { certificates, handlers } = await openCertificates();
  expect(watch(handlers["certificates.overview"], {}).snapshot).toMatchObject({
    ...{ wss: { state: "making" }, roots: [], servers: [], issued: [] },
  });
  const root = vi.spyOn(certificates.authority, "root").mockResolvedValue(other.certificate);
  expect(await handlers["certificates.root"]({ kind: "rsa", format: "der" })).toEqual({
    fileName: "plugside-root-rsa.der",
    mediaType: "application/pkix-cert",
    base64: other.certificate.raw.toString("base64"),
    fingerprint: other.certificate.fingerprint256,
  });
  expect(root).toHaveBeenCalledWith("rsa");
});

test("a hundred certificates and requests are shown, the newest first", async () => {
  const { handlers, repository } = await openCertificates();
  const pem = pemOf(leaf);
  for (let at = 1; at <= 101; at++) {
    repository.add({ kind: "station", fingerprint: `F${at}`, pem, at, station: `CP${at}` });
    repository.addRequest({ station: `CP${at}`, at, csr: "", state: "waiting" });
  }
  const { issued, requests } = watch(handlers["certificates.overview"], {}).snapshot;
  for (const list of [issued, requests]) {
    expect([list.length, list[0]?.station, list.at(-1)?.station]).toEqual([100, "CP101", "CP2"]);
  }
});

test("another root signs from then on, and the servers are made anew when asked", async () => {
  const { certificates, handlers } = await openCertificates();
  await certificates.authority.keep();
  const [before] = certificates.authority.servers();
  const made = await handlers["certificates.newRoot"]({ kind: "ec" });
  expect(made).toMatchObject({ kind: "ec", current: true });
  const [server] = certificates.authority.servers();
  expect([server?.issuer.includes(made.commonName), server?.fingerprint256]).toEqual([
    true,
    expect.not.stringContaining(before?.fingerprint256 ?? "?"),
  ]);
  const renewed = await handlers["certificates.renewServer"]({});
  expect(renewed.map(({ fingerprint }) => fingerprint)).toEqual(
    certificates.authority.servers().map((one) => one.fingerprint256),
  );
  expect(renewed[0]?.fingerprint).not.toBe(server?.fingerprint256);
  const [, earlier] = certificates.authority.roots();
  const distrust = (fingerprint: string) => handlers["certificates.distrust"]({ fingerprint });
  expect(() => distrust(made.fingerprint)).toThrow(failing("conflict", "root-in-use"));
  expect(distrust(earlier?.certificate.fingerprint256 ?? "")).toBeNull();
  expect(certificates.authority.roots()).toHaveLength(1);
});

test("roots of others are trusted with a note, and forgotten; what is no root is refused", async () => {
  const { certificates, handlers, repository, clock } = await openCertificates();
  await certificates.authority.keep();
  const trust = (pem: string, note?: string) => handlers["certificates.trust"]({ pem, note });
  const subject = leaf.subject.replaceAll("\n", ", ");
  const [root, host] = [pemOf(other.certificate), pemOf(leaf)];
  for (const pem of [host, root + host, host + root]) {
    expect(() => trust(pem)).toThrow(
      expect.objectContaining({ code: "invalid-input", words: words("no-root", { subject }) }),
    );
  }
  expect(repository.all("trusted")).toEqual([]);
  const generation = certificates.authority.current()?.generation ?? 0;
  expect(await trust(pemOf(other.certificate), "  Acme ")).toMatchObject([
    { fingerprint: other.certificate.fingerprint256 },
  ]);
  expect(certificates.authority.current()?.generation).toBe(generation + 1);
  expect(certificates.authority.current()?.options.ca).toContain(pemOf(other.certificate));
  const { snapshot } = watch(handlers["certificates.overview"], {});
  expect(snapshot.trusted).toMatchObject([
    {
      addedAt: clock.now(),
      note: "Acme",
      hash: hashOfRoot(other.certificate),
      fingerprint: other.certificate.fingerprint256,
    },
  ]);
  await trust(pemOf(other.certificate), "  ");
  expect(repository.all("trusted").map(({ note }) => note)).toEqual([undefined]);
  const distrust = () => handlers["certificates.distrust"]({ fingerprint: other.certificate.fingerprint256 });
  expect(distrust()).toBeNull();
  expect(certificates.authority.current()?.options.ca).not.toContain(pemOf(other.certificate));
  expect(distrust).toThrow(failing("not-found", "no-trusted-root"));
});

test("a hundred roots are trusted, and no more", async () => {
  const { handlers, repository } = await openCertificates();
  const kept = vi.spyOn(repository, "all");
  const trust = () => handlers["certificates.trust"]({ pem: pemOf(other.certificate) });
  kept.mockReturnValueOnce(Array.from({ length: 99 }));
  expect(await trust()).toHaveLength(1);
  kept.mockReturnValueOnce(Array.from({ length: 100 }));
  expect(trust).toThrow(expect.objectContaining({ code: "conflict", words: words("too-many-roots", { most: 100 }) }));
});

test("a request from a file is signed, and the certificate comes under a name that any file system takes", async () => {
  const { handlers, certificates } = await openCertificates();
  const sign = (csr: string, station?: string, force = false) => handlers["certificates.sign"]({ csr, station, force });
  const signed = await sign(await csrOf("..CP å/1.."), undefined);
  expect(signed).toMatchObject({ fileName: "CP-1.pem", certificate: { commonName: "..CP å/1.." } });
  const certificate = new X509Certificate(Buffer.from(signed.base64, "base64"));
  expect([certificate.fingerprint256, certificate.checkIssued(await certificates.authority.root("ec"))]).toEqual([
    signed.certificate.fingerprint,
    true,
  ]);
  expect((await sign(await csrOf("..."))).fileName).toBe("certificate.pem");
  expect((await sign(await csrOf("x".repeat(61)))).fileName).toBe(`${"x".repeat(60)}.pem`);
  await expect(sign(await csrOf("OTHER"), "CP1")).rejects.toMatchObject({ code: "invalid-input" });
  expect((await sign(await csrOf("OTHER"), "CP1", true)).fileName).toBe("OTHER.pem");
  const { snapshot } = watch(handlers["certificates.overview"], {});
  expect(snapshot.issued.map(({ commonName, station }) => [commonName, station])[0]).toEqual(["OTHER", "CP1"]);
  expect(snapshot.issued.at(-1)).not.toHaveProperty("station");
});

test("a root is installed on a station: ours, or those that are given, and none that cannot be read", async () => {
  const { handlers, certificates, context, sent, tell, say } = await openCertificates();
  tell("boot", "BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
  const install = (pem?: string) =>
    handlers["certificates.install"]({ identity: "CP1", use: "CSMSRootCertificate", kind: "ec", pem });
  async function sentBy(pem?: string): Promise<string> {
    const count = sent.length;
    const outcome = install(pem);
    await expect
      .poll(
        () => {
          context.recorder.flush();
          return sent.length;
        },
        { timeout: 10_000 },
      )
      .toBe(count + 1);
    const [, id, action, payload] = JSON.parse(sent.at(-1) ?? "[]");
    say(JSON.stringify([3, id, { status: "Accepted" }]));
    expect([action, (await outcome).result]).toEqual(["InstallCertificate", "accepted"]);
    return payload.certificate;
  }
  const root = await certificates.authority.root("ec");
  expect(await sentBy()).toBe(pemOf(root).trim());
  expect(await sentBy(pemOf(other.certificate))).toBe(pemOf(other.certificate).trim());
  const two = pemOf(other.certificate) + pemOf(root);
  expect(await sentBy(`${two}\n`)).toBe(two.trim());
  await expect(install("none")).rejects.toMatchObject({ code: "invalid-input" });
  await expect(
    handlers["certificates.install"]({ identity: "NOBODY", use: "CSMSRootCertificate", kind: "ec" }),
  ).rejects.toMatchObject({ code: "not-found" });
});
