import { randomBytes, webcrypto, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import type { X509 } from "../../lib/x509.ts";
import type { KeyKind } from "./contract.ts";

/** A certificate with the private key to it, PKCS#8 in PEM. */
export type Keyed = { certificate: X509Certificate; key: string };

/** Who signs: a root and its key. */
export type Issuer = { kind: KeyKind; certificate: X509Certificate; key: string };

type JsonName = Record<string, string[]>[];
type Names = { dns: readonly string[]; ip: readonly string[] };

const day = 86_400_000;
const rootDays = 20 * 365;
/** The most that common clients take for a server. */
const serverDays = 397;
const stationDays = 2 * 365;
/** Clocks of stations run behind. */
const backdatedDays = 1;
const rootBackdatedDays = 365;

/** Makes a root of our own: signs certificates and nothing else. */
export async function issueRoot(x509: X509, kind: KeyKind, now: number): Promise<Keyed> {
  const keys = await makeKeys(kind);
  // Two laptops have two roots: a name of its own keeps them apart in a station.
  const name: JsonName = [{ CN: [`Plugside root ${randomBytes(4).toString("hex")}`] }, { O: ["Plugside"] }];
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name,
    keys,
    notBefore: new Date(now - rootBackdatedDays * day),
    notAfter: new Date(now + rootDays * day),
    signingAlgorithm: signing(kind),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: parse(certificate.rawData), key: await exportKey(keys.privateKey) };
}

/** Makes a server certificate for all names, with a key of its own of the root's kind.
 * @param commonName what stations are most likely to call us by */
export async function issueServer(
  x509: X509,
  issuer: Issuer,
  commonName: string,
  names: Names,
  now: number,
): Promise<Keyed> {
  const keys = await makeKeys(issuer.kind);
  const { digitalSignature, keyEncipherment } = x509.KeyUsageFlags;
  // Key transport (TLS_RSA_*) is RSA's alone.
  const usage = issuer.kind === "rsa" ? digitalSignature | keyEncipherment : digitalSignature;
  const certificate = await sign(x509, issuer, {
    subject: [{ CN: [commonName] }, { O: ["Plugside"] }],
    publicKey: keys.publicKey,
    days: serverDays,
    now,
    extensions: [
      new x509.KeyUsagesExtension(usage, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        ...[...names.dns, ...asNames(names.ip)].map((value) => ({ type: "dns" as const, value })),
        ...names.ip.map((value) => ({ type: "ip" as const, value })),
      ]),
    ],
  });
  return { certificate, key: await exportKey(keys.privateKey) };
}

/** Addresses as host names: some stations (EVerest among them) compare the address that they called as a name, with no regard to the
 * addresses of a certificate. Those of IPv6 are no names: a colon makes some clients refuse the whole certificate. */
export function asNames(addresses: readonly string[]): string[] {
  return addresses.filter((address) => isIP(address) === 4);
}

/** Signs a station's key under the names that its request gave.
 * @param toCars it will also show it to cars (2.x V2GCertificate) */
export async function issueStation(
  x509: X509,
  issuer: Issuer,
  request: { subjectName: InstanceType<X509["Name"]>; publicKey: InstanceType<X509["PublicKey"]> },
  toCars: boolean,
  now: number,
): Promise<X509Certificate> {
  const { clientAuth, serverAuth } = x509.ExtendedKeyUsage;
  const { digitalSignature, keyAgreement, keyEncipherment } = x509.KeyUsageFlags;
  const isRsa = request.publicKey.algorithm.name.startsWith("RSA");
  return sign(x509, issuer, {
    subject: request.subjectName,
    publicKey: request.publicKey,
    days: stationDays,
    now,
    extensions: [
      new x509.KeyUsagesExtension(digitalSignature | (isRsa ? keyEncipherment : keyAgreement), true),
      new x509.ExtendedKeyUsageExtension(toCars ? [clientAuth, serverAuth] : [clientAuth]),
    ],
  });
}

type Wanted = {
  subject: Parameters<X509["X509CertificateGenerator"]["create"]>[0]["subject"];
  publicKey: Parameters<X509["X509CertificateGenerator"]["create"]>[0]["publicKey"];
  extensions: InstanceType<X509["Extension"]>[];
  days: number;
  now: number;
};

async function sign(x509: X509, issuer: Issuer, wanted: Wanted): Promise<X509Certificate> {
  const parent = new x509.X509Certificate(issuer.certificate.raw);
  const end = Math.min(wanted.now + (wanted.days - backdatedDays) * day, issuer.certificate.validToDate.getTime());
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: newSerial(),
    issuer: parent.subjectName,
    subject: wanted.subject,
    notBefore: new Date(wanted.now - backdatedDays * day),
    notAfter: new Date(end),
    publicKey: wanted.publicKey,
    signingKey: await importKey(issuer),
    signingAlgorithm: signing(issuer.kind),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      ...wanted.extensions,
      await x509.SubjectKeyIdentifierExtension.create(wanted.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(parent.publicKey),
    ],
  });
  return parse(certificate.rawData);
}

function algorithm(kind: KeyKind) {
  if (kind === "ec") return { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const publicExponent = new Uint8Array([1, 0, 1]);
  return { name: "RSASSA-PKCS1-v1_5", modulusLength: 2048, publicExponent, hash: "SHA-256" };
}

function signing(kind: KeyKind) {
  return kind === "ec" ? { name: "ECDSA", hash: "SHA-256" } : { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
}

function makeKeys(kind: KeyKind): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm(kind), true, ["sign", "verify"]) as Promise<webcrypto.CryptoKeyPair>;
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key)).toString("base64");
  return `-----BEGIN PRIVATE KEY-----\n${der.replace(/.{64}/g, "$&\n").trim()}\n-----END PRIVATE KEY-----\n`;
}

function importKey({ kind, key }: Issuer): Promise<webcrypto.CryptoKey> {
  const der = Buffer.from(key.replace(/-----[^-]+-----|\s/g, ""), "base64");
  return webcrypto.subtle.importKey("pkcs8", der, algorithm(kind), false, ["sign"]);
}

/** 127 random bits, positive: 32 hex digits, and OCPP takes 40. */
function newSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString("hex");
}

function parse(der: ArrayBuffer): X509Certificate {
  return new X509Certificate(Buffer.from(der));
}
