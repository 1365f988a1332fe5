import { createPrivateKey, X509Certificate } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import { loadX509 } from "../../lib/x509.ts";
import { createOwnCertificate } from "./own-certificate.ts";

const start = Date.UTC(2026, 5, 1, 8);
const hour = 3_600_000;
let x509: Awaited<ReturnType<typeof loadX509>>;
beforeAll(async () => {
  x509 = await loadX509();
});

/** A certificate for what a station asked for, valid from one time to another. */
async function signed(csr: string, from: number, to: number): Promise<string> {
  const request = new x509.Pkcs10CertificateRequest(csr);
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = (await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"])) as CryptoKeyPair;
  const certificate = await x509.X509CertificateGenerator.create({
    ...{ subject: request.subject, issuer: "CN=Root", serialNumber: "01", signingAlgorithm: algorithm },
    ...{ notBefore: new Date(from), notAfter: new Date(to), publicKey: request.publicKey, signingKey: keys.privateKey },
  });
  return certificate.toString("pem");
}

test("a station asks for a certificate in its own name and its operator's, with a signature of its key", async () => {
  const own = createOwnCertificate("CP1", createManualClock(start), undefined);
  const names = async (organisation: string) => new x509.Pkcs10CertificateRequest(await own.request(organisation));
  const request = await names("Acme");
  expect([request.subject, await request.verify()]).toEqual(["CN=CP1, O=Acme", true]);
  expect((await names("")).subject).toBe("CN=CP1, O=Plugside");
});

test.each([
  ["from now on", start, start + hour, null],
  ["to now", start - hour, start, null],
  ["from later on", start + 1000, start + hour, "it is not valid now"],
  ["until before", start - hour, start - 1000, "it is not valid now"],
])("takes a certificate that is valid %s: %4$s", async (_, from, to, why) => {
  const own = createOwnCertificate("CP1", createManualClock(start), undefined);
  const chain = await signed(await own.request(""), from, to);
  expect(own.take(chain)).toBe(why);
  expect(own.current?.certificate).toBe(why === null ? chain : undefined);
  if (!own.current) return;
  expect(new X509Certificate(chain).checkPrivateKey(createPrivateKey(own.current.key))).toBe(true);
  // One answer to one request.
  expect(own.take(chain)).toBe("no certificate was asked for");
});

test("takes nothing that it did not ask for, cannot read, or that is for another key", async () => {
  const given = { certificate: "given", key: "given" };
  const own = createOwnCertificate("CP1", createManualClock(start), given);
  expect([own.take("x"), own.current]).toEqual(["no certificate was asked for", given]);
  const first = await own.request("");
  await own.request("");
  expect(own.take("x")).toBe("no readable certificate");
  expect(own.take(await signed(first, start, start + hour))).toBe("it is for another key");
  expect(own.current).toBe(given);
});
