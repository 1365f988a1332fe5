/** Certificates on a station. `use` is OCPP 2.x's word; 1.6 calls a CSMSRootCertificate CentralSystemRootCertificate. */

/** What a root that is installed on a station is for. */
export const rootUses = [
  "CSMSRootCertificate",
  "ManufacturerRootCertificate",
  "V2GRootCertificate",
  "MORootCertificate",
  "OEMRootCertificate",
] as const;

export type RootUse = (typeof rootUses)[number];

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

export type CertificateCommand =
  /** Without `use` all of them; in 1.6, where one is asked at a time, those of the central system. */
  | { name: "certificates-list"; use?: CertificateUse }
  /** `certificate`: PEM. */
  | { name: "certificate-install"; use: RootUse; certificate: string }
  | { name: "certificate-delete"; hash: CertificateHash }
  /** The answer to a signing request: PEM, the station's own certificate first. */
  | { name: "certificate-signed"; chain: string; certificateType?: string; requestId?: number };
