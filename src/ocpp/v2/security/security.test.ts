import { describe, expect, it } from "vitest";
import { v21, v201 } from "../dialect.ts";
import { exchange } from "../test-exchange.ts";

it("tells a security event", () => {
  const request = { type: "SettingSystemTime", timestamp: "2026-01-31T11:00:00Z", techInfo: "by NTP" };
  expect(exchange(v201, "SecurityEventNotification", request)).toEqual({
    reply: {},
    events: [
      { kind: "security-event", type: "SettingSystemTime", stationTime: "2026-01-31T11:00:00Z", techInfo: "by NTP" },
    ],
  });
});

it("refuses to sign a certificate, and records that it was asked", () => {
  const request = { csr: "-----BEGIN", certificateType: "ChargingStationCertificate" };
  expect(exchange(v201, "SignCertificate", request)).toEqual({
    reply: {
      status: "Rejected",
      statusInfo: {
        reasonCode: "UnsupportedRequest",
        additionalInfo: "This central system signs no certificates, or cannot read this request.",
      },
    },
    events: [
      {
        kind: "signing-requested",
        csr: "-----BEGIN",
        certificateType: "ChargingStationCertificate",
        answered: "Rejected",
      },
    ],
  });
});

it("has no contract certificate to give", () => {
  const request = { iso15118SchemaVersion: "urn:iso:15118:2:2013:MsgDef", action: "Install", exiRequest: "gJoA" };
  expect(exchange(v201, "Get15118EVCertificate", request)).toEqual({
    reply: {
      status: "Failed",
      exiResponse: "",
      statusInfo: {
        reasonCode: "UnsupportedRequest",
        additionalInfo: "This central system has no contract certificate pool.",
      },
    },
    events: [
      {
        kind: "noticed",
        action: "Get15118EVCertificate",
        summary: "action Install, iso15118SchemaVersion urn:iso:15118:2:2013:MsgDef",
      },
    ],
  });
});

it("tells a security event without a time or a word, and what is wrong with its time before it", () => {
  expect(exchange(v201, "SecurityEventNotification", {}).events).toEqual([{ kind: "security-event", type: "" }]);
  expect(exchange(v201, "SecurityEventNotification", { type: "X", timestamp: "soon" }).events).toEqual([
    {
      kind: "found",
      finding: expect.objectContaining({ rule: "time-unreadable", where: "SecurityEventNotification /timestamp" }),
    },
    { kind: "security-event", type: "X" },
  ]);
});

it("asks no OCSP responder, and tells what it was asked about", () => {
  const ocspRequestData = { hashAlgorithm: "SHA256", issuerNameHash: "a", issuerKeyHash: "b", serialNumber: "c1" };
  const request = { ocspRequestData: { ...ocspRequestData, responderURL: "http://ocsp" } };
  expect(exchange(v201, "GetCertificateStatus", request)).toEqual({
    reply: {
      status: "Failed",
      statusInfo: {
        reasonCode: "UnsupportedRequest",
        additionalInfo: "This central system asks no OCSP responder.",
      },
    },
    events: [
      {
        kind: "noticed",
        action: "GetCertificateStatus",
        summary: "hashAlgorithm SHA256, serialNumber c1, responderURL http://ocsp",
      },
    ],
  });
});

describe("GetCertificateChainStatus", () => {
  it("answers for four certificates at the most and for one at least, each field no longer than it may be", () => {
    const one = (hashAlgorithm: string, length: number) => ({
      certificateHashData: {
        hashAlgorithm,
        issuerNameHash: "n".repeat(length),
        issuerKeyHash: "k".repeat(length),
        serialNumber: "s".repeat(length),
      },
      source: "OCSP",
      urls: [],
    });
    const asked = [one("SHA384", 200), one("MD5", 129), one("SHA256", 128), one("SHA512", 40), one("SHA256", 1)];
    const status = (certificateStatusRequests: object[]) => {
      const { reply } = exchange(v21, "GetCertificateChainStatus", { certificateStatusRequests } as never);
      return (reply.certificateStatus as { certificateHashData: Record<string, string>; source: string }[]).map(
        ({ certificateHashData: { hashAlgorithm, ...hashes }, source }) => [
          hashAlgorithm,
          source,
          ...Object.values(hashes).map(({ length }) => length),
        ],
      );
    };
    expect(status(asked)).toEqual([
      ["SHA384", "OCSP", 128, 128, 40],
      ["SHA256", "OCSP", 128, 128, 40],
      ["SHA256", "OCSP", 128, 128, 40],
      ["SHA512", "OCSP", 40, 40, 40],
    ]);
    expect(status([])).toEqual([["SHA256", "OCSP", 0, 0, 0]]);
  });

  it("says Failed of each certificate that was asked about", () => {
    const certificateHashData = {
      hashAlgorithm: "SHA512",
      issuerNameHash: "a",
      issuerKeyHash: "b",
      serialNumber: "c1",
    };
    const request = { certificateStatusRequests: [{ certificateHashData, source: "CRL", urls: ["http://ca"] }] };
    expect(exchange(v21, "GetCertificateChainStatus", request)).toEqual({
      reply: {
        certificateStatus: [
          { certificateHashData, source: "CRL", status: "Failed", nextUpdate: "2026-01-31T12:00:00.000Z" },
        ],
      },
      events: [
        {
          kind: "noticed",
          action: "GetCertificateChainStatus",
          summary: "hashAlgorithm SHA512, serialNumber c1, source CRL, urls http://ca",
        },
      ],
    });
  });
});

it("keeps a vendor's data with its digits, and says that the vendor is not known", () => {
  const request = { vendorId: "se.ladda", messageId: "m1", data: { n: 9007199254740993n } };
  expect(exchange(v201, "DataTransfer", request)).toEqual({
    reply: { status: "UnknownVendorId" },
    events: [
      {
        kind: "vendor-message",
        vendorId: "se.ladda",
        messageId: "m1",
        data: '{"n":9007199254740993}',
        answered: "UnknownVendorId",
      },
    ],
  });
});
