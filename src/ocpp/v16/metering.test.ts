import { describe, expect, it } from "vitest";
import { charging, exchange } from "../../../test/harness/exchange.ts";
import { type JsonObject, parseJson } from "../../lib/json.ts";
import { messageBounds } from "../../station/bounds.ts";
import { words } from "../../station/phrases.ts";
import { v16 } from "./dialect.ts";

const register = { measurand: "Energy.Active.Import.Register", unit: "Wh" };
const timestamp = "2026-07-01T12:00:00Z";

function meter(sampledValue: JsonObject[], more: JsonObject = {}): JsonObject {
  return { connectorId: 1, meterValue: [{ timestamp, sampledValue }], ...more };
}

describe("MeterValues", () => {
  it("reads Easee's register in kWh beside a power in W", () => {
    const request = meter([
      { value: "12272.427", measurand: "Energy.Active.Import.Register", unit: "kWh" },
      { value: "0.000", measurand: "Power.Active.Import", unit: "W" },
    ]);
    expect(exchange(v16, "MeterValues", request)).toEqual({
      reply: {},
      events: [
        {
          kind: "sampled",
          evse: 1,
          connector: 1,
          groups: [
            {
              stationTime: timestamp,
              samples: [
                { ...register, value: 12_272_427, said: "12272.427", saidUnit: "kWh" },
                { measurand: "Power.Active.Import", unit: "W", value: 0, said: "0.000" },
              ],
            },
          ],
        },
      ],
    });
  });

  it("reads OpenEVSE's numbers where the specification wants texts", () => {
    const request = meter([{ value: 604.213, measurand: "Energy.Active.Import.Register", unit: "Wh" }]);
    expect(exchange(v16, "MeterValues", request).events).toEqual([
      {
        kind: "sampled",
        evse: 1,
        connector: 1,
        groups: [{ stationTime: timestamp, samples: [{ ...register, value: 604.213, said: "604.213" }] }],
      },
    ]);
  });

  it("names a list of values that is empty, and not one that is not there: that is the schema's to say", () => {
    const found = (more: JsonObject) =>
      exchange(v16, "MeterValues", { connectorId: 1, meterValue: [{ timestamp, ...more }] }).events;
    const finding = {
      ...{ rule: "empty-list", where: "MeterValues /meterValue/*/sampledValue", said: "[]" },
      expected: words("at-least-entries", { limit: 1 }),
    };
    expect(found({ sampledValue: [] })).toEqual([{ kind: "found", finding }]);
    expect([found({}), found({ sampledValue: null })]).toEqual([[], []]);
  });

  it("reads connector 0 as the station's own meter", () => {
    const { events } = exchange(v16, "MeterValues", meter([{ value: "1" }], { connectorId: 0 }));
    expect(events).toEqual([
      {
        kind: "sampled",
        evse: 0,
        groups: [{ stationTime: timestamp, samples: [{ ...register, value: 1, said: "1" }] }],
      },
    ]);
  });

  it("skips empty values and lists, with one finding for all of a kind", () => {
    const request: JsonObject = {
      connectorId: 1,
      meterValue: [
        { timestamp: "", sampledValue: [{ value: "" }, { value: "" }] },
        { timestamp, sampledValue: [] },
        { timestamp },
      ],
    };
    expect(exchange(v16, "MeterValues", request).events).toEqual([
      {
        kind: "found",
        finding: { rule: "empty-value", where: "MeterValues /meterValue/*/sampledValue/*/value", said: "" },
      },
      {
        kind: "found",
        finding: {
          rule: "time-unreadable",
          where: "MeterValues /meterValue/*/timestamp",
          said: "",
          expected: words("for-example", { text: "2026-01-31T12:00:00Z" }),
        },
      },
      {
        kind: "found",
        finding: {
          rule: "empty-list",
          where: "MeterValues /meterValue/*/sampledValue",
          said: "[]",
          expected: words("at-least-entries", { limit: 1 }),
        },
      },
    ]);
  });

  it("leaves a misspelt unit to the schema, which names it", () => {
    const { events } = exchange(
      v16,
      "MeterValues",
      meter([{ value: "41", measurand: "Temperature", unit: "Celcius" }]),
    );
    expect(events.map((event) => event.kind)).toEqual(["sampled"]);
  });

  it("says which transaction the values belong to", () => {
    const request = meter([{ value: "1" }], { transactionId: 7 });
    expect(exchange(v16, "MeterValues", request, { station: charging() }).events).toEqual([
      {
        kind: "sampled",
        evse: 1,
        connector: 1,
        transaction: "7",
        groups: [{ stationTime: timestamp, samples: [{ ...register, value: 1, said: "1" }] }],
      },
    ]);
  });

  it("names EN+'s transaction that was never started here", () => {
    const { events } = exchange(v16, "MeterValues", meter([{ value: "1" }], { transactionId: 3 }));
    expect(events[0]).toHaveProperty("transaction", "3");
    expect(events.slice(1)).toEqual([
      { kind: "found", finding: { rule: "unknown-transaction", where: "MeterValues /transactionId", said: "3" } },
    ]);
  });

  it.each([-1, 0])("reads the id %i as none, and names it", (transactionId) => {
    const { events } = exchange(v16, "MeterValues", meter([{ value: "1" }], { transactionId }), {
      station: charging(),
    });
    expect(events[0]).not.toHaveProperty("transaction");
    expect(events.slice(1)).toEqual([
      {
        kind: "found",
        finding: { rule: "odd-transaction-id", where: "MeterValues /transactionId", said: String(transactionId) },
      },
    ]);
  });

  it("keeps Alfen's 2^63-1 exactly", () => {
    const request = parseJson(
      `{"connectorId":1,"transactionId":9223372036854775807,"meterValue":[{"timestamp":"${timestamp}","sampledValue":[{"value":"1","context":"CurrentMax"}]}]}`,
      messageBounds,
    ) as JsonObject;
    expect(exchange(v16, "MeterValues", request).events).toEqual([
      {
        kind: "sampled",
        evse: 1,
        connector: 1,
        transaction: "9223372036854775807",
        groups: [{ stationTime: timestamp, samples: [{ ...register, value: 1, said: "1", context: "CurrentMax" }] }],
      },
      {
        kind: "found",
        finding: { rule: "odd-transaction-id", where: "MeterValues /transactionId", said: "9223372036854775807" },
      },
      {
        kind: "found",
        finding: {
          rule: "unknown-context",
          where: "MeterValues /meterValue/*/sampledValue/*/context",
          said: "CurrentMax",
          expected: "Sample.Periodic, Sample.Clock ...",
        },
      },
    ]);
  });

  it("tells of signed data in words, and takes no number out of it", () => {
    const request = meter([
      { value: "OCMF|{}|{}", format: "SignedData", context: "Transaction.Begin" },
      { value: "123456", format: "SignedData" },
    ]);
    expect(exchange(v16, "MeterValues", request).events).toEqual([
      {
        kind: "noticed",
        action: "MeterValues",
        summary: "signed Energy.Active.Import.Register: OCMF, 10 characters",
      },
      {
        kind: "noticed",
        action: "MeterValues",
        summary: "signed Energy.Active.Import.Register: SignedData, 6 characters",
      },
    ]);
  });
});
