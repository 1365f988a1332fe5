import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { OcppVersion, StationState } from "../station/model.ts";
import { openBench } from "./testing/bench.ts";

/** One thing that happens: the station says a text, or we ask and it answers. */
type Step = { say: string } | { ask: string; answer: string } | "save";

/** Values as JSON text, the odd ones first: what a double, a record or a merge of objects may lose. */
const odd = fc.constantFrom(
  "1e400",
  "-1e400",
  "-0",
  "0.1234567890123456789",
  "9223372036854775807",
  `${"9".repeat(150)}`,
  "null",
  "[]",
  "{}",
  '"\\ud800"',
  '"\\u0000x"',
  '"__proto__"',
  `"${"x".repeat(700)}"`,
  '{"__proto__":{"a":1},"constructor":2}',
  "[[[[1]]]]",
);
const texts = fc.constantFrom("A", "04AA", "Accepted", "Charging", "Available", "Faulted", "Local", "0", "-1", "5", "");
const numbers = fc.constantFrom("0", "1", "2", "3", "5", "100", "1000.5", "-1", "1001");
const times = fc.constantFrom("2026-01-01T00:00:00Z", "2026-01-01T02:00:00+02:00", "2025-01-01T00:00:00", "later");
const quoted = (arbitrary: fc.Arbitrary<string>) => arbitrary.map((text) => JSON.stringify(text));

const scalar = fc.oneof(
  { weight: 3, arbitrary: quoted(texts) },
  { weight: 3, arbitrary: numbers },
  { weight: 1, arbitrary: quoted(times) },
  { weight: 1, arbitrary: odd },
);

/** An object's JSON text; a name may come twice. */
function object(names: readonly string[], value: (name: string) => fc.Arbitrary<string>): fc.Arbitrary<string> {
  const field = fc.constantFrom(...names).chain((name) => value(name).map((text) => `${JSON.stringify(name)}:${text}`));
  return fc.array(field, { maxLength: 9 }).map((fields) => `{${fields.join(",")}}`);
}

const sampledValue = object(
  ["value", "measurand", "phase", "location", "context", "unit", "signedMeterValue", "unitOfMeasure"],
  (name) => {
    if (name === "measurand")
      return quoted(fc.constantFrom("Energy.Active.Import.Register", "Voltage", "SoC", "Made.Up"));
    if (name === "phase") return quoted(fc.constantFrom("L1", "N", "L1-N", "x"));
    if (name === "context")
      return quoted(fc.constantFrom("Transaction.Begin", "Transaction.End", "Sample.Periodic", "x"));
    if (name === "unit") return quoted(fc.constantFrom("Wh", "kWh", "V", "x"));
    if (name === "value") return fc.oneof(quoted(fc.constantFrom("1000", "2000.5", "", "1e400")), scalar);
    if (name === "unitOfMeasure") return fc.constantFrom('{"unit":"kWh","multiplier":3}', '{"multiplier":400}', "7");
    return scalar;
  },
);
const list = (item: fc.Arbitrary<string>) => fc.array(item, { maxLength: 4 }).map((items) => `[${items.join(",")}]`);
const meterValue = list(
  object(["timestamp", "sampledValue"], (name) => (name === "timestamp" ? quoted(times) : list(sampledValue))),
);

const inner = object(
  ["id", "connectorId", "idToken", "transactionId", "chargingState", "status", "name", "type"],
  () => scalar,
);
const nested = new Set(["evse", "idToken", "transactionInfo", "chargingStation", "component", "variable", "idTagInfo"]);

function field(name: string): fc.Arbitrary<string> {
  if (name === "meterValue" || name === "transactionData")
    return fc.oneof({ weight: 4, arbitrary: meterValue }, { weight: 1, arbitrary: scalar });
  if (name === "timestamp") return fc.oneof({ weight: 4, arbitrary: quoted(times) }, { weight: 1, arbitrary: scalar });
  if (name === "eventType") return quoted(fc.constantFrom("Started", "Updated", "Ended", "x"));
  if (nested.has(name)) return fc.oneof({ weight: 3, arbitrary: inner }, { weight: 1, arbitrary: scalar });
  return scalar;
}

