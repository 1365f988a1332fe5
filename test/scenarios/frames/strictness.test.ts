import { expect, test } from "vitest";
import { createManualClock } from "../../../src/lib/clock.ts";
import { snapshot, testCore, until } from "../../harness/core.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";

const boot16 = { chargePointVendor: "Maker", chargePointModel: "Model" };
const boot2 = { reason: "PowerUp", chargingStation: { vendorName: "Maker", model: "Model" } };
const timestamp = "2026-07-01T12:00:00Z";
const status16 = { connectorId: 1, errorCode: "NoError", status: "Available", timestamp };
const status2 = { evseId: 1, connectorId: 1, connectorStatus: "Available", timestamp };

type Version = {
  protocol: string;
  boot: object;
  status: object;
  format: string;
  structure: string;
  occurrence: string;
};
const v16: Version = {
  protocol: "ocpp1.6",
  boot: boot16,
  status: status16,
  format: "FormationViolation",
  structure: "FormationViolation",
  occurrence: "OccurenceConstraintViolation",
};
const v2 = { boot: boot2, status: status2, format: "FormatViolation", structure: "ProtocolError" };
const versions: Version[] = [
  v16,
  { ...v2, protocol: "ocpp2.0.1", occurrence: "OccurenceConstraintViolation" },
  { ...v2, protocol: "ocpp2.1", occurrence: "OccurrenceConstraintViolation" },
];

test.each(versions)("strict: each deviation has the error of $protocol, and means nothing", async (version) => {
  const { protocol, boot, status, format, structure, occurrence } = version;
  const { client, url } = await testCore();
  const station = await rawStation(`${url}CP1`, [protocol]);
  await station.ask("BootNotification", boot);
  await client.call("findings.behave", { station: "CP1", strict: true });
  const { connectorId: _left, ...without } = status as { connectorId: number };
  const word = "connectorStatus" in status ? "connectorStatus" : "status";
  const cases: [payload: unknown, code: string][] = [
    [{ ...status, connectorId: "1" }, "TypeConstraintViolation"],
    [{ ...status, [word]: "Sleeping" }, "PropertyConstraintViolation"],
    [{ ...status, timestamp: "0000-00-00" }, "PropertyConstraintViolation"],
    [without, occurrence],
    [{ ...status, colour: "red" }, structure],
    [null, format],
  ];
  const answers: unknown[] = [];
  for (const [index, [payload]] of cases.entries()) {
    station.send(JSON.stringify([2, `c${index}`, "StatusNotification", payload]));
    const answer = JSON.parse(await station.next());
    answers.push([answer[0], answer[1], answer[2]]);
  }
  expect(answers).toEqual(cases.map(([, code], index) => [4, `c${index}`, code]));
  const state = await snapshot(client, "stations.state", { identity: "CP1" });
  expect(state?.evses).toEqual([]);
  expect(await station.ask("StatusNotification", status)).toEqual({});
});

test("tolerant: the same messages are read, answered and told", async () => {
  const { client, url } = await testCore();
  const station = await rawStation(`${url}CP1`);
  await station.ask("BootNotification", boot16);
  expect(await station.ask("StatusNotification", { ...status16, connectorId: "1", colour: "red" })).toEqual({});
  const state = await snapshot(client, "stations.state", { identity: "CP1" });
  expect(state?.evses[0]?.connectors[0]?.status).toBe("Available");
  expect(state?.findings.map(({ rule }) => rule)).toEqual(["unknown-field", "wrong-type"]);
});

test("a station that chose nothing follows the settings; its own choice goes first, and can be taken back", async () => {
  const { client, url } = await testCore();
  const station = await rawStation(`${url}CP1`);
  await station.ask("BootNotification", boot16);
  let count = 0;
  async function isRefused(): Promise<boolean> {
    station.send(JSON.stringify([2, `m${++count}`, "StatusNotification", { ...status16, info: "x".repeat(51) }]));
    return JSON.parse(await station.next())[0] === 4;
  }
  expect(await isRefused()).toBe(false);
  await client.call("settings.change", { strict: true });
  expect(await isRefused()).toBe(true);
  await client.call("findings.behave", { station: "CP1", strict: false });
  expect(await isRefused()).toBe(false);
  expect(await client.call("findings.behave", { station: "CP1", strict: null })).toEqual({
    strict: null,
    strictByDefault: true,
    emptyAnswers: false,
  });
  expect(await isRefused()).toBe(true);
});

test("strict: without a subprotocol that we speak the handshake is completed, and then the link is closed", async () => {
  const { client, url } = await testCore();
  await client.call("settings.change", { strict: true });
  for (const protocols of [[], ["ocpp1.5"]]) {
    const station = await rawStation(`${url}CP1`, protocols).catch(() => null);
    // A client that offered protocols refuses an answer without one by itself (RFC 6455 4.1).
    if (station) expect(await station.closed).toEqual({ code: 1002, reason: "no OCPP subprotocol agreed on" });
  }
  const right = await rawStation(`${url}CP1`, ["ocpp1.6"]);
  expect(await right.ask("BootNotification", boot16)).toMatchObject({ status: "Accepted" });
});

test("strict: before its boot a 2.0.1 station is told SecurityError (B01.FR.10); in 1.6 nothing forbids it", async () => {
  const { client, url } = await testCore();
  await client.call("settings.change", { strict: true });
  const newer = await rawStation(`${url}CP2`, ["ocpp2.0.1"]);
  newer.send(JSON.stringify([2, "early", "StatusNotification", status2]));
  expect(JSON.parse(await newer.next()).slice(0, 3)).toEqual([4, "early", "SecurityError"]);
  const older = await rawStation(`${url}CP1`, ["ocpp1.6"]);
  expect(await older.ask("StatusNotification", status16)).toEqual({});
});

