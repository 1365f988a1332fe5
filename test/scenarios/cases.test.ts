import { expect, test } from "vitest";
import { livePower } from "../../src/station/views.ts";
import { caseOf, found, play, stateOf, transactionOf } from "../harness/cases.ts";
import { until } from "../harness/client.ts";
import { rawStation } from "../harness/stations/raw-station.ts";

test("1, Grizzl-E: a register that counts the session does so until the stop, and never falls", async () => {
  const { state, energies } = await play(caseOf(1));
  expect(energies.slice(2)).toEqual([400, 900, 1000, 1200, 2500, 2600]);
  expect(state.transactions).toMatchObject([{ state: "ended", energyWh: 2600, energyFrom: "register" }]);
  expect(found(state)).toEqual(["session-energy: 400 Wh"]);
});

test("3, FoxESS: an older update moves nothing back, and the missing one is named", async () => {
  const { state } = await play(caseOf(3));
  expect(state.transactions).toMatchObject([
    { id: "T", state: "running", chargingState: "SuspendedEV", meterNow: 1900, energyWh: 900, missing: [[2, 2]] },
  ]);
  expect(found(state)).toEqual(["missing-part: transaction T: 2 missing", "out-of-order: transaction T: 1 after 3"]);
});

test("3, FoxESS: the same, though it does not call itself offline", async () => {
  const { ocpp, frames } = caseOf(3);
  const { state } = await play({ ocpp, frames: frames.map((frame) => frame.replace('"offline":true,', "")) });
  expect(state.transactions).toMatchObject([{ chargingState: "SuspendedEV", meterNow: 1900, energyWh: 900 }]);
});

test("4, FoxESS: a transaction from before goes into the history without taking the place", async () => {
  const { state } = await play(caseOf(4));
  expect(state.evses[0]?.transaction).toMatchObject({ id: "NEW", state: "running", energyWh: 600 });
  expect(transactionOf(state, "OLD")).toMatchObject({
    state: "ended",
    energyWh: 900,
    offline: true,
    historic: true,
  });
  expect(found(state)).toEqual([
    expect.stringMatching(/^historic-transaction: transaction OLD at /),
    expect.stringMatching(/^historic-transaction: transaction OLD at /),
  ]);
});

test("6, EN+: a queued value without an id is neither the session's nor of now", async () => {
  const { state } = await play(caseOf(6));
  expect(state.transactions).toMatchObject([{ state: "running", energyWh: 500, powerW: null }]);
  expect(state.evses[0]?.live.map(({ measurand, value }) => [measurand, value])).toEqual([
    ["Energy.Active.Import.Register", 10500],
  ]);
  expect(found(state)).toEqual([]);
});

test("9, Zaptec: a start that has overflown is named, and energy counts from the first register", async () => {
  const { state, energies } = await play(caseOf(9));
  expect(energies).toEqual([undefined, null, 0, 0]);
  expect(state.transactions).toMatchObject([{ state: "ended", energyWh: 0, energyFrom: "first-register" }]);
  expect(found(state)).toEqual(["register-overflow: 2147483647 Wh", "register-overflow: 2147483647 Wh"]);
});

test("10, Hager: a start beside one that was never ended names it; the late stop is the first and ends it", async () => {
  const { state, answers } = await play(caseOf(10));
  const id = (message: string) => String((answers.get(message) as { transactionId: number }).transactionId);
  expect(transactionOf(state, id("t"))).toMatchObject({ state: "ended", meterStop: 9050, energyWh: 8950 });
  expect(state.evses.at(-1)?.transaction).toMatchObject({ id: id("t2"), state: "running" });
  expect(found(state)).toEqual([expect.stringMatching(/^missing-stop: transaction .*another began there/)]);
});

test("16, OpenEVSE: power over time against a register in kWh that is called Wh", async () => {
  const { state } = await play(caseOf(16));
  expect(state.transactions).toMatchObject([{ state: "ended", energyWh: 1, powerW: 9451 }]);
  expect(found(state)).toEqual([
    expect.stringMatching(/^historic-transaction: /),
    "unit-doubt: power over time 1103 Wh, register 1 Wh",
  ]);
});

test("23: parts 0, 2, 1, 4 of a report: part 3 is named as missing", async () => {
  const payload = '{"requestId":77,"reportBase":"FullInventory"}';
  const { state } = await play(caseOf(23), [{ name: "raw", action: "GetBaseReport", payload }]);
  expect(state.reports).toMatchObject([{ requestId: "77", last: 4, missing: [[3, 3]] }]);
  expect(found(state).filter((text) => !text.startsWith("empty-list"))).toEqual([
    "missing-part: request 77: 3 missing",
    "out-of-order: request 77: 1 after 2",
  ]);
});

test("a lone last part of a report: those before it are named", async () => {
  const { ocpp, frames } = caseOf(23);
  const lone = [
    frames[0] ?? "",
    '[2,"r2","NotifyReport",{"requestId":9223372036854775807,"generatedAt":"{{now}}","seqNo":2,"tbc":false,"reportData":[]}]',
  ];
  const { state } = await play({ ocpp, frames: lone });
  expect(state.reports).toMatchObject([{ requestId: "9223372036854775807", missing: [[0, 1]] }]);
  expect(found(state)).toContain("missing-part: request 9223372036854775807: 0-1 missing");
});

