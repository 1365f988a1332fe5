import { createHash, webcrypto, X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { loadX509 } from "../lib/x509.ts";
import { hashOfRoot, sameHash } from "./certificate-hash.ts";

const ecdsa = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const rsa = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  modulusLength: 2048,
  publicExponent: Uint8Array.of(1, 0, 1),
};

/** A root with a name of some length, and its name and key in DER as the library that made it and Node tell them. */
async function root(algorithm: typeof ecdsa | typeof rsa, name: string, serialNumber: string) {
  const x509 = await loadX509();
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"])) as webcrypto.CryptoKeyPair;
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber,
    name: `CN=${name}`,
    notBefore: new Date(0),
    notAfter: new Date(86_400_000),
    signingAlgorithm: algorithm,
    keys: keys as Parameters<typeof x509.X509CertificateGenerator.createSelfSigned>[0]["keys"],
  });
  const certificate = new X509Certificate(Buffer.from(made.rawData));
  const key =
    algorithm === ecdsa
      ? Buffer.from(await webcrypto.subtle.exportKey("raw", keys.publicKey))
      : certificate.publicKey.export({ type: "pkcs1", format: "der" });
  return { certificate, key, issuer: Buffer.from(made.issuerName.toArrayBuffer()) };
}

test.each([
  ["a short name and an elliptic key", ecdsa, "Root", "01", "1"],
  ["a name whose length takes a byte of its own", ecdsa, "n".repeat(150), "0abc", "abc"],
  ["a name whose length takes two, and an RSA key", rsa, "n".repeat(300), "7f00", "7f00"],
] as const)("a root with %s is named by the hashes of RFC 6960", async (_what, algorithm, name, serial, told) => {
  const { certificate, key, issuer } = await root(algorithm, name, serial);
  for (const [hashAlgorithm, hash] of [
    ["SHA256", "sha256"],
    ["SHA384", "sha384"],
    ["SHA512", "sha512"],
  ] as const) {
    const digest = (bytes: Buffer) => createHash(hash).update(bytes).digest("hex");
    expect(hashOfRoot(certificate, hashAlgorithm)).toEqual({
      hashAlgorithm,
      issuerNameHash: digest(issuer),
      issuerKeyHash: digest(key),
      serialNumber: told,
    });
  }
});

test("two names are the same whatever the case of their digits, and another where any part is", () => {
  const one = { hashAlgorithm: "SHA256", issuerNameHash: "aa", issuerKeyHash: "bb", serialNumber: "cc" } as const;
  expect(sameHash(one, { ...one, issuerNameHash: "AA", issuerKeyHash: "BB", serialNumber: "CC" })).toBe(true);
  for (const part of ["issuerNameHash", "issuerKeyHash", "serialNumber"]) {
    expect(sameHash(one, { ...one, [part]: "dd" })).toBe(false);
  }
});
