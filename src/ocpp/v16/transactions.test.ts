import { describe, expect, it } from "vitest";
import { charging, exchange, noon } from "../../../test/harness/exchange.ts";
import type { JsonObject } from "../../lib/json.ts";
import { parseJson } from "../../lib/json.ts";
import { messageBounds } from "../../station/bounds.ts";
import { newStation } from "../../station/model.ts";
import { words } from "../../station/phrases.ts";
import { newTransaction } from "../../station/transactions/ledger.ts";
import { v16 } from "./dialect.ts";

const register = { measurand: "Energy.Active.Import.Register", unit: "Wh" };
const begin = { connectorId: 1, idTag: "04A1", meterStart: 1000, timestamp: "2026-07-01T11:59:50Z" };

describe("StartTransaction", () => {
  it("gives a fresh id, and tells of the card, the start and the register", () => {
    expect(exchange(v16, "StartTransaction", begin)).toEqual({
      reply: { transactionId: 7, idTagInfo: { status: "Accepted" } },
      events: [
        { kind: "token", token: { value: "04A1" }, decision: "Accepted", source: "StartTransaction" },
        {
          kind: "transaction-started",
          id: "7",
          evse: 1,
          connector: 1,
          token: { value: "04A1" },
          tokenStatus: "Accepted",
          meterStart: 1000,
          stationTime: "2026-07-01T11:59:50Z",
        },
        {
          kind: "sampled",
          evse: 1,
          connector: 1,
          transaction: "7",
          groups: [
            {
              stationTime: "2026-07-01T11:59:50Z",
              samples: [{ ...register, value: 1000, said: "1000", context: "Transaction.Begin" }],
            },
          ],
        },
      ],
    });
  });

  it("gives an id to a refused card, too", () => {
    const { reply, events } = exchange(v16, "StartTransaction", begin, {
      decide: () => ({ status: "Blocked", expiry: "2026-12-31T00:00:00+01:00", group: { value: "FAMILY" } }),
    });
    expect(reply).toEqual({
      transactionId: 7,
      idTagInfo: { status: "Blocked", expiryDate: "2026-12-30T23:00:00.000Z", parentIdTag: "FAMILY" },
    });
    expect(events[0]).toEqual({
      kind: "token",
      token: { value: "04A1" },
      decision: "Blocked",
      source: "StartTransaction",
      group: "FAMILY",
      expiry: "2026-12-30T23:00:00.000Z",
    });
  });

  it.each([
    ["running", {}],
    ["ended", { endedAt: noon - 1000 }],
  ])("answers the same start with the same id while that transaction is %s", (_word, change) => {
    const again = { ...begin, timestamp: "2026-07-01T11:00:00Z" };
    expect(exchange(v16, "StartTransaction", again, { station: charging(change), newTransactionId: () => 8 })).toEqual({
      reply: { transactionId: 7, idTagInfo: { status: "Accepted" } },
      events: [
        { kind: "token", token: { value: "04A1" }, decision: "Accepted", source: "StartTransaction" },
        {
          kind: "found",
          finding: { rule: "repeated-start", where: "StartTransaction", said: words("transaction", { id: "7" }) },
        },
      ],
    });
  });

  it.each([
    { connectorId: 2 },
    { idTag: "04A2" },
    { meterStart: 1001 },
    { timestamp: "2026-07-01T11:00:01Z" },
    { timestamp: "0" },
  ])("takes a start with another %j as a new one", (change) => {
    const again = { ...begin, timestamp: "2026-07-01T11:00:00Z", ...change };
    const { reply } = exchange(v16, "StartTransaction", again, { station: charging(), newTransactionId: () => 8 });
    expect(reply).toEqual({ transactionId: 8, idTagInfo: { status: "Accepted" } });
  });

  it("repeats an id beyond 2^53 digit for digit", () => {
    const station = charging({ id: "9223372036854775806" });
    const again = { ...begin, timestamp: "2026-07-01T11:00:00Z" };
    expect(exchange(v16, "StartTransaction", again, { station }).reply).toEqual({
      transactionId: 9223372036854775806n,
      idTagInfo: { status: "Accepted" },
    });
  });

  it("marks a start of more than a minute ago as told after the fact", () => {
    const late = { ...begin, timestamp: "2026-07-01T11:58:59Z" };
    expect(exchange(v16, "StartTransaction", late).events[1]).toHaveProperty("offline", true);
  });

  it.each([
    [60_000, 0, false],
    [60_001, 0, true],
    [7_260_000, -7_200_000, false],
    [7_260_001, -7_200_000, true],
    // A clock that is fast makes nothing older.
    [59_000, 7_200_000, false],
  ])(
    "takes a start or an end of %i ms ago, by a clock that is %i ms off, as told after the fact: %s",
    (ago, off, is) => {
      const clock = { offsetMs: off, at: noon, frame: 1, stationTime: "" };
      const timestamp = new Date(noon - ago).toISOString();
      const told = [
        exchange(v16, "StartTransaction", { ...begin, timestamp }, { station: { ...newStation("CP1", noon), clock } }),
        exchange(v16, "StopTransaction", { transactionId: 7, timestamp }, { station: { ...charging(), clock } }),
      ].map(({ events }) => events.find(({ kind }) => kind.startsWith("transaction-")));
      expect(told.map((event) => event && "offline" in event && event.offline)).toEqual([is, is]);
    },
  );

  it("keeps the reservation that it takes up", () => {
    expect(exchange(v16, "StartTransaction", { ...begin, reservationId: 4 }).events[1]).toHaveProperty(
      "reservationId",
      4,
    );
  });

  it("allows for a clock that is known to be slow", () => {
    const station = { ...charging(), clock: { offsetMs: -7_200_000, at: noon, frame: 1, stationTime: "" } };
    const start = { ...begin, timestamp: "2026-07-01T09:59:50Z" };
    expect(exchange(v16, "StartTransaction", start, { station }).events[1]).not.toHaveProperty("offline");
  });

  it("takes connector 0 as the first and says so", () => {
    const { events } = exchange(v16, "StartTransaction", { ...begin, connectorId: 0 });
    expect(events[1]).toHaveProperty("evse", 1);
    expect(events.at(-1)).toEqual({
      kind: "found",
      finding: { rule: "odd-place", where: "StartTransaction /connectorId", said: "0", expected: ">= 1" },
    });
  });

  it("takes Growatt's local time without a zone as UTC and says so", () => {
    const request = {
      connectorId: 1,
      idTag: "evcc",
      meterStart: 0,
      reservationId: 0,
      timestamp: "2023-10-19T15:28:07",
    };
    const { events } = exchange(v16, "StartTransaction", request);
    expect(events[1]).toEqual({
      kind: "transaction-started",
      id: "7",
      evse: 1,
      connector: 1,
      token: { value: "evcc" },
      tokenStatus: "Accepted",
      meterStart: 0,
      stationTime: "2023-10-19T15:28:07",
    });
    const found = events.flatMap((event) => (event.kind === "found" ? [event.finding] : []));
    expect(found.map(({ rule, where }) => [rule, where])).toEqual([
      ["time-without-zone", "StartTransaction /timestamp"],
      ["placeholder", "StartTransaction /reservationId"],
    ]);
  });

  it("answers Invalid where no card is named", () => {
    const { reply, events } = exchange(v16, "StartTransaction", { connectorId: 1 });
    expect(reply).toEqual({ transactionId: 7, idTagInfo: { status: "Invalid" } });
    expect(events).toEqual([{ kind: "transaction-started", id: "7", evse: 1, connector: 1 }]);
  });

  it("takes the charging state from the connector's status", () => {
    const station = charging({ id: "6", endedAt: noon - 1 });
    expect(exchange(v16, "StartTransaction", begin, { station }).events[1]).toHaveProperty("chargingState", "Charging");
  });
});

