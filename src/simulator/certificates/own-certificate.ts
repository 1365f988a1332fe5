import { createPrivateKey, webcrypto, X509Certificate } from "node:crypto";
import type { Clock } from "../../lib/clock.ts";
import { loadX509 } from "../../lib/x509.ts";

/** A certificate and the private key to it, both PEM. */
export type ClientCertificate = { certificate: string; key: string };

/** The station's own key pair and certificate (security profile 3). */
export type OwnCertificate = {
  /** What the next connection shows; null while there is none. */
  readonly current: ClientCertificate | null;
  /** Makes a new key pair and a signing request for it, PEM. Only the newest request can be answered. */
  request(organisation: string): Promise<string>;
  /** Takes a signed certificate with its chain.
   * @returns why not, or null when it is taken */
  take(chain: string): string | null;
};

/** Makes the store of a station's own certificate.
 * @param clock the station's own */
export function createOwnCertificate(identity: string, clock: Clock, given?: ClientCertificate): OwnCertificate {
  let current: ClientCertificate | null = given ?? null;
  let asked: string | null = null;
  return {
    get current() {
      return current;
    },
    async request(organisation) {
      const x509 = await loadX509();
      const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
      const keys = (await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"])) as webcrypto.CryptoKeyPair;
      const request = await x509.Pkcs10CertificateRequestGenerator.create({
        name: [{ CN: [identity] }, { O: [organisation || "Plugside"] }],
        keys,
        signingAlgorithm: algorithm,
      });
      const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey));
      asked = String(
        createPrivateKey({ key: der, format: "der", type: "pkcs8" }).export({ type: "pkcs8", format: "pem" }),
      );
      return request.toString("pem");
    },
    take(chain) {
      if (asked === null) return "no certificate was asked for";
      let leaf: X509Certificate;
      try {
        leaf = new X509Certificate(chain);
      } catch {
        return "no readable certificate";
      }
      if (!leaf.checkPrivateKey(createPrivateKey(asked))) return "it is for another key";
      const now = clock.now();
      if (now < leaf.validFromDate.getTime() || now > leaf.validToDate.getTime()) return "it is not valid now";
      current = { certificate: chain, key: asked };
      asked = null;
      return null;
    },
  };
}
