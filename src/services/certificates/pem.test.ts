import { describe, expect, it } from "vitest";
import { loadX509 } from "../../lib/x509.ts";
import { issueRoot } from "./issue.ts";
import { readCertificates } from "./pem.ts";
import { pemOf } from "./views.ts";

describe("an imported PEM", async () => {
  const { certificate, key } = await issueRoot(await loadX509(), "ec", Date.UTC(2026, 5, 1));
  const pem = pemOf(certificate);

  it("gives every certificate in it, and passes over what stands between", () => {
    const text = `subject=CN=x\n${pem}\nissuer\n${pem.replaceAll("\n", "\r\n")}`;
    const found = readCertificates(text).map(({ fingerprint256 }) => fingerprint256);
    expect(found).toEqual([certificate.fingerprint256, certificate.fingerprint256]);
  });

  it("may be the bare base64 of one", () => {
    expect(readCertificates(certificate.raw.toString("base64"))[0]?.fingerprint256).toBe(certificate.fingerprint256);
  });

  it("is read up to the length that is taken", () => {
    const longest = `${pem}${" ".repeat(65_536 - pem.length)}`;
    expect(readCertificates(longest)).toHaveLength(1);
    expect(() => readCertificates(`${longest} `)).toThrow("This is longer than 65536 characters.");
    expect(readCertificates(pem.repeat(20))).toHaveLength(20);
  });

  it.each([
    ["words", "hello world", "This is no readable certificate."],
    ["nothing", "", "This is no readable certificate."],
    [
      "a request",
      "-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----",
      "This holds CERTIFICATE REQUEST, no certificate.",
    ],
    [
      "a private key",
      `${pem}${key}`,
      "This holds a private key. Give the certificate alone, and keep the key to yourself.",
    ],
    [
      "the key of an elliptic curve by its older label",
      `${pem}${key.replaceAll("PRIVATE KEY", "EC PRIVATE KEY")}`,
      "This holds a private key. Give the certificate alone, and keep the key to yourself.",
    ],
    ["too long", "A".repeat(65_537), "This is longer than 65536 characters."],
    ["too many", pem.repeat(21), "This holds more than 20 certificates."],
    ["damaged", `${pem}${pem.replace(/M[A-Z]/, "AA")}`, "Certificate 2 is not readable."],
  ])("is refused with a reason: %s", (_name, text, why) => {
    expect(() => readCertificates(text)).toThrow(expect.objectContaining({ code: "invalid-input", message: why }));
  });
});
