import { describe, expect, it } from "vitest";
import { charging, exchange } from "../../../test/harness/exchange.ts";
import type { JsonObject } from "../../lib/json.ts";
import { errorCodes } from "../../station/model.ts";
import { words } from "../../station/phrases.ts";
import { toChargingState } from "./availability.ts";
import { v16 } from "./dialect.ts";

const where = "StatusNotification";

describe("StatusNotification", () => {
  it("keeps what the vendor adds, and says nothing of NoError", () => {
    const request = {
      connectorId: 2,
      errorCode: "NoError",
      info: "C;330",
      status: "Available",
      vendorId: "Vendor",
      vendorErrorCode: "0x00",
      timestamp: "2026-07-01T12:00:00Z",
    };
    expect(exchange(v16, where, request)).toEqual({
      reply: {},
      events: [
        {
          kind: "status",
          evse: 2,
          connector: 1,
          status: "Available",
          info: "C;330",
          vendorId: "Vendor",
          vendorErrorCode: "0x00",
          stationTime: "2026-07-01T12:00:00Z",
        },
      ],
    });
  });

  it("reads connector 0 as the station as a whole", () => {
    const request = { connectorId: 0, errorCode: "WeakSignal", status: "Unavailable" };
    expect(exchange(v16, where, request).events).toEqual([
      { kind: "status", evse: 0, connector: 0, status: "Unavailable", errorCode: "WeakSignal" },
    ]);
  });

  it("names Faulted without an error", () => {
    const request = { connectorId: 1, errorCode: "NoError", status: "Faulted" };
    expect(exchange(v16, where, request).events).toEqual([
      { kind: "status", evse: 1, connector: 1, status: "Faulted" },
      {
        kind: "found",
        finding: { rule: "faulted-without-error", where: "StatusNotification /errorCode", said: "NoError" },
      },
    ]);
  });

  it.each([
    [{}, "Error"],
    [{ vendorErrorCode: "E17" }, "E17"],
  ])("reads an error code that OCPP lacks as OtherError and keeps it beside %j", (vendor, kept) => {
    const request = { connectorId: 1, errorCode: "Error", status: "Faulted", ...vendor };
    expect(exchange(v16, where, request).events).toEqual([
      {
        kind: "status",
        evse: 1,
        connector: 1,
        status: "Faulted",
        errorCode: "OtherError",
        vendorErrorCode: kept,
      },
      {
        kind: "found",
        finding: { rule: "unknown-error-code", where: "StatusNotification /errorCode", said: "Error" },
      },
    ]);
  });

  it("names a status that the station as a whole cannot have", () => {
    const request = { connectorId: 0, errorCode: "NoError", status: "Charging" };
    const expected = "Available, Unavailable, Faulted";
    expect(exchange(v16, where, request).events).toEqual([
      { kind: "status", evse: 0, connector: 0, status: "Charging" },
      {
        kind: "found",
        finding: { rule: "station-status", where: "StatusNotification /status", said: "Charging", expected },
      },
    ]);
  });

  it("names a clock of 1970", () => {
    const request = {
      connectorId: 1,
      errorCode: "NoError",
      status: "Available",
      timestamp: "1970-01-01T00:00:00.750Z",
    };
    expect(exchange(v16, where, request).events[1]).toEqual({
      kind: "found",
      finding: {
        rule: "time-implausible",
        where: "StatusNotification /timestamp",
        said: "1970-01-01T00:00:00.750Z",
        expected: words("about-time", { time: "2026-07-01T12:00:00.000Z" }),
      },
    });
  });

  it("forgives letter case, and notices a status that it does not know", () => {
    const request = { connectorId: 1, errorCode: "NoError" };
    expect(exchange(v16, where, { ...request, status: "suspendedev" }).events).toEqual([
      { kind: "status", evse: 1, connector: 1, status: "SuspendedEV" },
    ]);
    expect(exchange(v16, where, { ...request, status: "Idle" }).events).toEqual([
      { kind: "noticed", action: where, summary: words("told-status", { connector: 1, status: "Idle" }) },
    ]);
  });

  it("notices one that tells no status, and when it was told", () => {
    const request = { connectorId: 2, errorCode: "NoError", timestamp: "2026-07-01T12:00:00Z" };
    const noticed = { kind: "noticed", action: where, stationTime: "2026-07-01T12:00:00Z" };
    expect(exchange(v16, where, { ...request, status: "" }).events).toEqual([
      { ...noticed, summary: words("told-no-status", { connector: 2 }) },
    ]);
    expect(exchange(v16, where, { ...request, status: "Idle" }).events).toEqual([
      { ...noticed, summary: words("told-status", { connector: 2, status: "Idle" }) },
    ]);
    expect(exchange(v16, where, { ...request, connectorId: "x", status: "Available" }).events[0]).toEqual({
      ...{ ...noticed, summary: words("told-status-nowhere", { status: "Available" }) },
    });
  });

  it("tells when a charging state began, where it says so, on the connector that it is of alone", () => {
    const request = { errorCode: "NoError", status: "SuspendedEV", timestamp: "2026-07-01T12:00:00Z" };
    const told = (connectorId: number) =>
      exchange(v16, where, { ...request, connectorId }, { station: charging({ chargingState: "Charging" }) }).events[1];
    expect(told(1)).toEqual({
      ...{ kind: "transaction-updated", id: "7", evse: 1, connector: 1, chargingState: "SuspendedEV" },
      stationTime: "2026-07-01T12:00:00Z",
    });
    expect(told(2)).toBeUndefined();
  });

  it("tells the running transaction's charging state when it changes", () => {
    const request = { connectorId: 1, errorCode: "NoError", status: "SuspendedEV" };
    expect(exchange(v16, where, request, { station: charging({ chargingState: "Charging" }) }).events).toEqual([
      { kind: "status", evse: 1, connector: 1, status: "SuspendedEV" },
      { kind: "transaction-updated", id: "7", evse: 1, connector: 1, chargingState: "SuspendedEV" },
    ]);
    expect(exchange(v16, where, request, { station: charging({ chargingState: "SuspendedEV" }) }).events).toHaveLength(
      1,
    );
    expect(exchange(v16, where, request, { station: charging({ state: "ended", endedAt: 1 }) }).events).toHaveLength(1);
  });

  it("does not make an EVSE of a wild connector number", () => {
    const request = { connectorId: 4_000_000, errorCode: "NoError", status: "Available" };
    expect(exchange(v16, where, request).events).toEqual([
      { kind: "noticed", action: where, summary: words("told-status-nowhere", { status: "Available" }) },
      {
        kind: "found",
        finding: {
          rule: "odd-place",
          where: "StatusNotification /connectorId",
          said: "4000000",
          expected: "0 – 1000",
        },
      },
    ]);
  });

  it.each([undefined, -1, "x", null])("says nothing of the whole station where connectorId is %j", (connectorId) => {
    const request = { connectorId, errorCode: "NoError", status: "Charging" } as JsonObject;
    const { events } = exchange(v16, where, request);
    expect(events.filter(({ kind }) => kind === "status")).toEqual([]);
  });
});

