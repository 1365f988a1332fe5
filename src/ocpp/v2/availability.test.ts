import { describe, expect, it } from "vitest";
import { readStatus } from "./availability.ts";
import { v201 } from "./dialect.ts";
import { exchange } from "./test-exchange.ts";

const timestamp = "2026-01-31T11:59:58Z";

describe("StatusNotification", () => {
  it.each(["Available", "Occupied", "Reserved", "Unavailable", "Faulted"])("tells that a connector is %s", (status) => {
    const request = { timestamp, connectorStatus: status, evseId: 2, connectorId: 1 };
    expect(exchange(v201, "StatusNotification", request)).toEqual({
      reply: {},
      events: [{ kind: "status", evse: 2, connector: 1, status, stationTime: timestamp }],
    });
  });

  it("reads EVSE 0 and connector 0 as the station itself, and says so", () => {
    const request = { timestamp, connectorStatus: "Available", evseId: 0, connectorId: 0 };
    expect(exchange(v201, "StatusNotification", request)).toEqual({
      reply: {},
      events: [
        {
          kind: "found",
          finding: { rule: "odd-place", where: "StatusNotification /evseId", said: "0", expected: ">= 1" },
        },
        {
          kind: "found",
          finding: { rule: "odd-place", where: "StatusNotification /connectorId", said: "0", expected: ">= 1" },
        },
        { kind: "status", evse: 0, connector: 0, status: "Available", stationTime: timestamp },
      ],
    });
  });

  it("reads a connector of EVSE 0 as the EVSE of that number", () => {
    const request = { timestamp, connectorStatus: "Occupied", evseId: 0, connectorId: 1 };
    expect(exchange(v201, "StatusNotification", request).events).toEqual([
      {
        kind: "found",
        finding: { rule: "odd-place", where: "StatusNotification /evseId", said: "0", expected: ">= 1" },
      },
      { kind: "status", evse: 1, connector: 1, status: "Occupied", stationTime: timestamp },
    ]);
  });

  it("takes connector 0 of an EVSE for its first, and says so", () => {
    const request = { timestamp, connectorStatus: "Occupied", evseId: 2, connectorId: 0 };
    expect(exchange(v201, "StatusNotification", request).events).toEqual([
      {
        kind: "found",
        finding: { rule: "odd-place", where: "StatusNotification /connectorId", said: "0", expected: ">= 1" },
      },
      { kind: "status", evse: 2, connector: 1, status: "Occupied", stationTime: timestamp },
    ]);
  });

  it("names an EVSE below 0, and takes the connector's number for it", () => {
    const request = { timestamp, connectorStatus: "Occupied", evseId: -1, connectorId: 1 };
    expect(exchange(v201, "StatusNotification", request).events).toEqual([
      {
        kind: "found",
        finding: { rule: "odd-place", where: "StatusNotification /evseId", said: "-1", expected: ">= 0" },
      },
      { kind: "status", evse: 1, connector: 1, status: "Occupied", stationTime: timestamp },
    ]);
  });

  it("reads a message in the shape of 1.6, and says so", () => {
    const request = {
      connectorId: 2,
      errorCode: "GroundFailure",
      status: "Faulted",
      vendorErrorCode: "0x12",
      timestamp,
    };
    expect(exchange(v201, "StatusNotification", request)).toEqual({
      reply: {},
      events: [
        {
          kind: "found",
          finding: {
            rule: "other-version",
            where: "StatusNotification",
            said: "connectorId, errorCode, status, vendorErrorCode, timestamp",
            expected: "evseId, connectorId, connectorStatus, timestamp",
          },
        },
        {
          kind: "status",
          evse: 2,
          connector: 1,
          status: "Faulted",
          errorCode: "GroundFailure",
          vendorErrorCode: "0x12",
          stationTime: timestamp,
        },
      ],
    });
  });

  it("keeps NoError out of the status", () => {
    const request = { connectorId: 0, errorCode: "NoError", status: "Available" };
    expect(exchange(v201, "StatusNotification", request).events.at(-1)).toEqual({
      kind: "status",
      evse: 0,
      connector: 0,
      status: "Available",
    });
  });

  it("forgives letter case, and makes no status of a word that is none", () => {
    const at = { timestamp, evseId: 1, connectorId: 1 };
    expect(exchange(v201, "StatusNotification", { ...at, connectorStatus: "occupied" }).events).toEqual([
      { kind: "status", evse: 1, connector: 1, status: "Occupied", stationTime: timestamp },
    ]);
    expect(exchange(v201, "StatusNotification", { ...at, connectorStatus: "Busy" }).events).toEqual([]);
  });
});

it.each([
  ...["Available", "Occupied", "Reserved", "Unavailable", "Faulted"],
  ...["Preparing", "Charging", "SuspendedEV", "SuspendedEVSE", "Finishing"],
])("the status %s is read, letter case aside", (status) => {
  for (const said of [status, status.toLowerCase(), status.toUpperCase()]) expect(readStatus(said)).toBe(status);
});

it("any other word is none", () => {
  expect([readStatus("Perhaps"), readStatus(""), readStatus(undefined)]).toEqual([undefined, undefined, undefined]);
});
