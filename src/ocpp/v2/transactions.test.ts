import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../lib/json.ts";
import type { Spoken } from "../../lib/words.ts";
import { words } from "../../station/phrases.ts";
import { newTransaction } from "../../station/transactions/ledger.ts";
import { v21, v201 } from "./dialect.ts";
import { answerContext, exchange, noon, stationCharging } from "./test-exchange.ts";

const timestamp = "2026-01-31T11:59:58Z";
const id = "f3b1-77";

function register(value: number, context: string): JsonObject {
  const sampledValue = [
    { value: 230, measurand: "Voltage", context, unitOfMeasure: { unit: "V" } },
    { value, measurand: "Energy.Active.Import.Register", context, unitOfMeasure: { unit: "kWh" } },
  ];
  return { timestamp, sampledValue };
}

function group(value: number, said: string, context: string) {
  return {
    stationTime: timestamp,
    samples: [
      { measurand: "Voltage", context, unit: "V", value: 230, said: "230" },
      { measurand: "Energy.Active.Import.Register", context, unit: "Wh", value, said, saidUnit: "kWh" },
    ],
  };
}

function found(rule: string, said: string, expected?: Spoken) {
  const where = "TransactionEvent /transactionInfo/transactionId";
  return { kind: "found", finding: { rule, where, said, ...(expected === undefined ? {} : { expected }) } };
}

describe("TransactionEvent Started", () => {
  const request: JsonObject = {
    eventType: "Started",
    timestamp,
    triggerReason: "Authorized",
    seqNo: 0,
    offline: true,
    reservationId: 4,
    evse: { id: 2, connectorId: 1 },
    idToken: { idToken: "04A1B2C3", type: "ISO14443" },
    transactionInfo: { transactionId: id, chargingState: "EVConnected", remoteStartId: 12 },
    meterValue: [register(1.5, "Transaction.Begin")],
  };
  const token = { value: "04A1B2C3", type: "ISO14443" };

  it("answers the card, starts the transaction, and then tells its first values", () => {
    expect(exchange(v201, "TransactionEvent", request)).toEqual({
      reply: { idTokenInfo: { status: "Accepted" } },
      events: [
        { kind: "token", token, decision: "Accepted", source: "TransactionEvent" },
        {
          kind: "transaction-started",
          id,
          evse: 2,
          connector: 1,
          token,
          tokenStatus: "Accepted",
          meterStart: 1500,
          stationTime: timestamp,
          chargingState: "EVConnected",
          trigger: "Authorized",
          reservationId: 4,
          remoteStartId: 12,
          offline: true,
          seqNo: 0,
        },
        {
          kind: "sampled",
          evse: 2,
          connector: 1,
          transaction: id,
          groups: [group(1500, "1.5", "Transaction.Begin")],
          offline: true,
          seqNo: 0,
        },
      ],
    });
  });

  it("answers a blocked card so", () => {
    const context = answerContext(undefined, { status: "Blocked" });
    const { reply, events } = exchange(v201, "TransactionEvent", request, context);
    expect(reply).toEqual({ idTokenInfo: { status: "Blocked" } });
    expect(events[0]).toEqual({ kind: "token", token, decision: "Blocked", source: "TransactionEvent" });
  });

  it("answers nothing about a card where none is told, and assumes the only EVSE", () => {
    const bare = {
      eventType: "Started",
      timestamp,
      triggerReason: "CablePluggedIn",
      seqNo: 0,
      transactionInfo: { transactionId: id },
    };
    expect(exchange(v201, "TransactionEvent", bare)).toEqual({
      reply: {},
      events: [
        { kind: "transaction-started", id, evse: 1, stationTime: timestamp, trigger: "CablePluggedIn", seqNo: 0 },
      ],
    });
  });

  it("says that the same start came again", () => {
    const context = answerContext(stationCharging(id));
    expect(exchange(v201, "TransactionEvent", request, context).events[0]).toEqual(found("repeated-start", id));
  });

  it("takes the start of a transaction known only from its values as new", () => {
    const context = answerContext(stationCharging(id, { foreign: true }));
    expect(exchange(v201, "TransactionEvent", request, context).events.map((event) => event.kind)).toEqual([
      "token",
      "transaction-started",
      "sampled",
    ]);
  });

  it("names EVSE 0 as a deviation, and assumes the only EVSE", () => {
    const bare = { eventType: "Started", timestamp, seqNo: 0, evse: { id: 0 }, transactionInfo: { transactionId: id } };
    expect(exchange(v201, "TransactionEvent", bare).events).toEqual([
      {
        kind: "found",
        finding: { rule: "odd-place", where: "TransactionEvent /evse/id", said: "0", expected: ">= 1" },
      },
      { kind: "transaction-started", id, evse: 1, stationTime: timestamp, seqNo: 0 },
    ]);
  });
});

