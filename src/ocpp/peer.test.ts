import { expect, test } from "vitest";
import { createManualClock } from "../lib/clock.ts";
import { english } from "../station/phrases.ts";
import { readFrame } from "./frame.ts";
import { answeredAnew, isRepetition, Peer, type PeerOptions, unreadableAnswer } from "./peer.ts";

function setUp(more: Partial<PeerOptions> = {}) {
  const clock = createManualClock();
  const sent: string[] = [];
  let count = 0;
  const peer = new Peer({
    clock,
    answerMs: () => 30_000,
    makeId: () => `id-${++count}`,
    transmit: (text) => sent.push(text),
    ...more,
  });
  function hear(text: string) {
    const verdict = peer.accept(readFrame(text), text);
    if (verdict.kind === "answer" && verdict.frame.type === "result") {
      verdict.pending.settle({ type: "result", payload: verdict.frame.payload, plain: verdict.frame.plain });
    }
    return verdict;
  }
  return { clock, sent, peer, hear };
}

test("lets one call out at a time, the next when the first is answered", async () => {
  const { peer, sent, hear } = setUp();
  const first = peer.call("Reset", "{}");
  const second = peer.call("ClearCache", "{}");
  expect(sent).toEqual(['[2,"id-1","Reset",{}]']);
  hear('[3,"id-1",{"status":"Accepted"}]');
  expect(sent).toEqual(['[2,"id-1","Reset",{}]', '[2,"id-2","ClearCache",{}]']);
  hear('[3,"id-2",{}]');
  expect(await first).toEqual({ type: "result", payload: { status: "Accepted" }, plain: { status: "Accepted" } });
  expect(await second).toEqual({ type: "result", payload: {}, plain: {} });
});

test("the next call waits until the answer before it is settled", () => {
  const { peer, sent } = setUp();
  void peer.call("Reset", "{}");
  void peer.call("ClearCache", "{}");
  const text = '[3,"id-1",{"status":"Accepted"}]';
  const verdict = peer.accept(readFrame(text), text);
  expect([sent.length, peer.calling, peer.busy]).toEqual([1, true, 2]);
  if (verdict.kind !== "answer") throw new Error("an answer was expected");
  verdict.pending.settle({ type: "unreadable" });
  expect([sent.length, peer.calling, peer.busy]).toEqual([2, true, 1]);
});

test.each(['[3,"id-1",["x"]]', '[3,"id-1","x"]', '[4,"id-1"]', '[3,"id-1",{"a":', '[3,"id-1",{"a":"\0"}]'])(
  "%s answers the call of its id",
  (text) => {
    const { peer } = setUp();
    void peer.call("Reset", "{}");
    expect(peer.accept(readFrame(text), text).kind).toBe("answer");
  },
);

test("what cannot be read answers nothing by its place alone, and is late where the wait is over", () => {
  const { peer, clock, hear } = setUp();
  void peer.call("Reset", "{}");
  expect(hear('[3,"other","x"]')).toMatchObject({ kind: "unusable", findings: [{ rule: "bad-message-shape" }] });
  clock.advance(30_000);
  expect(hear('[3,"id-1","x"]').findings.map(({ rule }) => rule)).toEqual(["bad-message-shape", "late-answer"]);
});

test("takes an answer with a wrong id for the only call in flight, and says so", async () => {
  const { peer, hear } = setUp();
  const asked = peer.call("SetChargingProfile", "{}");
  const verdict = hear('[3,"other",{"status":"Accepted"}]');
  expect(verdict.findings).toEqual([
    { rule: "mismatched-answer-id", where: "SetChargingProfile", said: "other", expected: "id-1" },
  ]);
  expect((await asked).type).toBe("result");
});

test("a late answer is no answer to the call after it", async () => {
  const { peer, clock, hear } = setUp();
  const first = peer.call("GetDiagnostics", "{}");
  const second = peer.call("Reset", "{}");
  clock.advance(30_000);
  expect(await first).toEqual({ type: "no-answer" });
  expect(hear('[3,"id-1",{}]')).toMatchObject({ kind: "unusable", findings: [{ rule: "late-answer", said: "id-1" }] });
  hear('[3,"id-2",{"status":"Accepted"}]');
  expect(await second).toMatchObject({ type: "result", payload: { status: "Accepted" } });
});

test("an answer to nothing is named", () => {
  expect(setUp().hear('[3,"x",{}]')).toMatchObject({ kind: "unusable", findings: [{ rule: "unsolicited-answer" }] });
});

test("the same CALL again gets the answer it had", () => {
  const { peer, hear } = setUp();
  const text = '[2,"a","Heartbeat",{}]';
  const verdict = hear(text);
  if (verdict.kind !== "call") throw new Error("a call was expected");
  peer.answered(verdict.frame, '[3,"a",{}]');
  expect(hear(text)).toMatchObject({ kind: "call", repeat: '[3,"a",{}]', findings: [{ rule: "duplicate-id" }] });
  const other = hear('[2,"a","BootNotification",{}]');
  expect(other).toMatchObject({ kind: "call", findings: [{ rule: "duplicate-id" }] });
  expect(other).not.toHaveProperty("repeat");
});

