import type { X509Certificate } from "node:crypto";
import { beforeAll, describe, expect, it, test } from "vitest";
import { loadX509, type X509 } from "../../lib/x509.ts";
import type { KeyKind } from "./contract.ts";
import { type Issuer, issueRoot, issueServer, issueStation } from "./issue.ts";

const now = Date.UTC(2026, 5, 1);
const day = 86_400_000;
const names = { dns: ["bench"], ip: ["192.0.2.7", "fd00::7"] };

let x509: X509;
const roots = {} as Record<KeyKind, Issuer>;
beforeAll(async () => {
  x509 = await loadX509();
  for (const kind of ["ec", "rsa"] as const) roots[kind] = { kind, ...(await issueRoot(x509, kind, now)) };
});

/** Days before and after now. */
function days({ validFromDate, validToDate }: X509Certificate): number[] {
  return [validFromDate, validToDate].map((date) => (date.getTime() - now) / day);
}

/** What a certificate's key may be used for, as the library reads it. */
function uses(certificate: X509Certificate) {
  const read = new x509.X509Certificate(certificate.raw);
  return {
    key: read.getExtension(x509.KeyUsagesExtension)?.usages,
    extended: read.getExtension(x509.ExtendedKeyUsageExtension)?.usages,
    ca: read.getExtension(x509.BasicConstraintsExtension)?.ca,
    below: read.getExtension(x509.BasicConstraintsExtension)?.pathLength,
  };
}

test.each(["ec", "rsa"] as const)(
  "a root says what it is in a way that nobody may pass over (RFC 5280 4.2.1.9): %s",
  (kind) => {
    const read = new x509.X509Certificate(roots[kind].certificate.raw);
    expect(read.getExtension(x509.BasicConstraintsExtension)).toMatchObject({
      ca: true,
      pathLength: 0,
      critical: true,
    });
    expect(read.getExtension(x509.KeyUsagesExtension)?.critical).toBe(true);
  },
);

const flags = () => x509.KeyUsageFlags;
const { serverAuth, clientAuth } = { serverAuth: "1.3.6.1.5.5.7.3.1", clientAuth: "1.3.6.1.5.5.7.3.2" };

async function stationsOwn(kind: KeyKind, toCars: boolean): Promise<X509Certificate> {
  const algorithm =
    kind === "ec"
      ? { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" }
      : { name: "RSASSA-PKCS1-v1_5", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" };
  const keys = (await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"])) as CryptoKeyPair;
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: "CN=CP1",
    keys,
    signingAlgorithm: algorithm,
  });
  return issueStation(x509, roots.ec, request, toCars, now);
}

describe("a root of ours", () => {
  it.each([
    ["ec", { namedCurve: "prime256v1" }],
    ["rsa", { modulusLength: 2048, publicExponent: 65_537n }],
  ] as const)("of the kind %s has the key that stations know", (kind, details) => {
    expect(roots[kind].certificate.publicKey.asymmetricKeyDetails).toEqual(details);
  });

  it("signs certificates, nothing below them, and lasts twenty years, from a year ago", () => {
    const { certificate } = roots.ec;
    expect(uses(certificate)).toEqual({
      key: flags().keyCertSign | flags().cRLSign,
      extended: undefined,
      ca: true,
      below: 0,
    });
    expect(days(certificate)).toEqual([-365, 20 * 365]);
    expect(certificate.subject).toMatch(/^CN=Plugside root [0-9a-f]{8}\nO=Plugside$/);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
  });
});

describe("a server certificate", () => {
  it.each(["ec", "rsa"] as const)("of the kind %s is for all names, addresses of IPv4 as names too", async (kind) => {
    const { certificate, key } = await issueServer(x509, roots[kind], "192.0.2.7", names, now);
    const encipher = kind === "rsa" ? flags().keyEncipherment : 0;
    expect(uses(certificate)).toEqual({
      ...{ key: flags().digitalSignature | encipher, extended: [serverAuth], ca: false, below: undefined },
    });
    expect(certificate.subjectAltName).toBe(
      "DNS:bench, DNS:192.0.2.7, IP Address:192.0.2.7, IP Address:FD00:0:0:0:0:0:0:7",
    );
    expect(certificate.subject).toBe("CN=192.0.2.7\nO=Plugside");
    expect(days(certificate)).toEqual([-1, 396]);
    expect(certificate.verify(roots[kind].certificate.publicKey)).toBe(true);
    expect(certificate.checkPrivateKey((await import("node:crypto")).createPrivateKey(key))).toBe(true);
  });

  it("ends with its root at the latest", async () => {
    const late = now + 20 * 365 * day - 10 * day;
    const { certificate } = await issueServer(x509, roots.ec, "x", names, late);
    expect(certificate.validTo).toBe(roots.ec.certificate.validTo);
  });
});

it("a certificate has a number of its own, positive and of 16 bytes, and names its key and that of its root", async () => {
  const keysOf = ({ raw }: X509Certificate) => {
    const read = new x509.X509Certificate(raw);
    return {
      own: read.getExtension(x509.SubjectKeyIdentifierExtension)?.keyId,
      signer: read.getExtension(x509.AuthorityKeyIdentifierExtension)?.keyId,
    };
  };
  const root = keysOf(roots.ec.certificate).own;
  expect(root).toMatch(/^[0-9a-f]{40}$/);
  const servers = await Promise.all([0, 1].map(() => issueServer(x509, roots.ec, "x", names, now)));
  const all = [...servers.map(({ certificate }) => certificate), await stationsOwn("ec", false)];
  expect(all.map((one) => keysOf(one).signer)).toEqual([root, root, root]);
  expect(new Set([root, ...all.map((one) => keysOf(one).own)]).size).toBe(4);
  const numbers = [roots.ec.certificate, ...all].map(({ serialNumber }) => serialNumber);
  for (const number of numbers) expect(number).toMatch(/^[4-7][0-9A-F]{31}$/);
  expect(new Set(numbers).size).toBe(4);
});

describe("a station's certificate", () => {
  it.each([
    ["ec", false, [clientAuth]],
    ["ec", true, [clientAuth, serverAuth]],
    ["rsa", false, [clientAuth]],
  ] as const)("of the kind %s, shown to cars: %s, may be used for %j", async (kind, toCars, extended) => {
    const certificate = await stationsOwn(kind, toCars);
    const { digitalSignature, keyAgreement, keyEncipherment } = flags();
    const key = digitalSignature | (kind === "rsa" ? keyEncipherment : keyAgreement);
    expect(uses(certificate)).toEqual({ key, extended: [...extended], ca: false, below: undefined });
    expect([certificate.subject, days(certificate)]).toEqual(["CN=CP1", [-1, 2 * 365 - 1]]);
  });
});
