import { afterEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../lib/json.ts";
import { objects, text } from "../ocpp/read.ts";
import { type Central, createCentral } from "./testing/central.ts";
import type { VirtualStationHandle } from "./virtual-station.ts";

let central: Central;
afterEach(async () => {
  expect(central.deviations).toEqual([]);
  await central.close();
});

async function charging(version: "1.6" | "2.0.1" | "2.1"): Promise<VirtualStationHandle> {
  central = await createCentral(version);
  const station = central.start({});
  await central.linked();
  central.heard.length = 0;
  station.act("plug", 1);
  station.act("tap", 1, "04112233445566");
  await central.settle();
  await central.run(3);
  return station;
}

/** Seconds since the start, of a message's own time. */
function second(payload: JsonObject): number {
  const time = text(payload, "timestamp") ?? text(objects(payload, "meterValue")[0], "timestamp") ?? "";
  return Math.round((Date.parse(time) - Date.UTC(2026, 5, 1, 8)) / 1000);
}

describe("a session in 1.6", () => {
  it("is authorised, started, metered and stopped under the central system's id", async () => {
    const station = await charging("1.6");
    await central.run(20);
    station.act("tap", 1, "04112233445566");
    await central.settle();
    const statuses = central.of("StatusNotification").map((each) => each.status);
    expect(statuses).toEqual(["Preparing", "Charging", "Finishing"]);
    expect(central.actions().filter((action) => action !== "StatusNotification")).toEqual([
      "Authorize",
      "StartTransaction",
      "MeterValues",
      "MeterValues",
      "StopTransaction",
    ]);
    expect(central.of("MeterValues").map((each) => each.transactionId)).toEqual([101, 101]);
    expect(central.of("StopTransaction")).toMatchObject([
      { idTag: "04112233445566", transactionId: 101, reason: "Local" },
    ]);
    const start = Number(central.of("StartTransaction")[0]?.meterStart);
    const stop = Number(central.of("StopTransaction")[0]?.meterStop);
    // 22 s with the ramp of a 16 or 32 A car on three phases: more than nothing, less than 32 A from the start.
    expect(stop - start).toBeGreaterThan(20);
    expect(stop - start).toBeLessThan((32 * 3 * 245 * 22) / 3600);
  });

  it("keeps an id beyond 2^53 digit for digit", async () => {
    central = await createCentral("1.6");
    central.replies.StartTransaction = () => ({
      idTagInfo: { status: "Accepted" },
      transactionId: 9223372036854775807n,
    });
    const station = central.start({});
    await central.linked();
    station.act("plug", 1);
    station.act("tap", 1);
    await central.run(2);
    station.act("unplug", 1);
    await central.settle();
    expect(central.of("StopTransaction")).toMatchObject([
      { transactionId: 9223372036854775807n, reason: "EVDisconnected" },
    ]);
  });

  it("is stopped when the central system refuses its card", async () => {
    central = await createCentral("1.6");
    central.replies.StartTransaction = () => ({ idTagInfo: { status: "Blocked" }, transactionId: 7 });
    const station = central.start({});
    await central.linked();
    station.act("plug", 1);
    station.act("tap", 1);
    await central.run(1);
    expect(central.of("StopTransaction")).toMatchObject([{ transactionId: 7, reason: "DeAuthorized" }]);
  });

  it("lived through offline is replayed in order, with its own times and the late id", async () => {
    central = await createCentral("1.6");
    const station = central.start({});
    await central.linked();
    expect(await central.call("ChangeConfiguration", { key: "AllowOfflineTxForUnknownId", value: "true" })).toEqual({
      status: "Accepted",
    });
    station.act("drop-link", 1);
    await central.unlinked();
    central.heard.length = 0;
    station.act("plug", 1);
    station.act("tap", 1);
    await central.settle();
    await central.run(25);
    station.act("unplug", 1);
    expect(station.state().queued).toBe(4);
    await central.run(10);
    expect(central.heard).toEqual([]);
    station.act("restore-link", 1);
    await central.linked();
    const replayed = central.heard.filter(({ action }) => action !== "StatusNotification");
    expect(replayed.map(({ action, payload }) => [action, second(payload), payload.transactionId])).toEqual([
      ["StartTransaction", 0, undefined],
      ["MeterValues", 10, 101],
      ["MeterValues", 20, 101],
      ["StopTransaction", 25, 101],
    ]);
    expect(station.state().queued).toBe(0);
  });
});

describe.each(["2.0.1", "2.1"] as const)("a session in %s", (version) => {
  it("is one line of transaction events with rising numbers", async () => {
    const station = await charging(version);
    await central.run(8);
    station.act("unplug", 1);
    await central.settle();
    const events = central.of("TransactionEvent");
    expect(events.map((each) => [each.seqNo, each.eventType, each.triggerReason, each.transactionInfo])).toMatchObject([
      [0, "Started", "Authorized", { chargingState: "EVConnected" }],
      [1, "Updated", "ChargingStateChanged", { chargingState: "Charging" }],
      [2, "Updated", "MeterValuePeriodic", { chargingState: "Charging" }],
      [3, "Ended", "EVCommunicationLost", { chargingState: "Idle", stoppedReason: "EVDisconnected" }],
    ]);
    expect(events.some((each) => "offline" in each)).toBe(false);
  });

  it("goes on over a lost link: what happened meanwhile is marked offline and comes in order", async () => {
    const station = await charging(version);
    station.act("drop-link", 1);
    await central.unlinked();
    central.heard.length = 0;
    await central.run(20);
    station.act("restore-link", 1);
    await central.linked();
    await central.run(10);
    const events = central.of("TransactionEvent");
    expect(events.map((each) => [each.seqNo, each.offline, second(each)])).toEqual([
      [2, true, 10],
      [3, true, 20],
      [4, undefined, 30],
    ]);
  });

  it("started and stopped from afar tells so", async () => {
    central = await createCentral(version);
    const station = central.start({});
    await central.linked();
    const idToken = { idToken: "ABCDEF", type: "Central" };
    expect(await central.call("RequestStartTransaction", { idToken, remoteStartId: 42, evseId: 1 })).toEqual({
      status: "Accepted",
    });
    station.act("plug", 1);
    await central.run(2);
    const id = text((central.of("TransactionEvent")[0]?.transactionInfo ?? {}) as JsonObject, "transactionId") ?? "";
    expect(await central.call("GetTransactionStatus", { transactionId: id })).toEqual({
      ongoingIndicator: true,
      messagesInQueue: false,
    });
    expect(await central.call("RequestStopTransaction", { transactionId: id })).toEqual({ status: "Accepted" });
    await central.settle();
    const events = central.of("TransactionEvent");
    expect(events[0]).toMatchObject({
      triggerReason: "RemoteStart",
      idToken: { idToken: "ABCDEF", type: "Central" },
      transactionInfo: { remoteStartId: 42 },
    });
    expect(events.at(-1)).toMatchObject({ triggerReason: "RemoteStop", transactionInfo: { stoppedReason: "Remote" } });
  });

  it("reports its device model in parts that add up to the whole", async () => {
    central = await createCentral(version);
    central.start({ connectors: 2 });
    await central.linked();
    expect(await central.call("GetBaseReport", { requestId: 5, reportBase: "FullInventory" })).toEqual({
      status: "Accepted",
    });
    await central.settle();
    const parts = central.of("NotifyReport");
    expect(parts.map((part) => [part.requestId, part.seqNo, part.tbc])).toEqual(
      parts.map((_, at) => [5, at, at < parts.length - 1]),
    );
    const names = parts.flatMap((part) =>
      objects(part, "reportData").map((data) => JSON.stringify(data.component) + JSON.stringify(data.variable)),
    );
    expect(parts.length).toBeGreaterThan(2);
    expect(new Set(names).size).toBe(names.length);
  });

  it("resets on idle only when the transaction is over", async () => {
    const station = await charging(version);
    expect(await central.call("Reset", { type: "OnIdle" })).toEqual({ status: "Scheduled" });
    await central.run(3);
    expect(station.state().linked).toBe(true);
    station.act("unplug", 1);
    await central.settle();
    central.clock.advance(2000);
    await central.unlinked();
    central.clock.advance(8000);
    await central.linked();
    expect(central.of("BootNotification")).toMatchObject([{ reason: "ScheduledReset" }]);
  });
});

describe("configuration in 1.6", () => {
  it("has a word for each way a change can go", async () => {
    central = await createCentral("1.6");
    central.start({});
    await central.linked();
    const change = async (key: string, value: string) => {
      const answer = await central.call("ChangeConfiguration", { key, value });
      return typeof answer === "string" ? answer : answer.status;
    };
    expect(await change("MeterValueSampleInterval", "5")).toBe("Accepted");
    expect(await change("metervaluesampleinterval", "-5")).toBe("Rejected");
    expect(await change("NumberOfConnectors", "4")).toBe("Rejected");
    expect(await change("PlugsideMaxCurrent", "16")).toBe("RebootRequired");
    expect(await change("LightIntensity", "50")).toBe("NotSupported");
    expect(
      await central.call("GetConfiguration", {
        key: ["MeterValueSampleInterval", "PlugsideMaxCurrent", "AuthorizationKey", "Nonsense"],
      }),
    ).toEqual({
      configurationKey: [
        { key: "MeterValueSampleInterval", readonly: false, value: "5" },
        { key: "PlugsideMaxCurrent", readonly: false, value: "32" },
        { key: "AuthorizationKey", readonly: false },
      ],
      unknownKey: ["Nonsense"],
    });
  });

  it("limits the current by a charging profile, and lets go when it is cleared", async () => {
    const station = await charging("1.6");
    await central.run(25);
    const free = station.state().connectors[0]?.power ?? 0;
    const schedule = { chargingRateUnit: "A", chargingSchedulePeriod: [{ startPeriod: 0, limit: 8 }] };
    const profile = {
      chargingProfileId: 3,
      stackLevel: 0,
      chargingProfilePurpose: "TxProfile",
      chargingProfileKind: "Relative",
      chargingSchedule: schedule,
    };
    expect(await central.call("SetChargingProfile", { connectorId: 1, csChargingProfiles: profile })).toEqual({
      status: "Accepted",
    });
    await central.run(5);
    const limited = station.state().connectors[0]?.power ?? 0;
    expect(free).toBeGreaterThan(10_000);
    expect(limited).toBeGreaterThan(3 * 8 * 220 * 0.95);
    expect(limited).toBeLessThan(3 * 8 * 240);
    expect(await central.call("ClearChargingProfile", { id: 3 })).toEqual({ status: "Accepted" });
    expect(await central.call("ClearChargingProfile", { id: 3 })).toEqual({ status: "Unknown" });
    await central.run(25);
    expect(Math.abs((station.state().connectors[0]?.power ?? 0) - free)).toBeLessThan(free * 0.05);
  });
});

describe.each(["1.6", "2.0.1", "2.1"] as const)("a station of %s", (version) => {
  it("lets current flow a second after it was authorised, whenever that was", async () => {
    central = await createCentral(version);
    const station = central.start({});
    await central.linked();
    central.clock.advance(500);
    station.act("plug", 1);
    station.act("tap", 1, "04112233445566");
    await central.settle();
    const charging = async (ms: number) => {
      central.clock.advance(ms);
      await central.settle();
      return station.state().connectors[0]?.charging;
    };
    expect([await charging(500), await charging(1000)]).toEqual([false, true]);
  });

  it("keeps to the lengths of its schema, however long its name is", async () => {
    central = await createCentral(version);
    central.start({ identity: "N".repeat(48) });
    await central.linked();
    expect(central.actions()).toContain("BootNotification");
    expect(JSON.stringify(central.of("BootNotification")[0])).toContain("N".repeat(23));
  });
});

it("a car that is full takes no more, and is charged on by nobody", async () => {
  central = await createCentral("1.6");
  const station = central.start({ speed: 600 });
  await central.linked();
  await central.call("ChangeConfiguration", { key: "MeterValueSampleInterval", value: "0" });
  station.act("plug", 1);
  station.act("tap", 1, "04112233445566");
  await central.settle();
  const status = () => central.of("StatusNotification").at(-1)?.status;
  for (let steps = 0; status() !== "SuspendedEV" && steps < 200; steps++) await central.run(1);
  expect([status(), station.state().connectors[0]]).toMatchObject(["SuspendedEV", { charging: false, power: 0 }]);
  const { energy } = station.state().connectors[0] ?? {};
  await central.run(5);
  expect(station.state().connectors[0]?.energy).toBe(energy);
});