test("whatever waits when the link ends is told so", async () => {
  const { peer } = setUp();
  const both = Promise.all([peer.call("Reset", "{}"), peer.call("Reset", "{}")]);
  peer.close();
  expect(await both).toEqual([{ type: "closed" }, { type: "closed" }]);
  expect(await peer.call("Reset", "{}")).toEqual({ type: "closed" });
});

test.each([
  ["1.6", "[2,", null],
  ["2.0.1", "[2,", { echo: '"-1"', code: "RpcFrameworkError" }],
  ["1.6", '[2,"a"]', { echo: '"a"', code: "FormationViolation" }],
  ["2.1", '[9,"a"]', { echo: '"a"', code: "MessageTypeNotSupported" }],
  ["2.0.1", '[3,"a","b"]', null],
] as const)("in %s, %s is answered as the specification says", (version, text, answer) => {
  const frame = readFrame(text);
  if (frame.type !== "unreadable") throw new Error("it should not be readable");
  const given = unreadableAnswer(frame, version);
  expect(given && { echo: given.echo, code: given.code }).toEqual(answer);
});

test.each([
  ["1.6", "[2,", null],
  ["1.6", '[9,"a"]', null],
  ["1.6", '[3,"a","b"]', null],
  ["1.6", '[2,"a","Heartbeat",{"x":', { echo: '"a"', code: "FormationViolation" }],
  ["2.0.1", '[2,"a","Heartbeat",{"x":', { echo: '"a"', code: "FormatViolation" }],
  ["2.1", '[2,"a"]', { echo: '"a"', code: "RpcFrameworkError" }],
  ["2.1", "[9]", { echo: '"-1"', code: "MessageTypeNotSupported" }],
  ["2.0.1", '[3,"a",{"x":', null],
  ["2.0.1", '[2,"a","Heartbeat","x"]', { echo: '"a"', code: "RpcFrameworkError" }],
  ["2.0.1", `[2,"a","Heartbeat",${"[".repeat(70)}${"]".repeat(70)}]`, { echo: '"a"', code: "FormatViolation" }],
  ["1.6", `[2,7,"Heartbeat",${"[".repeat(70)}${"]".repeat(70)}]`, { echo: "7", code: "FormationViolation" }],
] as const)("in %s, %s is answered whole: with its id, its code, and what was wrong", (version, text, answer) => {
  const frame = readFrame(text);
  if (frame.type !== "unreadable") throw new Error("it should not be readable");
  const [first] = frame.findings;
  const description = `${first?.rule}: ${english(first?.expected ?? first?.where ?? "")}`;
  expect(unreadableAnswer(frame, version)).toEqual(answer && { ...answer, description });
});

test("an error answers the call of its id as well, and one that comes late is known as that", () => {
  const { peer, clock, hear } = setUp();
  const text = '[4,"id-1","InternalError","",{}]';
  void peer.call("Reset", "{}");
  expect(hear(text)).toMatchObject({ kind: "answer", frame: { type: "error", code: "InternalError" }, findings: [] });
  peer.giveUp();
  void peer.call("Reset", "{}");
  clock.advance(30_000);
  expect(hear(text.replace("id-1", "id-2"))).toMatchObject({ kind: "unusable", findings: [{ rule: "late-answer" }] });
});

test("a message that asks nothing is a call of its own, and is known when it comes again", () => {
  const { hear, peer } = setUp();
  const text = '[6,"a","NotifyPeriodicEventStream",{}]';
  expect(hear(text)).toMatchObject({ kind: "call", frame: { type: "send" }, findings: [] });
  expect(hear(text)).toMatchObject({ kind: "call", findings: [{ rule: "duplicate-id" }] });
  expect(peer.actionOf("a")).toBe("NotifyPeriodicEventStream");
});

test("the call in flight is known by its id, until it is answered or given up", () => {
  const { peer, hear, clock } = setUp();
  expect([peer.awaits("id-1"), peer.busy, peer.calling]).toEqual([false, 0, false]);
  void peer.call("Reset", "{}");
  expect([peer.awaits("id-1"), peer.awaits("id-2"), peer.busy, peer.calling]).toEqual([true, false, 1, true]);
  hear('[3,"id-1",{}]');
  expect([peer.awaits("id-1"), peer.busy]).toEqual([false, 0]);
  void peer.call("Reset", "{}");
  clock.advance(29_999);
  expect(peer.awaits("id-2")).toBe(true);
  clock.advance(1);
  expect([peer.awaits("id-2"), peer.busy]).toEqual([false, 0]);
});

