import { expect, test } from "vitest";
import { framesIn } from "../../../logs/frames/frames-in-line.ts";
import { Conversation } from "./conversation.ts";

/** What is told of the messages of a log: way, action, and whose answer it is. */
function follow(...lines: string[]) {
  const conversation = new Conversation();
  return lines.flatMap((line) =>
    conversation
      .line(line, framesIn(line))
      .map(({ direction, action, answers }) => [direction, action, ...(answers ? [answers.id] : [])].join(" ")),
  );
}

const boot = '[2,"1","BootNotification",{"chargePointVendor":"A","chargePointModel":"B"}]';

test("an action tells who asked, whatever the line says, and an answer goes the other way", () => {
  expect(follow(`Received: ${boot}`, '[3,"1",{"status":"Accepted"}]', '[2,"9","Reset",{"type":"Soft"}]')).toEqual([
    "in BootNotification",
    "out BootNotification 1",
    "out Reset",
  ]);
  expect(follow('[2,"9","Reset",{"type":"Soft"}]', '[4,"9","NotSupported","",{}]')).toEqual([
    "out Reset",
    "in Reset 9",
  ]);
});

test.each([
  ["Sending: ", "in"],
  ["I (812) ws_client: tx> ", "in"],
  ["10:02:11 -> ", "in"],
  ["OCPP_RECV ", "out"],
  ["Received from server ", "out"],
  ["[ocpp] <<< ", "out"],
  ["sent ok, now received: ", "out"],
  ["timed out in 5 s: ", "unknown"],
  ["resend_buffer ", "unknown"],
])("where both ends may ask, the words before it count: %s", (before, way) => {
  expect(follow(`${before}[2,"4","DataTransfer",{"vendorId":"x"}]`)).toEqual([`${way} DataTransfer`]);
});

test("a message below the line that announces it has that line's words, and the next has not", () => {
  const transfer = (id: number) => `[2,"${id}","DataTransfer",{"vendorId":"x"}]`;
  expect(follow("Sending:", transfer(1), transfer(2))).toEqual(["in DataTransfer", "unknown DataTransfer"]);
});

test("both ends may use one id: the words tell whose answer it is", () => {
  expect(
    follow(
      '[2,"5","Heartbeat",{}]',
      '[2,"5","Reset",{"type":"Hard"}]',
      'received [3,"5",{"currentTime":"2026-01-01T00:00:00Z"}]',
      'sending [3,"5",{"status":"Accepted"}]',
      '[3,"5",{}]',
    ),
  ).toEqual(["in Heartbeat", "out Reset", "out Heartbeat 5", "in Reset 5", "unknown "]);
});

test("one that the log cut off still tells who asked for what", () => {
  expect(follow(`send ${boot.slice(0, 40)}`)).toEqual(["in BootNotification"]);
});

test("what is sent without an answer is no question: an answer of its id is nobody's", () => {
  expect(follow('[6,"8","NotifyPeriodicEventStream",{"id":1,"pending":0}]', 'sent [3,"8",{}]')).toEqual([
    "in NotifyPeriodicEventStream",
    "in ",
  ]);
});

test("of sixty-four questions the answer may still come, and not of one before them", () => {
  const asked = Array.from({ length: 65 }, (_, at) => `[2,"q${at}","Heartbeat",{}]`);
  expect(follow(...asked, '[3,"q0",{}]', '[3,"q1",{}]').slice(-2)).toEqual(["unknown ", "out Heartbeat q1"]);
});

test("an answer to a question of which nothing told the way goes as its own words say, and is its answer all the same", () => {
  const asked = '[2,"4","DataTransfer",{"vendorId":"x"}]';
  const answer = '[3,"4",{"status":"Accepted"}]';
  expect(follow(asked, `sending ${answer}`)).toEqual(["unknown DataTransfer", "in DataTransfer 4"]);
  expect(follow(asked, `received ${answer}`)).toEqual(["unknown DataTransfer", "out DataTransfer 4"]);
  expect(follow(asked, answer, answer)).toEqual(["unknown DataTransfer", "unknown DataTransfer 4", "unknown "]);
});