const boot16 = '[2,"b","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]';

test("power that flows after the end is a finding of weight, and on screen", async () => {
  const { state } = await play({
    ocpp: "1.6",
    frames: [
      boot16,
      '[2,"t","StartTransaction",{"connectorId":1,"idTag":"AA","meterStart":1000,"timestamp":"{{now-40s}}"}]',
      '[2,"x","StopTransaction",{"transactionId":{{transaction}},"meterStop":2000,"timestamp":"{{now-30s}}"}]',
      '[2,"m","MeterValues",{"connectorId":1,"meterValue":[{"timestamp":"{{now}}","sampledValue":[{"value":"2080"},{"value":"7000","measurand":"Power.Active.Import","unit":"W"}]}]}]',
    ],
  });
  expect(found(state)).toEqual([expect.stringMatching(/^power-after-end: .*: 7000 W after its end, 80 Wh since/)]);
  const evse = state.evses[0];
  expect(evse && livePower(evse)).toBe(7000);
});

const freed = [
  boot16,
  '[2,"s","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Charging"}]',
  '[2,"t","StartTransaction",{"connectorId":1,"idTag":"AA","meterStart":1000,"timestamp":"{{now}}"}]',
  '[2,"f","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Available"}]',
];

test("a connector that becomes free while the end of its transaction is owed is named after a while", async () => {
  const { clock, client, state } = await play({ ocpp: "1.6", frames: freed });
  expect([state.transactions[0]?.state, found(state)]).toEqual(["not-ended", []]);
  clock.advance(10_000);
  expect(found(await stateOf(client))).toEqual([expect.stringMatching(/^missing-stop: .*connector Available/)]);
});

test("a station that is offline then is not reproached, and the end that it tells later is the first", async () => {
  const { clock, client, station, state } = await play({ ocpp: "1.6", frames: freed });
  const id = Number(state.transactions[0]?.id);
  await station.close();
  await until(client, "stations.state", { identity: "CP1" }, (seen) => seen?.link.state === "offline");
  clock.advance(60_000);
  expect(found(await stateOf(client))).toEqual([]);
  const again = await rawStation(station.socket.url, ["ocpp1.6"]);
  await again.ask("StopTransaction", {
    transactionId: id,
    meterStop: 1500,
    timestamp: new Date(clock.now()).toISOString(),
  });
  const { transactions, findings } = await stateOf(client);
  expect([transactions[0]?.state, transactions[0]?.energyWh, findings]).toEqual(["ended", 500, []]);
});

const readConfiguration = { name: "raw", action: "GetConfiguration", payload: "{}" } as const;

test("7, METRON: the second answer to the same message tells the time anew", async () => {
  const { answers, clock } = await play(caseOf(7));
  const { currentTime } = answers.get("1000001") as { currentTime: string };
  expect(Math.abs(clock.now() - Date.parse(currentTime))).toBeLessThan(1000);
});

test("12, wallbe: a raw NUL in a value is read, or told at once as not readable", async () => {
  const { outcomes } = await play(caseOf(12), [readConfiguration]);
  expect(outcomes).toMatchObject([{ result: expect.not.stringMatching("no-answer"), answerFrame: expect.any(Number) }]);
});

test("13: whatever carries the id of a call settles it", async () => {
  const { outcomes } = await play(
    caseOf(13),
    Array.from({ length: 6 }, () => readConfiguration),
  );
  expect(outcomes.map(({ answerFrame }) => typeof answerFrame)).toEqual(Array.from({ length: 6 }, () => "number"));
  expect(outcomes.map(({ result }) => result)).not.toContain("no-answer");
});

test("14, AEFA: a value that is left out is answered, filed under its action, and named", async () => {
  const { state, client } = await play(caseOf(14));
  const frames = await client.call("messages.frames", { station: "CP1", since: 0, limit: 100 });
  const broken = frames.find(({ text }) => text.includes('"transactionId":,'));
  expect(broken).toMatchObject({ action: "MeterValues" });
  expect(frames.some(({ text }) => /^\[[34],"77"/.test(text))).toBe(true);
  expect(state.findings.length).toBeGreaterThan(0);
});

test("20: a name that comes twice is named", async () => {
  const { state } = await play(caseOf(20));
  expect(state.findings.map(({ rule }) => rule)).toContain("duplicate-name");
});

test("26: a station that could not read our answer is told", async () => {
  const { state } = await play(caseOf(26));
  expect(state.findings.map(({ where }) => where).join()).toContain("BootNotification");
});

test("27: odd numbers are read with a finding, and a status of no connector is nobody's", async () => {
  const { state } = await play(caseOf(27));
  expect(state.station?.status).toBeUndefined();
  expect(state.evses[0]?.live).toMatchObject([{ measurand: "Voltage", value: 1000 }]);
  expect(state.findings.map(({ where }) => where)).toContain("MeterValues /meterValue/*/sampledValue/*/value");
});
