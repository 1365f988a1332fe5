import { expect, test } from "vitest";
import { readFrame } from "../../ocpp/frame.ts";
import type { AnswerFault } from "../../station/faults.ts";
import type { FrameMark } from "../../station/marks.ts";
import { actionOf, storedForm, twist } from "./stored-form.ts";

const beaten = (time: string) => `[3,"1",{"currentTime":"2026-01-01T${time}.000Z"}]`;
const noon = beaten("12:00:00");

test.each<[fault: Partial<AnswerFault>, text: string, marks: FrameMark[], moved: string | null]>([
  [{}, noon, [], null],
  [{ delayMs: 1 }, noon, ["delayed"], null],
  [{ offsetMs: 60_000 }, noon, ["wrong-time"], beaten("12:01:00")],
  [{ offsetMs: -60_000 }, noon, ["wrong-time"], beaten("11:59:00")],
  [{ delayMs: 1, offsetMs: 1000 }, noon, ["delayed", "wrong-time"], beaten("12:00:01")],
  // What tells no time tells no wrong one.
  [{ offsetMs: 60_000 }, '[3,"1",{"idTagInfo":{"status":"Accepted"}}]', [], null],
  [{ delayMs: 1, offsetMs: 60_000 }, "no answer at all", ["delayed"], null],
])("by %j %s passes with the marks %j, as %s", (fault, text, marks, moved) => {
  expect(twist({ silent: false, delayMs: 0, offsetMs: 0, ...fault }, text)).toEqual({ marks, moved });
});

test("a question and a SEND name their action, an answer none", () => {
  const texts = ['[2,"1","Heartbeat",{}]', '[6,"1","NotifyPeriodicEventStream",{}]', noon, '[4,"1","X","",{}]', "x"];
  expect(texts.map((text) => actionOf(readFrame(text)))).toEqual([
    ...["Heartbeat", "NotifyPeriodicEventStream", null, null, null],
  ]);
});

test("what is text is kept as text, and what came as bytes, or is no UTF-8, as its bytes", () => {
  const [text, odd] = [Buffer.from("å"), Uint8Array.of(0xff)];
  expect([storedForm(text, false, "å"), storedForm(text, true, "å"), storedForm(odd, false, "\ufffd")]).toEqual([
    ...["å", text, odd],
  ]);
});
