import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { loadX509 } from "../../lib/x509.ts";
import { createCertificateStore } from "./certificates.ts";

// Made with openssl; its hashes were taken from the DER by hand, at the places that `openssl asn1parse` names.
const root = `-----BEGIN CERTIFICATE-----
MIIBlTCCATugAwIBAgIEAKGywzAKBggqhkjOPQQDAjAnMREwDwYDVQQKDAhQbHVn
c2lkZTESMBAGA1UEAwwJVGVzdCBSb290MCAXDTI2MTEyMjA4MTUxNVoYDzIxMjYx
MDI5MDgxNTE1WjAnMREwDwYDVQQKDAhQbHVnc2lkZTESMBAGA1UEAwwJVGVzdCBS
b290MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEThiTklRppcZWHDNZCsclsMor
0roo7ukYHuuGsfFm/IMcpZNJc71j01qaSqI48mYYIco5zfqEMDlB9mm4ySIi16NT
MFEwHQYDVR0OBBYEFPRWkABXjTDos9eSCAfXX7MbuwGkMB8GA1UdIwQYMBaAFPRW
kABXjTDos9eSCAfXX7MbuwGkMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwID
SAAwRQIhAJYRNi+zGe08h8NyJJ06jlvF01tnR7mjK8/1+f416CmiAiB0/MSK9OAc
tUs6Rj+72+mnF/AffoNqvtDSES5rDCehwQ==
-----END CERTIFICATE-----`;
const hash = {
  hashAlgorithm: "SHA256",
  issuerNameHash: "4185e54d42217de479b1a3c87d7145416b662b32c3bc4ba30cdfacbadc2ba4d8",
  issuerKeyHash: "91929d1deaa7483302e04d7094a6f7a2a38568f5e90b9eefe15553e6d8e18345",
  serialNumber: "a1b2c3",
} as const;

describe("the certificate store", () => {
  it("names an installed root by the hashes of its issuer's name and key", () => {
    const store = createCertificateStore();
    expect(store.install("CSMSRootCertificate", root)).toBe(null);
    expect(store.list(["CSMSRootCertificate"])).toEqual([{ use: "CSMSRootCertificate", hash }]);
    expect(store.list(["V2GRootCertificate"])).toEqual([]);
  });

  it("keeps one of each, and forgets it by its hashes in any letter case", () => {
    const store = createCertificateStore();
    store.install("CSMSRootCertificate", root);
    store.install("CSMSRootCertificate", root);
    expect(store.size).toBe(1);
    expect(store.remove({ ...hash, serialNumber: "ffff" })).toBe(false);
    expect(store.remove({ ...hash, serialNumber: "A1B2C3" })).toBe(true);
    expect(store.size).toBe(0);
  });

  it("refuses what is no certificate", () => {
    expect(createCertificateStore().install("CSMSRootCertificate", "hello")).toBe("no readable X.509 certificate");
  });

  it("trusts by the roots of central systems alone, and takes no certificate that another one signed", async () => {
    const [one, other, leaf] = await certificates("A", "B", "C by A");
    const store = createCertificateStore();
    expect(store.install("CSMSRootCertificate", one ?? "")).toBe(null);
    expect(store.install("V2GRootCertificate", other ?? "")).toBe(null);
    expect(store.install("CSMSRootCertificate", leaf ?? "")).toBe("not a root certificate: it is not signed by itself");
    expect(store.roots().map((pem) => new X509Certificate(pem).subject)).toEqual(["CN=A"]);
    expect(store.list(undefined).map(({ use }) => use)).toEqual(["CSMSRootCertificate", "V2GRootCertificate"]);
    store.install("CentralSystemRootCertificate", root);
    expect(store.roots().length).toBe(2);
  });

  it("has room for ten, and again once one is gone", async () => {
    const store = createCertificateStore();
    const all = await certificates(...Array.from({ length: 11 }, (_, at) => `R${at}`));
    expect(all.map((pem) => store.install("CSMSRootCertificate", pem))).toEqual([
      ...Array.from({ length: 10 }, () => null),
      "the store is full",
    ]);
    const [first] = store.list(["CSMSRootCertificate"]);
    expect([first && store.remove(first.hash), store.size]).toEqual([true, 9]);
    expect(store.roots().map((pem) => new X509Certificate(pem).subject)).toEqual(
      Array.from({ length: 9 }, (_, at) => `CN=R${at + 1}`),
    );
  });
});

/** Certificates of these names, of one key; `C by A` bears the issuer A and is signed by another key. */
async function certificates(...names: string[]): Promise<string[]> {
  const x509 = await loadX509();
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const make = async () => (await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"])) as CryptoKeyPair;
  const [own, others] = [await make(), await make()];
  const notBefore = new Date(Date.UTC(2026, 0, 1));
  return Promise.all(
    names.map(async (name, at) => {
      const [subject = "", issuer = subject] = name.split(" by ");
      const certificate = await x509.X509CertificateGenerator.create({
        ...{ subject: `CN=${subject}`, issuer: `CN=${issuer}`, serialNumber: `0${at + 1}`, notBefore },
        ...{ notAfter: new Date(Date.UTC(2036, 0, 1)), signingAlgorithm: algorithm, publicKey: own.publicKey },
        signingKey: issuer === subject ? own.privateKey : others.privateKey,
      });
      return certificate.toString("pem");
    }),
  );
}