describe("a start without a token", () => {
  const request = {
    eventType: "Started",
    timestamp,
    triggerReason: "RemoteStart",
    seqNo: 0,
    transactionInfo: { transactionId: id, remoteStartId: 12 },
    evse: { id: 2 },
  };
  const tokenOf = (...commands: { name: string; args: Record<string, unknown> }[]) => {
    const station = stationCharging("other");
    station.commands.push(...commands.map((command, n) => ({ id: String(n), sentAt: noon, ...command })));
    const { events } = exchange(v201, "TransactionEvent", request, answerContext(station));
    return events.flatMap((event) => (event.kind === "transaction-started" ? [event.token] : []));
  };

  it("has the one that it was started with, by command or raw, and none of another start", () => {
    const start = (remoteStartId: number) => ({ name: "start", args: { token: { value: "04AA" }, remoteStartId } });
    const payload = '{"remoteStartId":12,"idToken":{"idToken":"04BB","type":"ISO14443"}}';
    const raw = { name: "raw", args: { action: "RequestStartTransaction", payload } };
    expect(tokenOf(start(12))).toEqual([{ value: "04AA" }]);
    expect(tokenOf(raw)).toEqual([{ value: "04BB", type: "ISO14443" }]);
    // The same number of twice: of the newest of them.
    expect(tokenOf(start(12), raw)).toEqual([{ value: "04BB", type: "ISO14443" }]);
    expect(tokenOf(raw, start(12))).toEqual([{ value: "04AA" }]);
    expect(tokenOf(start(11), { name: "raw", args: { action: "RequestStartTransaction", payload: "{" } })).toEqual([
      undefined,
    ]);
  });
});

describe("TransactionEvent Updated", () => {
  const request: JsonObject = {
    eventType: "Updated",
    timestamp,
    triggerReason: "MeterValuePeriodic",
    seqNo: 3,
    transactionInfo: { transactionId: id, chargingState: "Charging" },
    meterValue: [register(2, "Sample.Periodic")],
  };
  const updated = {
    kind: "transaction-updated",
    id,
    stationTime: timestamp,
    chargingState: "Charging",
    trigger: "MeterValuePeriodic",
    seqNo: 3,
  };

  it("places the values on the EVSE where the transaction runs", () => {
    expect(exchange(v201, "TransactionEvent", request, answerContext(stationCharging(id)))).toEqual({
      reply: {},
      events: [
        updated,
        { kind: "sampled", evse: 2, transaction: id, groups: [group(2000, "2", "Sample.Periodic")], seqNo: 3 },
      ],
    });
  });

  it("says that the transaction was never started here", () => {
    const { meterValue: _values, ...bare } = request;
    expect(exchange(v201, "TransactionEvent", bare).events).toEqual([
      found("unknown-transaction", id, words("started-before")),
      updated,
    ]);
  });

  it("knows a transaction that ended before the last one", () => {
    const { meterValue: _values, ...bare } = request;
    const newer = stationCharging("newer");
    newer.transactions.push({ ...newTransaction(id, 2, noon, 1), state: "ended" });
    const context = answerContext(newer);
    expect(exchange(v201, "TransactionEvent", bare, context).events).toEqual([updated]);
  });

  it("tells the cost that a 2.1 station reckoned", () => {
    const costDetails = {
      totalCost: { currency: "SEK", typeOfCost: "NormalCost", total: { exclTax: 10, inclTax: 12.5 } },
      totalUsage: { energy: 4000, chargingTime: 600, idleTime: 0 },
    };
    const { meterValue: _values, ...bare } = request;
    const context = answerContext(stationCharging(id));
    expect(exchange(v21, "TransactionEvent", { ...bare, costDetails }, context).events).toEqual([
      updated,
      {
        kind: "noticed",
        action: "TransactionEvent",
        summary:
          "currency SEK, typeOfCost NormalCost, exclTax 10, inclTax 12.5, energy 4000, chargingTime 600, idleTime 0",
      },
    ]);
  });
});

