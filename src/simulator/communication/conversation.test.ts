import { expect, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import { loadSchemas } from "../../ocpp/schemas.ts";
import type { OcppVersion } from "../../station/model.ts";
import { createConversation } from "./conversation.ts";

const deep = `${"[".repeat(3100)}${"]".repeat(3100)}`;

async function begun(version: OcppVersion, fails = false) {
  const sent: string[] = [];
  const order: string[] = [];
  const clock = createManualClock();
  let asked = 0;
  const lines: string[] = [];
  const conversation = createConversation({
    version,
    schemas: await loadSchemas(version),
    clock,
    send(text) {
      order.push("sent");
      return sent.push(text) > 0;
    },
    answer({ action }) {
      asked++;
      if (fails) throw new RangeError("cannot answer");
      if (action === "DataTransfer") return { error: "NotSupported", description: "no" };
      return { reply: { status: "Accepted" }, after: () => order.push(`after ${action}`) };
    },
    log: (line) => lines.push(line),
  });
  conversation.begin();
  return { conversation, sent, lines, order, clock, asked: () => asked };
}

test.each([
  ["1.6", "FormationViolation"],
  ["2.0.1", "FormatViolation"],
  ["2.1", "FormatViolation"],
] as const)(
  "a nested message of a central system is refused by a station of OCPP %s, and the next one answered",
  async (version, code) => {
    const { conversation, sent, lines } = await begun(version);
    conversation.receive(`[2,"1","Reset",${deep}]`);
    conversation.receive(`[3,"2",${deep}]`);
    conversation.receive('[2,"3","ClearCache",{}]');
    expect(sent.map((text) => JSON.parse(text).slice(0, 3))).toEqual([
      [4, "1", code],
      [3, "3", { status: "Accepted" }],
    ]);
    expect(lines).toEqual(["ignored a frame: too-complex", "ignored a frame: too-complex"]);
  },
);

test("a nested answer ends the wait of the call that it answers", async () => {
  const { conversation, sent } = await begun("1.6");
  const answer = conversation.ask({ action: "Heartbeat", payload: {} });
  conversation.receive(`[3,${JSON.stringify(JSON.parse(sent[0] ?? "")[1])},${deep}]`);
  expect(await answer).toEqual({ type: "unreadable" });
});

test("a fault of ours is answered and said, and the next message is read", async () => {
  const { conversation, sent, lines } = await begun("1.6", true);
  conversation.receive('[2,"1","ClearCache",{}]');
  conversation.receive('[2,"2","ClearCache",{}]');
  expect(sent.map((text) => JSON.parse(text).slice(0, 3))).toEqual([
    [4, "1", "InternalError"],
    [4, "2", "InternalError"],
  ]);
  expect(lines[0]).toBe("a message met a fault of Plugside's own; report it with this text: RangeError: cannot answer");
});

test.each([
  ["1.6", '[2,"1","Reset",{"type":5}]', "TypeConstraintViolation", "Reset /type: string"],
  ["1.6", '[2,"1","Reset",{}]', "OccurenceConstraintViolation", "Reset /type: a field type"],
  ["2.0.1", '[2,"1","Reset",{}]', "OccurenceConstraintViolation", "Reset /type: a field type"],
  ["2.1", '[2,"1","Reset",{}]', "OccurrenceConstraintViolation", "Reset /type: a field type"],
  [
    "2.1",
    '[2,"1","GetVariables",{"getVariableData":[]}]',
    "OccurrenceConstraintViolation",
    "GetVariables /getVariableData: at least 1 in the list",
  ],
  ["1.6", '[2,"1","Reset",{"type":"Odd"}]', "PropertyConstraintViolation", "Reset /type: Hard, Soft"],
  [
    "1.6",
    '[2,"1","RemoteStartTransaction",{"idTag":"123456789012345678901"}]',
    "PropertyConstraintViolation",
    "RemoteStartTransaction /idTag: at most 20 characters",
  ],
  ["1.6", '[2,"1","Reset",{"type":"Soft","odd":1}]', "FormationViolation", "Reset /odd: no such field"],
  ["2.0.1", '[2,"1","Reset",{"type":"OnIdle","odd":1}]', "FormatViolation", "Reset /odd: no such field"],
] as const)(
  "a request that its schema refuses is not carried out by a station of OCPP %s: %s",
  async (version, text, code, why) => {
    const { conversation, sent } = await begun(version);
    conversation.receive(text);
    expect(sent.map((one) => JSON.parse(one))).toEqual([[4, "1", code, why, {}]]);
  },
);

test("a request that comes again is answered as before, and not carried out again", async () => {
  const { conversation, sent, asked } = await begun("1.6");
  for (let count = 0; count < 2; count++) conversation.receive('[2,"1","ClearCache",{}]');
  expect([sent, asked()]).toEqual([Array(2).fill('[3,"1",{"status":"Accepted"}]'), 1]);
});

test("what comes of an answer comes after it, and of an error nothing", async () => {
  const { conversation, order } = await begun("1.6");
  conversation.receive('[2,"1","Reset",{"type":"Soft"}]');
  conversation.receive('[2,"2","DataTransfer",{"vendorId":"x"}]');
  expect(order).toEqual(["sent", "after Reset", "sent"]);
});

test("an answer is handed on by what it is, and said where it is wrong", async () => {
  const { conversation, sent, lines } = await begun("2.1");
  const ask = async (answer: (id: string) => string) => {
    const asked = conversation.ask({ action: "Heartbeat", payload: { a: 1n } });
    const [, id] = JSON.parse(sent.at(-1) ?? "");
    conversation.receive(answer(id));
    return asked;
  };
  expect(await ask((id) => `[3,"${id}",{"currentTime":"2026-06-01T08:00:00Z"}]`)).toMatchObject({
    ...{ type: "result", payload: { currentTime: "2026-06-01T08:00:00Z" } },
  });
  expect(await ask((id) => `[4,"${id}","GenericError","so","${"x"}"]`)).toMatchObject({
    type: "error",
    code: "GenericError",
  });
  sent.length = 0;
  expect(await ask((id) => `[3,"${id}",{}]`)).toMatchObject({ type: "result", payload: {} });
  expect(JSON.parse(sent[1] ?? "")).toEqual([
    ...[5, JSON.parse(sent[0] ?? "")[1], "OccurrenceConstraintViolation", "Heartbeat answer /currentTime", {}],
  ]);
  expect(lines).toEqual([
    "Heartbeat answered with GenericError: so",
    "the answer to Heartbeat does not fit: Heartbeat answer /currentTime missing-field",
  ]);
});

test("an answer that does not fit is told to nobody before 2.1, and a message without a call is let be", async () => {
  const { conversation, sent, lines } = await begun("2.0.1");
  const asked = conversation.ask({ action: "Heartbeat", payload: {} });
  conversation.receive(`[3,${JSON.stringify(JSON.parse(sent[0] ?? "")[1])},{}]`);
  await asked;
  conversation.receive('[3,"unknown",{}]');
  expect(sent.length).toBe(1);
  conversation.receive("hello");
  expect(JSON.parse(sent[1] ?? "").slice(0, 3)).toEqual([4, "-1", "RpcFrameworkError"]);
  expect(lines).toEqual([
    "the answer to Heartbeat does not fit: Heartbeat answer /currentTime missing-field",
    "ignored a frame: unsolicited-answer",
    "ignored a frame: not-json",
  ]);
});

test("a message without an answer of 2.1 is passed over, and said", async () => {
  const { conversation, sent, lines } = await begun("2.1");
  conversation.receive(
    '[6,"1","NotifyPeriodicEventStream",{"id":1,"pending":0,"basetime":"2026-06-01T08:00:00Z","data":[]}]',
  );
  expect([sent, lines]).toEqual([[], ["ignored a SEND of NotifyPeriodicEventStream"]]);
});

test("before it is begun and after its end nothing is asked and nothing answered; a fresh link knows nothing of the last", async () => {
  const { conversation, sent } = await begun("1.6");
  const open = conversation.ask({ action: "Heartbeat", payload: {} });
  conversation.begin();
  expect(await open).toEqual({ type: "closed" });
  const next = conversation.ask({ action: "Heartbeat", payload: {} });
  conversation.end();
  expect(await next).toEqual({ type: "closed" });
  sent.length = 0;
  conversation.receive('[2,"1","ClearCache",{}]');
  expect(await conversation.ask({ action: "Heartbeat", payload: {} })).toEqual({ type: "closed" });
  expect(sent).toEqual([]);
});

test("a question that nobody answers has no answer after half a minute", async () => {
  const { conversation, clock } = await begun("1.6");
  let answer: unknown = null;
  void conversation.ask({ action: "Heartbeat", payload: {} }).then((said) => {
    answer = said;
  });
  const after = async (ms: number) => {
    clock.advance(ms);
    await new Promise((resolve) => setImmediate(resolve));
    return answer;
  };
  expect([await after(29_999), await after(1)]).toEqual([null, { type: "no-answer" }]);
});
