import { expect, test } from "vitest";
import { openBench } from "../../session/testing/bench.ts";
import type { ServiceContext } from "../context.ts";
import type { MessageFilter, MessageRow } from "./contract.ts";
import { messagesHandlers } from "./handlers.ts";

/** What a list shows of one conversation: told row by row as it comes, and read from the record. */
async function listOf(filter: MessageFilter): Promise<{ live: string[]; page: string[] }> {
  const bench = await openBench("1.6");
  const handlers = messagesHandlers(bench.parts as ServiceContext);
  const live: MessageRow[] = [];
  handlers["messages.live"]({ filter }, (rows) => live.push(...(rows as MessageRow[])));
  const say = (id: string, action: string, payload: object) => bench.say(JSON.stringify([2, id, action, payload]));
  const status = (id: string, change: object) =>
    say(id, "StatusNotification", {
      connectorId: 1,
      status: "Available",
      errorCode: "NoError",
      ...change,
    });
  say("boot", "BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
  say("plain", "Heartbeat", {});
  status("free", {});
  status("fault", { status: "Faulted" });
  status("error", { errorCode: "WeakSignal" });
  say("odd", "Heartbeat", { colour: "red" });
  say("unserved", "Reset", { type: "Soft" });
  bench.ask("ClearCache", {});
  bench.say(`[4,${JSON.stringify(JSON.parse(bench.sent.at(-1) ?? "[]")[1])},"InternalError","no",{}]`);
  const { rows } = await handlers["messages.page"]({ filter, before: undefined, limit: 100 });
  const inShort = (row: MessageRow) =>
    row.direction === "out" ? `ours ${row.answer?.kind ?? ""}`.trim() : (row.messageId ?? "");
  return { live: live.map(inShort), page: rows.map(inShort) };
}

test("problems are findings, faults that a station tells, and errors that are answered, live and from the record", async () => {
  const { live, page } = await listOf({ problems: true });
  expect(page).toEqual(["fault", "error", "odd", "unserved", "ours error"]);
  expect(live).toEqual(page);
});

test.each<{ filter: MessageFilter; shown: string[] }>([
  { filter: { action: "heartbeat" }, shown: ["plain", "odd"] },
  { filter: { direction: "out" }, shown: ["ours error"] },
  { filter: { text: "weaksignal" }, shown: ["error"] },
  { filter: { text: "currentTime" }, shown: ["boot", "plain", "odd"] },
  { filter: { station: "CP2" }, shown: [] },
])("filtered by $filter it shows $shown, live and from the record", async ({ filter, shown }) => {
  const { live, page } = await listOf(filter);
  expect(page).toEqual(shown);
  // A question of ours is told when it goes, and again when its answer comes.
  expect(live.filter((id) => id !== "ours")).toEqual(shown);
});

test("in 2.x a fault is told by a connector's status, or by an event", async () => {
  const bench = await openBench("2.0.1");
  const handlers = messagesHandlers(bench.parts as ServiceContext);
  const live: MessageRow[] = [];
  const filter = { problems: true };
  handlers["messages.live"]({ filter }, (rows) => live.push(...(rows as MessageRow[])));
  const timestamp = new Date(bench.clock.now()).toISOString();
  const say = (id: string, action: string, payload: object) => bench.say(JSON.stringify([2, id, action, payload]));
  const status = (id: string, connectorStatus: string) =>
    say(id, "StatusNotification", { timestamp, connectorStatus, evseId: 1, connectorId: 1 });
  const event = (id: string, variable: string, change: object) => {
    const place = { component: { name: "Connector" }, variable: { name: variable } };
    const told = {
      eventId: 1,
      timestamp,
      trigger: "Alerting",
      actualValue: "true",
      eventNotificationType: "HardWiredMonitor",
    };
    say(id, "NotifyEvent", { generatedAt: timestamp, seqNo: 0, eventData: [{ ...told, ...place, ...change }] });
  };
  say("boot", "BootNotification", { reason: "PowerUp", chargingStation: { vendorName: "V", model: "M" } });
  status("free", "Available");
  status("fault", "Faulted");
  event("problem", "Problem", {});
  event("code", "Temperature", { techCode: "17" });
  event("warm", "Temperature", {});
  const { rows } = await handlers["messages.page"]({ filter, before: undefined, limit: 100 });
  const shown = ["fault", "problem", "code"];
  expect([live, rows].map((all) => all.map(({ messageId }) => messageId))).toEqual([shown, shown]);
});

test("a stretch of time holds its first moment and its last, live and from the record", async () => {
  const bench = await openBench("1.6");
  const handlers = messagesHandlers(bench.parts as ServiceContext);
  // Each is said a second after the one before.
  const [from, to] = [bench.clock.now() + 2000, bench.clock.now() + 3000];
  const filter = { from, to };
  const live: MessageRow[] = [];
  handlers["messages.live"]({ filter }, (rows) => live.push(...(rows as MessageRow[])));
  for (const id of ["1", "2", "3", "4"]) bench.say(JSON.stringify([2, id, "Heartbeat", {}]));
  const { rows } = await handlers["messages.page"]({ filter, before: undefined, limit: 100 });
  expect([live, rows].map((all) => all.map(({ messageId }) => messageId))).toEqual([
    ["2", "3"],
    ["2", "3"],
  ]);
});

test.each([
  { seq: 5, limit: 4, shown: ["4", "5", "6", "7"], more: true },
  { seq: 2, limit: 6, shown: ["1", "2", "3", "4", "5"], more: false },
  { seq: 8, limit: 3, shown: ["7", "8"], more: true },
  { seq: 4, limit: 100, shown: ["1", "2", "3", "4", "5", "6", "7", "8"], more: false },
])("around message $seq, of $limit at most, stand $shown", async ({ seq, limit, shown, more }) => {
  const bench = await openBench("1.6");
  const handlers = messagesHandlers(bench.parts as ServiceContext);
  for (let id = 1; id <= 8; id++) bench.say(JSON.stringify([2, String(id), "Heartbeat", {}]));
  const { rows: all } = await handlers["messages.page"]({ filter: {}, before: undefined, limit: 100 });
  const found = await handlers["messages.around"]({ filter: {}, seq: all[seq - 1]?.seq ?? 0, limit });
  expect([found.rows.map(({ messageId }) => messageId), found.more]).toEqual([shown, more]);
});

test("a page tells whether there are earlier ones, exactly", async () => {
  const bench = await openBench("1.6");
  const handlers = messagesHandlers(bench.parts as ServiceContext);
  for (let id = 1; id <= 4; id++) bench.say(JSON.stringify([2, String(id), "Heartbeat", {}]));
  const page = async (limit: number, before?: number) => {
    const { rows, more } = await handlers["messages.page"]({ filter: {}, before, limit });
    return { ids: rows.map(({ messageId }) => messageId), more, first: rows[0]?.seq };
  };
  expect(await page(4)).toMatchObject({ ids: ["1", "2", "3", "4"], more: false });
  const { first, ...newest } = await page(3);
  expect(newest).toEqual({ ids: ["2", "3", "4"], more: true });
  expect(await page(3, first)).toMatchObject({ ids: ["1"], more: false });
});
