import { expect, it } from "vitest";
import { exchange } from "../../../../test/harness/exchange.ts";
import type { StationCommand } from "../../../station/commands.ts";
import { newStation } from "../../../station/model.ts";
import { words } from "../../../station/phrases.ts";
import { v16 } from "../dialect.ts";

const station = newStation("CP1", 0);
const hash = { hashAlgorithm: "SHA256", issuerNameHash: "aa", issuerKeyHash: "bb", serialNumber: "01" } as const;

it.each<[string, Exclude<StationCommand, { name: "raw" }>, object]>([
  [
    "lists the central system's roots where no use is named: one use at a time",
    { name: "certificates-list" },
    { action: "GetInstalledCertificateIds", payload: { certificateType: "CentralSystemRootCertificate" } },
  ],
  [
    "has no roots of cars",
    { name: "certificates-list", use: "V2GRootCertificate" },
    { unsupported: words("no-such-use", { use: "V2GRootCertificate" }) },
  ],
  [
    "installs a root of the central system",
    { name: "certificate-install", use: "CSMSRootCertificate", certificate: "PEM" },
    { action: "InstallCertificate", payload: { certificateType: "CentralSystemRootCertificate", certificate: "PEM" } },
  ],
  [
    "takes no longer one",
    { name: "certificate-install", use: "ManufacturerRootCertificate", certificate: "x".repeat(5501) },
    { unsupported: words("pem-too-long", { field: "certificate", limit: 5500, length: 5501 }) },
  ],
  [
    "takes 5,500 characters, and not one more",
    { name: "certificate-install", use: "ManufacturerRootCertificate", certificate: "x".repeat(5500) },
    {
      action: "InstallCertificate",
      payload: { certificateType: "ManufacturerRootCertificate", certificate: "x".repeat(5500) },
    },
  ],
  [
    "takes a chain of 10,000 characters",
    { name: "certificate-signed", chain: "x".repeat(10_000) },
    { action: "CertificateSigned", payload: { certificateChain: "x".repeat(10_000) } },
  ],
  [
    "takes no longer chain",
    { name: "certificate-signed", chain: "x".repeat(10_001) },
    { unsupported: words("pem-too-long", { field: "certificateChain", limit: 10_000, length: 10_001 }) },
  ],
  [
    "deletes by hash",
    { name: "certificate-delete", hash },
    { action: "DeleteCertificate", payload: { certificateHashData: hash } },
  ],
  [
    "sends a signed certificate, and leaves out what 1.6 has no word for",
    { name: "certificate-signed", chain: "PEM", certificateType: "V2GCertificate", requestId: 3 },
    { action: "CertificateSigned", payload: { certificateChain: "PEM" } },
  ],
])("%s", (_rule, command, plan) => {
  expect(v16.plan(command, station)).toEqual(plan);
});

it("reads the list for the use that was asked about", () => {
  const request = { certificateType: "CentralSystemRootCertificate" };
  const context = { at: 0, station };
  const answer = { status: "Accepted", certificateHashData: [{ ...hash }, { hashAlgorithm: "SHA256" }] };
  expect(v16.readAnswer("GetInstalledCertificateIds", request, answer, context)).toEqual([
    { kind: "certificates-listed", uses: ["CSMSRootCertificate"], installed: [{ use: "CSMSRootCertificate", hash }] },
  ]);
  expect(v16.readAnswer("GetInstalledCertificateIds", request, { status: "NotFound" }, context)).toEqual([
    { kind: "certificates-listed", uses: ["CSMSRootCertificate"], installed: [] },
  ]);
});

it("looks at a signing request where requests are signed", () => {
  expect(exchange(v16, "SignCertificate", { csr: "PEM" }, { signs: () => true })).toEqual({
    reply: { status: "Accepted" },
    events: [{ kind: "signing-requested", csr: "PEM", answered: "Accepted" }],
  });
});

it("reads a list for a use that is none as it was asked, and a hash that lacks a part as none", () => {
  const context = { at: 0, station };
  const list = (certificateHashData: object[], request = {}) =>
    v16.readAnswer("GetInstalledCertificateIds", request, { certificateHashData } as never, context);
  expect(
    list(
      [
        { ...hash, hashAlgorithm: "SHA384" },
        { ...hash, hashAlgorithm: "SHA512" },
        { ...hash, hashAlgorithm: "MD5" },
      ],
      {
        certificateType: "Other",
      },
    ),
  ).toEqual([
    {
      kind: "certificates-listed",
      uses: ["Other"],
      installed: ["SHA384", "SHA512", "SHA256"].map((hashAlgorithm) => ({
        use: "Other",
        hash: { ...hash, hashAlgorithm },
      })),
    },
  ]);
  for (const part of ["issuerNameHash", "issuerKeyHash", "serialNumber"])
    expect(list([{ ...hash, [part]: undefined }])).toMatchObject([{ uses: [""], installed: [] }]);
});

it("refuses where requests are not signed, and tells what it was asked, also where that was nothing", () => {
  expect(exchange(v16, "SignCertificate", {}, { signs: () => false })).toEqual({
    reply: { status: "Rejected" },
    events: [{ kind: "signing-requested", csr: "", answered: "Rejected" }],
  });
});

it("tells a security event with what was said of it, and what is wrong with its time", () => {
  const event = (request: object) => exchange(v16, "SecurityEventNotification", request as never);
  expect(event({ type: "InvalidTLSVersion", timestamp: "2026-01-01T00:00:00Z", techInfo: "1.0" })).toEqual({
    reply: {},
    events: [
      { kind: "security-event", type: "InvalidTLSVersion", techInfo: "1.0", stationTime: "2026-01-01T00:00:00Z" },
    ],
  });
  expect(event({ timestamp: "soon", techInfo: "" }).events).toEqual([
    { kind: "security-event", type: "" },
    {
      kind: "found",
      finding: expect.objectContaining({ rule: "time-unreadable", where: "SecurityEventNotification /timestamp" }),
    },
  ]);
});
