import { expect, test } from "vitest";
import { type Bench, openBench } from "../../session/testing/bench.ts";
import type { Transaction } from "../../station/model.ts";
import { MomentsRepository } from "../../store/moments/moments.ts";
import { eventsOf, transactionsPage, walkTransactions } from "./logic.ts";

/** Sessions one after the other on connector 1, each 1 kWh longer than the one before, while one runs on connector 2 for long. */
async function sessions(count: number): Promise<Bench> {
  const bench = await openBench("1.6");
  let id = 0;
  const say = (action: string, payload: object) => {
    bench.say(JSON.stringify([2, `m${id++}`, action, payload]));
    return JSON.parse(bench.sent.at(-1) ?? "[]")[2] as { transactionId: number };
  };
  const now = () => new Date(bench.clock.now()).toISOString();
  const start = (connectorId: number, idTag: string) =>
    say("StartTransaction", { connectorId, idTag, meterStart: 1000, timestamp: now() }).transactionId;
  const stop = (transactionId: number, meterStop: number, reason = "Local") =>
    say("StopTransaction", { transactionId, meterStop, timestamp: now(), reason });
  say("BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
  const long = start(2, "LONG");
  for (let at = 1; at <= count; at++) {
    const own = start(1, `TAG${at}`);
    if (at === Math.ceil(count / 2)) stop(long, 99_000, "PowerLoss");
    if (at !== 3) stop(own, 1000 + at * 1000);
  }
  return bench;
}

function pages(bench: Bench, limit: number, events = bench.parts.events): Transaction[] {
  const entry = bench.parts.registry.require("CP1");
  const parts = { ...bench.parts, events, moments: new MomentsRepository(bench.database) };
  const all: Transaction[] = [];
  for (let before: number | undefined, more = true; more; ) {
    const page = transactionsPage(entry, parts, { before, limit });
    all.push(...page.rows);
    before = page.rows.at(-1)?.startFrame;
    more = page.more;
  }
  return all;
}

test.each([1, 7, 30, 200])("in pages of %i each transaction comes once, newest first, as it ended", async (limit) => {
  const bench = await sessions(70);
  const all = pages(bench, limit);
  expect(all.map(({ token }) => token?.value)).toEqual([
    ...Array.from({ length: 70 }, (_, at) => `TAG${70 - at}`),
    "LONG",
  ]);
  expect(all.map(({ state }) => state)).toEqual(all.map((_, at) => (at === 67 ? "not-ended" : "ended")));
  const energies = all.map(({ energyWh }) => energyWh);
  expect(energies.toSpliced(67, 1)).toEqual([
    ...Array.from({ length: 70 }, (_, at) => (70 - at) * 1000).toSpliced(67, 1),
    98_000,
  ]);
  expect(all.at(-1)).toMatchObject({ endReason: "PowerLoss", evse: 2 });
});

test("one that runs is there as it is now, and what was told of one leads to its frames", async () => {
  const bench = await sessions(2);
  const timestamp = new Date(bench.clock.now()).toISOString();
  bench.say(JSON.stringify([2, "run", "StartTransaction", { connectorId: 1, idTag: "NOW", meterStart: 5, timestamp }]));
  const [running, ended] = pages(bench, 50);
  expect(running).toMatchObject({ state: "running", token: { value: "NOW" } });
  expect(ended).toMatchObject({ state: "ended", token: { value: "TAG2" } });
  const entry = bench.parts.registry.require("CP1");
  const told = eventsOf(entry, bench.parts, { id: ended?.id ?? "", from: ended?.startFrame ?? 0 });
  expect(told.map(({ kind, seq }) => [kind, seq])).toEqual([
    ["transaction-started", ended?.startFrame],
    ["transaction-ended", ended?.endFrame],
  ]);
});

test("one whose begin was never told stands in its place", async () => {
  const bench = await openBench("1.6");
  const timestamp = new Date(bench.clock.now()).toISOString();
  bench.say('[2,"1","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]');
  bench.say('[2,"2","StatusNotification",{"connectorId":1,"status":"Finishing","errorCode":"NoError"}]');
  bench.say(JSON.stringify([2, "3", "StopTransaction", { transactionId: 4711, meterStop: 7, timestamp }]));
  expect(pages(bench, 50)).toMatchObject([{ id: "4711", foreign: true, state: "ended" }]);
});

/** Something that a test lets a station of 1.6 say. */
async function teller() {
  const bench = await openBench("1.6");
  let id = 0;
  const say = (action: string, payload: object) => {
    bench.say(JSON.stringify([2, `m${id++}`, action, payload]));
    return JSON.parse(bench.sent.at(-1) ?? "[]")[2] as { transactionId: number };
  };
  const timestamp = () => new Date(bench.clock.now()).toISOString();
  const start = (connectorId: number, idTag: string) =>
    say("StartTransaction", { connectorId, idTag, meterStart: 1000, timestamp: timestamp() }).transactionId;
  const stop = (transactionId: number, meterStop: number) =>
    say("StopTransaction", { transactionId, meterStop, timestamp: timestamp(), reason: "Local" });
  say("BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
  return { bench, start, stop, entry: bench.parts.registry.require("CP1") };
}

test("one that ran long, and whose place others took since, is as it ended; all of a station are walked in their pages", async () => {
  const { bench, start, stop, entry } = await teller();
  const long = start(2, "LONG");
  for (let at = 1; at <= 30; at++) stop(start(1, `A${at}`), 2000);
  stop(long, 99_000);
  for (let at = 1; at <= 25; at++) stop(start(2, `B${at}`), 2000);
  expect(pages(bench, 7).at(-1)).toMatchObject({ token: { value: "LONG" }, state: "ended", energyWh: 98_000 });
  const parts = { ...bench.parts, moments: new MomentsRepository(bench.database) };
  const sizes: number[] = [];
  const tags: string[] = [];
  for await (const page of walkTransactions(entry, parts)) {
    sizes.push(page.length);
    tags.push(...page.map(({ token }) => token?.value ?? ""));
  }
  expect(sizes).toEqual([50, 6]);
  expect([tags[0], tags[55], new Set(tags).size]).toEqual(["B25", "LONG", 56]);
});

test("the end of one that ran long is looked for behind five hundred ends of others", async () => {
  const { bench, start, stop } = await teller();
  const long = start(2, "LONG");
  for (let at = 1; at <= 30; at++) stop(start(1, `A${at}`), 2000);
  stop(long, 99_000);
  for (let at = 1; at <= 25; at++) stop(start(2, `B${at}`), 2000);
  const { events } = bench.parts;
  const asked: number[] = [];
  const oldest: typeof events.oldest = (after, select, limit) => {
    const rows = events.oldest(after, select, limit);
    if (select.kinds?.[0] !== "transaction-ended") return rows;
    asked.push(after);
    const [row] = rows;
    if (asked.length > 1 || !row) return rows;
    // As if so many others had ended before it.
    const event = { ...row.event, id: "other", seq: after };
    return Array.from({ length: limit }, (_, at) => ({ ...row, event: { ...event, seq: after + Number(at === 499) } }));
  };
  const reading = new Proxy(events, {
    get(real, name) {
      const value = name === "oldest" ? oldest : Reflect.get(real, name, real);
      return typeof value === "function" ? value.bind(real) : value;
    },
  });
  expect(pages(bench, 7, reading).at(-1)).toMatchObject({
    ...{ token: { value: "LONG" }, state: "ended", energyWh: 98_000 },
  });
  expect(asked).toHaveLength(2);
  expect(asked[1]).toBe((asked[0] ?? 0) + 1);
});

test("what was told of one is found among thousands of others, from its begin on, up to its end", () => {
  const asked: number[] = [];
  const event = (seq: number, id: string, kind = "transaction-updated") => ({ event: { seq, id, kind } });
  const others = Array.from({ length: 500 }, (_, at) => event(10 + at, "other"));
  const events = {
    oldest(after: number) {
      asked.push(after);
      if (after === 9) return others;
      return after === 509
        ? [
            event(510, "mine", "transaction-started"),
            event(511, "mine"),
            event(512, "mine", "transaction-ended"),
            event(513, "mine"),
          ]
        : [];
    },
  };
  const told = eventsOf({ id: 1 } as never, { events } as never, { id: "mine", from: 10 });
  expect([told.map(({ seq }) => seq), asked]).toEqual([
    [510, 511, 512],
    [9, 509],
  ]);
});

test("five hundred of one are told at most", () => {
  const many = Array.from({ length: 500 }, (_, at) => ({
    event: { seq: at + 1, id: "mine", kind: "transaction-updated" },
  }));
  const events = { oldest: (after: number) => (after < 499 ? many.slice(after < 0 ? 0 : 1) : many) };
  expect(eventsOf({ id: 1 } as never, { events } as never, { id: "mine", from: 1 })).toHaveLength(499);
  const endless = { oldest: () => many };
  expect(eventsOf({ id: 1 } as never, { events: endless } as never, { id: "mine", from: 1 })).toHaveLength(500);
});
