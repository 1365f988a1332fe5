import type { AccessRequest } from "../../../transports/admission.ts";

/** A certificate of ours for CP1, good in the year 2026. */
export const certificate = {
  commonName: "CP1",
  subject: "CN=CP1",
  issuer: "CN=Plugside",
  serialNumber: "01",
  notBefore: "2026-01-01T00:00:00Z",
  notAfter: "2027-01-01T00:00:00Z",
  fingerprint: "AA:BB:CC",
  trusted: true,
};

/** How CP1 asks for access: over ws, with nothing. */
export function accessRequest(part: Partial<AccessRequest> = {}): AccessRequest {
  const given = { identity: "CP1", path: "/CP1", remoteAddress: "192.0.2.1", offered: ["ocpp1.6"] };
  return { ...given, secure: false, credentials: null, clientCertificate: null, ...part };
}

/** What comes by HTTP Basic. */
export function basic(password: Uint8Array | string, user = "CP1"): AccessRequest["credentials"] {
  return { user, password: typeof password === "string" ? new TextEncoder().encode(password) : password };
}
