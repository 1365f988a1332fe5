import { constants, type X509Certificate } from "node:crypto";
import { duplexPair } from "node:stream";
import { connect, createSecureContext, type SecureVersion, TLSSocket, type TlsOptions } from "node:tls";
import { pemOf } from "./views.ts";

/** A certificate that we show, with the root that signed it. */
export type ServerIdentity = { certificate: X509Certificate; key: string; root: X509Certificate };

/** TLS 1.3's, then those that OCPP demands (1.6 security whitepaper 2.4; 2.0.1 A00.FR.318), and ECDHE for RSA keys. */
const ciphers = [
  "TLS_AES_128_GCM_SHA256",
  "TLS_AES_256_GCM_SHA384",
  "TLS_CHACHA20_POLY1305_SHA256",
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES256-GCM-SHA384",
  "AES128-GCM-SHA256",
  "AES256-GCM-SHA384",
];
/** What stations without TLS 1.2, or without GCM, have. */
const oldCiphers = [
  "ECDHE-ECDSA-AES128-SHA256",
  "ECDHE-RSA-AES128-SHA256",
  "AES128-SHA256",
  "ECDHE-ECDSA-AES128-SHA",
  "ECDHE-ECDSA-AES256-SHA",
  "ECDHE-RSA-AES128-SHA",
  "ECDHE-RSA-AES256-SHA",
  "AES128-SHA",
  "AES256-SHA",
];
const oldVersions = ["TLSv1", "TLSv1.1"] as const satisfies SecureVersion[];

/** Options for a TLS server. A client certificate is asked for and judged later: whether one is needed depends on the station. */
export function tlsOptions(
  identities: readonly ServerIdentity[],
  trusted: readonly X509Certificate[],
  old: boolean,
): TlsOptions {
  const options: TlsOptions = {
    cert: identities.map(({ certificate, root }) => pemOf(certificate) + pemOf(root)),
    key: identities.map(({ key }) => key),
    ca: [...new Set(trusted.map(pemOf))],
    requestCert: true,
    rejectUnauthorized: false,
    minVersion: "TLSv1.2",
    maxVersion: "TLSv1.3",
    ciphers: ciphers.join(":"),
    honorCipherOrder: true,
    // A resumed session would bring no certificate and no hello to look at.
    secureOptions: constants.SSL_OP_NO_TICKET,
  };
  if (!old) return options;
  const all = [...ciphers, ...oldCiphers].join(":");
  const older = { ...options, minVersion: "TLSv1" as const, ciphers: all };
  // OpenSSL refuses SHA-1 signatures above level 0; other runtimes do not know the word.
  const relaxed = { ...older, ciphers: `${all}:@SECLEVEL=0` };
  return [relaxed, older].find(isOffered) ?? options;
}

/** Whether this runtime takes the options at all. */
export function isOffered(options: TlsOptions): boolean {
  try {
    createSecureContext(options);
    return true;
  } catch {
    return false;
  }
}

/** The old versions that a server with these options cannot speak in this runtime: each is tried, in memory. */
export async function missingVersions(options: TlsOptions): Promise<string[]> {
  const spoken = await Promise.all(oldVersions.map((version) => isSpoken(options, version)));
  return oldVersions.filter((_version, at) => !spoken[at]);
}

function isSpoken(options: TlsOptions, version: SecureVersion): Promise<boolean> {
  const [near, far] = duplexPair();
  return new Promise((resolve) => {
    const done = (spoken: boolean) => {
      resolve(spoken);
      near.destroy();
      far.destroy();
    };
    try {
      const server = new TLSSocket(near, { ...options, isServer: true, requestCert: false });
      server.on("error", () => done(false));
      const level = String(options.ciphers).includes("@SECLEVEL") ? ":@SECLEVEL=0" : "";
      const client = connect({
        socket: far,
        minVersion: version,
        maxVersion: version,
        ciphers: `${oldCiphers.join(":")}${level}`,
        rejectUnauthorized: false,
      });
      client.on("error", () => done(false));
      client.on("close", () => done(false));
      client.on("secureConnect", () => done(client.getProtocol() === version));
    } catch {
      done(false);
    }
  });
}
