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

/** Of X.509 version 1, which has no field for its version (`openssl x509 -req`); its names by `openssl ocsp -req_text`. */
const oldRoot = `-----BEGIN CERTIFICATE-----
MIIBDTCBtQICChswCgYIKoZIzj0EAwIwEzERMA8GA1UEAwwIT2xkIHJvb3QwHhcN
MjYxMTI4MDIwMDIwWhcNMzYxMTI1MDIwMDIwWjATMREwDwYDVQQDDAhPbGQgcm9v
dDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABMFN6fuedkCXeZwFoj5Sof6ZKHCT
II24/Hp2bmVBDgapNUD76euQ1T4a2yvt4LSqJyp2fT9pBIfOXz3ORrOf6KUwCgYI
KoZIzj0EAwIDRwAwRAIgcG+8QErq4ZhSfN954ZowaHmgQkjXtqHLtmjSJWPxjdYC
IFzMYayS/gJA+MWQMv2hqFg98GFYKZmXBfZCuQpAeT6I
-----END CERTIFICATE-----`;

test("an old root, of the first version of X.509, is named as OpenSSL names it", () => {
  expect(hashOfRoot(new X509Certificate(oldRoot))).toEqual({
    hashAlgorithm: "SHA256",
    issuerNameHash: "61b54a50c6ffc3934be40e77b57229aff309fd604ca465f77da506d19f86f122",
    issuerKeyHash: "087b797823b615ed7d640b7d1f42200dcded2277a41fb33cfa3b1e93863b94a0",
    serialNumber: "a1b",
  });
});

test("two names are the same whatever the case of their digits, and another where any part is", () => {
  const one = { hashAlgorithm: "SHA256", issuerNameHash: "aa", issuerKeyHash: "bb", serialNumber: "cc" } as const;
  expect(sameHash(one, { ...one, issuerNameHash: "AA", issuerKeyHash: "BB", serialNumber: "CC" })).toBe(true);
  for (const part of ["issuerNameHash", "issuerKeyHash", "serialNumber"]) {
    expect(sameHash(one, { ...one, [part]: "dd" })).toBe(false);
  }
});
