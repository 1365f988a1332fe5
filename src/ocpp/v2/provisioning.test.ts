import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../lib/json.ts";
import { mask } from "../../lib/shown-text.ts";
import { newStation } from "../../station/model.ts";
import { v201 } from "./dialect.ts";
import { answerContext, exchange, noon } from "./test-exchange.ts";

const accepted = { currentTime: "2026-01-31T12:00:00.000Z", interval: 300, status: "Accepted" };

describe("BootNotification", () => {
  it("tells who the station is, why it booted, and what we answered", () => {
    const chargingStation = {
      vendorName: "Ladda",
      model: "L22",
      serialNumber: "A1",
      firmwareVersion: "1.2.3",
      modem: { iccid: "8946", imsi: "24001" },
    };
    expect(exchange(v201, "BootNotification", { reason: "PowerUp", chargingStation })).toEqual({
      reply: accepted,
      events: [
        {
          kind: "booted",
          info: {
            vendor: "Ladda",
            model: "L22",
            serialNumber: "A1",
            firmwareVersion: "1.2.3",
            iccid: "8946",
            imsi: "24001",
          },
          reason: "PowerUp",
          answered: "Accepted",
          intervalSeconds: 300,
        },
      ],
    });
  });

  it("rests on the recorded answer, not on today's policy", () => {
    const context = { ...answerContext(), boot: { status: "Pending", intervalSeconds: 30 } as const };
    const request = { reason: "PowerUp", chargingStation: { vendorName: "Ladda", model: "L22" } };
    expect(exchange(v201, "BootNotification", request, context).events).toEqual([
      {
        kind: "booted",
        info: { vendor: "Ladda", model: "L22" },
        reason: "PowerUp",
        answered: "Pending",
        intervalSeconds: 30,
      },
    ]);
  });

  it.each([
    ["Accepted", 59.6, 60],
    ["Pending", 0.4, 0],
    ["Rejected", -5, 0],
  ] as const)(
    "is answered %s, to be asked again in %d s: in whole seconds, and never in the past",
    (status, given, told) => {
      const context = { ...answerContext(), boot: { status, intervalSeconds: given } };
      const { reply, events } = exchange(v201, "BootNotification", { chargingStation: {} }, context);
      expect([reply.status, reply.interval]).toEqual([status, told]);
      expect(events).toEqual([{ kind: "booted", info: {}, answered: status, intervalSeconds: told }]);
    },
  );

  it("reads every field that 1.6 has, each as what it is", () => {
    const request = {
      ...{ chargePointVendor: "V", chargePointModel: "M", chargePointSerialNumber: "S", chargeBoxSerialNumber: "B" },
      ...{ firmwareVersion: "1", iccid: "89", imsi: "24", meterType: "T", meterSerialNumber: "N" },
    };
    expect(exchange(v201, "BootNotification", request).events.at(-1)).toMatchObject({
      info: {
        ...{ vendor: "V", model: "M", serialNumber: "S", boxSerialNumber: "B", firmwareVersion: "1" },
        ...{ iccid: "89", imsi: "24", meterType: "T", meterSerialNumber: "N" },
      },
    });
    const [found] = exchange(v201, "BootNotification", { chargePointModel: "M" }).events;
    expect(found).toMatchObject({ kind: "found", finding: { rule: "other-version", said: "chargePointModel" } });
    // One that has the field of its version is read by that.
    const both = { ...request, chargingStation: { vendorName: "Own", model: "M" } };
    expect(exchange(v201, "BootNotification", both).events).toEqual([
      { kind: "booted", info: { vendor: "Own", model: "M" }, answered: "Accepted", intervalSeconds: 300 },
    ]);
  });

  it("reads the flat fields of 1.6, and says so", () => {
    const request = { chargePointVendor: "Fox", chargePointModel: "A011", meterType: "M1" };
    expect(exchange(v201, "BootNotification", request)).toEqual({
      reply: accepted,
      events: [
        {
          kind: "found",
          finding: {
            rule: "other-version",
            where: "BootNotification /chargingStation",
            said: "chargePointVendor, chargePointModel, meterType",
            expected: "chargingStation, reason",
          },
        },
        {
          kind: "booted",
          info: { vendor: "Fox", model: "A011", meterType: "M1" },
          answered: "Accepted",
          intervalSeconds: 300,
        },
      ],
    });
  });
});

it("answers Heartbeat with our time", () => {
  expect(exchange(v201, "Heartbeat", {})).toEqual({
    reply: { currentTime: "2026-01-31T12:00:00.000Z" },
    events: [{ kind: "heartbeat" }],
  });
});

