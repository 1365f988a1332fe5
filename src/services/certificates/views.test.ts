import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { expect, test } from "vitest";
import { loadX509 } from "../../lib/x509.ts";
import { hashOfRoot } from "../../ocpp/certificate-hash.ts";
import type { CertificateRow } from "../../store/certificates.ts";
import { issueRoot, issueServer } from "./issue.ts";
import { keyWord, viewCertificate, viewIssued, viewTrusted } from "./views.ts";

const publicKey = (type: string, options: object): KeyObject =>
  (generateKeyPairSync as (type: string, options: object) => { publicKey: KeyObject })(type, options).publicKey;

test.each([
  ["ec", { namedCurve: "P-256" }, "ECDSA P-256"],
  ["ec", { namedCurve: "P-384" }, "ECDSA P-384"],
  ["ec", { namedCurve: "P-521" }, "ECDSA P-521"],
  ["ec", { namedCurve: "secp256k1" }, "ECDSA secp256k1"],
  ["rsa", { modulusLength: 1024 }, "RSA 1024"],
  ["rsa-pss", { modulusLength: 1024 }, "RSA 1024"],
  ["ed25519", {}, "ed25519"],
] as const)("a key of %s with %j is called %s", (type, options, word) => {
  expect(keyWord(publicKey(type, options))).toBe(word);
});

test("a certificate is shown with its names as they are typed, each once, and who signed it", async () => {
  const x509 = await loadX509();
  const now = Date.UTC(2026, 0, 2);
  const root = await issueRoot(x509, "ec", now);
  const names = { dns: ["host", "192.0.2.7"], ip: ["192.0.2.7", "fd00::2"] };
  const { certificate } = await issueServer(x509, { kind: "ec", ...root }, "host", names, now);
  const view = viewCertificate(certificate);
  expect(view).toEqual({
    fingerprint: certificate.fingerprint256,
    commonName: "host",
    subject: "CN=host, O=Plugside",
    issuer: root.certificate.subject.replace("\n", ", "),
    serialNumber: certificate.serialNumber,
    notBefore: "2026-01-01T00:00:00.000Z",
    notAfter: certificate.validToDate.toISOString(),
    key: "ECDSA P-256",
    names: ["host", "192.0.2.7", "fd00::2"],
  });
  expect(viewCertificate(root.certificate).names).toEqual([]);
  const row = { at: 5 } as CertificateRow;
  const hash = hashOfRoot(root.certificate);
  const trusted = viewCertificate(root.certificate);
  expect(viewTrusted(root.certificate, row)).toEqual({ ...trusted, addedAt: 5, hash });
  expect(viewTrusted(root.certificate, { ...row, note: "n" })).toEqual({ ...trusted, addedAt: 5, hash, note: "n" });
  expect(viewIssued(certificate, row)).toEqual({ ...view, issuedAt: 5 });
  expect(viewIssued(certificate, { ...row, station: "CP1" })).toEqual({ ...view, issuedAt: 5, station: "CP1" });
});
