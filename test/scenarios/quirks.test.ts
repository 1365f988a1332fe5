import { expect, test } from "vitest";
import { createManualClock } from "../../src/lib/clock.ts";
import type { CommandOutcome, StationCommand } from "../../src/station/commands.ts";
import type { StationState } from "../../src/station/model.ts";
import { words } from "../../src/station/phrases.ts";
import type { Rule } from "../../src/words/en/findings.ts";
import { snapshot, testCore } from "../harness/core.ts";
import { linesOf } from "../harness/frames.ts";
import { placesOf } from "../harness/recorded.ts";
import { type RawStation, rawStation } from "../harness/stations/raw-station.ts";

const noon = Date.UTC(2026, 6, 1, 12);
type Rebuilt = { key: string; frame: string; findings: { rule: Rule; where: string }[] };
const frames = new Map(linesOf<Rebuilt>("rebuilt.ndjson").map((line) => [line.key, line]));

/** A frame by its key, a question of ours that the next frame answers, or a wait in seconds. */
type Step = string | { ask: StationCommand; answer: string; waitBefore?: number } | { wait: number };

type Quirk = {
  make: string;
  about: string;
  /** Subprotocols offered; by default 1.6. */
  protocols?: string[];
  /** When time begins, seconds before noon. */
  before?: number;
  steps: Step[];
  /** Exactly these rules are found, the link and what never came included. What is found in each frame stands beside it. */
  rules: Rule[];
  /** What of the state shows that it was read as it is meant. */
  sees?: (state: StationState, outcomes: CommandOutcome[]) => unknown;
  expected?: unknown;
};

const evse = (state: StationState) => state.evses[0];
const transaction = (state: StationState) => state.evses[0]?.transaction;
const getConfiguration: StationCommand = { name: "raw", action: "GetConfiguration", payload: "{}" };
const trigger: StationCommand = { name: "trigger", message: "StatusNotification", evse: 1 };
const results = (_state: StationState, outcomes: CommandOutcome[]) => outcomes.map(({ result }) => result);