describe("StopTransaction", () => {
  const end = { transactionId: 7, meterStop: 12_000, timestamp: "2026-07-01T11:59:58Z", reason: "EVDisconnected" };

  it("tells of the last values and the end, and says nothing of a card that was not shown", () => {
    const transactionData = [
      { timestamp: "2026-07-01T11:59:00Z", sampledValue: [{ value: "11.9", unit: "kWh", context: "Sample.Periodic" }] },
    ];
    expect(exchange(v16, "StopTransaction", { ...end, transactionData }, { station: charging() })).toEqual({
      reply: {},
      events: [
        {
          kind: "sampled",
          evse: 1,
          connector: 1,
          transaction: "7",
          groups: [
            {
              stationTime: "2026-07-01T11:59:00Z",
              samples: [{ ...register, value: 11_900, said: "11.9", saidUnit: "kWh", context: "Sample.Periodic" }],
            },
            {
              stationTime: "2026-07-01T11:59:58Z",
              samples: [{ ...register, value: 12_000, said: "12000", context: "Transaction.End" }],
            },
          ],
        },
        {
          kind: "transaction-ended",
          id: "7",
          evse: 1,
          connector: 1,
          meterStop: 12_000,
          stationTime: "2026-07-01T11:59:58Z",
          reason: "EVDisconnected",
        },
      ],
    });
  });

  it("answers for a card that was shown; makes nothing of a missing reason", () => {
    const { reply, events } = exchange(
      v16,
      "StopTransaction",
      { transactionId: 7, idTag: "04A1", timestamp: "2026-07-01T11:59:58Z" },
      { station: charging(), decide: () => ({ status: "Expired" }) },
    );
    expect(reply).toEqual({ idTagInfo: { status: "Expired" } });
    expect(events).toEqual([
      { kind: "token", token: { value: "04A1" }, decision: "Expired", source: "StopTransaction" },
      {
        kind: "transaction-ended",
        id: "7",
        evse: 1,
        connector: 1,
        token: { value: "04A1" },
        stationTime: "2026-07-01T11:59:58Z",
      },
    ]);
  });

  it("names a transaction that was never started here, and puts its values on the only EVSE", () => {
    const { events } = exchange(v16, "StopTransaction", { ...end, transactionId: 99 }, { station: charging() });
    expect(events[0]).toMatchObject({ kind: "sampled", evse: 1, transaction: "99" });
    expect(events.slice(1)).toEqual([
      {
        kind: "transaction-ended",
        id: "99",
        meterStop: 12_000,
        stationTime: "2026-07-01T11:59:58Z",
        reason: "EVDisconnected",
      },
      { kind: "found", finding: { rule: "unknown-transaction", where: "StopTransaction /transactionId", said: "99" } },
    ]);
  });

  it("tells of values in words where any of two EVSEs could be meant", () => {
    const station = charging();
    station.evses.push({ evse: 2, connectors: [], live: [] });
    const { events } = exchange(v16, "StopTransaction", { ...end, transactionId: 99 }, { station });
    expect(events[0]).toEqual({
      kind: "noticed",
      action: "StopTransaction",
      summary: words("told-values-nowhere", { id: "99", count: 1 }),
    });
    const sampledValue: JsonObject[] = [{ value: "11900" }, { value: "230", measurand: "Voltage", unit: "V" }];
    const transactionData = [{ timestamp: "2026-07-01T11:59:00Z", sampledValue }];
    const more = exchange(v16, "StopTransaction", { ...end, transactionId: 99, transactionData }, { station });
    expect(more.events[0]).toMatchObject({ summary: words("told-values-nowhere", { id: "99", count: 3 }) });
  });

  it("has nothing against the end of a transaction that ended before the last one", () => {
    const station = charging();
    station.transactions.push({ ...newTransaction("5", 1, noon, 1), state: "ended" });
    const { events } = exchange(v16, "StopTransaction", { ...end, transactionId: 5 }, { station });
    expect(events.map((event) => event.kind)).toEqual(["sampled", "transaction-ended"]);
  });

  it("keeps Alfen's 2^63-1 exactly and names it", () => {
    const request = parseJson(
      '{"transactionId":9223372036854775807,"timestamp":"2026-07-01T11:59:58Z"}',
      messageBounds,
    );
    const { reply, events } = exchange(v16, "StopTransaction", request as typeof end, { station: charging() });
    expect(reply).toEqual({});
    expect(events).toEqual([
      { kind: "transaction-ended", id: "9223372036854775807", stationTime: "2026-07-01T11:59:58Z" },
      {
        kind: "found",
        finding: {
          rule: "odd-transaction-id",
          where: "StopTransaction /transactionId",
          said: "9223372036854775807",
        },
      },
    ]);
  });

  it("accepts Etrel's negative ids", () => {
    const { events } = exchange(
      v16,
      "StopTransaction",
      { transactionId: -1234567 },
      { station: charging({ id: "-1234567" }) },
    );
    expect(events).toEqual([{ kind: "transaction-ended", id: "-1234567", evse: 1, connector: 1 }]);
  });

  it("notices the same end told again, and ends nothing twice", () => {
    const station = charging({ endedAt: noon - 1, stationEnd: end.timestamp, meterStop: end.meterStop });
    expect(exchange(v16, "StopTransaction", end, { station }).events).toEqual([
      {
        kind: "noticed",
        action: "StopTransaction",
        summary: words("told-transaction-again", { id: "7" }),
        stationTime: end.timestamp,
      },
      {
        kind: "found",
        finding: { rule: "repeated-stop", where: "transaction", said: words("transaction", { id: "7" }) },
      },
    ]);
  });

  it.each([{ meterStop: 12_001 }, { timestamp: "2026-07-01T11:59:57Z" }, { timestamp: undefined }])(
    "takes an end with another %j as another",
    (change) => {
      const station = charging({ endedAt: noon - 1, stationEnd: end.timestamp, meterStop: end.meterStop });
      const request = { ...end, ...change } as JsonObject;
      expect(exchange(v16, "StopTransaction", request, { station }).events.map(({ kind }) => kind)).toContain(
        "transaction-ended",
      );
    },
  );

  it("tells of what came signed in words, and has nothing against values that are none", () => {
    const sampledValue = [{ value: "OCMF|{}|{}", format: "SignedData" }];
    const transactionData = [{ timestamp: "2026-07-01T11:59:00Z", sampledValue }];
    const { events } = exchange(v16, "StopTransaction", { transactionId: 7, transactionData }, { station: charging() });
    expect(events).toEqual([
      { kind: "noticed", action: "StopTransaction", summary: expect.stringContaining("OCMF, 10 characters") },
      { kind: "transaction-ended", id: "7", evse: 1, connector: 1 },
    ]);
    const none = { transactionId: 7, transactionData: [] };
    expect(exchange(v16, "StopTransaction", none, { station: charging() }).events).toHaveLength(1);
  });

  it("ends a transaction of an EVSE whose connector nobody told there, without one", () => {
    const { events } = exchange(
      v16,
      "StopTransaction",
      { transactionId: 7 },
      { station: charging({ connector: undefined }) },
    );
    expect(events).toStrictEqual([{ kind: "transaction-ended", id: "7", evse: 1 }]);
  });

  it("notices an end without an id", () => {
    expect(exchange(v16, "StopTransaction", { transactionId: "abc" })).toEqual({
      reply: {},
      events: [{ kind: "noticed", action: "StopTransaction", summary: words("told-no-transaction") }],
    });
  });
});
