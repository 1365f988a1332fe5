import { describe, expect, test } from "vitest";
import { createManualClock } from "../../src/lib/clock.ts";
import type { CommandOutcome, StationCommand } from "../../src/station/commands.ts";
import type { OcppVersion, StationState } from "../../src/station/model.ts";
import { words } from "../../src/station/phrases.ts";
import { stationWord } from "../../src/station/views.ts";
import { testCore, until } from "../harness/core.ts";
import { rawStation } from "../harness/stations/raw-station.ts";
import { benchIdentity, benchStart, type StationBench, stationBench } from "../harness/stations/station-bench.ts";

const card = { value: "04112233445566" };

type Outcome = Pick<CommandOutcome, "result" | "why">;
type Case = {
  version: OcppVersion;
  protocol: string;
  /** Of a soft reset (2.x: on idle) and an unlock while a car charges. */
  softResetWhileCharging: Outcome;
  unlockWhileCharging: Outcome;
  unknownTransaction: { id: string; outcome: Outcome };
  noSuchTrigger: Outcome;
  raw: { action: string; payload: string; answer: object };
  /** What does not fit, how our schema says so, and what the station answers to it all the same. */
  wrong: { action: string; payload: string; deviations: object[]; error: string };
};

const getVariables = {
  action: "GetVariables",
  payload: '{"getVariableData":[{"component":{"name":"OCPPCommCtrlr"},"variable":{"name":"HeartbeatInterval"}}]}',
  answer: { getVariableResult: [{ attributeStatus: "Accepted", attributeValue: "300" }] },
};
const wrongReset = { action: "Reset", payload: '{"kind":"Sideways"}' };
const missingType = { rule: "missing-field", where: "Reset /type" };
const unknownKind = { rule: "unknown-field", where: "Reset /kind" };
const common2 = {
  softResetWhileCharging: { result: "scheduled", why: "Scheduled" },
  unlockWhileCharging: { result: "rejected", why: "OngoingAuthorizedTransaction" },
  unknownTransaction: { id: "no-such-one", outcome: { result: "rejected", why: "Rejected: TxNotFound" } },
  raw: getVariables,
} satisfies Partial<Case>;
const versions: Case[] = [
  {
    version: "1.6",
    protocol: "ocpp1.6",
    softResetWhileCharging: { result: "accepted" },
    unlockWhileCharging: { result: "accepted", why: "Unlocked" },
    unknownTransaction: { id: "123456", outcome: { result: "rejected", why: "Rejected" } },
    noSuchTrigger: { result: "unsupported", why: words("no-trigger", { message: "Coffee" }) },
    raw: {
      action: "GetConfiguration",
      payload: '{"key":["HeartbeatInterval"]}',
      answer: { configurationKey: [{ key: "HeartbeatInterval", readonly: false, value: "300" }] },
    },
    wrong: { ...wrongReset, deviations: [missingType, unknownKind], error: "OccurenceConstraintViolation" },
  },
  {
    ...common2,
    version: "2.0.1",
    protocol: "ocpp2.0.1",
    noSuchTrigger: { result: "unsupported", why: words("no-trigger", { message: "Coffee" }) },
    wrong: { ...wrongReset, deviations: [missingType, unknownKind], error: "OccurenceConstraintViolation" },
  },
  {
    ...common2,
    version: "2.1",
    protocol: "ocpp2.1",
    // 2.1 lets a station have triggers of its own (CustomTrigger).
    noSuchTrigger: { result: "unsupported", why: "NotImplemented" },
    wrong: { ...wrongReset, deviations: [missingType, unknownKind], error: "OccurrenceConstraintViolation" },
  },
];