const quirks: Quirk[] = [
  {
    make: "Alfen",
    about: "2^63-1 as transaction id, and a context of its own",
    steps: ["alfen-current-max"],
    rules: ["odd-transaction-id", "unknown-context"],
    sees: (state) => [transaction(state)?.id, evse(state)?.live.map(({ value, context }) => [value, context])],
    expected: ["9223372036854775807", [[16, "CurrentMax"]]],
  },
  {
    make: "Alfen",
    about: "old transactions replayed",
    steps: ["alfen-replayed-start", "alfen-replayed-stop"],
    rules: ["historic-transaction"],
    sees: (state) => [transaction(state)?.offline, transaction(state)?.endReason],
    expected: [true, undefined],
  },
  {
    make: "Alfen",
    about: "an end told twice",
    steps: ["alfen-replayed-start", "alfen-replayed-stop", "alfen-replayed-stop-again"],
    rules: ["historic-transaction", "repeated-stop"],
  },
  {
    make: "EN+",
    about: "an answer with another message id",
    steps: [{ ask: trigger, answer: "answer-wrong-id" }],
    rules: ["mismatched-answer-id"],
    sees: results,
    expected: ["accepted"],
  },
  {
    make: "EN+",
    about: "a stale transaction id",
    steps: ["en-stale-id"],
    rules: ["unknown-transaction"],
    sees: (state) => evse(state)?.live.map(({ measurand, phase, value }) => [measurand, phase, value]),
    expected: [["Current.Import", "L1", 0]],
  },
  { make: "Vestel", about: "an empty list of values", steps: ["vestel-empty-list"], rules: ["empty-list"] },
  {
    make: "Vestel, Webasto Unite",
    about: "the session's energy as register",
    steps: ["vestel-start", "vestel-session-0", "vestel-session-500"],
    rules: ["session-energy"],
    sees: (state) => transaction(state)?.energyWh,
    expected: 500,
  },
  {
    make: "Growatt",
    about: "values of now marked as of the begin",
    before: 600,
    steps: ["growatt-start", { wait: 600 }, "growatt-begin"],
    rules: ["repeated-begin"],
    sees: (state) => [transaction(state)?.meterNow, evse(state)?.live.map(({ value }) => value)],
    expected: [37, [37, 9.46]],
  },
  {
    make: "Growatt",
    about: "local time without a zone, and a reservation that is none",
    steps: ["growatt-local-time"],
    rules: ["placeholder", "time-without-zone"],
    sees: (state) => [state.clock?.offsetMs, transaction(state)?.meterStart],
    expected: [7_200_000, 0],
  },
  {
    make: "Heidelberg",
    about: "empty values, and 0 for a time",
    steps: ["heidelberg-empty"],
    rules: ["empty-value", "time-unreadable"],
    sees: (state) => evse(state)?.live.map(({ measurand, value }) => [measurand, value]),
    expected: [["Current.Offered", 6]],
  },
  {
    make: "AcTec",
    about: "0000-00-00 for a time",
    steps: ["actec-zero-date"],
    rules: ["time-unreadable"],
    sees: (state) => evse(state)?.connectors[0]?.status,
    expected: "Available",
  },
  {
    make: "FoxESS",
    about: "the status of EVSE 0",
    protocols: ["ocpp2.0.1"],
    steps: ["foxess-station-status"],
    rules: ["odd-place"],
    sees: (state) => [state.station?.status, state.evses],
    expected: ["Available", []],
  },
  {
    make: "FoxESS",
    about: "messages in the shape of 1.6",
    protocols: ["ocpp2.0.1"],
    steps: ["foxess-16-shape"],
    rules: ["missing-field", "other-version", "unknown-field"],
    sees: (state) => [evse(state)?.evse, evse(state)?.connectors.map(({ connector, status }) => [connector, status])],
    expected: [1, [[1, "Charging"]]],
  },
  {
    make: "FoxESS",
    about: "an inventory without connectors",
    protocols: ["ocpp2.0.1"],
    steps: ["foxess-inventory"],
    rules: ["no-connectors"],
  },
  {
    make: "Huawei",
    about: "an end 1 Wh below the start",
    steps: ["huawei-start", "huawei-stop"],
    rules: ["register-rounded"],
    sees: (state) => transaction(state)?.energyWh,
    expected: 0,
  },
  {
    make: "Wallbox Pulsar",
    about: "the register with a phase",
    steps: ["wallbox-start", "wallbox-register"],
    rules: ["phase-tagged-register"],
    sees: (state) => transaction(state)?.meterNow,
    expected: 1250,
  },
  {
    make: "Mennekes",
    about: "an answer after 60 seconds",
    steps: [{ ask: trigger, answer: "answer-late", waitBefore: 60 }],
    rules: ["late-answer"],
    sees: results,
    expected: ["no-answer"],
  },
  {
    make: "Legrand, Ecotap",
    about: "Error for an error code",
    steps: ["legrand-error"],
    rules: ["unknown-error-code"],
    sees: (state) => evse(state)?.connectors.map(({ errorCode, vendorErrorCode }) => [errorCode, vendorErrorCode]),
    expected: [["OtherError", "Error"]],
  },
  {
    make: "Ocular / BS",
    about: "a corrupted tag, and closing values after the end",
    steps: ["ocular-start", "ocular-stop", "ocular-closing"],
    rules: ["odd-token", "values-after-end"],
    sees: (state) => [transaction(state)?.meterStop, transaction(state)?.endedAt],
    expected: [2000, noon],
  },
  {
    make: "EVBox",
    about: "phases that are rotated",
    steps: [{ ask: getConfiguration, answer: "answer-rotation" }],
    rules: ["phase-rotation"],
  },
  {
    make: "Scame",
    about: "numbers as configuration values",
    steps: [{ ask: getConfiguration, answer: "answer-numbers" }],
    rules: ["wrong-type"],
    sees: results,
    expected: ["accepted"],
  },
  {
    make: "Grizzl-E v2",
    about: "numbers for values and for truths",
    steps: [{ ask: getConfiguration, answer: "answer-flags" }],
    rules: ["wrong-type"],
    sees: results,
    expected: ["accepted"],
  },
  {
    make: "Etrel",
    about: "a negative transaction id",
    steps: ["etrel-negative"],
    rules: ["odd-transaction-id"],
    sees: (state) => [transaction(state)?.id, transaction(state)?.meterNow],
    expected: ["-17", 100],
  },
  {
    make: "Zappi",
    about: "the register on phase N",
    steps: ["zappi-register"],
    rules: ["phase-tagged-register"],
    sees: (state) => evse(state)?.live.map(({ phase, value }) => [phase, value]),
    expected: [[undefined, 8077]],
  },
  {
    make: "Zappi, Injet",
    about: "the current on phase N",
    steps: ["injet-current"],
    rules: ["phase-neutral"],
    sees: (state) => evse(state)?.live.map(({ phase, value }) => [phase, value]),
    expected: [
      ["L1-N", 231.1],
      ["L1", 15.6],
    ],
  },
  {
    make: "Grizzl-E 5.x",
    about: "no subprotocol, and JSON cut off",
    protocols: [],
    steps: ["grizzle-cut", "grizzle-whole"],
    rules: ["no-subprotocol", "not-json"],
    sees: (state) => [state.ocpp, evse(state)?.connectors[0]?.status],
    expected: ["1.6", "Available"],
  },
  {
    make: "Zaptec Pro",
    about: "a fault that is not Faulted, and no GetDiagnostics",
    steps: [
      "zaptec-fault",
      {
        ask: { name: "raw", action: "GetDiagnostics", payload: '{"location":"ftp://192.0.2.1/"}' },
        answer: "answer-not-supported",
      },
    ],
    rules: [],
    sees: (state, outcomes) => [evse(state)?.connectors[0]?.errorCode, results(state, outcomes)],
    expected: ["GroundFailure", ["unsupported"]],
  },
  {
    make: "unknown",
    about: "an error code of its own",
    steps: [{ ask: trigger, answer: "answer-vendor-code" }],
    rules: ["call-error"],
    sees: (_state, outcomes) => outcomes.map(({ result, why }) => [result, why]),
    expected: [["rejected", "E42"]],
  },
  {
    make: "2.0.1 in general",
    about: "a report that is accepted and not finished",
    protocols: ["ocpp2.0.1"],
    steps: [
      {
        ask: { name: "raw", action: "GetBaseReport", payload: '{"requestId":7,"reportBase":"FullInventory"}' },
        answer: "answer-accepted",
      },
      "report-part",
      { wait: 61 },
    ],
    rules: ["report-unfinished"],
    sees: (state) => state.findings.map(({ said }) => said),
    expected: [words("parts-after-accepted", { request: 7, count: 1 })],
  },
];