describe("each message of a transaction", () => {
  const whole: JsonObject = {
    ...{ timestamp, triggerReason: "Trigger", seqNo: 3, offline: false, evse: { id: 2, connectorId: 1 } },
    idToken: { idToken: "04A1", type: "ISO14443" },
  };
  const about = (eventType: string, info: JsonObject = {}, more: JsonObject = {}) =>
    exchange(
      v201,
      "TransactionEvent",
      { ...whole, eventType, transactionInfo: { transactionId: id, ...info }, ...more },
      answerContext(stationCharging(id, { connector: 3 })),
    ).events;
  const common = {
    ...{ id, evse: 2, connector: 1, token: { value: "04A1", type: "ISO14443" }, stationTime: timestamp },
    ...{ trigger: "Trigger", offline: false, seqNo: 3 },
  };

  it("tells where it is, of which card, when and why, whatever its kind", () => {
    expect(about("Updated").at(-1)).toEqual({ kind: "transaction-updated", ...common });
    expect(about("Ended").at(-1)).toEqual({ kind: "transaction-ended", ...common });
    expect(about("Started").at(-1)).toEqual({ kind: "transaction-started", tokenStatus: "Accepted", ...common });
  });

  it.each([
    ["started", "transaction-started"],
    ["ENDED", "transaction-ended"],
    ["updated", "transaction-updated"],
    ["Begun", "transaction-updated"],
  ])("of the kind %s is read as %s", (eventType, kind) => {
    expect(about(eventType).at(-1)?.kind).toBe(kind);
  });

  it.each(["Charging", "EVConnected", "SuspendedEV", "SuspendedEVSE", "Idle"])(
    "tells the charging state %s, and no other word",
    (chargingState) => {
      for (const kind of ["Started", "Updated"]) {
        expect(about(kind, { chargingState }).at(-1)).toHaveProperty("chargingState", chargingState);
        expect(about(kind, { chargingState: "Resting" }).at(-1)).not.toHaveProperty("chargingState");
      }
    },
  );

  it("has its values on the connector that it is known to be on, where it names none", () => {
    const meterValue = [register(2, "Sample.Periodic")];
    expect(about("Updated", {}, { meterValue, evse: {} }).at(-1)).toMatchObject({
      ...{ kind: "sampled", evse: 2, connector: 3 },
    });
  });

  it("has its values nowhere in particular where it is not known and there are several EVSEs", () => {
    const values: JsonObject = { eventType: "Updated", timestamp, meterValue: [register(2, "Sample.Periodic")] };
    const { events } = exchange(v201, "TransactionEvent", values, answerContext(stationCharging("other")));
    expect(events).toEqual([{ kind: "sampled", evse: 0, groups: [group(2000, "2", "Sample.Periodic")] }]);
  });

  it("has the register of its first value at its begin, and of its last at its end, where none is marked so", () => {
    const meterValue = [1, 2, 3].map((value) => register(value, "Sample.Periodic"));
    const registers = ["Started", "Ended"].map((kind) => about(kind, {}, { meterValue }));
    expect(registers[0]?.find(({ kind }) => kind === "transaction-started")).toHaveProperty("meterStart", 1000);
    expect(registers[1]?.find(({ kind }) => kind === "transaction-ended")).toHaveProperty("meterStop", 3000);
    const marked = [register(1, "Sample.Periodic"), register(2, "Transaction.Begin"), register(3, "Transaction.End")];
    const more = ["Started", "Ended"].map((kind) => about(kind, {}, { meterValue: [...marked, ...meterValue] }));
    expect(more[0]?.find(({ kind }) => kind === "transaction-started")).toHaveProperty("meterStart", 2000);
    expect(more[1]?.find(({ kind }) => kind === "transaction-ended")).toHaveProperty("meterStop", 3000);
  });

  it("is read with a transaction's id where 1.6 has it, and says so", () => {
    const flat: JsonObject = { eventType: "Updated", timestamp, transactionId: id };
    const { events } = exchange(v201, "TransactionEvent", flat, answerContext(stationCharging(id)));
    expect(events).toEqual([
      {
        kind: "found",
        finding: {
          ...{ rule: "other-version", where: "TransactionEvent /transactionInfo", said: `transactionId ${id}` },
          expected: "transactionInfo",
        },
      },
      { kind: "transaction-updated", id, stationTime: timestamp },
    ]);
  });
});

