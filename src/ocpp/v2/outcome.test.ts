import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../lib/json.ts";
import { newStation } from "../../station/model.ts";
import { words } from "../../station/phrases.ts";
import { v21, v201 } from "./dialect.ts";
import { noon } from "./test-exchange.ts";

describe("the outcome of an answer", () => {
  it.each<[string, JsonObject, ReturnType<typeof v21.outcome>]>([
    ["Reset", { status: "Accepted" }, { result: "accepted" }],
    ["Reset", { status: "Scheduled" }, { result: "scheduled", why: "Scheduled" }],
    ["Reset", { status: "Accepted", statusInfo: null }, { result: "accepted" }],
    [
      "Reset",
      { status: "Rejected", statusInfo: { reasonCode: "TxInProgress", additionalInfo: "EVSE 1" } },
      { result: "rejected", why: "Rejected: TxInProgress: EVSE 1" },
    ],
    [
      "Reset",
      { status: "Accepted", statusInfo: { reasonCode: "NoError" } },
      { result: "accepted", why: "Accepted: NoError" },
    ],
    ["Reset", { status: "accepted" }, { result: "accepted" }],
    ["Reset", {}, { result: "rejected", why: words("no-status") }],
    ["UnlockConnector", { status: "Unlocked" }, { result: "accepted", why: "Unlocked" }],
    ["UnlockConnector", { status: "UnknownConnector" }, { result: "rejected", why: "UnknownConnector" }],
    ["TriggerMessage", { status: "NotImplemented" }, { result: "unsupported", why: "NotImplemented" }],
    ["GetBaseReport", { status: "NotSupported" }, { result: "unsupported", why: "NotSupported" }],
    ["GetBaseReport", { status: "EmptyResultSet" }, { result: "accepted", why: "EmptyResultSet" }],
    ["GetDisplayMessages", { status: "Unknown" }, { result: "accepted", why: "Unknown" }],
    ["ClearChargingProfile", { status: "Unknown" }, { result: "rejected", why: "Unknown" }],
    ["DeleteCertificate", { status: "NotFound" }, { result: "rejected", why: "NotFound" }],
    ["GetLog", { status: "AcceptedCanceled" }, { result: "accepted", why: "AcceptedCanceled" }],
    ["DataTransfer", { status: "UnknownVendorId" }, { result: "unsupported", why: "UnknownVendorId" }],
    ["UnpublishFirmware", { status: "Unpublished" }, { result: "accepted", why: "Unpublished" }],
    ["UnpublishFirmware", { status: "NoFirmware" }, { result: "rejected", why: "NoFirmware" }],
    ["CostUpdated", {}, { result: "accepted" }],
    ["GetLocalListVersion", { versionNumber: 3 }, { result: "accepted" }],
    [
      "ClearTariffs",
      { clearTariffsResult: [{ status: "NoTariff", tariffId: "t1" }] },
      { result: "rejected", why: "NoTariff t1" },
    ],
    [
      "SetVariables",
      { setVariableResult: [] },
      { result: "rejected", why: words("no-list", { list: "setVariableResult" }) },
    ],
  ])("%s %j", (action, answer, outcome) => {
    expect(v21.outcome(action, answer)).toEqual(outcome);
  });

  const variable = (attributeStatus: string, name: string, more: JsonObject = {}) => ({
    attributeStatus,
    component: { name: "TxCtrlr" },
    variable: { name },
    ...more,
  });

  it("is rejected when one of the changes asked for was not made, and names it", () => {
    const attributeStatusInfo = { reasonCode: "OutOfRange" };
    const setVariableResult = [variable("Accepted", "A"), variable("Rejected", "B", { attributeStatusInfo })];
    expect(v201.outcome("SetVariables", { setVariableResult })).toEqual({
      result: "rejected",
      why: "Rejected: OutOfRange TxCtrlr.B",
    });
  });

  it("is accepted when a change waits for a reboot, and says so", () => {
    const setVariableResult = [variable("Accepted", "A"), variable("RebootRequired", "B")];
    expect(v201.outcome("SetVariables", { setVariableResult })).toEqual({
      result: "accepted",
      why: "RebootRequired TxCtrlr.B",
    });
  });

  it("is accepted when some of what was asked could be read, and names the rest", () => {
    const getVariableResult = [variable("Accepted", "A"), variable("UnknownVariable", "B")];
    expect(v201.outcome("GetVariables", { getVariableResult })).toEqual({
      result: "accepted",
      why: "UnknownVariable TxCtrlr.B",
    });
  });
});

describe("what an answer tells beyond its outcome", () => {
  it.each<[string, JsonObject, string | undefined]>([
    ["GetLog", { status: "Accepted", filename: "log.gz" }, "status Accepted, filename log.gz"],
    ["GetLog", { status: "Rejected" }, undefined],
    ["GetLocalListVersion", { versionNumber: 0 }, "versionNumber 0"],
    ["RequestStartTransaction", { status: "Accepted", transactionId: "t1" }, "status Accepted, transactionId t1"],
    ["RequestStartTransaction", { status: "Accepted" }, undefined],
    ["GetBaseReport", { status: "Accepted" }, undefined],
  ])("%s %j", (action, answer, summary) => {
    const events = v201.readAnswer(action, {}, answer, { at: noon, station: newStation("CP1", noon) });
    expect(events).toEqual(summary === undefined ? [] : [{ kind: "noticed", action, summary }]);
  });
});