describe.each(versions)("commands to a station of OCPP $version", (given) => {
  const { version, protocol } = given;

  test.each(["soft", "hard"] as const)("a %s reset is accepted, and the station is off and back", async (kind) => {
    const bench = await stationBench(version);
    const before = await bench.state();
    expect(brief(await bench.command({ name: "reset", kind }))).toEqual({ result: "accepted" });
    bench.clock.advance(2000);
    const off = await bench.reach((state) => state.link.state === "offline");
    expect(off.link.closed).toEqual({ code: 1000, reason: "", cause: "own-change" });
    bench.clock.advance(8000);
    const back = await bench.reach((state) => state.boot?.frame !== before.boot?.frame);
    expect(back.boot).toMatchObject({ answered: "Accepted", at: benchStart + 10_000 });
    expect(back.findings).toEqual([]);
  });

  test("the card cache is cleared", async () => {
    const bench = await stationBench(version);
    expect(brief(await bench.command({ name: "clear-cache" }))).toEqual({ result: "accepted" });
  });

  test("an outlet is reserved, and free again when it is no longer", async () => {
    const bench = await stationBench(version);
    const until = new Date(benchStart + 3_600_000).toISOString();
    const reserve: StationCommand = { name: "reserve", reservation: 7, token: { value: "04A1" }, until, evse: 1 };
    expect(brief(await bench.command(reserve))).toEqual({ result: "accepted" });
    const status = (word: string) => bench.reach((state) => state.evses[0]?.connectors[0]?.status === word);
    expect((await status("Reserved")).commands.at(-1)?.effect?.what).toBe("status");
    expect(brief(await bench.command({ name: "cancel-reservation", reservation: 8 })).result).toBe("rejected");
    expect(brief(await bench.command({ name: "cancel-reservation", reservation: 7 }))).toEqual({ result: "accepted" });
    expect((await status("Available")).findings).toEqual([]);
  });

  test("a soft reset while a car charges", async () => {
    const bench = await charging(version);
    expect(brief(await bench.command({ name: "reset", kind: "soft" }))).toEqual(given.softResetWhileCharging);
    bench.station.act("unplug", 1);
    await bench.settle();
    bench.clock.advance(2000);
    await bench.reach((state) => state.link.state === "offline");
  });

  test("a hard reset ends the transaction; its end is told before or after", async () => {
    const bench = await charging(version);
    expect(brief(await bench.command({ name: "reset", kind: "hard" }))).toEqual({ result: "accepted" });
    await bench.settle();
    bench.clock.advance(2000);
    await bench.reach((state) => state.link.state === "offline");
    bench.clock.advance(8000);
    await bench.reach((state) => state.link.state === "online");
    await bench.settle();
    const state = await bench.state();
    expect(state.evses[0]?.transaction?.endReason).toMatch(/Reset$/);
    expect(state.findings).toEqual([]);
  });

  test("unlock", async () => {
    const bench = await stationBench(version);
    const unlock: StationCommand = { name: "unlock", evse: 1, connector: 1 };
    expect(brief(await bench.command(unlock))).toEqual({ result: "accepted", why: "Unlocked" });
    bench.station.act("fault", 1, "ConnectorLockFailure");
    await bench.settle();
    expect(brief(await bench.command(unlock))).toEqual({ result: "rejected", why: "UnlockFailed" });
  });

  test("unlock while a car charges", async () => {
    const bench = await charging(version);
    const outcome = await bench.command({ name: "unlock", evse: 1, connector: 1 });
    expect(brief(outcome)).toEqual(given.unlockWhileCharging);
  });

  test("start and stop from here", async () => {
    const bench = await stationBench(version, { connectors: 2 });
    expect(brief(await bench.command({ name: "start", evse: 2, token: card }))).toEqual({ result: "accepted" });
    bench.station.act("plug", 2);
    await bench.settle();
    await bench.run(3);
    const running = transactionOn(await bench.state(), 2);
    expect(running).toMatchObject({ evse: 2, token: card, chargingState: "Charging" });
    expect(brief(await bench.command({ name: "stop", transaction: running.id }))).toEqual({ result: "accepted" });
    await bench.settle();
    const state = await bench.state();
    expect(transactionOn(state, 2)).toMatchObject({ id: running.id, endReason: "Remote" });
    expect(state.findings).toEqual([]);
    const { id, outcome } = given.unknownTransaction;
    expect(brief(await bench.command({ name: "stop", transaction: id }))).toEqual(outcome);
  });

  test("availability of one place and of the whole, both ways", async () => {
    const bench = await stationBench(version, { connectors: 2 });
    const set = async (evse: number, operative: boolean) => {
      const outcome = brief(await bench.command({ name: "availability", evse, operative }));
      await bench.settle();
      return [outcome, await statuses(bench)];
    };
    const accepted = { result: "accepted" };
    expect(await set(1, false)).toEqual([accepted, ["Unavailable", "Available"]]);
    expect(await set(1, true)).toEqual([accepted, ["Available", "Available"]]);
    expect(await set(0, false)).toEqual([accepted, ["Unavailable", "Unavailable"]]);
    expect(await set(0, true)).toEqual([accepted, ["Available", "Available"]]);
  });

  test("availability is scheduled while a car charges, and comes at the end", async () => {
    const bench = await charging(version);
    const outcome = await bench.command({ name: "availability", evse: 1, operative: false });
    expect(brief(outcome)).toEqual({ result: "scheduled", why: "Scheduled" });
    expect(stationWord(await bench.state())).toBe("Charging");
    bench.station.act("tap", 1, card.value);
    bench.station.act("unplug", 1);
    await bench.settle();
    expect(stationWord(await bench.state())).toBe("Unavailable");
  });

  test("trigger, with the message that it brings", async () => {
    const bench = await stationBench(version, { connectors: 2 });
    for (const message of ["StatusNotification", "Heartbeat", "MeterValues"]) {
      const { seq } = await bench.state();
      expect(brief(await bench.command({ name: "trigger", message, evse: 2 }))).toEqual({ result: "accepted" });
      await bench.settle();
      const frames = await bench.client.call("messages.frames", { since: seq, limit: 100 });
      const calls = frames.filter(({ direction, text }) => direction === "in" && text.startsWith("[2,"));
      expect(calls.map(({ action }) => action)).toEqual([message]);
    }
    expect(brief(await bench.command({ name: "trigger", message: "Coffee" }))).toEqual(given.noSuchTrigger);
    expect((await bench.state()).findings).toEqual([]);
  });

  test("a raw call has its answer as it came", async () => {
    const bench = await stationBench(version);
    const { action, payload, answer } = given.raw;
    const outcome = await bench.command({ name: "raw", action, payload });
    expect(JSON.parse(outcome.answer ?? "")).toMatchObject(answer);
    const sent = await bench.client.call("messages.frame", { seq: outcome.frame ?? 0 });
    const [, id] = JSON.parse(sent.text);
    // Digit for digit and blank for blank as it was typed.
    expect(sent.text).toBe(`[2,"${id}","${action}",${payload}]`);
    expect(sent.partner).toMatchObject({ seq: outcome.answerFrame, direction: "in", action });
  });

  test("a raw call that does not fit is refused with the deviations, and sent when that is wanted", async () => {
    const bench = await stationBench(version);
    const { seq } = await bench.state();
    const { action, payload, deviations, error } = given.wrong;
    await expect(bench.command({ name: "raw", action, payload })).rejects.toMatchObject({
      code: "invalid-input",
      details: deviations.map((each) => expect.objectContaining(each)),
    });
    await expect(bench.command({ name: "raw", action: "MakeCoffee", payload: "{}" })).rejects.toMatchObject({
      code: "invalid-input",
      message: `OCPP ${version} has no action MakeCoffee. It can be sent all the same.`,
    });
    for (const text of ["{", "[]", "null", '"x"']) {
      const broken = bench.command({ name: "raw", action, payload: text, force: true });
      await expect(broken).rejects.toMatchObject({ code: "invalid-input" });
    }
    expect((await bench.state()).seq).toBe(seq);
    const forced = await bench.command({ name: "raw", action, payload, force: true });
    expect(brief(forced)).toEqual({ result: "rejected", why: error });
    expect(forced.error).toMatchObject({ code: error });
  });

  test("CALLERROR NotImplemented is unsupported, not refused", async () => {
    const bench = await stationBench(version);
    const outcome = await bench.command({ name: "raw", action: "MakeCoffee", payload: "{}", force: true });
    expect(brief(outcome)).toEqual({ result: "unsupported", why: "NotImplemented" });
    expect(outcome.error).toEqual({
      code: "NotImplemented",
      description: "this station has no MakeCoffee",
      details: "{}",
    });
  });

  test("an offline station is offline, and nothing goes out later", async () => {
    const bench = await stationBench(version);
    bench.station.act("drop-link", 1);
    await bench.reach((state) => state.link.state === "offline");
    expect(await bench.command({ name: "reset", kind: "hard" })).toEqual({ result: "offline" });
    expect(await bench.command({ name: "raw", action: "Reset", payload: "{}" })).toEqual({ result: "offline" });
    const state = await bench.state();
    expect(state.commands.map(({ name, outcome }) => [name, outcome])).toEqual([
      ["reset", { result: "offline" }],
      ["raw", { result: "offline" }],
    ]);
    bench.station.act("restore-link", 1);
    await bench.reach(({ link }) => link.state === "online");
    await bench.settle();
    const frames = await bench.client.call("messages.frames", { since: state.seq, limit: 100 });
    expect(frames.filter(({ direction, text }) => direction === "out" && text.startsWith("[2,"))).toEqual([]);
  });

  test("a silent station gives no answer, and its late one is a finding", async () => {
    const clock = createManualClock(benchStart);
    const { client, url } = await testCore({ clock });
    await client.call("settings.change", { answerSeconds: 2 });
    const station = await rawStation(`${url}S1`, [protocol]);
    const outcome = client.call("stations.command", {
      identity: "S1",
      command: { name: "unlock", evse: 1, connector: 1 },
    });
    const [, id] = JSON.parse(await station.next());
    clock.advance(2000);
    expect(brief(await outcome)).toEqual({ result: "no-answer" });
    station.send(JSON.stringify([3, id, { status: "Unlocked" }]));
    // Its own call is answered: then the late answer is on record.
    await station.ask("Heartbeat", {});
    const state = await until(client, "stations.state", { identity: "S1" }, () => true);
    expect(state?.findings.map(({ rule }) => rule)).toEqual(["late-answer", "early-call"]);
    expect(state?.commands[0]?.outcome).toMatchObject({ result: "no-answer" });
  });

  test("a link that ends under a call says so; what waited behind it never went out", async () => {
    const { client, url } = await testCore();
    const station = await rawStation(`${url}S1`, [protocol]);
    const command = (message: string) =>
      client.call("stations.command", { identity: "S1", command: { name: "trigger", message } });
    const first = command("Heartbeat");
    const second = command("BootNotification");
    await station.next();
    station.socket.terminate();
    expect(brief(await first)).toEqual({ result: "no-answer", why: words("link-closed") });
    expect(await second).toEqual({ result: "offline" });
  });

  test("two commands queue behind the call in flight, each with its own answer", async () => {
    const { client, url } = await testCore();
    const station = await rawStation(`${url}S1`, [protocol]);
    const command = (message: string) =>
      client.call("stations.command", { identity: "S1", command: { name: "trigger", message } });
    const outcomes = [command("Heartbeat"), command("BootNotification"), command("MeterValues")];
    const asked: string[] = [];
    for (const status of ["Accepted", "Rejected", "NotImplemented"]) {
      const [, id, , payload] = JSON.parse(await station.next());
      asked.push(payload.requestedMessage);
      // Whatever else we hear is an answer: no second call before this one is answered.
      await station.ask("Heartbeat", {});
      expect(station.heard.filter((text) => text.startsWith("[2,")).length).toBe(asked.length);
      station.send(JSON.stringify([3, id, { status }]));
    }
    expect(asked).toEqual(["Heartbeat", "BootNotification", "MeterValues"]);
    expect((await Promise.all(outcomes)).map(brief)).toEqual([
      { result: "accepted" },
      { result: "rejected", why: "Rejected" },
      { result: "unsupported", why: "NotImplemented" },
    ]);
  });
});

test("a station nobody has heard of is not found", async () => {
  const { client } = await testCore();
  const command = client.call("stations.command", { identity: "NOBODY", command: { name: "reset", kind: "soft" } });
  await expect(command).rejects.toMatchObject({ code: "not-found" });
});

/** A bench with a car that charges on EVSE 1. */
async function charging(version: OcppVersion): Promise<StationBench> {
  const bench = await stationBench(version);
  bench.station.act("plug", 1);
  bench.station.act("tap", 1, card.value);
  await bench.settle();
  await bench.run(3);
  expect(stationWord(await bench.state())).toBe("Charging");
  return bench;
}

function brief({ result, why }: CommandOutcome): Outcome {
  return why === undefined ? { result } : { result, why };
}

async function statuses(bench: StationBench): Promise<unknown[]> {
  const { evses } = await bench.state();
  return evses.flatMap(({ connectors }) => connectors.map(({ status }) => status));
}

function transactionOn(state: StationState, wanted: number): NonNullable<StationState["evses"][number]["transaction"]> {
  const transaction = state.evses.find(({ evse }) => evse === wanted)?.transaction;
  if (!transaction) throw new Error(`no transaction on EVSE ${wanted} of ${benchIdentity}`);
  return transaction;
}
