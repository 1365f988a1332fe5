/** Certificates on a station. `use` is OCPP 2.x's word; 1.6 calls a CSMSRootCertificate CentralSystemRootCertificate. */

/** What a root that is installed on a station is for. */
export const rootUses = [
  "CSMSRootCertificate",
  "ManufacturerRootCertificate",
  "V2GRootCertificate",
  "MORootCertificate",
  "OEMRootCertificate",
] as const;

/** What a station lists: its roots, and the chain that it shows to cars. */
export const certificateUses = [...rootUses, "V2GCertificateChain"] as const;

export type CertificateUse = (typeof certificateUses)[number];

/** A certificate's name in OCPP (CertificateHashDataType); hashes and number are hex digits. */
export type CertificateHash = {
  hashAlgorithm: "SHA256" | "SHA384" | "SHA512";
  issuerNameHash: string;
  issuerKeyHash: string;
  serialNumber: string;
};

/** `use` as the station said it where that is none of ours. */
export type InstalledCertificate = { use: string; hash: CertificateHash; children?: CertificateHash[] };

/** What the station last told of its certificates. */
export type InstalledCertificates = { at: number; frame: number; installed: InstalledCertificate[] };