test("strict: an answer with another id answers nothing", async () => {
  const clock = createManualClock();
  const { client, url } = await testCore({ clock });
  await client.call("settings.change", { strict: true, pingSeconds: 0, triggerAfterConnect: false });
  const station = await rawStation(`${url}CP1`);
  await station.ask("BootNotification", boot16);
  const outcome = client.call("stations.command", { identity: "CP1", command: { name: "reset", kind: "soft" } });
  await station.next();
  station.send('[3,"somebody-else",{"status":"Accepted"}]');
  await until(client, "stations.state", { identity: "CP1" }, (state) =>
    Boolean(state?.findings.some(({ rule }) => rule === "mismatched-answer-id")),
  );
  clock.advance(31_000);
  expect((await outcome).result).toBe("no-answer");
});

test("strict: a 2.1 station is told of an answer that cannot be taken; a 2.0.1 station has no word for it", async () => {
  const { client, url } = await testCore();
  await client.call("settings.change", { strict: true });
  const heard: unknown[] = [];
  for (const protocol of ["ocpp2.1", "ocpp2.0.1"]) {
    const station = await rawStation(`${url}${protocol}`, [protocol]);
    await station.ask("BootNotification", boot2);
    const command = { name: "reset", kind: "soft" } as const;
    const outcome = client.call("stations.command", { identity: protocol, command });
    const [, id] = JSON.parse(await station.next());
    station.send(JSON.stringify([3, id, { status: 1 }]));
    await outcome;
    station.send('[2,"after","Heartbeat",{}]');
    const [type, answered, code] = JSON.parse(await station.next());
    heard.push(type === 5 ? [type, answered === id, code] : type);
  }
  expect(heard).toEqual([[5, true, "TypeConstraintViolation"], 3]);
});

test("an action that only a central system sends is answered NotSupported", async () => {
  const { client, url } = await testCore();
  const station = await rawStation(`${url}CP1`);
  await station.ask("BootNotification", boot16);
  station.send('[2,"1","Reset",{"type":"Soft"}]');
  expect(JSON.parse(await station.next()).slice(0, 3)).toEqual([4, "1", "NotSupported"]);
  const state = await snapshot(client, "stations.state", { identity: "CP1" });
  expect(state?.findings.map(({ rule }) => rule)).toEqual(["wrong-direction"]);
});

test("what was refused is refused in the record, too: a restart makes nothing of it", async () => {
  const core = await testCore();
  await core.client.call("settings.change", { strict: true });
  const station = await rawStation(`${core.url}CP1`);
  await station.ask("BootNotification", boot16);
  station.send(JSON.stringify([2, "x", "StatusNotification", { ...status16, colour: "red" }]));
  await station.next();
  const before = await snapshot(core.client, "stations.state", { identity: "CP1" });
  await station.close();
  const again = await core.restart();
  const after = await snapshot(again.client, "stations.state", { identity: "CP1" });
  expect(after?.evses).toEqual([]);
  expect(after?.findings).toEqual(before?.findings);
});

test("strict: what the schema refuses is refused also where the reader has a word of its own for the place", async () => {
  const { client, url } = await testCore();
  const older = await rawStation(`${url}CP1`);
  await older.ask("BootNotification", boot16);
  const newer = await rawStation(`${url}CP2`, ["ocpp2.0.1"]);
  await newer.ask("BootNotification", boot2);
  await client.call("settings.change", { strict: true });
  const value = (sample: object) => ({ connectorId: 1, meterValue: [{ timestamp, sampledValue: [sample] }] });
  const event = { eventType: "Updated", timestamp, triggerReason: "MeterValuePeriodic", seqNo: 1 };
  const cases: [typeof older, string, object][] = [
    [older, "MeterValues", value({ unit: "Wh" })],
    [older, "MeterValues", value({ value: "1", unit: "Bogus" })],
    [older, "MeterValues", { ...value({ value: "1" }), transactionId: "77" }],
    [older, "MeterValues", { connectorId: 1, meterValue: [] }],
    [older, "StatusNotification", { connectorId: 1, status: "Faulted", timestamp }],
    [newer, "Authorize", { idToken: "CARD" }],
    [newer, "TransactionEvent", { ...event, transactionInfo: { transactionId: "x".repeat(40) } }],
  ];
  const answers = [];
  for (const [index, [station, action, payload]] of cases.entries()) {
    station.send(JSON.stringify([2, `s${index}`, action, payload]));
    answers.push(JSON.parse(await station.next()).slice(0, 2));
  }
  expect(answers).toEqual(cases.map((_, index) => [4, `s${index}`]));
});

test("strict: what no schema forbids is told and not refused", async () => {
  const { client, url } = await testCore();
  await client.call("settings.change", { strict: true });
  const older = await rawStation(`${url}CP1`);
  await older.ask("BootNotification", boot16);
  const newer = await rawStation(`${url}CP2`, ["ocpp2.0.1"]);
  await newer.ask("BootNotification", boot2);
  expect(await older.ask("StatusNotification", { ...status16, connectorId: 0, status: "Charging" })).toEqual({});
  expect(await older.ask("Authorize", { idTag: "" })).toEqual({ idTagInfo: { status: "Invalid" } });
  expect(await newer.ask("StatusNotification", { ...status2, evseId: 0, connectorId: 0 })).toEqual({});
  const rules = [];
  for (const identity of ["CP1", "CP2"]) {
    const state = await snapshot(client, "stations.state", { identity });
    rules.push(state?.findings.map(({ rule }) => rule).sort());
  }
  expect(rules).toEqual([
    ["empty-token", "station-status"],
    ["odd-place", "odd-place"],
  ]);
});