const fieldsOf: Record<string, string[]> = {
  BootNotification: [
    "chargePointVendor",
    "chargePointModel",
    "chargingStation",
    "reason",
    "firmwareVersion",
    "__proto__",
  ],
  Heartbeat: ["x"],
  StatusNotification: [
    "connectorId",
    "evseId",
    "status",
    "connectorStatus",
    "errorCode",
    "info",
    "timestamp",
    "vendorErrorCode",
  ],
  MeterValues: ["connectorId", "evseId", "transactionId", "meterValue"],
  StartTransaction: ["connectorId", "idTag", "meterStart", "timestamp", "reservationId"],
  StopTransaction: ["transactionId", "meterStop", "timestamp", "reason", "idTag", "transactionData"],
  TransactionEvent: [
    "eventType",
    "timestamp",
    "triggerReason",
    "seqNo",
    "transactionInfo",
    "evse",
    "idToken",
    "meterValue",
    "offline",
  ],
  Authorize: ["idTag", "idToken"],
  DataTransfer: ["vendorId", "messageId", "data"],
  FirmwareStatusNotification: ["status", "requestId"],
  LogStatusNotification: ["status", "requestId"],
  NotifyReport: ["requestId", "seqNo", "tbc", "reportData", "generatedAt"],
  NotifyEvent: ["seqNo", "tbc", "eventData", "generatedAt"],
  SecurityEventNotification: ["type", "timestamp", "techInfo"],
  NotifyPeriodicEventStream: ["id", "pending", "basetime", "data"],
  Teleport: ["__proto__", "constructor"],
};
const answersOf: Record<string, string[]> = {
  GetConfiguration: ["configurationKey", "unknownKey"],
  GetVariables: ["getVariableResult"],
  GetInstalledCertificateIds: ["status", "certificateHashData", "certificateHashDataChain"],
  SendLocalList: ["status"],
};

const id = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 40 }).map((n) => JSON.stringify(`m${n}`)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("7", "1e400", "-1e400", '"\\ud800"', `"${"i".repeat(300)}"`, '"\\u0000"', "null", "1.5"),
  },
);
const message = fc
  .constantFrom(...Object.keys(fieldsOf))
  .chain((action) =>
    fc
      .tuple(
        fc.constantFrom("2", "2", "2", "2", "2", "6", '"2"', "3", "4", "1e400"),
        id,
        object(fieldsOf[action] ?? [], field),
      )
      .map(([type, messageId, payload]) => `[${type},${messageId},${JSON.stringify(action)},${payload}]`),
  );
const broken = fc.tuple(message, fc.nat(60)).map(([text, at]) => text.slice(0, -at));
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.oneof({ weight: 9, arbitrary: message }, { weight: 1, arbitrary: broken }).map((say) => ({ say })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(...Object.keys(answersOf))
      .chain((ask) => object(answersOf[ask] ?? [], field).map((answer) => ({ ask, answer }))),
  },
  { weight: 1, arbitrary: fc.constant<Step>("save") },
);

/** As it is kept and sent to the screens. */
function written(state: StationState): unknown {
  return JSON.parse(JSON.stringify(state));
}

/** Here null is a word: not known. */
const notKnown: ReadonlySet<string> = new Set(["energyWh", "energyFrom", "powerW"]);

/** JSON writes null for a number that it cannot write. */
function holdsNull(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return value === null;
  return Object.entries(value).some(([name, item]) => !(item === null && notKnown.has(name)) && holdsNull(item));
}

async function live(version: OcppVersion, strict: boolean, steps: readonly Step[]): Promise<void> {
  const bench = await openBench(version, { strict });
  for (const one of steps) {
    if (one === "save") bench.save();
    else if ("say" in one) bench.say(one.say);
    else {
      bench.ask(one.ask, {});
      const asked = bench.sent.at(-1) ?? "";
      if (asked.startsWith("[2,")) bench.say(`[3,${JSON.stringify(JSON.parse(asked)[1])},${one.answer}]`);
    }
  }
  expect(written(bench.restored())).toEqual(written(bench.state()));
  expect(holdsNull(written(bench.state()))).toBe(false);
}

describe.each(["1.6", "2.0.1", "2.1"] as const)("OCPP %s", (version) => {
  test("the state after a restart is the live one in every field, whatever was said", async () => {
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.array(step, { minLength: 1, maxLength: 25 }), (strict, steps) =>
        live(version, strict, steps),
      ),
      { numRuns: Number(process.env.REPLAY_RUNS ?? 20) },
    );
  });

  test("a SEND of an action that is answered means nothing, then and after a restart", async () => {
    const bench = await openBench(version);
    for (const action of ["BootNotification", "StartTransaction"])
      bench.say(`[6,"${action}","${action}",{"connectorId":1}]`);
    const { boot, evses, findings } = bench.state();
    expect({ boot, evses }).toEqual({ boot: undefined, evses: [] });
    expect(findings.map(({ rule }) => rule)).toContain("unanswered-call");
    expect(bench.sent).toEqual([]);
    expect(written(bench.restored())).toEqual(written(bench.state()));
  });
});
