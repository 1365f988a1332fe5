import { describe, expect, it } from "vitest";
import { charging } from "../../../test/harness/exchange.ts";
import { stringifyJson } from "../../lib/json.ts";
import type { Words } from "../../lib/words.ts";
import type { StationCommand } from "../../station/commands.ts";
import { english, words } from "../../station/phrases.ts";
import type { Plan } from "../dialect.ts";
import { loadSchemas } from "../schemas.ts";
import { v16 } from "./dialect.ts";

const schemas = await loadSchemas("1.6");
const token = { value: "04A1" };
const cases: [Exclude<StationCommand, { name: "raw" }>, Plan][] = [
  [
    { name: "reset", kind: "soft" },
    { action: "Reset", payload: { type: "Soft" } },
  ],
  [
    { name: "reset", kind: "hard" },
    { action: "Reset", payload: { type: "Hard" } },
  ],
  [{ name: "clear-cache" }, { action: "ClearCache", payload: {} }],
  [{ name: "read-configuration" }, { action: "GetConfiguration", payload: {} }],
  [
    { name: "unlock", evse: 2, connector: 1 },
    { action: "UnlockConnector", payload: { connectorId: 2 } },
  ],
  [
    { name: "start", token },
    { action: "RemoteStartTransaction", payload: { idTag: "04A1" } },
  ],
  [
    { name: "start", evse: 2, connector: 1, token },
    { action: "RemoteStartTransaction", payload: { connectorId: 2, idTag: "04A1" } },
  ],
  [
    { name: "stop", transaction: "7" },
    { action: "RemoteStopTransaction", payload: { transactionId: 7 } },
  ],
  [
    { name: "stop", transaction: "9223372036854775807" },
    { action: "RemoteStopTransaction", payload: { transactionId: 9223372036854775807n } },
  ],
  [
    { name: "availability", evse: 0, operative: false },
    { action: "ChangeAvailability", payload: { connectorId: 0, type: "Inoperative" } },
  ],
  [
    { name: "availability", evse: 1, connector: 1, operative: true },
    { action: "ChangeAvailability", payload: { connectorId: 1, type: "Operative" } },
  ],
  [
    { name: "trigger", message: "StatusNotification", evse: 1 },
    { action: "TriggerMessage", payload: { requestedMessage: "StatusNotification", connectorId: 1 } },
  ],
  [
    { name: "trigger", message: "BootNotification", evse: 0 },
    { action: "TriggerMessage", payload: { requestedMessage: "BootNotification" } },
  ],
  [
    { name: "trigger", message: "LogStatusNotification" },
    { action: "ExtendedTriggerMessage", payload: { requestedMessage: "LogStatusNotification" } },
  ],
  [
    { name: "trigger", message: "SignChargePointCertificate" },
    { action: "ExtendedTriggerMessage", payload: { requestedMessage: "SignChargePointCertificate" } },
  ],
  ...([undefined, 0, 2] as const).map((evse): [Exclude<StationCommand, { name: "raw" }>, Plan] => [
    { name: "reserve", token, until: "2026-07-01T13:00:00Z", reservation: 5, ...(evse !== undefined && { evse }) },
    {
      action: "ReserveNow",
      payload: { connectorId: evse ?? 0, expiryDate: "2026-07-01T13:00:00Z", idTag: "04A1", reservationId: 5 },
    },
  ]),
];

describe("plan", () => {
  it.each(cases)("carries out %j with a request that fits its schema", (command, expected) => {
    const plan = v16.plan(command, charging());
    expect(plan).toEqual(expected);
    if ("unsupported" in plan) throw new Error(english(plan.unsupported));
    expect(schemas.judge("request", plan.action, JSON.parse(stringifyJson(plan.payload)))).toEqual([]);
  });

  it.each<[Exclude<StationCommand, { name: "raw" }>, Words]>([
    [{ name: "reset", kind: "soft", evse: 1 }, words("resets-whole")],
    [{ name: "unlock", evse: 1, connector: 2 }, words("one-connector")],
    [{ name: "stop", transaction: "abc" }, words("transaction-number")],
    [{ name: "trigger", message: "TransactionEvent" }, words("no-trigger", { message: "TransactionEvent" })],
    [{ name: "start", token: { value: "x".repeat(21) } }, words("field-too-long", { field: "idTag", limit: 20 })],
  ])("says why it cannot carry out %j", (command, unsupported) => {
    expect(v16.plan(command, charging())).toEqual({ unsupported });
  });
});