test.each(quirks)("$make: $about", async (quirk) => {
  const { protocols = ["ocpp1.6"], before = 0, steps, rules, sees, expected } = quirk;
  const clock = createManualClock(noon - before * 1000);
  const { client, url } = await testCore({ clock });
  await client.call("settings.change", { pingSeconds: 0, triggerAfterConnect: false });
  const station = await rawStation(`${url}CP1`, protocols);
  await station.ask("BootNotification", protocols.includes("ocpp2.0.1") ? boot2 : boot16);
  const outcomes: CommandOutcome[] = [];
  let given = "";
  for (const step of steps) {
    if (typeof step === "string") given = await say(station, step, given);
    else if ("wait" in step) clock.advance(step.wait * 1000);
    else {
      const outcome = client.call("stations.command", { identity: "CP1", command: step.ask });
      const id = String(JSON.parse(await station.next())[1]);
      // By steps, so that what waits for an answer is told in its time.
      for (let second = 0; second < (step.waitBefore ?? 0); second++) clock.advance(1000);
      station.send(frame(step.answer).replace("{{id}}", id));
      outcomes.push(await outcome);
    }
  }
  await station.ask("Heartbeat", {});
  const state = await snapshot(client, "stations.state", { identity: "CP1" });
  if (!state) throw new Error("the station is not known");
  expect([...new Set(state.findings.map(({ rule }) => rule))].sort()).toEqual(rules);
  const stored = await client.call("messages.frames", { station: "CP1", since: 0, limit: 5000 });
  const heard = stored.filter(({ direction, text }) => direction === "in" && !text.startsWith('[2,"ask-'));
  const said = keysOf(steps);
  expect(heard.map(({ findings }, at) => [said[at], placesOf(findings)])).toEqual(
    said.map((key) => [key, rebuilt(key).findings]),
  );
  if (sees) expect(sees(state, outcomes)).toEqual(expected);
  expect(station.socket.readyState, "the link is kept").toBe(station.socket.OPEN);
});

