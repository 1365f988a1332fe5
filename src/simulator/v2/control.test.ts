import { afterEach, expect, it } from "vitest";
import { type Central, createCentral } from "../testing/central.ts";
import { played, type Step } from "../testing/transcript.ts";

let central: Central;
afterEach(async () => {
  expect(central.deviations).toEqual([]);
  await central.close();
});

const card = "04112233445566";
const token = (idToken: string) => ({ idToken, type: "ISO14443" });
const schedule = (more: object = {}) => ({
  id: 1,
  chargingRateUnit: "A",
  chargingSchedulePeriod: [{ startPeriod: 0, limit: 10 }],
  ...more,
});
const profile = (more: object = {}) => ({
  ...{ id: 1, stackLevel: 1, chargingProfilePurpose: "TxProfile", chargingProfileKind: "Relative" },
  chargingSchedule: [schedule()],
  ...more,
});
const start = (evseId: number | undefined, more: object = {}): Step => [
  "RequestStartTransaction",
  { remoteStartId: 5, idToken: token(card), ...(evseId !== undefined && { evseId }), ...more },
];
const trigger = (requestedMessage: string, id?: number): Step => [
  "TriggerMessage",
  { requestedMessage, ...(id !== undefined && { evse: { id } }) },
];

const sessions: Step[] = [
  ["plug", 1],
  ["tap", 1, card],
  ["seconds", 40],
  ["UnlockConnector", { evseId: 1, connectorId: 1 }],
  ["Reset", { type: "OnIdle", evseId: 1 }],
  trigger("TransactionEvent"),
  trigger("TransactionEvent", 2),
  ["fault", 1, "OverVoltage"],
  ["clear-fault", 1],
  ["fault", 2, "ConnectorLockFailure"],
  ["UnlockConnector", { evseId: 2, connectorId: 1 }],
  ["UnlockConnector", { evseId: 2, connectorId: 2 }],
  ["clear-fault", 2],
  ["UnlockConnector", { evseId: 2, connectorId: 1 }],
  ["unplug", 1],
  ["GetTransactionStatus", {}],
  ["GetTransactionStatus", { transactionId: "none" }],
  ["RequestStopTransaction", { transactionId: "none" }],
  start(1, { chargingProfile: profile({ chargingProfilePurpose: "TxDefaultProfile" }) }),
  start(1, {
    chargingProfile: profile({
      chargingSchedule: [schedule({ chargingSchedulePeriod: [{ startPeriod: 3, limit: 1 }] })],
    }),
  }),
  start(7),
  ["plug", 1],
  start(1, { chargingProfile: profile() }),
  ["seconds", 5],
  start(1),
  start(undefined),
  ["GetCompositeSchedule", { evseId: 1, duration: 60 }],
  ["unplug", 1],
  ["seconds", 61],
];

const places: Step[] = [
  ["ChangeAvailability", { operationalStatus: "Inoperative", evse: { id: 1 } }],
  ["ChangeAvailability", { operationalStatus: "Inoperative", evse: { id: 1, connectorId: 2 } }],
  ["ChangeAvailability", { operationalStatus: "Inoperative", evse: { id: 9 } }],
  ["plug", 1],
  ["tap", 1, card],
  ["unplug", 1],
  ["ChangeAvailability", { operationalStatus: "Operative", evse: { id: 1, connectorId: 1 } }],
  ["ReserveNow", { id: 5, idToken: token(card), expiryDateTime: "2026-06-01T08:00:30Z" }],
  [
    "ReserveNow",
    { id: 6, evseId: 2, idToken: token(card), groupIdToken: token("G"), expiryDateTime: "2026-06-01T09:00:00Z" },
  ],
  ["ReserveNow", { id: 7, idToken: token(card), expiryDateTime: "2026-06-01T09:00:00Z" }],
  ["plug", 1],
  ["tap", 1, "04A2B3C4D5E680"],
  ["seconds", 31],
  ["tap", 1, "04A2B3C4D5E680"],
  ["CancelReservation", { reservationId: 6 }],
  ["CancelReservation", { reservationId: 6 }],
  ...["BootNotification", "Heartbeat", "StatusNotification", "MeterValues", "FirmwareStatusNotification"].map((one) =>
    trigger(one),
  ),
  trigger("LogStatusNotification"),
  trigger("PublishFirmwareStatusNotification"),
  trigger("StatusNotification", 2),
  trigger("StatusNotification", 9),
  ["Reset", { type: "OnIdle" }],
  ["tap", 1, "04A2B3C4D5E680"],
  ["seconds", 2],
];

it.each(["2.0.1", "2.1"] as const)("sessions in %s: by hand and from afar, with what is refused", async (version) => {
  central = await createCentral(version);
  await expect(await played(central, sessions)).toMatchFileSnapshot(`told/sessions-${version}.txt`);
});

it("what is in service, what is reserved, and what it tells when asked to", async () => {
  central = await createCentral("2.0.1");
  await expect(await played(central, places)).toMatchFileSnapshot("told/places.txt");
});
