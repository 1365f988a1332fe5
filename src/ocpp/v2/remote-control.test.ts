import { beforeAll, describe, expect, it } from "vitest";
import type { StationCommand } from "../../station/commands.ts";
import { newStation, type StationState } from "../../station/model.ts";
import { words } from "../../station/phrases.ts";
import type { Dialect } from "../dialect.ts";
import { loadSchemas } from "../schemas.ts";
import { v21, v201 } from "./dialect.ts";
import { noon } from "./test-exchange.ts";

// The generated validators are large; the first import takes its time on a busy machine.
beforeAll(() => Promise.all([loadSchemas("2.0.1"), loadSchemas("2.1")]), 60_000);

type Command = Exclude<StationCommand, { name: "raw" }>;

function stationWith(...places: [evse: number, connector: number][]): StationState {
  const station = newStation("CP1", noon);
  for (const [evse, connector] of places) station.evses.push({ evse, connectors: [{ connector }], live: [] });
  return { ...station, seq: 41 };
}

const card = { value: "04A1B2C3" };
const told = { remoteStartId: 42 };
const cases: [string, Command, { action: string; payload: unknown; told?: object }][] = [
  ["the card cache", { name: "clear-cache" }, { action: "ClearCache", payload: {} }],
  [
    "all of the configuration",
    { name: "read-configuration" },
    { action: "GetBaseReport", payload: { requestId: 42, reportBase: "FullInventory" } },
  ],
  ["a soft reset", { name: "reset", kind: "soft" }, { action: "Reset", payload: { type: "OnIdle" } }],
  [
    "a hard reset of one EVSE",
    { name: "reset", kind: "hard", evse: 2 },
    { action: "Reset", payload: { type: "Immediate", evseId: 2 } },
  ],
  [
    "unlocking",
    { name: "unlock", evse: 2, connector: 1 },
    { action: "UnlockConnector", payload: { evseId: 2, connectorId: 1 } },
  ],
  [
    "a start on an EVSE with a card's number",
    { name: "start", evse: 1, token: card },
    {
      action: "RequestStartTransaction",
      payload: { evseId: 1, remoteStartId: 42, idToken: { idToken: "04A1B2C3", type: "ISO14443" } },
      told,
    },
  ],
  [
    "a start with a made-up token",
    { name: "start", token: { value: "TECHNICIAN" } },
    {
      action: "RequestStartTransaction",
      payload: { remoteStartId: 42, idToken: { idToken: "TECHNICIAN", type: "Central" } },
      told,
    },
  ],
  [
    "a start with a token of a known type",
    { name: "start", token: { value: "1234", type: "KeyCode" } },
    {
      action: "RequestStartTransaction",
      payload: { remoteStartId: 42, idToken: { idToken: "1234", type: "KeyCode" } },
      told,
    },
  ],
  [
    "a start with a token type in other letters",
    { name: "start", token: { value: "04A1B2C3", type: "iso14443" } },
    {
      action: "RequestStartTransaction",
      payload: { remoteStartId: 42, idToken: { idToken: "04A1B2C3", type: "ISO14443" } },
      told,
    },
  ],
  [
    "a stop",
    { name: "stop", transaction: "f3b1" },
    { action: "RequestStopTransaction", payload: { transactionId: "f3b1" } },
  ],
  [
    "taking the station out of service",
    { name: "availability", evse: 0, operative: false },
    { action: "ChangeAvailability", payload: { operationalStatus: "Inoperative" } },
  ],
  [
    "taking a connector into service",
    { name: "availability", evse: 1, connector: 2, operative: true },
    { action: "ChangeAvailability", payload: { operationalStatus: "Operative", evse: { id: 1, connectorId: 2 } } },
  ],
  [
    "a trigger",
    { name: "trigger", message: "MeterValues", evse: 1 },
    { action: "TriggerMessage", payload: { requestedMessage: "MeterValues", evse: { id: 1 } } },
  ],
  [
    "a trigger in the words of 1.6",
    { name: "trigger", message: "DiagnosticsStatusNotification" },
    { action: "TriggerMessage", payload: { requestedMessage: "LogStatusNotification" } },
  ],
  [
    "a trigger for a status, which needs a connector",
    { name: "trigger", message: "StatusNotification", evse: 3 },
    { action: "TriggerMessage", payload: { requestedMessage: "StatusNotification", evse: { id: 3, connectorId: 2 } } },
  ],
];

describe.each([
  ["2.0.1", v201],
  ["2.1", v21],
] as [string, Dialect][])("OCPP %s", (_name, dialect) => {
  it.each(cases)("plans %s", async (_what, command, plan) => {
    const schemas = await loadSchemas(dialect.version);
    const made = dialect.plan(command, stationWith([1, 1], [3, 2]));
    expect(made).toEqual(plan);
    expect(schemas.judge("request", plan.action, plan.payload)).toEqual([]);
  });
});

it("asks a station of which nothing is known for the status of its first connector", () => {
  expect(v201.plan({ name: "trigger", message: "StatusNotification" }, stationWith())).toEqual({
    action: "TriggerMessage",
    payload: { requestedMessage: "StatusNotification", evse: { id: 1, connectorId: 1 } },
  });
});

it("gives each start an id of its own, as long as the record grows", () => {
  const idAt = (seq: number) => {
    const plan = v201.plan({ name: "start", token: card }, { ...stationWith(), seq });
    return "payload" in plan ? plan.payload.remoteStartId : undefined;
  };
  expect([0, 1, 2_147_483_646, 2_147_483_647].map(idAt)).toEqual([1, 2, 2_147_483_647, 1]);
});

it("sends a trigger that it does not know as 2.1's CustomTrigger, and not at all in 2.0.1", () => {
  const command: Command = { name: "trigger", message: "SelfTest" };
  expect(v21.plan(command, stationWith())).toEqual({
    action: "TriggerMessage",
    payload: { requestedMessage: "CustomTrigger", customTrigger: "SelfTest" },
  });
  expect(v201.plan(command, stationWith())).toEqual({ unsupported: words("no-trigger", { message: "SelfTest" }) });
  const planOf = (length: number) => v21.plan({ name: "trigger", message: "x".repeat(length) }, stationWith());
  expect(planOf(50)).toHaveProperty("payload.customTrigger", "x".repeat(50));
  expect(planOf(51)).toEqual({ unsupported: words("no-trigger", { message: "x".repeat(51) }) });
});

it("refuses a token that is too long for the version", () => {
  const command: Command = { name: "start", token: { value: "T".repeat(37) } };
  expect(v201.plan(command, stationWith())).toEqual({
    unsupported: words("field-too-long", { field: "idToken", limit: 36 }),
  });
  expect(v21.plan(command, stationWith())).toMatchObject({ action: "RequestStartTransaction" });
});