test("every rebuilt frame is of a make above, or of the tests below", () => {
  const used = quirks.flatMap(({ steps }) => keysOf(steps));
  const unused = [...frames.keys()].filter((key) => !used.includes(key) && !key.startsWith("actec-unknown-"));
  expect(unused).toEqual([]);
});

test("AcTec: after errors it hangs up, so it is answered with empty results where that is switched on", async () => {
  const { client, url } = await testCore();
  const station = await rawStation(`${url}CP1`);
  await station.ask("BootNotification", boot16);
  station.send(frame("actec-unknown-1"));
  expect(JSON.parse(await station.next())).toEqual([4, "20", "NotImplemented", "AcTecSpecial is not known", {}]);
  await client.call("findings.behave", { station: "CP1", emptyAnswers: true });
  for (const n of [2, 3, 4, 5]) {
    station.send(frame(`actec-unknown-${n}`));
    expect(await station.next()).toBe(`[3,"2${n - 1}",{}]`);
  }
  const stored = await client.call("messages.frames", { station: "CP1", since: 0, limit: 5000 });
  const heard = stored.filter(({ direction, action }) => direction === "in" && action === "AcTecSpecial");
  expect(heard.map(({ findings }) => placesOf(findings))).toEqual(
    [1, 2, 3, 4, 5].map((n) => rebuilt(`actec-unknown-${n}`).findings),
  );
  const state = await snapshot(client, "stations.state", { identity: "CP1" });
  expect(state?.findings.map(({ rule, count }) => [rule, count])).toEqual([["unknown-action", 5]]);
});

test("Wallbox Pulsar: no boot after the first connect, so it is asked for one, and never again", async () => {
  const clock = createManualClock(noon);
  const { client, url } = await testCore({ clock });
  await client.call("settings.change", { pingSeconds: 0 });
  const station = await rawStation(`${url}CP1`);
  await station.ask("Heartbeat", {});
  clock.advance(10_000);
  const [, id, action, payload] = JSON.parse(await station.next());
  expect([action, payload]).toEqual(["TriggerMessage", { requestedMessage: "BootNotification" }]);
  station.send(`[3,"${id}",{"status":"Accepted"}]`);
  await station.ask("BootNotification", boot16);
  const state = await snapshot(client, "stations.state", { identity: "CP1" });
  expect(state?.findings.map(({ rule }) => rule).sort()).toEqual(["early-call", "no-boot"]);
  await station.close();

  // Known by now, it may come back without a word on it, as often as it likes.
  for (let count = 0; count < 3; count++) {
    const again = await rawStation(`${url}CP1`);
    await again.ask("StatusNotification", { connectorId: 1, errorCode: "NoError", status: "Available" });
    clock.advance(60_000);
    await again.ask("Heartbeat", {});
    expect(again.heard.map((text) => text.slice(0, 3))).toEqual(["[3,", "[3,"]);
    await again.close();
  }
  const later = await snapshot(client, "stations.state", { identity: "CP1" });
  expect(later?.findings.map(({ count }) => count)).toEqual([1, 1]);
});

const boot16 = { chargePointVendor: "Maker", chargePointModel: "Model" };
const boot2 = { reason: "PowerUp", chargingStation: { vendorName: "Maker", model: "Model" } };

/** The frames that steps send. */
function keysOf(steps: readonly Step[]): string[] {
  return steps.flatMap((step) => (typeof step === "string" ? step : "ask" in step ? step.answer : []));
}

/** A rebuilt frame with what is to be found in it. */
function rebuilt(key: string): Rebuilt {
  const line = frames.get(key);
  if (line === undefined) throw new Error(`there is no frame ${key}`);
  return line;
}

function frame(key: string): string {
  return rebuilt(key).frame;
}

/** Sends a frame and waits for its answer where one is due; gives the transaction id that was answered last. */
async function say(station: RawStation, key: string, given: string): Promise<string> {
  const text = frame(key).replace("{{transaction}}", given);
  station.send(text);
  const answer = JSON.parse(await station.next()) as [number, string, { transactionId?: number } | string];
  return typeof answer[2] === "string" || answer[2].transactionId === undefined
    ? given
    : String(answer[2].transactionId);
}