describe("NotifyReport", () => {
  it("makes one variable of each attribute", () => {
    const reportData: JsonObject[] = [
      {
        component: { name: "Connector", instance: "a", evse: { id: 1, connectorId: 2 } },
        variable: { name: "Available", instance: "b" },
        variableAttribute: [
          { value: "true", mutability: "ReadOnly" },
          { type: "Target", value: "false", mutability: "ReadWrite" },
        ],
        variableCharacteristics: { dataType: "boolean", unit: "n", supportsMonitoring: false },
      },
      { component: { name: "AuthCtrlr" }, variable: { name: "Enabled" }, variableAttribute: [] },
    ];
    const request = { requestId: 7, seqNo: 2, tbc: true, generatedAt: "2026-01-31T12:00:00Z", reportData };
    const connector = {
      component: "Connector",
      componentInstance: "a",
      evse: 1,
      connector: 2,
      variable: "Available",
      instance: "b",
      unit: "n",
      dataType: "boolean",
    };
    expect(exchange(v201, "NotifyReport", request)).toEqual({
      reply: {},
      events: [
        {
          kind: "variables",
          requestId: 7,
          part: 2,
          last: false,
          variables: [
            { ...connector, attribute: "Actual", value: "true", mutability: "ReadOnly" },
            { ...connector, attribute: "Target", value: "false", mutability: "ReadWrite" },
            { component: "AuthCtrlr", variable: "Enabled", attribute: "Actual" },
          ],
        },
      ],
    });
  });

  it("shows no secret that a variable is told to have", () => {
    const told = (name: string, value?: string) => {
      const attribute: JsonObject = value === undefined ? {} : { value };
      const reportData = [{ component: { name: "SecurityCtrlr" }, variable: { name }, variableAttribute: [attribute] }];
      const [event] = exchange(v201, "NotifyReport", { requestId: 7, seqNo: 0, reportData }).events;
      return event?.kind === "variables" && event.variables[0]?.value;
    };
    expect(told("BasicAuthPassword", "hunter22")).toBe(mask);
    expect(told("BasicAuthPassword")).toBeUndefined();
    expect(told("Identity", "CP1")).toBe("CP1");
  });

  it("misses the connectors of an inventory, and not those of a summary or of a report on something else of an EVSE", () => {
    const report = (variable: string, more: JsonObject = {}) => {
      const reportData = [{ component: { name: "EVSE", evse: { id: 1 } }, variable: { name: variable } }];
      const generatedAt = "2026-01-31T12:00:00Z";
      const { events } = exchange(v201, "NotifyReport", { requestId: 7, seqNo: 0, generatedAt, reportData, ...more });
      return events.flatMap((event) => (event.kind === "found" ? [event.finding.rule] : []));
    };
    expect([report("Available"), report("AvailabilityState"), report("Power")]).toEqual([["no-connectors"], [], []]);
    // Of a part nothing can be said: its connectors may stand in another.
    expect([report("Available", { tbc: true }), report("Available", { seqNo: 1 })]).toEqual([[], []]);
    expect(report("Available", { tbc: false })).toEqual(["no-connectors"]);
  });

  it("has its connectors where it tells one of them, and a time that it was made at", () => {
    const about = (component: string) => ({ component: { name: component }, variable: { name: "Available" } });
    const told = (generatedAt: string, ...reportData: JsonObject[]) =>
      exchange(v201, "NotifyReport", { requestId: 7, seqNo: 0, generatedAt, reportData }).events.flatMap((event) =>
        event.kind === "found" ? [[event.finding.rule, event.finding.where]] : [],
      );
    expect(told("2026-01-31T12:00:00Z", about("EVSE"), about("Connector"))).toEqual([]);
    expect(told("noon")).toEqual([["time-unreadable", "NotifyReport /generatedAt"]]);
  });

  it("takes a part without tbc as the last, and an empty report as one", () => {
    expect(exchange(v201, "NotifyReport", { requestId: 7, seqNo: 3, reportData: [] }).events).toEqual([
      { kind: "variables", requestId: 7, part: 3, last: true, variables: [] },
    ]);
  });
});

it("reads the values that GetVariables brought, and passes over those that were refused", () => {
  const answer: JsonObject = {
    getVariableResult: [
      {
        attributeStatus: "Accepted",
        attributeValue: "30",
        component: { name: "OCPPCommCtrlr" },
        variable: { name: "HeartbeatInterval" },
      },
      {
        ...{ attributeStatus: "Accepted", attributeType: "MaxSet", attributeValue: "32" },
        component: { name: "Connector", evse: { id: 2, connectorId: 1 } },
        variable: { name: "Current", instance: "L1" },
      },
      { attributeStatus: "UnknownVariable", component: { name: "OCPPCommCtrlr" }, variable: { name: "Nope" } },
    ],
  };
  expect(v201.readAnswer("GetVariables", {}, answer, { at: noon, station: newStation("CP1", noon) })).toEqual([
    {
      kind: "variables",
      last: true,
      variables: [
        { component: "OCPPCommCtrlr", variable: "HeartbeatInterval", attribute: "Actual", value: "30" },
        {
          ...{ component: "Connector", evse: 2, connector: 1, variable: "Current", instance: "L1" },
          ...{ attribute: "MaxSet", value: "32" },
        },
      ],
    },
  ]);
});
