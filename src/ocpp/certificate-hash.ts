import { createHash, type X509Certificate } from "node:crypto";
import type { CertificateHash } from "../station/certificates.ts";

/** A root's name in OCPP: the hashes of RFC 6960, of the issuer's name in DER and of the issuer's key without tag and length.
 * For a root the issuer's key is its own.
 * @throws Error when the DER is not that of a certificate */
export function hashOfRoot(
  certificate: X509Certificate,
  hashAlgorithm: CertificateHash["hashAlgorithm"] = "SHA256",
): CertificateHash {
  const digest = (bytes: Buffer) => createHash(hashAlgorithm.toLowerCase()).update(bytes).digest("hex");
  const key = children(certificate.publicKey.export({ type: "spki", format: "der" }))[1];
  const issuer = issuerName(certificate.raw);
  // The first content byte of a BIT STRING counts its unused bits.
  if (!key || !issuer) throw new Error("not a certificate");
  return {
    hashAlgorithm,
    issuerNameHash: digest(issuer),
    issuerKeyHash: digest(key.content.subarray(1)),
    serialNumber: certificate.serialNumber.replace(/^0+(?=.)/, "").toLowerCase(),
  };
}

/** Hex digits compare without regard to letter case. */
export function sameHash(one: CertificateHash, other: CertificateHash): boolean {
  const lower = (text: string) => text.toLowerCase();
  return (
    lower(one.issuerNameHash) === lower(other.issuerNameHash) &&
    lower(one.issuerKeyHash) === lower(other.issuerKeyHash) &&
    lower(one.serialNumber) === lower(other.serialNumber)
  );
}

type Element = { tag: number; content: Buffer; whole: Buffer };

/** Certificate ::= SEQUENCE { tbs SEQUENCE { [0] version, serial, algorithm, issuer ... } ... } (RFC 5280, 4.1). */
function issuerName(certificate: Buffer): Buffer | undefined {
  const tbs = children(certificate)[0];
  if (!tbs) return undefined;
  const fields = children(tbs.whole);
  const explicitVersion = fields[0]?.tag === 0xa0 ? 1 : 0;
  return fields[explicitVersion + 2]?.whole;
}

/** The elements inside a constructed DER element. */
function children(der: Buffer): Element[] {
  const { content } = element(der, 0);
  const found: Element[] = [];
  for (let at = 0; at < content.length; ) {
    const child = element(content, at);
    found.push(child);
    at += child.whole.length;
  }
  return found;
}

function element(der: Buffer, at: number): Element {
  const tag = der.readUInt8(at);
  const first = der.readUInt8(at + 1);
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const length = lengthBytes === 0 ? first : der.readUIntBE(at + 2, lengthBytes);
  const start = at + 2 + lengthBytes;
  if (start + length > der.length) throw new Error("not a certificate");
  return { tag, content: der.subarray(start, start + length), whole: der.subarray(at, start + length) };
}
