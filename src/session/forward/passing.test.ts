import { expect, test, vi } from "vitest";
import { observed } from "../../station/findings.ts";
import type { WhenAway } from "../../station/forward.ts";
import type { OcppVersion } from "../../station/model.ts";
import { closingText } from "../../station/phrases.ts";
import type { UpstreamListener } from "../../transports/websocket/client.ts";
import type { FaultBook } from "../faults/fault-book.ts";
import { openBench } from "../testing/bench.ts";
import type { Forwarding } from "./forwarding.ts";
import { ForwardRelay } from "./relay.ts";
import type { StationPort } from "./station-port.ts";

/** A station in conversation with a session that passes everything to a central system above, which the test plays. */
async function forwarded(version: OcppVersion = "1.6", whenAway: WhenAway = "answer", faults?: FaultBook) {
  const up: string[] = [];
  const held: { port?: StationPort; relay: ForwardRelay | null; listener?: UpstreamListener } = { relay: null };
  const forwarding: Pick<Forwarding, "attach"> = {
    attach(_entry, port) {
      held.port = port;
      return {
        get relay() {
          return held.relay;
        },
        detach: () => held.relay?.end(),
      };
    },
  };
  const bench = await openBench(version, { options: { forwarding, ...(faults && { faults }) } });
  const { port } = held;
  if (!port) throw new Error("the session asked for no forwarding");
  const relay = new ForwardRelay(
    port,
    { url: "ws://above/CP1", insecure: false, messageLimit: 1000 },
    {
      clock: bench.clock,
      dial(_address, listener) {
        held.listener = listener;
        return { send: (data) => void up.push(Buffer.from(data).toString()), close: () => undefined };
      },
      whenAway: () => whenAway,
      faults: () => [],
      answerMs: () => 30_000,
      onState: () => undefined,
      onHeld: () => undefined,
    },
  );
  held.relay = relay;
  relay.dial();
  held.listener?.open(undefined);
  const { recorder } = bench.parts;
  return {
    ...bench,
    up,
    relay,
    port,
    /** Says something as the central system above. */
    above(text: string | Uint8Array, binary = false) {
      held.listener?.message(Buffer.from(text as string), binary);
      recorder.flush();
    },
    lose() {
      held.listener?.closed({ problem: "closed", detail: "" });
      recorder.flush();
    },
    /** Each row of the record: its way, its action, the question that it answers, its findings, and its marks. */
    record: () =>
      bench.frames().map(({ lane, direction, action, question, findings, marks = [] }) => {
        return [lane ?? direction, action, question, findings.map(({ rule }) => rule), ...marks];
      }),
    marks: () => bench.frames().map(({ marks }) => marks),
  };
}

const boot = '[2,"b","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]';
const booted = '[3,"b",{"status":"Pending","currentTime":"2026-01-01T00:00:00.000Z","interval":60}]';

test("what a question and the answer from above mean together is in the state, then and after a restart", async () => {
  const { say, above, up, sent, state, restored, frames, record } = await forwarded();
  say(boot);
  expect([up, sent, state().boot]).toEqual([[boot], [], undefined]);
  above(booted);
  expect([sent, state().boot?.answered, state().info.vendor]).toEqual([[booted], "Pending", "V"]);
  expect(record()).toEqual([
    ["in", "BootNotification", null, [], "to-upstream"],
    ["out", "BootNotification", frames()[0]?.seq, [], "from-upstream"],
  ]);
  expect(restored()).toEqual(state());
});

test("an error from above means nothing, and the same question again means nothing new", async () => {
  const { say, above, state, record, frames } = await forwarded();
  say(boot);
  above('[4,"b","InternalError","",{}]');
  expect(state().boot).toBeUndefined();
  say(boot);
  above(booted);
  expect(state().boot).toBeUndefined();
  const [first, , again] = frames();
  expect(record().map(([way, , question, rules]) => [way, question, rules])).toEqual([
    ["in", null, []],
    ["out", first?.seq, []],
    ["in", null, ["duplicate-id"]],
    ["out", again?.seq, []],
  ]);
});

test("what is wrong with a question is found, and its time is noted, as where it is answered here", async () => {
  const { say, record, frames, up } = await forwarded();
  const status =
    '[2,"s","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Dancing","timestamp":"2026-01-01T00:00:00Z"}]';
  say(status);
  say('[2,"d","Dance",{"a":1,"a":2}]');
  expect(record().map(([, action, , rules]) => [action, rules])).toEqual([
    ["StatusNotification", ["early-call", "unknown-value"]],
    ["Dance", ["duplicate-name", "unknown-action"]],
  ]);
  expect(frames().map(({ stationTime }) => stationTime)).toEqual(["2026-01-01T00:00:00Z", null]);
  expect(up).toHaveLength(2);
});

test("what the station answers above is read into its state, and goes up", async () => {
  const { say, above, up, sent, record, frames, events } = await forwarded();
  const ask = '[2,"c","GetConfiguration",{}]';
  above(ask);
  expect(sent).toEqual([ask]);
  const answer = '[3,"c",{"configurationKey":[{"key":"A","readonly":false,"value":"1"}]}]';
  say(answer);
  expect(up).toEqual([answer]);
  expect(events.newest(Number.MAX_SAFE_INTEGER, { kinds: ["configuration"] }, 9)).toHaveLength(1);
  expect(record()).toEqual([
    ["out", "GetConfiguration", null, [], "from-upstream"],
    ["in", "GetConfiguration", frames()[0]?.seq, [], "to-upstream"],
  ]);
});

