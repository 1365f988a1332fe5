import { describe, expect, it } from "vitest";
import { exchange, noon } from "../../../test/harness/exchange.ts";
import { words } from "../../station/phrases.ts";
import { v16 } from "./dialect.ts";

describe("BootNotification", () => {
  it("tells who the station is and what it was answered", () => {
    const request = {
      chargePointVendor: "SimpleCharge",
      chargePointModel: "MultiSocketCharger",
      chargePointSerialNumber: "24250139",
      chargeBoxSerialNumber: "B1",
      firmwareVersion: "1.24",
      iccid: "",
      imsi: " ",
      meterType: "M",
      meterSerialNumber: 99,
    };
    const boot = { status: "Pending", intervalSeconds: 59.6 } as const;
    expect(exchange(v16, "BootNotification", request, { boot })).toEqual({
      reply: { currentTime: "2026-07-01T12:00:00.000Z", interval: 60, status: "Pending" },
      events: [
        {
          kind: "booted",
          info: {
            vendor: "SimpleCharge",
            model: "MultiSocketCharger",
            serialNumber: "24250139",
            boxSerialNumber: "B1",
            firmwareVersion: "1.24",
            meterType: "M",
            meterSerialNumber: "99",
          },
          answered: "Pending",
          intervalSeconds: 60,
        },
      ],
    });
  });
});

it.each([
  ["Accepted", 0.4, 0],
  ["Rejected", -5, 0],
] as const)("a boot is answered %s, to be asked again in %d s: never in the past", (status, given, told) => {
  const boot = { status, intervalSeconds: given };
  const { reply, events } = exchange(v16, "BootNotification", {}, { boot });
  expect([reply.status, reply.interval]).toEqual([status, told]);
  expect(events[0]).toEqual({ kind: "booted", info: {}, answered: status, intervalSeconds: told });
});

describe("Heartbeat", () => {
  it("is answered with our time", () => {
    expect(exchange(v16, "Heartbeat", {}, { now: noon + 1 })).toEqual({
      reply: { currentTime: "2026-07-01T12:00:00.001Z" },
      events: [{ kind: "heartbeat" }],
    });
  });
});

describe("Authorize", () => {
  it("puts each decision on record", () => {
    const decide = () => ({ status: "ConcurrentTx", group: { value: "x".repeat(21) }, expiry: "never" }) as const;
    expect(exchange(v16, "Authorize", { idTag: "04A1" }, { decide })).toEqual({
      reply: { idTagInfo: { status: "ConcurrentTx" } },
      events: [{ kind: "token", token: { value: "04A1" }, decision: "ConcurrentTx", source: "Authorize" }],
    });
  });

  it("tells the parent of a card as long as it may be, and until when the card is good", () => {
    const decide = () => ({ status: "Accepted", group: { value: "x".repeat(20) }, expiry: "2026-12-31" }) as const;
    const told = { parentIdTag: "x".repeat(20), expiryDate: "2026-12-31T00:00:00.000Z" };
    expect(exchange(v16, "Authorize", { idTag: "04A1" }, { decide })).toEqual({
      reply: { idTagInfo: { status: "Accepted", ...told } },
      events: [
        {
          ...{ kind: "token", token: { value: "04A1" }, decision: "Accepted", source: "Authorize" },
          ...{ group: told.parentIdTag, expiry: told.expiryDate },
        },
      ],
    });
  });

  it("refuses a request without a card", () => {
    expect(exchange(v16, "Authorize", { idTag: "" })).toEqual({
      reply: { idTagInfo: { status: "Invalid" } },
      events: [
        {
          kind: "found",
          finding: { rule: "empty-token", where: "Authorize /idTag", said: "", expected: words("a-token") },
        },
      ],
    });
  });
});

describe("DataTransfer", () => {
  it("keeps the vendor's data and says that we do not speak it", () => {
    const request = { vendorId: "EV-BOX", messageId: "evbStatusNotification", data: { a: 12345678901234567890n } };
    expect(exchange(v16, "DataTransfer", request)).toEqual({
      reply: { status: "UnknownVendorId" },
      events: [
        {
          kind: "vendor-message",
          vendorId: "EV-BOX",
          messageId: "evbStatusNotification",
          data: '{"a":12345678901234567890}',
          answered: "UnknownVendorId",
        },
      ],
    });
  });
});

describe("messages on progress", () => {
  it.each([
    ["DiagnosticsStatusNotification", { status: "Uploading" }, { kind: "diagnostics-status", status: "Uploading" }],
    [
      "LogStatusNotification",
      { status: "Uploaded", requestId: 4 },
      { kind: "diagnostics-status", status: "Uploaded", requestId: 4 },
    ],
    ["FirmwareStatusNotification", { status: "Installing" }, { kind: "firmware-status", status: "Installing" }],
    [
      "SignedFirmwareStatusNotification",
      { status: "InvalidSignature", requestId: 5 },
      { kind: "firmware-status", status: "InvalidSignature", requestId: 5 },
    ],
  ])("%s tells its status", (action, request, event) => {
    expect(exchange(v16, action, request)).toEqual({ reply: {}, events: [event] });
  });
});

describe("security messages", () => {
  it("keeps a security event with the time it happened", () => {
    const request = { type: "StartupOfTheDevice", techInfo: "booted", timestamp: "2024-02-22T16:01:59.122Z" };
    expect(exchange(v16, "SecurityEventNotification", request)).toEqual({
      reply: {},
      events: [
        {
          kind: "security-event",
          type: "StartupOfTheDevice",
          techInfo: "booted",
          stationTime: "2024-02-22T16:01:59.122Z",
        },
      ],
    });
  });

  it("refuses to sign a certificate and keeps the request", () => {
    expect(exchange(v16, "SignCertificate", { csr: "-----BEGIN" })).toEqual({
      reply: { status: "Rejected" },
      events: [{ kind: "signing-requested", csr: "-----BEGIN", answered: "Rejected" }],
    });
  });
});
