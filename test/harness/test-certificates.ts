import { webcrypto } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TlsOptions } from "node:tls";
import { loadX509 } from "../../src/lib/x509.ts";
import { type Issuer, issueRoot, issueServer, issueStation } from "../../src/services/certificates/issue.ts";
import { pemOf } from "../../src/services/certificates/views.ts";
import type { TlsProvider } from "../../src/transports/tls/server.ts";
import { temporaryFolder } from "./core.ts";

/** A root, a server certificate, and a station's certificate, in memory and in files for openssl. */
export type TestCertificates = {
  tls: TlsProvider;
  files: { root: string; clientCertificate: string; clientKey: string };
};

export type TestCertificateOptions = {
  /** What the server's certificate names; by default this machine. */
  names?: { dns: string[]; ip: string[] };
  /** When it was made. */
  now?: number;
  options?: TlsOptions;
  /** Whether the server knows the root of the station's certificate. */
  knowsClients?: boolean;
};

/** Makes certificates for one test.
 * @param station the common name of the station's certificate */
export async function testCertificates(station: string, how: TestCertificateOptions = {}): Promise<TestCertificates> {
  const x509 = await loadX509();
  const now = how.now ?? Date.now();
  const root: Issuer = { kind: "ec", ...(await issueRoot(x509, "ec", now)) };
  const names = how.names ?? { dns: ["localhost"], ip: ["127.0.0.1"] };
  const server = await issueServer(x509, root, "plugside", names, now);
  const keys = await webcrypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const request = { subjectName: new x509.Name(`CN=${station}`), publicKey: new x509.PublicKey(await spki(keys)) };
  const client = await issueStation(x509, root, request, false, now);
  const key = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
  const folder = await temporaryFolder();
  const file = async (name: string, text: string) => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };
  const options: TlsOptions = {
    cert: pemOf(server.certificate) + pemOf(root.certificate),
    key: server.key,
    ca: how.knowsClients === false ? [] : [pemOf(root.certificate)],
    minVersion: "TLSv1.2",
    ...how.options,
  };
  return {
    tls: { current: () => ({ generation: 1, options }) },
    files: {
      root: await file("root.pem", pemOf(root.certificate)),
      clientCertificate: await file("client.pem", pemOf(client)),
      clientKey: await file(
        "client.key",
        `-----BEGIN PRIVATE KEY-----\n${Buffer.from(key).toString("base64")}\n-----END PRIVATE KEY-----\n`,
      ),
    },
  };
}

function spki({ publicKey }: webcrypto.CryptoKeyPair): Promise<ArrayBuffer> {
  return webcrypto.subtle.exportKey("spki", publicKey);
}
