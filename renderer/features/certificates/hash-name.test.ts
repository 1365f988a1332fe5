import { expect, it } from "vitest";
import type { CertificatesOverview } from "../../../src/services/certificates/contract.ts";
import { hashName } from "./hash-name.ts";

const hash = { hashAlgorithm: "SHA256", issuerNameHash: "aa11", issuerKeyHash: "bb", serialNumber: "1f" } as const;
const known = { roots: [{ commonName: "Ours", hash }], trusted: [] } as unknown as CertificatesOverview;

it.each([
  ["as it is", hash, "Ours"],
  ["with capitals and leading zeros", { ...hash, issuerNameHash: "AA11", serialNumber: "001F" }, "Ours"],
  ["in another hash", { ...hash, hashAlgorithm: "SHA512", issuerNameHash: "cc" } as const, "Ours"],
  ["of another issuer", { ...hash, issuerNameHash: "cc" }, undefined],
  ["with another number", { ...hash, serialNumber: "20" }, undefined],
])("knows a root on a station %s", (_how, told, name) => {
  expect(hashName(told, known)).toBe(name);
});
