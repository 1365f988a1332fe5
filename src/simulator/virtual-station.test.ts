import { afterEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../lib/json.ts";
import { loadSchemas } from "../ocpp/schemas.ts";
import { type ScenarioName, scenarios } from "../services/simulator/contract.ts";
import type { OcppVersion } from "../station/model.ts";
import { english, words } from "../station/phrases.ts";
import { type Central, createCentral } from "./testing/central.ts";

const versions = ["1.6", "2.0.1", "2.1"] as const satisfies OcppVersion[];
let central: Central;
afterEach(() => central.close());

describe.each(versions)("a virtual station of OCPP %s", (version) => {
  const started = version === "1.6" ? "StartTransaction" : "TransactionEvent";

  it.each(scenarios)(
    "sends nothing but what the official schemas take, in the scenario %s",
    async (scenario) => {
      central = await createCentral(version);
      // A day takes longer to show all of itself.
      central.start({ scenario, speed: scenario === "day" ? 120 : 30, connectors: 2 });
      await central.linked();
      await central.run(160);
      expect(central.deviations).toEqual([]);
      expect([...new Set(central.actions())].sort()).toEqual(expectedActions(version, scenario));
    },
    20_000,
  );

  it("answers every action of its version as the schema says, or with NotSupported", async () => {
    central = await createCentral(version);
    central.start({});
    await central.linked();
    const schemas = await loadSchemas(version);
    const last = "Reset";
    const actions = [...schemas.actions().filter((action) => action !== last), last];
    const refused: string[] = [];
    for (const action of actions) {
      const answer = await central.call(action, smallest(action, schemas.skeleton(action)));
      if (answer === "NotSupported") refused.push(action);
      else expect.soft(typeof answer === "string" ? `${action}: ${answer}` : "answered").toBe("answered");
    }
    await central.settle();
    expect(central.deviations).toEqual([]);
    expect(refused).toEqual(refused.filter((action) => !commands.includes(action)));
    expect(await central.call("MakeCoffee", {})).toBe("NotImplemented");
  });

  it("charges within five seconds of a day's start", async () => {
    central = await createCentral(version);
    const station = central.start({ scenario: "day" });
    await central.linked();
    await central.run(5);
    expect(station.state().connectors[0]).toMatchObject({ plugged: true, charging: true });
    expect(central.actions()).toContain(started);
  });

  it("does not boot again after a lost link, and tells the statuses that changed meanwhile", async () => {
    central = await createCentral(version);
    const station = central.start({ connectors: 2 });
    await central.linked();
    station.act("drop-link", 1);
    await central.unlinked();
    station.act("fault", 2, "GroundFailure");
    central.heard.length = 0;
    station.act("restore-link", 1);
    await central.linked();
    expect(central.actions()).toEqual(["StatusNotification"]);
    expect(central.of("StatusNotification")[0]).toMatchObject(version === "1.6" ? { connectorId: 2 } : { evseId: 2 });
  });

  it("repeats its boot after the interval while it is not accepted, and says nothing else", async () => {
    central = await createCentral(version);
    const status = { now: "Pending" };
    central.replies.BootNotification = () => ({
      currentTime: "2026-06-01T08:00:00Z",
      interval: 20,
      status: status.now,
    });
    const station = central.start({});
    await central.linked();
    station.act("plug", 1);
    expect(() => station.act("tap", 1)).toThrow("The central system has not accepted the station yet.");
    // A pending station is there to be configured; that must not make it forget to boot again.
    const heartbeat = { component: { name: "OCPPCommCtrlr" }, variable: { name: "HeartbeatInterval" } };
    if (version === "1.6") await central.call("ChangeConfiguration", { key: "HeartbeatInterval", value: "60" });
    else await central.call("SetVariables", { setVariableData: [{ ...heartbeat, attributeValue: "60" }] });
    await central.run(25);
    expect(central.actions()).toEqual(["BootNotification", "BootNotification"]);
    status.now = "Accepted";
    await central.run(20);
    expect(central.actions()).toContain("StatusNotification");
    central.heard.length = 0;
    await central.run(21);
    expect(central.actions()).toEqual(["Heartbeat"]);
  });

  it("ends its transaction before a reset, goes offline, and boots with the same register", async () => {
    central = await createCentral(version);
    const station = central.start({});
    await central.linked();
    station.act("plug", 1);
    station.act("tap", 1);
    await central.settle();
    await central.run(30);
    const before = station.state().connectors[0]?.energy ?? 0;
    central.heard.length = 0;
    const type = version === "1.6" ? "Soft" : "Immediate";
    expect(await central.call("Reset", { type })).toEqual({ status: "Accepted" });
    await central.settle();
    const ended = version === "1.6" ? { reason: "SoftReset" } : { eventType: "Ended", triggerReason: "ResetCommand" };
    const stop = central.of(version === "1.6" ? "StopTransaction" : "TransactionEvent");
    expect(stop).toMatchObject([ended]);
    central.clock.advance(2000);
    await central.unlinked();
    central.heard.length = 0;
    central.clock.advance(8000);
    await central.linked();
    expect(central.actions()[0]).toBe("BootNotification");
    expect(station.state().connectors[0]?.energy).toBeGreaterThanOrEqual(before);
    expect(central.deviations).toEqual([]);
  });

  it("lets an accepted card wait no longer than the connection time-out", async () => {
    central = await createCentral(version);
    const station = central.start({});
    await central.linked();
    station.act("tap", 1, "0453F00DBABE01");
    await central.settle();
    expect(station.state().connectors[0]?.card).toBe("0453F00DBABE01");
    await central.run(61);
    expect(station.state().connectors[0]?.card).toBe(undefined);
    station.act("plug", 1);
    await central.run(3);
    expect(central.actions()).not.toContain(started);
  });

  it("says in words why a hand cannot do something", async () => {
    central = await createCentral(version);
    const station = central.start({});
    await central.linked();
    expect(() => station.act("unplug", 1)).toThrow("EVSE 1 has nothing plugged in");
    expect(() => station.act("plug", 3)).toThrow("CP-1 has no EVSE 3: it has 1");
    expect(() => station.act("fault", 1, "Fire")).toThrow("Fire is no OCPP error code");
    expect(() => station.act("clear-fault", 1)).toThrow("EVSE 1 has no fault");
    expect(() => station.act("restore-link", 1)).toThrow("The link is not down on purpose.");
    station.act("fault", 1);
    expect(() => station.act("tap", 1)).toThrow("EVSE 1 is faulted (GroundFailure): clear the fault first");
  });
});

it("is looked at no more often than twenty times in a second, however fast its time runs", async () => {
  central = await createCentral("1.6");
  const station = central.start({ speed: 100 });
  await central.linked();
  station.act("plug", 1);
  station.act("tap", 1);
  await central.settle();
  await central.run(1);
  const charging = central.of("StatusNotification").find(({ status }) => status === "Charging");
  expect(charging?.timestamp).toBe("2026-06-01T08:00:05.000Z");
});

it("does nothing and tells nothing once it is stopped, and dials nobody while its link is down on purpose", async () => {
  central = await createCentral("1.6");
  let changes = 0;
  const station = central.start({ onChange: () => changes++ });
  await central.linked();
  station.act("drop-link", 1);
  await central.unlinked();
  expect(station.state()).toMatchObject({ linked: false, dropped: true });
  await central.run(120);
  expect(central.authorizations.length).toBe(1);
  station.act("restore-link", 1);
  await central.linked();
  expect(station.state()).toMatchObject({ linked: true, dropped: false, identity: "CP-1", speed: 1, scenario: "idle" });
  await station.stop();
  await station.stop();
  const before = changes;
  expect(() => station.act("plug", 1)).toThrow(english(words("virtual-off", { identity: "CP-1" })));
  await central.run(5);
  expect([changes, station.state().linked]).toEqual([before, false]);
});

it("dials nobody where its link was taken down before it had dialled", async () => {
  central = await createCentral("1.6");
  const station = central.start({});
  station.act("drop-link", 1);
  await loadSchemas("1.6");
  await central.run(5);
  expect([central.authorizations.length, station.state().linked]).toEqual([0, false]);
  station.act("restore-link", 1);
  await central.linked();
  expect(central.actions()[0]).toBe("BootNotification");
});

it("dials nobody while it restarts, though its link is let up meanwhile, and boots once it is back", async () => {
  central = await createCentral("1.6");
  const station = central.start({});
  await central.linked();
  station.act("drop-link", 1);
  await central.unlinked();
  station.misbehave(["boot-loop"]);
  central.clock.advance(60_000);
  station.misbehave([]);
  central.clock.advance(1000);
  station.act("restore-link", 1);
  expect(() => station.act("tap", 1)).toThrow(english(words("virtual-restarting")));
  await central.run(7);
  expect(central.authorizations.length).toBe(1);
  central.heard.length = 0;
  central.clock.advance(1000);
  await central.linked();
  expect(central.actions().slice(0, 2)).toEqual(["BootNotification", "StatusNotification"]);
  // Dropped meanwhile, it stays so.
  station.misbehave(["boot-loop"]);
  central.clock.advance(60_000);
  station.misbehave([]);
  central.clock.advance(1000);
  await central.unlinked();
  station.act("drop-link", 1);
  await central.run(30);
  expect([central.authorizations.length, station.state().linked]).toEqual([2, false]);
});

it.each([
  ["/", "/CP%2F1"],
  ["/ocpp//", "/ocpp/CP%2F1"],
  ["/ocpp?key=1#top", "/ocpp/CP%2F1?key=1"],
])("dials %s as %s", async (path, dialled) => {
  central = await createCentral("1.6");
  central.start({ identity: "CP/1", url: `${central.url.slice(0, -1)}${path}` });
  await central.linked();
  expect(central.targets).toEqual([dialled]);
});

/** The smallest request that the schema takes; where it asks for an address, an empty text is none. */
function smallest(action: string, skeleton: unknown): JsonObject {
  const payload = skeleton as JsonObject;
  const addressed = action === "GetDiagnostics" || action === "UpdateFirmware";
  return addressed && "location" in payload ? { ...payload, location: "ftp://192.0.2.1/" } : payload;
}

function expectedActions(version: OcppVersion, scenario: ScenarioName): string[] {
  const always = ["BootNotification", "SecurityEventNotification", "StatusNotification"];
  // The link drops too often there for a heartbeat to fall due.
  const heartbeat = scenario === "offline" ? [] : ["Heartbeat"];
  const session = version === "1.6" ? ["MeterValues", "StartTransaction", "StopTransaction"] : ["TransactionEvent"];
  const broken = version !== "1.6" && (scenario === "day" || scenario === "fault") ? ["NotifyEvent"] : [];
  const charged = scenario === "idle" ? [] : ["Authorize", ...session];
  return [...always, ...heartbeat, ...charged, ...broken].sort();
}

/** What the product commands by name; none of these may be refused as unknown. */
const commands = [
  "Reset",
  "UnlockConnector",
  "RemoteStartTransaction",
  "RemoteStopTransaction",
  "RequestStartTransaction",
  "RequestStopTransaction",
  "ChangeAvailability",
  "TriggerMessage",
  "ExtendedTriggerMessage",
  "GetConfiguration",
  "ChangeConfiguration",
  "GetVariables",
  "SetVariables",
  "GetBaseReport",
  "GetReport",
  "ClearCache",
  "SendLocalList",
  "GetLocalListVersion",
  "ReserveNow",
  "CancelReservation",
  "SetChargingProfile",
  "ClearChargingProfile",
  "GetCompositeSchedule",
  "GetChargingProfiles",
  "GetDiagnostics",
  "GetLog",
  "UpdateFirmware",
  "InstallCertificate",
  "GetInstalledCertificateIds",
  "DeleteCertificate",
  "DataTransfer",
];
