import { expect, it } from "vitest";
import { exchange } from "../../../../test/harness/exchange.ts";
import type { JsonObject } from "../../../lib/json.ts";
import type { StationCommand } from "../../../station/commands.ts";
import { newStation } from "../../../station/model.ts";
import { words } from "../../../station/phrases.ts";
import { v21, v201 } from "../dialect.ts";

const station = newStation("CP1", 0);
const hash = { hashAlgorithm: "SHA384", issuerNameHash: "aa", issuerKeyHash: "bb", serialNumber: "01" } as const;
const signed = { name: "certificate-signed", chain: "PEM", requestId: 3 } as const;

it.each<[string, typeof v201, Exclude<StationCommand, { name: "raw" }>, object]>([
  [
    "lists everything where no use is named",
    v201,
    { name: "certificates-list" },
    { action: "GetInstalledCertificateIds", payload: {} },
  ],
  [
    "lists one use",
    v201,
    { name: "certificates-list", use: "V2GCertificateChain" },
    { action: "GetInstalledCertificateIds", payload: { certificateType: ["V2GCertificateChain"] } },
  ],
  [
    "has no OEM roots in 2.0.1",
    v201,
    { name: "certificate-install", use: "OEMRootCertificate", certificate: "PEM" },
    { unsupported: words("no-such-use", { use: "OEMRootCertificate" }) },
  ],
  [
    "has them in 2.1",
    v21,
    { name: "certificate-install", use: "OEMRootCertificate", certificate: "PEM" },
    { action: "InstallCertificate", payload: { certificateType: "OEMRootCertificate", certificate: "PEM" } },
  ],
  [
    "takes 5,500 characters in 2.0.1",
    v201,
    { name: "certificate-install", use: "CSMSRootCertificate", certificate: "x".repeat(5501) },
    { unsupported: words("pem-too-long", { field: "certificate", limit: 5500, length: 5501 }) },
  ],
  [
    "takes 5,500 characters exactly in 2.0.1",
    v201,
    { name: "certificate-install", use: "MORootCertificate", certificate: "x".repeat(5500) },
    { action: "InstallCertificate", payload: { certificateType: "MORootCertificate", certificate: "x".repeat(5500) } },
  ],
  [
    "takes 10,000 characters in 2.1",
    v21,
    { name: "certificate-install", use: "V2GRootCertificate", certificate: "x".repeat(10_000) },
    {
      action: "InstallCertificate",
      payload: { certificateType: "V2GRootCertificate", certificate: "x".repeat(10_000) },
    },
  ],
  [
    "takes no more in 2.1",
    v21,
    { name: "certificate-install", use: "V2GRootCertificate", certificate: "x".repeat(10_001) },
    { unsupported: words("pem-too-long", { field: "certificate", limit: 10_000, length: 10_001 }) },
  ],
  [
    "takes no chain of more than 10,000 characters",
    v21,
    { ...signed, chain: "x".repeat(10_001) },
    { unsupported: words("pem-too-long", { field: "certificateChain", limit: 10_000, length: 10_001 }) },
  ],
  [
    "deletes by hash",
    v21,
    { name: "certificate-delete", hash },
    { action: "DeleteCertificate", payload: { certificateHashData: hash } },
  ],
  [
    "sends a signed certificate without the number of the request in 2.0.1",
    v201,
    { ...signed, certificateType: "V2GCertificate" },
    { action: "CertificateSigned", payload: { certificateChain: "PEM", certificateType: "V2GCertificate" } },
  ],
  [
    "sends it with that number in 2.1, and leaves out a use that it does not know",
    v21,
    { ...signed, certificateType: "Made up" },
    { action: "CertificateSigned", payload: { certificateChain: "PEM", requestId: 3 } },
  ],
])("%s", (_rule, dialect, command, plan) => {
  expect(dialect.plan(command, station)).toEqual(plan);
});

it("reads the list with the use of each, and the chains below", () => {
  const answer: JsonObject = {
    status: "Accepted",
    certificateHashDataChain: [
      { certificateType: "CSMSRootCertificate", certificateHashData: hash },
      { certificateType: "V2GCertificateChain", certificateHashData: hash, childCertificateHashData: [hash] },
      { certificateType: "MORootCertificate" },
    ],
  };
  const context = { at: 0, station };
  expect(v201.readAnswer("GetInstalledCertificateIds", {}, answer, context)).toEqual([
    {
      kind: "certificates-listed",
      installed: [
        { use: "CSMSRootCertificate", hash },
        { use: "V2GCertificateChain", hash, children: [hash] },
      ],
    },
  ]);
  const asked = { certificateType: ["MORootCertificate"] };
  expect(v201.readAnswer("GetInstalledCertificateIds", asked, { status: "NotFound" }, context)).toEqual([
    { kind: "certificates-listed", uses: ["MORootCertificate"], installed: [] },
  ]);
});

it("looks at a signing request where requests are signed, and keeps its number", () => {
  const request = { csr: "PEM", certificateType: "V2GCertificate", requestId: 7 };
  expect(exchange(v21, "SignCertificate", request, { signs: () => true })).toEqual({
    reply: { status: "Accepted" },
    events: [{ kind: "signing-requested", ...request, answered: "Accepted" }],
  });
});

it("knows the uses of each version", () => {
  const uses = [
    "CSMSRootCertificate",
    "ManufacturerRootCertificate",
    "V2GRootCertificate",
    "MORootCertificate",
  ] as const;
  for (const dialect of [v201, v21])
    for (const use of [...uses, "V2GCertificateChain"] as const)
      expect(dialect.plan({ name: "certificates-list", use }, station)).toHaveProperty("payload.certificateType", [
        use,
      ]);
  expect(v201.plan({ name: "certificates-list", use: "OEMRootCertificate" }, station)).toHaveProperty("unsupported");
  const told = (dialect: typeof v201) =>
    ["ChargingStationCertificate", "V2GCertificate", "V2G20Certificate"].filter((certificateType) => {
      const plan = dialect.plan({ ...signed, chain: "x".repeat(10_000), certificateType }, station);
      return "payload" in plan && plan.payload.certificateType === certificateType;
    });
  expect([told(v201), told(v21)]).toEqual([
    ["ChargingStationCertificate", "V2GCertificate"],
    ["ChargingStationCertificate", "V2GCertificate", "V2G20Certificate"],
  ]);
});

it("takes a certificate without a use for one of what was asked", () => {
  const entry = { certificateHashData: hash, childCertificateHashData: [{}, hash] };
  const list = (request: JsonObject) =>
    v201.readAnswer("GetInstalledCertificateIds", request, { certificateHashDataChain: [entry] }, { at: 0, station });
  const installed = (use: string) => [{ use, hash, children: [hash] }];
  expect(list({ certificateType: ["MORootCertificate"] })).toMatchObject([
    { installed: installed("MORootCertificate") },
  ]);
  expect(list({})).toEqual([{ kind: "certificates-listed", installed: installed("") }]);
});
