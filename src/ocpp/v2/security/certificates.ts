import type { JsonObject } from "../../../lib/json.ts";
import type { InstalledCertificate } from "../../../station/certificates.ts";
import type { CertificateCommand } from "../../../station/commands.ts";
import type { CertificatesListed } from "../../../station/events.ts";
import { words } from "../../../station/phrases.ts";
import { longestChain, readHash, tooLongPem, writeHash } from "../../certificates.ts";
import type { Plan } from "../../dialect.ts";
import { object, objects, text, texts } from "../../read.ts";

/** What differs between the versions in requests about certificates. */
export type CertificateForm = {
  /** GetCertificateIdUseEnumType. */
  uses: ReadonlySet<string>;
  /** CertificateSigningUseEnumType. */
  signingUses: ReadonlySet<string>;
  longestCertificate: number;
  /** 2.1: the request's number comes back with the certificate (A02.FR.25). */
  requestIds: boolean;
};

const uses201 = [
  "CSMSRootCertificate",
  "ManufacturerRootCertificate",
  "V2GRootCertificate",
  "MORootCertificate",
  "V2GCertificateChain",
];
const signingUses201 = ["ChargingStationCertificate", "V2GCertificate"];

export const certificateForm201: CertificateForm = {
  uses: new Set(uses201),
  signingUses: new Set(signingUses201),
  longestCertificate: 5500,
  requestIds: false,
};
export const certificateForm21: CertificateForm = {
  uses: new Set([...uses201, "OEMRootCertificate"]),
  signingUses: new Set([...signingUses201, "V2G20Certificate"]),
  longestCertificate: 10_000,
  requestIds: true,
};

/** The requests about certificates (A02, M03 to M05). */
export function planCertificates2(command: CertificateCommand, form: CertificateForm): Plan {
  switch (command.name) {
    case "certificates-list": {
      if (command.use === undefined) return { action: "GetInstalledCertificateIds", payload: {} };
      if (!form.uses.has(command.use)) return noUse(command.use);
      return { action: "GetInstalledCertificateIds", payload: { certificateType: [command.use] } };
    }
    case "certificate-install": {
      const { use, certificate } = command;
      if (!form.uses.has(use)) return noUse(use);
      if (certificate.length > form.longestCertificate) {
        return tooLongPem("certificate", certificate.length, form.longestCertificate);
      }
      return { action: "InstallCertificate", payload: { certificateType: use, certificate } };
    }
    case "certificate-delete":
      return { action: "DeleteCertificate", payload: { certificateHashData: writeHash(command.hash) } };
    case "certificate-signed":
      return planSigned(command, form);
  }
}

function planSigned(
  command: Extract<CertificateCommand, { name: "certificate-signed" }>,
  { signingUses, requestIds }: CertificateForm,
): Plan {
  const { chain, certificateType, requestId } = command;
  if (chain.length > longestChain) return tooLongPem("certificateChain", chain.length, longestChain);
  const payload: JsonObject = { certificateChain: chain };
  // What the schema would refuse goes without: the station then takes it for its own certificate (A02.FR.11).
  if (certificateType !== undefined && signingUses.has(certificateType)) payload.certificateType = certificateType;
  if (requestIds && requestId !== undefined) payload.requestId = requestId;
  return { action: "CertificateSigned", payload };
}

function noUse(use: string): Plan {
  return { unsupported: words("no-such-use", { use }) };
}

/** GetInstalledCertificateIds (M03). No list, or NotFound, means that there is none of what was asked. */
export function readCertificates2(request: JsonObject, answer: JsonObject): CertificatesListed {
  const asked = texts(request, "certificateType");
  const installed = objects(answer, "certificateHashDataChain").flatMap((entry): InstalledCertificate[] => {
    const hash = readHash(object(entry, "certificateHashData"));
    if (!hash) return [];
    const children = objects(entry, "childCertificateHashData").flatMap((child) => readHash(child) ?? []);
    const use = text(entry, "certificateType") ?? asked[0] ?? "";
    return [children.length > 0 ? { use, hash, children } : { use, hash }];
  });
  return { kind: "certificates-listed", ...(asked.length > 0 ? { uses: asked } : {}), installed };
}
