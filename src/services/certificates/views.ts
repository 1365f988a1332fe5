import type { X509Certificate } from "node:crypto";
import { hashOfRoot } from "../../ocpp/certificate-hash.ts";
import type { CertificateRow } from "../../store/certificates.ts";
import type { CertificateFile, CertificateView, IssuedView, TrustedView } from "./contract.ts";

/** A certificate as the screens see it. */
export function viewCertificate(certificate: X509Certificate): CertificateView {
  return {
    fingerprint: certificate.fingerprint256,
    commonName: commonName(certificate.subject),
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    serialNumber: certificate.serialNumber,
    notBefore: certificate.validFromDate.toISOString(),
    notAfter: certificate.validToDate.toISOString(),
    key: keyWord(certificate.publicKey),
    names: namesOf(certificate),
  };
}

export function viewTrusted(certificate: X509Certificate, row: CertificateRow): TrustedView {
  const view: TrustedView = { ...viewCertificate(certificate), addedAt: row.at, hash: hashOfRoot(certificate) };
  if (row.note) view.note = row.note;
  return view;
}

export function viewIssued(certificate: X509Certificate, row: CertificateRow): IssuedView {
  const view: IssuedView = { ...viewCertificate(certificate), issuedAt: row.at };
  if (row.station) view.station = row.station;
  return view;
}

/** A certificate as a file to save. */
export function fileOf(certificate: X509Certificate, name: string, format: "pem" | "der"): CertificateFile {
  const bytes = format === "der" ? certificate.raw : Buffer.from(pemOf(certificate));
  return {
    fileName: `${name}.${format === "der" ? "der" : "pem"}`,
    mediaType: format === "der" ? "application/pkix-cert" : "application/x-pem-file",
    base64: bytes.toString("base64"),
    fingerprint: certificate.fingerprint256,
  };
}

/** Ends with a line break, so that texts can be put behind each other. */
export function pemOf(certificate: X509Certificate): string {
  return `${certificate.toString().trim()}\n`;
}

/** e.g. ECDSA P-256, RSA 2048. */
export function keyWord(key: X509Certificate["publicKey"]): string {
  const details = key.asymmetricKeyDetails;
  const curves: Record<string, string> = { prime256v1: "P-256", secp384r1: "P-384", secp521r1: "P-521" };
  if (key.asymmetricKeyType === "ec")
    return `ECDSA ${curves[details?.namedCurve ?? ""] ?? details?.namedCurve ?? ""}`.trim();
  if (details?.modulusLength) return `${key.asymmetricKeyType === "dsa" ? "DSA" : "RSA"} ${details.modulusLength}`;
  return key.asymmetricKeyType ?? "unknown";
}

/** Node writes a name as a line for each part. */
function oneLine(name: string): string {
  return (name ?? "").split("\n").join(", ");
}

function commonName(subject: string): string {
  const line = (subject ?? "").split("\n").find((part) => part.startsWith("CN="));
  return line?.slice(3) ?? "";
}

/** "DNS:localhost, IP Address:127.0.0.1" as names alone. */
function namesOf(certificate: X509Certificate): string[] {
  const text = certificate.subjectAltName ?? "";
  const names = text
    .split(", ")
    .map((part) => {
      const [type = "", ...rest] = part.split(":");
      const value = rest.join(":");
      // Written out in full by OpenSSL: fd00::2 reads better.
      return type === "IP Address" && value.includes(":") ? new URL(`http://[${value}]`).hostname.slice(1, -1) : value;
    })
    .filter((part) => part !== "");
  // An address stands there as a name, too.
  return [...new Set(names)];
}
