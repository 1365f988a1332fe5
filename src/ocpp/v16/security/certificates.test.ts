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
    "takes 5,500 characters",
    { name: "certificate-install", use: "ManufacturerRootCertificate", certificate: "x".repeat(5501) },
    { unsupported: words("pem-too-long", { field: "certificate", limit: 5500, length: 5501 }) },
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
