import { expect, test } from "vitest";
import { openBench } from "../../session/testing/bench.ts";
import type { FramesRepository, StoredFrame } from "../../store/frames.ts";
import type { ServiceContext } from "../context.ts";
import type { FrameRecord } from "./contract.ts";
import { messagesHandlers } from "./handlers.ts";
import { toRecords } from "./logic.ts";
import { previousOf } from "./previous.ts";

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

/** Frames in memory, of one kind, newest first. */
function record(rows: object[]) {
  const stored = rows.map((row, at) => ({
    ...{ seq: at * 2 + 1, station: 1, connection: 1, at, direction: "in", action: "Heartbeat", question: null },
    ...{ data: '[2,"1","Heartbeat",{}]', findings: [], answer: null, stationTime: null },
    ...row,
  })) as StoredFrame[];
  const asked: number[] = [];
  const frames = {
    bounds: () => ({ first: 1, last: 9999 }),
    holding: (seq: number) => stored.find((row) => row.seq === seq),
    newest: (_first: number, before: number, _filter: object, limit: number) => {
      asked.push(before);
      return stored
        .filter(({ seq }) => seq < before)
        .reverse()
        .slice(0, limit);
    },
  } as unknown as FramesRepository;
  const last = stored.at(-1) as StoredFrame;
  const [own] = toRecords(last, "CP1");
  return { asked, find: () => previousOf(last, own as FrameRecord, frames)?.seq };
}

test("it is looked for among the last five hundred, in pieces of fifty, and not past the first frame", () => {
  const others = (count: number) => Array.from({ length: count }, () => ({ lane: "console" }));
  const near = record([{}, ...others(499), {}]);
  expect([near.find(), near.asked.length]).toEqual([1, 10]);
  const far = record([{}, ...others(500), {}]);
  expect([far.find(), far.asked.length]).toEqual([undefined, 10]);
  const few = record([...others(10), {}]);
  expect([few.find(), few.asked.length]).toEqual([undefined, 1]);
});

test("what names no action has none before it, and a question is not compared with an answer", () => {
  expect(record([{ action: null }, { action: null }]).find()).toBeUndefined();
  expect(record([{}, { question: 1 }, {}]).find()).toBe(1);
  expect(record([{ question: 9 }, {}]).find()).toBeUndefined();
});
