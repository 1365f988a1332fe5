import { expect, test } from "vitest";
import { openBench } from "./testing/bench.ts";

/** The findings of the last message that came. */
function lastFindings({ state }: Awaited<ReturnType<typeof openBench>>) {
  return state().findings.map(({ rule, where, said }) => ({ rule, where, said }));
}

test("a 2.1 station that cannot take an answer is told of by the question's action, or by the message's where none is known", async () => {
  const bench = await openBench("2.1");
  bench.say('[2,"1","Heartbeat",{}]');
  bench.say('[5,"1","TypeConstraintViolation","currentTime is a text",{}]');
  bench.say('[5,"nobody","InternalError","",{}]');
  expect(lastFindings(bench)).toContainEqual({
    ...{ rule: "answer-refused", where: "Heartbeat", said: "TypeConstraintViolation: currentTime is a text" },
  });
  expect(lastFindings(bench)).toContainEqual({
    rule: "answer-refused",
    where: "CALLRESULTERROR",
    said: "InternalError: ",
  });
});

test.each(["1.6", "2.0.1"] as const)("OCPP %s has no such message", async (version) => {
  const bench = await openBench(version);
  bench.say('[5,"1","InternalError","",{}]');
  expect(lastFindings(bench).map(({ rule }) => rule)).toContain("unknown-message-type");
  expect(lastFindings(bench).map(({ rule }) => rule)).not.toContain("answer-refused");
});
