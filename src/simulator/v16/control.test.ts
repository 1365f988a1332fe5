import { afterEach, beforeEach, expect, it } from "vitest";
import { type Central, createCentral } from "../testing/central.ts";
import { profile, schedule } from "../testing/profiles16.ts";
import { played, type Step } from "../testing/transcript.ts";

let central: Central;
beforeEach(async () => {
  central = await createCentral("1.6");
});
afterEach(async () => {
  expect(central.deviations).toEqual([]);
  await central.close();
});

const card = "04112233445566";
it("a session by hand, its values, a fault, and an end by each way there is", async () => {
  const steps: Step[] = [
    ["tap", 3, card],
    ["plug", 1],
    ["plug", 1],
    ["tap", 1, card],
    ["seconds", 40],
    ["fault", 1, "OverVoltage"],
    ["fault", 2, "ConnectorLockFailure"],
    ["UnlockConnector", { connectorId: 2 }],
    ["clear-fault", 1],
    ["clear-fault", 2],
    ["unplug", 1],
    ["plug", 2],
    ["RemoteStartTransaction", { idTag: card, connectorId: 2 }],
    ["seconds", 2],
    ["RemoteStopTransaction", { transactionId: 999 }],
    ["RemoteStopTransaction", { transactionId: 102 }],
    ["seconds", 2],
    ["RemoteStartTransaction", { idTag: card, connectorId: 2 }],
    ["seconds", 2],
    ["UnlockConnector", { connectorId: 2 }],
    ["UnlockConnector", { connectorId: 9 }],
    ["unplug", 2],
    ["RemoteStartTransaction", { idTag: card, connectorId: 1 }],
    ["seconds", 61],
  ];
  await expect(await played(central, steps)).toMatchFileSnapshot("told/sessions.txt");
});

it("remote starts that are refused, and one that comes with a profile", async () => {
  const steps: Step[] = [
    ["RemoteStartTransaction", { idTag: card, connectorId: 1, chargingProfile: profile() }],
    [
      "RemoteStartTransaction",
      {
        idTag: card,
        connectorId: 1,
        chargingProfile: profile({
          chargingSchedule: schedule({ chargingRateUnit: "W", chargingSchedulePeriod: [{ startPeriod: 5, limit: 1 }] }),
        }),
      },
    ],
    ["RemoteStartTransaction", { idTag: card, connectorId: 7 }],
    ["plug", 1],
    [
      "RemoteStartTransaction",
      { idTag: card, connectorId: 1, chargingProfile: profile({ chargingProfilePurpose: "TxProfile" }) },
    ],
    ["seconds", 5],
    ["RemoteStartTransaction", { idTag: card, connectorId: 1 }],
    ["GetCompositeSchedule", { connectorId: 1, duration: 120 }],
  ];
  await expect(await played(central, steps)).toMatchFileSnapshot("told/remote-start.txt");
});

it("connector 0 is the station and all its connectors, one that was closed by itself and one that is in use among them", async () => {
  const all = (type: string): Step => ["ChangeAvailability", { connectorId: 0, type }];
  const steps: Step[] = [
    ["ChangeAvailability", { connectorId: 1, type: "Inoperative" }],
    all("Operative"),
    ["plug", 1],
    ["tap", 1, card],
    all("Inoperative"),
    ["unplug", 1],
    ["ChangeAvailability", { connectorId: 2, type: "Operative" }],
    ["plug", 2],
    ["tap", 2, card],
    all("Operative"),
    ["tap", 2, card],
    all("Inoperative"),
    all("Operative"),
    ["tap", 2, card],
  ];
  await expect(await played(central, steps)).toMatchFileSnapshot("told/availability.txt");
});

it("availability, reservations and triggers", async () => {
  const steps: Step[] = [
    ["ChangeAvailability", { connectorId: 1, type: "Inoperative" }],
    ["ChangeAvailability", { connectorId: 9, type: "Inoperative" }],
    ["plug", 1],
    ["tap", 1, "04A2B3C4D5E680"],
    ["unplug", 1],
    ["ChangeAvailability", { connectorId: 1, type: "Operative" }],
    ["ReserveNow", { connectorId: 1, idTag: card, reservationId: 5, expiryDate: "2026-06-01T08:00:30Z" }],
    ["ReserveNow", { connectorId: 1, idTag: "OTHER", reservationId: 6, expiryDate: "2026-06-01T08:00:30Z" }],
    ["ReserveNow", { connectorId: 2, idTag: card, reservationId: 7, expiryDate: "2026-06-01T09:00:00Z" }],
    ["CancelReservation", { reservationId: 7 }],
    ["CancelReservation", { reservationId: 7 }],
    ["plug", 1],
    ["tap", 1, "04A2B3C4D5E680"],
    ["seconds", 31],
    ...[
      "BootNotification",
      "Heartbeat",
      "StatusNotification",
      "MeterValues",
      "FirmwareStatusNotification",
      "DiagnosticsStatusNotification",
    ].map((requestedMessage): Step => ["TriggerMessage", { requestedMessage }]),
    ["TriggerMessage", { requestedMessage: "StatusNotification", connectorId: 0 }],
    ["TriggerMessage", { requestedMessage: "StatusNotification", connectorId: 2 }],
    ["TriggerMessage", { requestedMessage: "StatusNotification", connectorId: 9 }],
    ["TriggerMessage", { requestedMessage: "MeterValues", connectorId: 0 }],
    ["ExtendedTriggerMessage", { requestedMessage: "LogStatusNotification" }],
    ["ExtendedTriggerMessage", { requestedMessage: "FirmwareStatusNotification" }],
    ["ExtendedTriggerMessage", { requestedMessage: "Heartbeat" }],
  ];
  await expect(await played(central, steps)).toMatchFileSnapshot("told/triggers.txt");
});

it("values that are asked for while it charges are of its transaction, and say that they were asked for", async () => {
  const station = central.start({ connectors: 1 });
  await central.linked();
  station.act("plug", 1);
  station.act("tap", 1, card);
  await central.settle();
  await central.run(2);
  central.heard.length = 0;
  const asked = { requestedMessage: "MeterValues", connectorId: 1 };
  expect(await central.call("TriggerMessage", asked)).toEqual({ status: "Accepted" });
  await central.settle();
  expect(central.actions()).toEqual(["MeterValues"]);
  const [told] = central.of("MeterValues");
  expect(told).toMatchObject({ connectorId: 1, transactionId: 101 });
  const { meterValue } = told as unknown as { meterValue: { sampledValue: { context: string }[] }[] };
  const contexts = meterValue.flatMap(({ sampledValue }) => sampledValue.map(({ context }) => context));
  expect([meterValue.length, [...new Set(contexts)]]).toEqual([1, ["Trigger"]]);
});
