import type { CertificatesOverview } from "../../../src/services/certificates/contract.ts";
import type { CertificateHash } from "../../../src/station/certificates.ts";

/** What we know a certificate on a station by: its name, where it is a root of ours or one that we trust. Other hash algorithms
 * than ours are told apart by the serial number alone. */
export function hashName(hash: CertificateHash, { roots, trusted }: CertificatesOverview): string | undefined {
  const known = [...roots, ...trusted].find(({ hash: own }) => {
    if (plain(own.serialNumber) !== plain(hash.serialNumber)) return false;
    return own.hashAlgorithm !== hash.hashAlgorithm || plain(own.issuerNameHash) === plain(hash.issuerNameHash);
  });
  return known?.commonName;
}

/** Letter case and leading zeros differ between makes. */
function plain(digits: string): string {
  return digits.toLowerCase().replace(/^0+(?=.)/, "");
}
