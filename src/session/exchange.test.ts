import { expect, test } from "vitest";
import type { JsonObject } from "../lib/json.ts";
import { dialectOf } from "../ocpp/versions.ts";
import { finding, observed } from "../station/findings.ts";
import { newStation } from "../station/model.ts";
import { words } from "../station/phrases.ts";
import type { StoredFrame } from "../store/frames.ts";
import {
  claimedTime,
  exchangeOf,
  handlerOf,
  hearerOf,
  readPayloadText,
  readReply,
  replayRow,
  split,
  textOf,
} from "./exchange.ts";

const boot = '[2,"b","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]';
const booted = '[3,"b",{"status":"Accepted","currentTime":"2026-01-01T00:00:00Z","interval":60}]';

function row(more: Partial<StoredFrame> = {}): StoredFrame {
  return {
    ...{ seq: 4, station: 1, connection: 1, at: 1000, direction: "in", data: boot, action: "BootNotification" },
    ...{ question: null, stationTime: null, findings: [], answer: { at: 1001, text: booted } },
    ...more,
  };
}
const none = () => undefined;

test("a row of the station's with our answer is an exchange at its own time", () => {
  const exchange = { direction: "in", text: boot, answer: booted, question: null };
  expect(exchangeOf(row(), none)).toEqual({ exchange, at: 1000 });
  expect(exchangeOf(row({ answer: null }), none)).toEqual({ exchange: { ...exchange, answer: null }, at: 1000 });
});

test("an answer of the station's completes the question of ours that it names", () => {
  const question = row({
    seq: 2,
    direction: "out",
    data: '[2,"q","Reset",{"type":"Soft"}]',
    action: "Reset",
    answer: null,
  });
  const answer = row({ data: '[3,"q",{"status":"Accepted"}]', question: 2, answer: null, at: 2000 });
  const holding = (seq: number) => (seq === 2 ? question : undefined);
  const exchange = { direction: "in", text: answer.data, answer: null };
  expect(exchangeOf(answer, holding)).toEqual({
    exchange: { ...exchange, question: { action: "Reset", text: question.data } },
    at: 2000,
  });
  expect(exchangeOf(answer, none)).toEqual({ exchange: { ...exchange, question: null }, at: 2000 });
  expect(exchangeOf(answer, () => ({ ...question, action: null }))?.exchange.question).toBeNull();
});

test("an answer of ours with a row of its own completes the station's question, at the time of that", () => {
  const asked = row({ seq: 2, at: 500, answer: null });
  const late = row({ direction: "out", data: booted, question: 2, answer: null, at: 9000 });
  expect(exchangeOf(late, () => asked)).toEqual({
    exchange: { direction: "in", text: boot, answer: booted, question: null },
    at: 500,
  });
  // Of a question of ours, of one that is gone, of none, or of one that meant nothing.
  expect(exchangeOf(late, () => ({ ...asked, direction: "out" }))).toBeNull();
  expect(exchangeOf(late, none)).toBeNull();
  expect(exchangeOf({ ...late, question: null }, () => asked)).toBeNull();
  expect(exchangeOf(late, () => ({ ...asked, findings: [finding("binary-frame", "frame", "x")] }))).toBeNull();
});

test.each(["binary-frame", "over-limit", "slow-frame", "protocol-error"] as const)(
  "what was found to be %s meant nothing when it came",
  (rule) => {
    expect(exchangeOf(row({ findings: [finding(rule, "frame", "x")] }), none)).toBeNull();
  },
);

test("the same call again meant nothing, and the same answer, or the leg above, is another thing", () => {
  const again = observed("duplicate-id", "BootNotification", words("same-message-again", { id: "b" }));
  expect(exchangeOf(row({ findings: [again] }), none)).toBeNull();
  expect(exchangeOf(row({ findings: [again], data: booted }), none)).not.toBeNull();
  const other = observed("duplicate-id", "BootNotification", words("another-message", { id: "b" }));
  expect(exchangeOf(row({ findings: [other] }), none)).not.toBeNull();
  expect(exchangeOf(row({ lane: "upstream" }), none)).toBeNull();
});

test("text that was repaired when it came is read so again, and bytes with their broken letters replaced", () => {
  const repaired = observed("json-repaired", "frame /3", words("slip-extra-comma", { byte: 9 }));
  const slip = boot.replace('"M"}', '"M",}');
  expect(exchangeOf(row({ data: slip, findings: [repaired] }), none)?.exchange.text).toBe(boot);
  expect(exchangeOf(row({ data: slip }), none)?.exchange.text).toBe(slip);
  const bytes = Buffer.concat([Buffer.from("å"), Buffer.from([0xff])]);
  expect([textOf(bytes), textOf("å")]).toEqual(["å\ufffd", "å"]);
});

