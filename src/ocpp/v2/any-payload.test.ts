import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type JsonObject, parseJson, stringifyJson } from "../../lib/json.ts";
import { messageBounds } from "../../station/bounds.ts";
import { newStation } from "../../station/model.ts";
import { rules } from "../../words/en/findings.ts";
import type { AnswerContext, Dialect } from "../dialect.ts";
import { loadSchemas } from "../schemas.ts";
import { v21, v201 } from "./dialect.ts";
import { answerContext, exchange, noon, stationCharging } from "./test-exchange.ts";

// Names that handlers look for, so that random payloads get past the first field.
const names = [
  "additionalInfo",
  "actualValue",
  "attributeStatus",
  "certificateHashData",
  "certificateStatusRequests",
  "chargingLimit",
  "chargingState",
  "chargingStation",
  "component",
  "connectorId",
  "connectorStatus",
  "costDetails",
  "data",
  "eventData",
  "eventType",
  "evse",
  "evseId",
  "generatedAt",
  "getVariableResult",
  "hashAlgorithm",
  "id",
  "idToken",
  "instance",
  "meterValue",
  "multiplier",
  "name",
  "offline",
  "reportData",
  "sampledValue",
  "seqNo",
  "setVariableResult",
  "signedMeterData",
  "signedMeterValue",
  "status",
  "statusInfo",
  "timestamp",
  "transactionId",
  "transactionInfo",
  "type",
  "unit",
  "unitOfMeasure",
  "value",
  "variable",
  "variableAttribute",
  "vatNumber",
];
const { payload: anyPayload } = fc.letrec<{ value: unknown; payload: JsonObject }>((tie) => ({
  value: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    fc.constantFrom(
      null,
      true,
      0,
      1,
      -1,
      1.5,
      2n ** 63n,
      "",
      "Accepted",
      "Started",
      "Ended",
      "1",
      "kWh",
      "AvailabilityState",
    ),
    fc.string({ unit: "grapheme", maxLength: 200 }),
    fc.double(),
    fc.array(tie("value"), { maxLength: 6 }),
    tie("payload"),
  ),
  payload: fc.dictionary(
    fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: fc.string() }),
    tie("value"),
    {
      maxKeys: 8,
    },
  ) as unknown as fc.Arbitrary<JsonObject>,
}));
const anyContext: fc.Arbitrary<AnswerContext> = fc
  .record({
    station: fc.constantFrom(newStation("CP1", noon), stationCharging("1")),
    status: fc.constantFrom("Accepted", "Blocked", "Expired", "Invalid", "ConcurrentTx"),
    expiry: fc.constantFrom(undefined, "2027-01-01T00:00:00Z", "2027-01-01", "soon"),
    group: fc.option(
      fc.record({ value: fc.string({ maxLength: 60 }), type: fc.constantFrom(undefined, "Local", "Vendor's") }),
      {
        nil: undefined,
      },
    ),
  })
  .map(({ station, ...decision }) => answerContext(station, decision as ReturnType<AnswerContext["decide"]>));

// The generated validators are large; the first import takes its time on a busy machine.
beforeAll(() => Promise.all([loadSchemas("2.0.1"), loadSchemas("2.1")]), 60_000);

describe.each([
  ["2.0.1", v201],
  ["2.1", v21],
] as [string, Dialect][])("OCPP %s", (_name, dialect) => {
  it("answers whatever comes by the schema, and never throws", async () => {
    const schemas = await loadSchemas(dialect.version);
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(dialect.handlers)),
        anyPayload,
        anyContext,
        (action, request, context) => {
          const { reply, events } = exchange(dialect, action, request, context);
          expect(schemas.judge("response", action, JSON.parse(stringifyJson(reply)))).toEqual([]);
          for (const event of events) if (event.kind === "found") expect(rules[event.finding.rule]).toBeDefined();
          const again = dialect.handlers[action]?.events?.(
            request,
            parseJson(stringifyJson(reply), messageBounds) as JsonObject,
            {
              at: context.now,
              station: context.station,
            },
          );
          expect(again ?? []).toEqual(events);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("reads whatever a station answers, and never throws", async () => {
    const schemas = await loadSchemas(dialect.version);
    const results = ["accepted", "scheduled", "rejected", "unsupported"];
    fc.assert(
      fc.property(
        fc.constantFrom(...schemas.actions().filter((action) => !dialect.handlers[action])),
        anyPayload,
        (action, answer) => {
          expect(results).toContain(dialect.outcome(action, answer).result);
          dialect.readAnswer(action, {}, answer, { at: noon, station: newStation("CP1", noon) });
        },
      ),
      { numRuns: 1000 },
    );
  });
});
