import { describe, expect, it } from "vitest";
import { type JsonObject, parseJson } from "../../lib/json.ts";
import { messageBounds } from "../../station/bounds.ts";
import { v201 } from "./dialect.ts";
import { registerAt } from "./metering.ts";
import { exchange } from "./test-exchange.ts";

const timestamp = "2026-01-31T11:59:58Z";

function meterValues(...sampledValue: JsonObject[]): JsonObject {
  return { evseId: 1, meterValue: [{ timestamp, sampledValue }] };
}

describe("MeterValues", () => {
  it("reads values in base units, with phase, context, unit and multiplier", () => {
    const request = meterValues(
      {
        value: 12.5,
        measurand: "Energy.Active.Import.Register",
        context: "Sample.Clock",
        unitOfMeasure: { unit: "kWh" },
      },
      { value: 35, measurand: "Power.Active.Import", unitOfMeasure: { unit: "W", multiplier: 2 } },
      { value: 16.1, measurand: "Current.Import", phase: "L1", location: "Inlet", unitOfMeasure: { unit: "A" } },
    );
    expect(exchange(v201, "MeterValues", request)).toEqual({
      reply: {},
      events: [
        {
          kind: "sampled",
          evse: 1,
          groups: [
            {
              stationTime: timestamp,
              samples: [
                {
                  measurand: "Energy.Active.Import.Register",
                  context: "Sample.Clock",
                  unit: "Wh",
                  value: 12500,
                  said: "12.5",
                  saidUnit: "kWh",
                },
                { measurand: "Power.Active.Import", unit: "W", value: 3500, said: "35" },
                { measurand: "Current.Import", phase: "L1", location: "Inlet", unit: "A", value: 16.1, said: "16.1" },
              ],
            },
          ],
        },
      ],
    });
  });

  it("reads a value without measurand as imported Wh, and EVSE 0 as the station's own meter", () => {
    const request = { evseId: 0, meterValue: [{ timestamp, sampledValue: [{ value: 7 }] }] };
    expect(exchange(v201, "MeterValues", request).events).toEqual([
      {
        kind: "sampled",
        evse: 0,
        groups: [
          {
            stationTime: timestamp,
            samples: [{ measurand: "Energy.Active.Import.Register", unit: "Wh", value: 7, said: "7" }],
          },
        ],
      },
    ]);
  });

  it("makes a group of each time, and none of an empty one", () => {
    const at = (minute: number, sampledValue: JsonObject[]) => ({
      timestamp: `2026-01-31T11:0${minute}:00Z`,
      sampledValue,
    });
    const request = { evseId: 1, meterValue: [at(1, [{ value: 1 }]), at(2, []), at(3, [{ value: 3 }])] };
    const sample = { measurand: "Energy.Active.Import.Register", unit: "Wh" };
    expect(exchange(v201, "MeterValues", request).events).toEqual([
      {
        kind: "sampled",
        evse: 1,
        groups: [
          { stationTime: "2026-01-31T11:01:00Z", samples: [{ ...sample, value: 1, said: "1" }] },
          { stationTime: "2026-01-31T11:03:00Z", samples: [{ ...sample, value: 3, said: "3" }] },
        ],
      },
    ]);
  });

  it("keeps the digits and the signed value as they came", () => {
    const text = `{"evseId":1,"meterValue":[{"timestamp":"${timestamp}","sampledValue":[{"value":1234567.12345678901,
      "signedMeterValue":{"signedMeterData":"T0NNRnw=","signingMethod":"","encodingMethod":"OCMF","publicKey":""}}]}]}`;
    expect(exchange(v201, "MeterValues", parseJson(text, messageBounds) as JsonObject).events).toEqual([
      {
        kind: "sampled",
        evse: 1,
        groups: [
          {
            stationTime: timestamp,
            samples: [
              {
                measurand: "Energy.Active.Import.Register",
                unit: "Wh",
                value: 1234567.123456789,
                said: "1234567.12345678901",
                signed: {
                  format: "SignedMeterValue",
                  data: "T0NNRnw=",
                  encodingMethod: "OCMF",
                  publicKey: "",
                  signingMethod: "",
                },
              },
            ],
          },
        ],
      },
    ]);
  });

  it("notes a signed value that says no number beside it", () => {
    const signedMeterValue = {
      signedMeterData: "T0NNRnw=",
      signingMethod: "ECDSA",
      encodingMethod: "OCMF",
      publicKey: "",
    };
    expect(exchange(v201, "MeterValues", meterValues({ signedMeterValue })).events).toEqual([
      {
        kind: "noticed",
        action: "MeterValues",
        summary: "signed Energy.Active.Import.Register: SignedMeterValue ECDSA, 8 characters",
      },
    ]);
  });

  it("reads connectorId, transactionId and a bare unit, as 1.6 has them, and says so once for each", () => {
    const sampledValue = [
      { value: "1.5", unit: "kWh" },
      { value: "2.5", unit: "kWh" },
    ];
    const request = { connectorId: 2, transactionId: 9, meterValue: [{ timestamp, sampledValue }] };
    const sample = { measurand: "Energy.Active.Import.Register", unit: "Wh", saidUnit: "kWh" };
    expect(exchange(v201, "MeterValues", request).events).toEqual([
      {
        kind: "found",
        finding: {
          rule: "other-version",
          where: "MeterValues /meterValue/*/sampledValue/*/unit",
          said: "kWh",
          expected: "unitOfMeasure: {unit, multiplier}",
        },
      },
      {
        kind: "found",
        finding: { rule: "other-version", where: "MeterValues /evseId", said: "connectorId 2", expected: "evseId" },
      },
      {
        kind: "sampled",
        evse: 2,
        transaction: "9",
        groups: [
          {
            stationTime: timestamp,
            samples: [
              { ...sample, value: 1500, said: "1.5" },
              { ...sample, value: 2500, said: "2.5" },
            ],
          },
        ],
      },
    ]);
  });

  it("takes values that name no place for those of the station's own meter", () => {
    const request = { meterValue: [{ sampledValue: [{ value: 7 }] }] };
    const samples = [{ measurand: "Energy.Active.Import.Register", unit: "Wh", value: 7, said: "7" }];
    expect(exchange(v201, "MeterValues", request).events).toEqual([
      { kind: "sampled", evse: 0, groups: [{ samples }] },
    ]);
  });

  it("finds a place that is none, in its own field or in that of 1.6", () => {
    const rules = (place: object) =>
      exchange(v201, "MeterValues", { ...place, meterValue: [] } as never).events.map((event) =>
        event.kind === "found" ? [event.finding.rule, event.finding.where] : event.kind,
      );
    expect(rules({ evseId: -1 })).toEqual([["odd-place", "MeterValues /evseId"]]);
    expect(rules({ connectorId: -1 })[0]).toEqual(["odd-place", "MeterValues /connectorId"]);
  });

  it("keeps of a signed value what is told of it, and nothing where there is no data", () => {
    const signed = (signedMeterValue: object) => {
      const [event] = exchange(v201, "MeterValues", meterValues({ value: 1, signedMeterValue } as never)).events;
      return event?.kind === "sampled" ? event.groups[0]?.samples[0]?.signed : event;
    };
    const data = "T0NNRnw=";
    expect(signed({ signedMeterData: data })).toEqual({ format: "SignedMeterValue", data });
    expect(signed({ signedMeterData: data, publicKey: "K" })).toEqual({
      format: "SignedMeterValue",
      data,
      publicKey: "K",
    });
    expect([signed({ publicKey: "K" }), signed({})]).toEqual([undefined, undefined]);
    expect(signed("signed" as never)).toBeUndefined();
  });

  it("has no unit from beside the value where there is one of its own", () => {
    const unitOfMeasure = { multiplier: 3 };
    const [event] = exchange(v201, "MeterValues", meterValues({ value: 2, unit: "kWh", unitOfMeasure })).events;
    expect(event).toMatchObject({ kind: "sampled", groups: [{ samples: [{ value: 2000, unit: "Wh", said: "2" }] }] });
  });
});

describe("the register of a transaction", () => {
  const register = (value: number, context?: string) => ({
    ...{ measurand: "Energy.Active.Import.Register", unit: "Wh" as const, value, said: `${value}` },
    ...(context && { context }),
  });
  const groups = [
    { samples: [register(1)] },
    { samples: [register(2, "Transaction.Begin"), register(3, "Transaction.End")] },
    { samples: [register(4)] },
  ];

  it("is the one that says so, else the first at the start and the last at the end", () => {
    expect(registerAt(groups, "Transaction.Begin")).toBe(2);
    expect(registerAt(groups, "Transaction.End")).toBe(3);
    const plain = [groups[0], groups[2]].filter((group) => group !== undefined);
    expect([registerAt(plain, "Transaction.Begin"), registerAt(plain, "Transaction.End")]).toEqual([1, 4]);
    expect(registerAt([], "Transaction.Begin")).toBeUndefined();
  });
});