test("a call that may not go out yet waits until it may, and who lets it is told when none is in flight", () => {
  let may = false;
  let free = 0;
  const { peer, sent, hear } = setUp({ mayCall: () => may, onFree: () => free++ });
  void peer.call("Reset", "{}");
  peer.resume();
  expect([sent, peer.busy, free]).toEqual([[], 1, 2]);
  may = true;
  peer.resume();
  expect([sent.length, free]).toEqual([1, 2]);
  peer.resume();
  expect(sent.length).toBe(1);
  hear('[3,"id-1",{}]');
  expect(free).toBe(3);
});

test("a strict one takes an answer under another id for none", () => {
  const { peer, hear } = setUp({ strictIds: () => true });
  void peer.call("Reset", "{}");
  expect(hear('[3,"other",{}]')).toMatchObject({ kind: "unusable", findings: [{ rule: "mismatched-answer-id" }] });
  expect(peer.awaits("id-1")).toBe(true);
});

test("a late answer is known as such once", () => {
  const { peer, clock, hear } = setUp();
  void peer.call("Reset", "{}");
  clock.advance(30_000);
  const rules = () => hear('[3,"id-1",{}]').findings.map(({ rule }) => rule);
  expect([rules(), rules()]).toEqual([["late-answer"], ["unsolicited-answer"]]);
});

test("a call is known again among the 64 before it, and the 128th before it is forgotten", () => {
  const { hear } = setUp();
  const beat = (n: number) => `[2,"${n}","Heartbeat",{}]`;
  for (let n = 0; n < 128; n++) hear(beat(n));
  expect(hear(beat(64)).findings).toHaveLength(1);
  expect(hear(beat(0)).findings).toHaveLength(1);
  hear(beat(128));
  expect(hear(beat(64)).findings).toHaveLength(1);
  expect(hear(beat(0)).findings).toEqual([]);
});

test("a message that comes again is told as what it is: the same, the same and still unanswered, or another", () => {
  const { peer, hear } = setUp();
  const said = (text: string) =>
    hear(text).findings.map((found) => [(found.said as { phrase: string }).phrase, isRepetition(found)]);
  const long = `[2,"b","DataTransfer",{"vendorId":"V","data":"${"x".repeat(5000)}"}]`;
  for (const text of ['[2,"a","Heartbeat",{}]', long]) {
    const verdict = hear(text);
    if (verdict.kind !== "call") throw new Error("a call was expected");
    expect(said(text)).toEqual([["same-unanswered-again", false]]);
    peer.answered(verdict.frame, "reply");
    expect(hear(text)).toMatchObject({ repeat: "reply" });
    expect(said(text)).toEqual([["same-message-again", true]]);
    expect(peer.actionOf(verdict.frame.id)).toBe(verdict.frame.action);
  }
  expect(said(long.replace("x]", "y]").replace("xx", "xy"))).toEqual([["another-message", false]]);
  expect(said(long)).toEqual([["another-message", false]]);
  expect(peer.actionOf("nobody")).toBeUndefined();
});

test("the text of a call on record is asked for there", () => {
  const texts = new Map<number, string>();
  const { peer, hear } = setUp({ recall: (seq) => texts.get(seq) });
  const text = '[2,"a","Heartbeat",{}]';
  const verdict = hear(text);
  if (verdict.kind !== "call") throw new Error("a call was expected");
  peer.recorded(verdict.frame, 7);
  texts.set(7, text);
  peer.answered(verdict.frame, "reply");
  expect(hear(text)).toMatchObject({ repeat: "reply" });
  texts.set(7, "another");
  expect(hear(text)).not.toHaveProperty("repeat");
});

test("what came again and was answered otherwise is told so, and everything else stays", () => {
  const { peer, hear } = setUp();
  const text = '[2,7,"Heartbeat",{}]';
  const verdict = hear(text);
  if (verdict.kind !== "call") throw new Error("a call was expected");
  peer.answered(verdict.frame, "reply");
  const { findings } = hear(text);
  const told = answeredAnew(findings, "7");
  expect(told.map(({ rule }) => rule)).toEqual(findings.map(({ rule }) => rule));
  expect(told.at(-1)).toEqual({
    rule: "duplicate-id",
    where: "Heartbeat",
    said: { phrase: "same-message-anew", values: { id: "7" } },
  });
  expect(told.slice(0, -1)).toEqual(findings.slice(0, -1));
});

test("an answer that cannot be settled holds no call back", async () => {
  const { peer, sent } = setUp();
  const first = peer.call("Reset", "{}");
  void peer.call("ClearCache", "{}");
  const text = '[3,"id-1",{}]';
  peer.accept(readFrame(text), text);
  peer.giveUp();
  peer.giveUp();
  expect([(await first).type, sent.length]).toEqual(["unreadable", 2]);
});