test("a row is read again in its version, and a SEND or an answer as what it is; nothing without a version", () => {
  const context = { at: 1000, station: newStation("CP1", 0) };
  const kinds = (
    text: string,
    answer: string | null,
    version?: "1.6" | "2.1",
    question: null | { action: string; text: string } = null,
  ) =>
    replayRow({ action: "X" }, { direction: "in", text, answer, question }, version, context).map(({ kind }) => kind);
  expect([kinds(boot, booted, "1.6"), kinds(boot, booted), kinds(boot, null, "1.6")]).toEqual([["booted"], [], []]);
  expect(kinds(boot, '[4,"b","InternalError","",{}]', "1.6")).toEqual([]);
  expect(kinds('[2,"x","Dance",{}]', '[3,"x",{}]', "1.6")).toEqual([]);
  const stream = '[6,"1","NotifyPeriodicEventStream",{"id":1,"pending":0,"basetime":"2026-01-01T00:00:00Z","data":[]}]';
  expect(kinds(stream, null, "2.1").length).toBeGreaterThan(0);
  expect(kinds('[6,"1","BootNotification",{}]', null, "2.1")).toEqual([]);
  const asked = { action: "GetConfiguration", text: '[2,"q","GetConfiguration",{}]' };
  expect(kinds('[3,"q",{"configurationKey":[]}]', null, "1.6", asked)).toEqual(["configuration"]);
  expect(kinds('[3,"q",{"configurationKey":[]}]', null, "1.6")).toEqual([]);
  expect(kinds('[4,"q","X","",{}]', null, "1.6", asked)).toEqual([]);
  const out = { direction: "out" as const, text: boot, answer: booted, question: null };
  expect(replayRow({ action: "BootNotification" }, out, "1.6", context)).toEqual([]);
});

test("what events and what findings a message makes are parted, in their order", () => {
  const found = (said: string) => ({ kind: "found" as const, finding: finding("too-long", "X", said) });
  const beat = { kind: "heartbeat" as const };
  expect(split([found("1"), beat, found("2")], "X")).toEqual({
    events: [beat],
    findings: [found("1").finding, found("2").finding],
  });
  expect(split([beat], "X")).toEqual({ events: [beat], findings: [] });
  const long = split([{ kind: "security-event", type: "x".repeat(301) }], "SecurityEventNotification");
  expect(long.findings).toMatchObject([{ rule: "text-cut", where: "SecurityEventNotification type" }]);
});

test("who hears a message is its handler, and a SEND is heard where no answer is due", () => {
  const v21 = dialectOf("2.1");
  const frame = (type: "call" | "send", action: string) => ({ type, action }) as Parameters<typeof hearerOf>[1];
  const heard = (type: "call" | "send", action: string) => hearerOf(v21, frame(type, action)) !== undefined;
  expect([heard("call", "Heartbeat"), heard("send", "Heartbeat"), heard("send", "NotifyPeriodicEventStream")]).toEqual([
    ...[true, false, true],
  ]);
  expect([handlerOf(v21, "toString"), handlerOf(v21, "Reset")]).toEqual([undefined, undefined]);
});

test("the time that a message claims is its own, or that of its first values", () => {
  const at = "2026-01-01T00:00:00Z";
  expect(claimedTime({ timestamp: at, meterValue: [{ timestamp: "other" }] })).toBe(at);
  expect(claimedTime({ timestamp: 7, meterValue: [{ timestamp: at }, { timestamp: "later" }] })).toBe(at);
  for (const none of [
    {},
    { meterValue: [] },
    { meterValue: at },
    { meterValue: [7] },
    { meterValue: [{ timestamp: 7 }] },
  ])
    expect(claimedTime(none as JsonObject)).toBeNull();
});

test("an answer on record is read where it is one, and a payload where it is an object", () => {
  expect([readReply(booted)?.status, readReply('[4,"b","X","",{}]'), readReply(null)]).toEqual([
    ...["Accepted", undefined, undefined],
  ]);
  expect(readPayloadText('{"a":9007199254740993}')).toEqual({ a: 9007199254740993n });
  const why = (text: string) => {
    try {
      return readPayloadText(text);
    } catch (error) {
      return error;
    }
  };
  expect(why("[]")).toMatchObject({ code: "invalid-input", words: words("not-an-object") });
  expect(why("{")).toMatchObject({ code: "invalid-input", words: { phrase: "parser-says" } });
});
