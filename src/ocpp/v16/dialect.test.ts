import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { charging, exchange, noon } from "../../../test/harness/exchange.ts";
import { type JsonObject, stringifyJson } from "../../lib/json.ts";
import { newStation } from "../../station/model.ts";
import { loadSchemas } from "../schemas.ts";
import { v16 } from "./dialect.ts";

const schemas = await loadSchemas("1.6");
const actions = Object.keys(v16.handlers);

describe("the 1.6 dialect", () => {
  it("answers every message that a station may send", () => {
    expect(actions).toEqual([
      "Authorize",
      "BootNotification",
      "DataTransfer",
      "DiagnosticsStatusNotification",
      "FirmwareStatusNotification",
      "Heartbeat",
      "LogStatusNotification",
      "MeterValues",
      "SecurityEventNotification",
      "SignCertificate",
      "SignedFirmwareStatusNotification",
      "StartTransaction",
      "StatusNotification",
      "StopTransaction",
    ]);
    expect(actions.filter((action) => !schemas.has(action))).toEqual([]);
  });

  const anyJson = fc.jsonValue({ maxDepth: 4 });
  const value = fc.oneof(anyJson, fc.bigInt(), fc.constantFrom("", "0", "-1", "2026-07-01T12:00:00Z", "NoError"));
  const sampledValue = fc.record(
    { value, measurand: value, unit: value, phase: value, context: value, location: value, format: value },
    { requiredKeys: [] },
  );
  const meterValue = fc.oneof(
    value,
    fc.array(fc.record({ timestamp: value, sampledValue: fc.oneof(value, fc.array(sampledValue)) })),
  );
  const request = fc.oneof(
    fc.dictionary(fc.string(), value),
    fc.record(
      {
        connectorId: fc.oneof(value, fc.integer({ min: -1, max: 3 })),
        idTag: value,
        transactionId: fc.oneof(value, fc.constant(7)),
        timestamp: value,
        meterStart: value,
        meterStop: value,
        status: value,
        errorCode: value,
        requestId: value,
        vendorId: value,
        data: value,
        csr: value,
        type: value,
        meterValue,
        transactionData: meterValue,
      },
      { requiredKeys: [] },
    ),
  );
  const decision = fc.record({
    status: fc.constantFrom("Accepted", "Blocked", "Expired", "Invalid", "ConcurrentTx") as fc.Arbitrary<"Accepted">,
    expiry: fc.option(fc.oneof(fc.string(), fc.constant("2030-01-01T00:00:00Z")), { nil: undefined }),
    group: fc.option(fc.record({ value: fc.string({ maxLength: 40 }) }), { nil: undefined }),
  });

  it.each(actions)("answers any %s within the official schema and makes JSON-safe events of it", (action) => {
    fc.assert(
      fc.property(request, decision, fc.boolean(), (payload, decided, known) => {
        const { reply, events } = exchange(v16, action, payload as JsonObject, {
          decide: () => decided,
          station: known ? charging() : newStation("CP1", noon),
        });
        expect(schemas.judge("response", action, JSON.parse(stringifyJson(reply)))).toEqual([]);
        // A number that JSON does not have (NaN, Infinity) would come back as null.
        expect(JSON.parse(JSON.stringify(events))).toEqual(events);
      }),
      { numRuns: 150 },
    );
  });

  it("spells its error codes as 1.6 does", () => {
    expect(v16.errorCodes).toEqual({
      badMessage: "FormationViolation",
      formatViolation: "FormationViolation",
      structureViolation: "FormationViolation",
      occurrenceViolation: "OccurenceConstraintViolation",
    });
  });
});