describe("each word of a status", () => {
  const told = (request: JsonObject) => exchange(v16, where, { errorCode: "NoError", ...request }).events;

  it.each([
    ...["Available", "Preparing", "Charging", "SuspendedEV", "SuspendedEVSE", "Finishing", "Reserved", "Unavailable"],
    "Occupied",
  ])("%s is read, letter case and blanks aside", (status) => {
    for (const said of [status, status.toLowerCase(), ` ${status.toUpperCase()} `])
      expect(told({ connectorId: 1, status: said })).toEqual([{ kind: "status", evse: 1, connector: 1, status }]);
  });

  it.each([
    ["Available", true],
    ["Unavailable", true],
    ["Faulted", true],
    ["Preparing", false],
    ["Charging", false],
    ["SuspendedEV", false],
    ["Finishing", false],
    ["Reserved", false],
    ["Occupied", false],
  ])("%s of the station as a whole is one: %s", (status, fits) => {
    const found = told({ connectorId: 0, status, errorCode: "OtherError" }).flatMap((event) =>
      event.kind === "found" ? [[event.finding.rule, event.finding.where, event.finding.expected]] : [],
    );
    expect(found).toEqual(
      fits ? [] : [["station-status", "StatusNotification /status", "Available, Unavailable, Faulted"]],
    );
  });

  it.each([
    ["Preparing", "EVConnected"],
    ["Charging", "Charging"],
    ["SuspendedEV", "SuspendedEV"],
    ["SuspendedEVSE", "SuspendedEVSE"],
    ["Finishing", "EVConnected"],
    ["Available", undefined],
    ["Reserved", undefined],
    ["Unavailable", undefined],
    ["Faulted", undefined],
    ["Occupied", undefined],
  ] as const)("%s says of a transaction that it is %s", (status, state) => {
    expect(toChargingState(status)).toBe(state);
  });

  it("says nothing of a transaction where none was said", () => {
    expect(toChargingState(undefined)).toBeUndefined();
  });
});

describe("an error code", () => {
  const told = (request: JsonObject) =>
    exchange(v16, where, { connectorId: 1, status: "Available", ...request }).events;

  it.each([...errorCodes])("%s is one", (errorCode) => {
    expect(told({ errorCode })).toEqual([{ kind: "status", evse: 1, connector: 1, status: "Available", errorCode }]);
  });

  it("of the vendor's own is another error, and stands as the vendor's where that is free", () => {
    const found = { kind: "found", finding: expect.objectContaining({ rule: "unknown-error-code", said: "E7" }) };
    const status = { kind: "status", evse: 1, connector: 1, status: "Available", errorCode: "OtherError" };
    expect(told({ errorCode: "E7" })).toEqual([{ ...status, vendorErrorCode: "E7" }, found]);
    expect(told({ errorCode: "E7", vendorErrorCode: "V" })).toEqual([{ ...status, vendorErrorCode: "V" }, found]);
  });

  it("is missed where a connector is Faulted without one", () => {
    for (const errorCode of ["", "NoError"])
      expect(told({ status: "Faulted", errorCode })[1]).toMatchObject({
        finding: { rule: "faulted-without-error", said: errorCode },
      });
    expect(told({ status: "Faulted", errorCode: "GroundFailure" })).toHaveLength(1);
    expect(told({ errorCode: "" })).toHaveLength(1);
  });
});
