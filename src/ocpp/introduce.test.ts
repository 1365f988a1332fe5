import { expect, test } from "vitest";
import type { OcppVersion } from "../station/model.ts";
import { type Introduction, introductionIn } from "./introduce.ts";

const boot16 =
  '[2,"1","BootNotification",{"chargePointVendor":"V","chargePointModel":"M","chargePointSerialNumber":" S/1 "}]';
const boot2 =
  '[2,"1","BootNotification",{"reason":"PowerUp","chargingStation":{"vendorName":"V","model":"M","serialNumber":"X9"}}]';

test.each<readonly [string, OcppVersion | null, Introduction]>([
  [boot16, null, { subprotocol: "ocpp1.6", identity: "S-1" }],
  [boot2, null, { subprotocol: "ocpp2.0.1", identity: "X9" }],
  [boot2, "2.1" as const, { subprotocol: "ocpp2.1", identity: "X9" }],
  [boot16, "2.0.1" as const, { subprotocol: "ocpp1.6", identity: "S-1" }],
  ['[2,"1","Heartbeat",{}]', null, { subprotocol: "ocpp1.6" }],
  ['[2,"1","Heartbeat",{}]', "2.0.1" as const, { subprotocol: "ocpp2.0.1" }],
  ['[2,"1","TransactionEvent",{}]', null, { subprotocol: "ocpp2.0.1" }],
  ['[2,"1","StatusNotification",{"connectorStatus":"Available"}]', null, { subprotocol: "ocpp2.0.1" }],
  ...["NotifyEvent", "NotifyReport", "ReportChargingProfiles", "NotifyMonitoringReport"].map(
    (action) => [`[2,"1","${action}",{}]`, null, { subprotocol: "ocpp2.0.1" }] as const,
  ),
  ['[2,"1","StatusNotification",{"status":"Available"}]', null, { subprotocol: "ocpp1.6" }],
  ['[2,"1","StatusNotification",{"connectorStatus":"Available"}]', "1.6" as const, { subprotocol: "ocpp1.6" }],
  [boot2, "1.6" as const, { subprotocol: "ocpp2.0.1", identity: "X9" }],
  [boot2.replace('"X9"', "7"), null, { subprotocol: "ocpp2.0.1" }],
  [boot16.replace('" S/1 "', '"  "'), null, { subprotocol: "ocpp1.6" }],
  [boot16.replace('" S/1 "', `"${"s".repeat(49)}"`), null, { subprotocol: "ocpp1.6", identity: "s".repeat(48) }],
  [boot16.replace('" S/1 "', '"aZ09*_=:+|@.-"'), null, { subprotocol: "ocpp1.6", identity: "aZ09*_=:+|@.-" }],
  [boot16.replace("}]", ',"chargeBoxSerialNumber":"BOX"}]'), null, { subprotocol: "ocpp1.6", identity: "BOX" }],
  ['[2,"1","BootNotification",{"chargingStation":[]}]', null, { subprotocol: "ocpp1.6" }],
  ['[2,"1","BootNotification",{}]', "2.1" as const, { subprotocol: "ocpp2.1" }],
  ['[6,"1","NotifyEvent",{}]', null, { subprotocol: "ocpp1.6" }],
  ["nothing", null, { subprotocol: "ocpp1.6" }],
  ['[3,"1",{}]', "2.1" as const, { subprotocol: "ocpp2.1" }],
])("%s", (text, known, told) => {
  expect(introductionIn(text, known)).toEqual(told);
});
