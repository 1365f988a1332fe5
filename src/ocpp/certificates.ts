import type { JsonObject } from "../lib/json.ts";
import type { CertificateHash } from "../station/certificates.ts";
import { words } from "../station/phrases.ts";
import type { Plan } from "./dialect.ts";
import { text } from "./read.ts";

/** Reads CertificateHashDataType; undefined where a part of it is missing. */
export function readHash(from: JsonObject | undefined): CertificateHash | undefined {
  const issuerNameHash = text(from, "issuerNameHash");
  const issuerKeyHash = text(from, "issuerKeyHash");
  const serialNumber = text(from, "serialNumber");
  if (issuerNameHash === undefined || issuerKeyHash === undefined || serialNumber === undefined) return undefined;
  const said = text(from, "hashAlgorithm");
  const hashAlgorithm = said === "SHA384" || said === "SHA512" ? said : "SHA256";
  return { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber };
}

/** CertificateHashDataType as it goes out. */
export function writeHash({ hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber }: CertificateHash): JsonObject {
  return { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber };
}

/** Both versions take a chain of at most 10,000 characters. */
export const longestChain = 10_000;

/** Why a text is not sent: it is longer than its field. */
export function tooLongPem(field: string, length: number, limit: number): Plan {
  return { unsupported: words("pem-too-long", { field, limit, length }) };
}