describe("TransactionEvent Ended", () => {
  const request: JsonObject = {
    eventType: "Ended",
    timestamp,
    triggerReason: "EVDeparted",
    seqNo: 9,
    transactionInfo: { transactionId: id, stoppedReason: "EVDisconnected" },
    meterValue: [register(1.5, "Transaction.Begin"), register(9.75, "Transaction.End")],
  };

  it("tells the last values, and then the end with its register", () => {
    expect(exchange(v201, "TransactionEvent", request, answerContext(stationCharging(id)))).toEqual({
      reply: {},
      events: [
        {
          kind: "sampled",
          evse: 2,
          transaction: id,
          groups: [group(1500, "1.5", "Transaction.Begin"), group(9750, "9.75", "Transaction.End")],
          seqNo: 9,
        },
        {
          kind: "transaction-ended",
          id,
          meterStop: 9750,
          stationTime: timestamp,
          reason: "EVDisconnected",
          trigger: "EVDeparted",
          seqNo: 9,
        },
      ],
    });
  });

  it("makes nothing of a reason that is left out", () => {
    const bare = { eventType: "Ended", timestamp, seqNo: 9, transactionInfo: { transactionId: id } };
    expect(exchange(v201, "TransactionEvent", bare, answerContext(stationCharging(id))).events).toEqual([
      { kind: "transaction-ended", id, stationTime: timestamp, seqNo: 9 },
    ]);
  });
});

it("keeps every digit of a transaction id that came as a number", () => {
  const request = { eventType: "Ended", transactionInfo: { transactionId: 9223372036854775807n } };
  expect(exchange(v201, "TransactionEvent", request).events).toEqual([
    found("unknown-transaction", "9223372036854775807", words("started-before")),
    { kind: "transaction-ended", id: "9223372036854775807" },
  ]);
});

it("tells the card and the values of a message without a transaction id", () => {
  const request = {
    eventType: "Updated",
    idToken: { idToken: "A", type: "Local" },
    meterValue: [register(1, "Trigger")],
  };
  expect(exchange(v201, "TransactionEvent", request).events).toEqual([
    { kind: "token", token: { value: "A", type: "Local" }, decision: "Accepted", source: "TransactionEvent" },
    { kind: "sampled", evse: 1, groups: [group(1000, "1", "Trigger")] },
  ]);
});
