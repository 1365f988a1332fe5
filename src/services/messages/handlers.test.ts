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
  expect(page).toEqual(["fault", "error", "odd", "unserved"]);
  // One of ours that was answered with an error is told as it comes.
  expect(live).toEqual([...page, "ours error"]);
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
