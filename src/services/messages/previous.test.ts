import { expect, test } from "vitest";
import { openBench } from "../../session/testing/bench.ts";
import type { ServiceContext } from "../context.ts";
import { messagesHandlers } from "./handlers.ts";

test("the one before is of the same action, place and half; another connector's, another kind's and another lane's are not", async () => {
  const bench = await openBench("1.6");
  const handlers = messagesHandlers(bench.parts as ServiceContext);
  const say = (id: string, action: string, payload: object) => bench.say(JSON.stringify([2, id, action, payload]));
  const status = (id: string, connectorId: number) =>
    say(id, "StatusNotification", { connectorId, status: "Available", errorCode: "NoError" });
  say("boot", "BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
  status("a", 1);
  status("b", 2);
  say("beat", "Heartbeat", {});
  status("c", 1);
  const seqOf = (id: string) => bench.frames().find(({ data }) => String(data).includes(`"${id}"`))?.seq ?? 0;
  const before = async (seq: number) => (await handlers["messages.previous"]({ seq }))?.seq;
  expect(await before(seqOf("c"))).toBe(seqOf("a"));
  // Our answers are compared with our answers.
  expect(await before(seqOf("c") + 1)).toBe(seqOf("a") + 1);
  expect(await before(seqOf("b"))).toBeUndefined();
  expect(await before(seqOf("boot"))).toBeUndefined();
  expect(() => handlers["messages.previous"]({ seq: 99_999 })).toThrow();
});

test("an answer of the station is compared with its answer to the same question before", async () => {
  const bench = await openBench("1.6");
  const handlers = messagesHandlers(bench.parts as ServiceContext);
  const answer = (status: string) => {
    bench.ask("ClearCache", {});
    bench.say(`[3,${JSON.stringify(JSON.parse(bench.sent.at(-1) ?? "[]")[1])},{"status":"${status}"}]`);
    return bench.frames().at(-1)?.seq ?? 0;
  };
  bench.say('[2,"1","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]');
  const [first, second] = [answer("Accepted"), answer("Rejected")];
  expect((await handlers["messages.previous"]({ seq: second }))?.seq).toBe(first);
  expect((await handlers["messages.previous"]({ seq: second }))?.text).toContain("Accepted");
});
