import { X509Certificate } from "node:crypto";
import { hashOfRoot, sameHash } from "../../ocpp/certificate-hash.ts";
import type { CertificateHash } from "../../station/certificates.ts";

/** Root certificates that the central system has installed. */
export type CertificateStore = {
  /** @returns why not, or null when it is installed */
  install(use: string, pem: string): string | null;
  /** Those of the uses named, or all. */
  list(uses: readonly string[] | undefined): { use: string; hash: CertificateHash }[];
  /** @returns false when none has that hash */
  remove(hash: CertificateHash): boolean;
  readonly size: number;
  /** Those that a central system must have been signed by, PEM; none: no connection is verified by them. */
  roots(): string[];
};

/** What 1.6 and 2.x call the root of the central system. */
const centralRoots = new Set(["CentralSystemRootCertificate", "CSMSRootCertificate"]);

export const mostCertificates = 10;

/** Makes an empty store. */
export function createCertificateStore(): CertificateStore {
  const installed: { use: string; certificate: X509Certificate }[] = [];
  return {
    get size() {
      return installed.length;
    },
    install(use, pem) {
      if (installed.length >= mostCertificates) return "the store is full";
      let certificate: X509Certificate;
      try {
        certificate = new X509Certificate(pem);
        hashOfRoot(certificate);
      } catch {
        return "no readable X.509 certificate";
      }
      if (!certificate.verify(certificate.publicKey)) return "not a root certificate: it is not signed by itself";
      if (!installed.some((each) => each.certificate.fingerprint256 === certificate.fingerprint256)) {
        installed.push({ use, certificate });
      }
      return null;
    },
    roots: () => installed.filter(({ use }) => centralRoots.has(use)).map(({ certificate }) => certificate.toString()),
    list: (uses) =>
      installed
        .filter(({ use }) => !uses || uses.includes(use))
        .map(({ use, certificate }) => ({ use, hash: hashOfRoot(certificate) })),
    remove(wanted) {
      const at = installed.findIndex(({ certificate }) =>
        sameHash(hashOfRoot(certificate, wanted.hashAlgorithm), wanted),
      );
      if (at < 0) return false;
      installed.splice(at, 1);
      return true;
    },
  };
}
