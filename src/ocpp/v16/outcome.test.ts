import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../lib/json.ts";
import { words } from "../../station/phrases.ts";
import { v16 } from "./dialect.ts";

describe("outcome", () => {
  it.each([
    ["CancelReservation", "Accepted", "accepted"],
    ["CancelReservation", "Rejected", "rejected"],
    ["ChangeAvailability", "Scheduled", "scheduled"],
    ["ChangeConfiguration", "RebootRequired", "accepted"],
    ["ChangeConfiguration", "NotSupported", "unsupported"],
    ["ClearChargingProfile", "Unknown", "rejected"],
    ["DataTransfer", "UnknownVendorId", "unsupported"],
    ["DataTransfer", "UnknownMessageId", "unsupported"],
    ["ReserveNow", "Occupied", "rejected"],
    ["ReserveNow", "Faulted", "rejected"],
    ["SendLocalList", "VersionMismatch", "rejected"],
    ["SendLocalList", "NotSupported", "unsupported"],
    ["SetChargingProfile", "NotSupported", "unsupported"],
    ["TriggerMessage", "NotImplemented", "unsupported"],
    ["ExtendedTriggerMessage", "NotImplemented", "unsupported"],
    ["UnlockConnector", "Unlocked", "accepted"],
    ["UnlockConnector", "UnlockFailed", "rejected"],
    ["UnlockConnector", "NotSupported", "unsupported"],
    ["GetLog", "AcceptedCanceled", "accepted"],
    ["SignedUpdateFirmware", "InvalidCertificate", "rejected"],
    ["DeleteCertificate", "NotFound", "rejected"],
    ["GetInstalledCertificateIds", "NotFound", "accepted"],
    ["Reset", "Perhaps", "rejected"],
  ])("%s: %s is %s", (action, status, result) => {
    expect(v16.outcome(action, { status })).toEqual(status === "Accepted" ? { result } : { result, why: status });
  });

  it.each<[string, JsonObject]>([
    ["GetConfiguration", { configurationKey: [] }],
    ["GetDiagnostics", {}],
    ["GetLocalListVersion", { listVersion: 0 }],
    ["UpdateFirmware", {}],
  ])("%s is accepted by being answered", (action, answer) => {
    expect(v16.outcome(action, answer)).toEqual({ result: "accepted" });
  });

  it("reads list version -1 as not supported", () => {
    expect(v16.outcome("GetLocalListVersion", { listVersion: -1 })).toEqual({
      result: "unsupported",
      why: "listVersion -1",
    });
  });

  it("does not take an answer without its status for a yes", () => {
    expect(v16.outcome("Reset", {})).toEqual({ result: "rejected", why: words("no-status") });
  });
});
