import type { JsonObject } from "../../../lib/json.ts";
import type { CertificateCommand } from "../../../station/commands.ts";
import type { CertificatesListed } from "../../../station/events.ts";
import { words } from "../../../station/phrases.ts";
import { longestChain, readHash, tooLongPem, writeHash } from "../../certificates.ts";
import type { Plan } from "../../dialect.ts";
import { objects, text } from "../../read.ts";

/** CertificateUseEnumType (security whitepaper), and what the model calls it. */
const uses: Readonly<Record<string, string>> = {
  CSMSRootCertificate: "CentralSystemRootCertificate",
  ManufacturerRootCertificate: "ManufacturerRootCertificate",
};

const longestCertificate = 5500;

/** The 1.6 requests about certificates (security whitepaper, A02, M03 to M05). */
export function planCertificates16(command: CertificateCommand): Plan {
  switch (command.name) {
    case "certificates-list":
      return withUse(command.use ?? "CSMSRootCertificate", (certificateType) => ({
        action: "GetInstalledCertificateIds",
        payload: { certificateType },
      }));
    case "certificate-install":
      if (command.certificate.length > longestCertificate) {
        return tooLongPem("certificate", command.certificate.length, longestCertificate);
      }
      return withUse(command.use, (certificateType) => ({
        action: "InstallCertificate",
        payload: { certificateType, certificate: command.certificate },
      }));
    case "certificate-delete":
      return { action: "DeleteCertificate", payload: { certificateHashData: writeHash(command.hash) } };
    case "certificate-signed":
      if (command.chain.length > longestChain) {
        return tooLongPem("certificateChain", command.chain.length, longestChain);
      }
      return { action: "CertificateSigned", payload: { certificateChain: command.chain } };
  }
}

function withUse(use: string, make: (certificateType: string) => Plan): Plan {
  const certificateType = Object.hasOwn(uses, use) ? uses[use] : undefined;
  return certificateType === undefined ? { unsupported: words("no-such-use", { use }) } : make(certificateType);
}

/** GetInstalledCertificateIds: the answer names no use, the question did. */
export function readCertificates16(request: JsonObject, answer: JsonObject): CertificatesListed {
  const asked = text(request, "certificateType") ?? "";
  const use = Object.keys(uses).find((name) => uses[name] === asked) ?? asked;
  const installed = objects(answer, "certificateHashData").flatMap((entry) => {
    const hash = readHash(entry);
    return hash ? [{ use, hash }] : [];
  });
  return { kind: "certificates-listed", uses: [use], installed };
}