test("a call of ours goes in between as put in, and its answer stays here, also where it is late", async () => {
  const { ask, say, sent, up, clock, marks } = await forwarded();
  ask("ClearCache", {});
  const id = JSON.stringify(JSON.parse(sent[0] ?? "[]")[1]);
  clock.advance(30_000);
  say(`[3,${id},{"status":"Accepted"}]`);
  ask("ClearCache", {});
  const next = JSON.stringify(JSON.parse(sent[1] ?? "[]")[1]);
  say(`[3,${next},{"status":"Accepted"}]`);
  expect([up, marks()]).toEqual([[], [["injected"], ["not-passed"], ["injected"], ["not-passed"]]]);
});

test("one call is under way at a time: ours waits for the answer to one from above, and the other way round", async () => {
  const { ask, say, above, sent } = await forwarded();
  above('[2,"c","ClearCache",{}]');
  ask("GetConfiguration", {});
  expect(sent).toHaveLength(1);
  say('[3,"c",{"status":"Accepted"}]');
  expect(sent.map((text) => JSON.parse(text)[2])).toEqual(["ClearCache", "GetConfiguration"]);
  above('[2,"d","Reset",{"type":"Soft"}]');
  expect(sent).toHaveLength(2);
  say(`[3,${JSON.stringify(JSON.parse(sent[1] ?? "[]")[1])},{}]`);
  expect(sent.map((text) => JSON.parse(text)[2])).toEqual(["ClearCache", "GetConfiguration", "Reset"]);
});

test("an answer to nobody goes up as it came, and is found", async () => {
  const { say, above, up, record } = await forwarded();
  say('[3,"nobody",{}]');
  above('[2,"c","ClearCache",{}]');
  say('[3,"other",{}]');
  expect(up).toEqual(['[3,"nobody",{}]', '[3,"other",{}]']);
  expect(record()).toEqual([
    ["in", null, null, ["unsolicited-answer"], "to-upstream"],
    ["out", "ClearCache", null, [], "from-upstream"],
    ["in", null, null, ["unsolicited-answer"], "to-upstream"],
  ]);
});

test("bytes, broken text and what is no message go up as they came, and are found", async () => {
  const { say, up, record, frames } = await forwarded();
  const broken = Buffer.concat([Buffer.from('[2,"x","Heartbeat",{"a":"'), Buffer.from([0xff]), Buffer.from('"}]')]);
  say(Buffer.from("bytes"), true);
  say(broken);
  say("no message");
  expect(up).toEqual(["bytes", broken.toString(), "no message"]);
  expect(record().map(([, , , rules, ...marks]) => [rules, ...marks])).toEqual([
    [["binary-frame"], "to-upstream"],
    [expect.arrayContaining(["invalid-utf8"]), "to-upstream"],
    [["not-json"], "to-upstream"],
  ]);
  expect(frames()[1]?.data).toEqual(new Uint8Array(broken));
});

test("while nobody is above the laptop answers in place, as of the time of the question, and says so", async () => {
  const { say, lose, sent, record, frames, state, clock } = await forwarded();
  say(boot);
  clock.advance(5000);
  lose();
  expect(JSON.parse(sent[0] ?? "[]")).toEqual([
    ...[3, "b", { status: "Accepted", currentTime: new Date(clock.now()).toISOString(), interval: 300 }],
  ]);
  // By now it is dialled again, in vain.
  say('[2,"h","Heartbeat",{}]');
  lose();
  expect([sent.length, state().boot?.answered]).toEqual([2, "Accepted"]);
  const [first, , second] = frames();
  expect(record()).toEqual([
    ["in", "BootNotification", null, [], "to-upstream"],
    ["out", "BootNotification", first?.seq, [], "own-answer"],
    ["in", "Heartbeat", null, [], "not-passed"],
    ["out", "Heartbeat", second?.seq, [], "own-answer"],
  ]);
});

test("it can hang up instead, with a reason", async () => {
  const { lose, ended, session } = await forwarded("2.0.1", "disconnect");
  const close = vi.spyOn(session, "close");
  lose();
  expect(ended).toEqual([1012]);
  expect(close.mock.calls).toEqual([[1012, closingText("close-above-away"), "asked"]]);
});

test("a question that is refused on purpose is answered here, and never goes up", async () => {
  const error = { code: "InternalError", description: "on purpose" };
  const faults = {
    onAnswer: (_identity: string, action: string) =>
      action === "Heartbeat" ? { silent: false, delayMs: 0, offsetMs: 0, error } : null,
  } as unknown as FaultBook;
  const { say, sent, up } = await forwarded("1.6", "answer", faults);
  say('[2,"1","Heartbeat",{}]');
  say('[2,"2","StatusNotification",{}]');
  expect(sent).toEqual(['[4,"1","InternalError","on purpose",{}]']);
  expect(up).toEqual(['[2,"2","StatusNotification",{}]']);
});

test("a fault of ours on the way is told beside what was passed, and the connection goes on", async () => {
  const { port, state, say, up } = await forwarded();
  port.failed("upstream frame", new RangeError("cannot pass"));
  expect(state().findings).toMatchObject([observed("own-fault", "upstream frame", "RangeError: cannot pass")]);
  say('[2,"1","Heartbeat",{}]');
  expect(up).toHaveLength(1);
});

test("when the link ends what is held is on record as not passed", async () => {
  const { relay, say, closed, parts, marks } = await forwarded();
  relay.hold({ up: true, down: true, actions: [] });
  say('[2,"1","Heartbeat",{}]');
  closed();
  parts.recorder.flush();
  expect(marks()).toEqual([["held", "not-passed"]]);
});
