import { describe, expect, it } from "vitest";
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
});
