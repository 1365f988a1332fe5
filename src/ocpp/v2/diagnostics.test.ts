import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../lib/json.ts";
import { mask } from "../../lib/shown-text.ts";
import { v21, v201 } from "./dialect.ts";
import { exchange } from "./test-exchange.ts";

const timestamp = "2026-01-31T11:59:58Z";

describe("NotifyEvent", () => {
  it("makes a device event of each entry", () => {
    const eventData: JsonObject[] = [
      {
        eventId: 1,
        timestamp,
        trigger: "Alerting",
        actualValue: "81.5",
        techCode: "E42",
        techInfo: "fan",
        cleared: false,
        severity: 2,
        component: { name: "Fan", instance: "left", evse: { id: 1, connectorId: 2 } },
        variable: { name: "Temperature", instance: "in" },
        eventNotificationType: "HardWiredMonitor",
      },
      {
        eventId: 2,
        trigger: "Delta",
        actualValue: true,
        component: { name: "LinkAcceptor" },
        variable: { name: "Open" },
      },
    ];
    expect(exchange(v201, "NotifyEvent", { generatedAt: timestamp, seqNo: 0, eventData })).toEqual({
      reply: {},
      events: [
        {
          kind: "device-event",
          component: "Fan[left]",
          variable: "Temperature[in]",
          value: "81.5",
          trigger: "Alerting",
          evse: 1,
          connector: 2,
          cleared: false,
          techCode: "E42",
          techInfo: "fan",
          severity: 2,
          stationTime: timestamp,
        },
        { kind: "device-event", component: "LinkAcceptor", variable: "Open", value: "true", trigger: "Delta" },
      ],
    });
  });

  it("shows no secret that a variable is told to have", () => {
    const told = (name: string, actualValue: string) =>
      exchange(v21, "NotifyEvent", {
        eventData: [{ trigger: "Delta", actualValue, component: { name: "SecurityCtrlr" }, variable: { name } }],
      }).events;
    const event = { kind: "device-event", component: "SecurityCtrlr", trigger: "Delta" };
    expect(told("BasicAuthPassword", "hunter22")).toEqual([{ ...event, variable: "BasicAuthPassword", value: mask }]);
    expect(told("Identity", "CP1")).toEqual([{ ...event, variable: "Identity", value: "CP1" }]);
  });

  it.each([
    ["Connector", { id: 2, connectorId: 1 }, { evse: 2, connector: 1 }],
    ["ChargingStation", undefined, { evse: 0, connector: 0 }],
  ])("reads the AvailabilityState of a %s as its status", (name, evse, place) => {
    const component: JsonObject = evse ? { name, evse } : { name };
    const eventData: JsonObject[] = [
      { timestamp, trigger: "Delta", actualValue: "Occupied", component, variable: { name: "AvailabilityState" } },
    ];
    expect(exchange(v21, "NotifyEvent", { eventData }).events.at(-1)).toEqual({
      kind: "status",
      ...place,
      status: "Occupied",
      stationTime: timestamp,
    });
  });

  it.each<JsonObject>([
    { name: "EVSE", evse: { id: 1 } },
    { name: "EVSE", evse: { id: 1, connectorId: 1 } },
    { name: "Connector" },
    { name: "Connector", evse: { id: 1 } },
    { name: "Connector", evse: { id: 0, connectorId: 1 } },
  ])("makes no connector's status of the AvailabilityState of %j", (component) => {
    const eventData: JsonObject[] = [
      { trigger: "Delta", actualValue: "Available", component, variable: { name: "AvailabilityState" } },
    ];
    expect(exchange(v21, "NotifyEvent", { eventData }).events.map((event) => event.kind)).toEqual(["device-event"]);
  });
});

it("tells how far an upload of logs has come", () => {
  expect(exchange(v201, "LogStatusNotification", { status: "Uploading", requestId: 5 })).toEqual({
    reply: {},
    events: [{ kind: "diagnostics-status", status: "Uploading", requestId: 5 }],
  });
});

it("tells how far a firmware update has come", () => {
  expect(exchange(v201, "FirmwareStatusNotification", { status: "Idle" })).toEqual({
    reply: {},
    events: [{ kind: "firmware-status", status: "Idle" }],
  });
});

it("notes a monitoring report by what it monitors", () => {
  const monitor = [
    {
      component: { name: "Fan" },
      variable: { name: "Speed" },
      variableMonitoring: [{ id: 1, type: "UpperThreshold", value: 3000, severity: 4, transaction: false }],
    },
  ];
  expect(exchange(v201, "NotifyMonitoringReport", { requestId: 3, seqNo: 0, generatedAt: timestamp, monitor })).toEqual(
    {
      reply: {},
      events: [
        {
          kind: "noticed",
          action: "NotifyMonitoringReport",
          summary: "requestId 3, seqNo 0, monitor 1, name Fan, name Speed, type UpperThreshold, value 3000",
          stationTime: timestamp,
        },
      ],
    },
  );
});

it("notes the values of a 2.1 event stream", () => {
  const request = {
    id: 4,
    pending: 0,
    basetime: timestamp,
    data: [
      { t: 0, v: "230.1" },
      { t: 1, v: "230.4" },
    ],
  };
  expect(exchange(v21, "NotifyPeriodicEventStream", request).events).toEqual([
    {
      kind: "noticed",
      action: "NotifyPeriodicEventStream",
      summary: "id 4, pending 0, basetime 2026-01-31T11:59:58Z, v 230.1 230.4",
    },
  ]);
});
