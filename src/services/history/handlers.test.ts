import { expect, test } from "vitest";
import { openBench } from "../../session/testing/bench.ts";
import type { ServiceContext } from "../context.ts";
import type { HistoryEntry, HistoryGroup } from "./contract.ts";
import { historyHandlers } from "./handlers.ts";

const time = "2026-01-01T12:00:00Z";

/** A time line of three statuses, of which the middle two tell an error, and a card; what a feed told of it as it came. */
async function timeLine(groups?: HistoryGroup[], station?: string) {
  const bench = await openBench("1.6");
  const handlers = historyHandlers(bench.parts as ServiceContext);
  const told: HistoryEntry[] = [];
  handlers["history.live"]({ groups, station }, (entries) => told.push(...(entries as HistoryEntry[])));
  const status = (said: string, errorCode: string) =>
    bench.say(
      JSON.stringify([2, said, "StatusNotification", { connectorId: 1, status: said, errorCode, timestamp: time }]),
    );
  status("Available", "NoError");
  status("Faulted", "NoError");
  bench.say('[2,"card","Authorize",{"idTag":"A1"}]');
  status("Charging", "WeakSignal");
  status("Finishing", "NoError");
  const { snapshot } = handlers["history.live"]({ groups, station }, () => undefined);
  const all = { station, groups, limit: 100 };
  const { entries } = await handlers["history.page"]({ ...all, before: undefined, after: undefined });
  return { handlers, told, snapshot, entries };
}

function inShort(entries: readonly HistoryEntry[]): string[] {
  return entries.flatMap(({ event }) =>
    event.kind === "status" ? [event.status] : event.kind === "token" ? [event.token.value] : [],
  );
}

test.each<{ groups?: HistoryGroup[]; shown: string[] }>([
  { groups: undefined, shown: ["Available", "Faulted", "A1", "Charging", "Finishing"] },
  { groups: ["status"], shown: ["Available", "Faulted", "Charging", "Finishing"] },
  { groups: ["errors"], shown: ["Faulted", "Charging"] },
  { groups: ["errors", "status"], shown: ["Available", "Faulted", "Charging", "Finishing"] },
  { groups: ["tokens", "errors"], shown: ["Faulted", "A1", "Charging"] },
  { groups: ["tokens"], shown: ["A1"] },
])("filtered by $groups it shows $shown, live and from the record", async ({ groups, shown }) => {
  const { told, snapshot, entries } = await timeLine(groups);
  expect([told, snapshot, entries].map(inShort)).toEqual([shown, shown, shown]);
});

test("of another station nothing is shown", async () => {
  const { told, snapshot, entries } = await timeLine(undefined, "CP2");
  expect([told, snapshot, entries]).toEqual([[], [], []]);
});

test("of its own station everything is shown, under its name", async () => {
  const { told, snapshot } = await timeLine(["tokens"], "CP1");
  expect([told, snapshot].map((entries) => entries.map(({ station }) => station))).toEqual([["CP1"], ["CP1"]]);
});

test("errors that lie far apart fill a page, and it says whether there are more", async () => {
  const { handlers } = await timeLine(["errors"]);
  const page = (before?: number, limit = 1) =>
    handlers["history.page"]({ station: undefined, groups: ["errors"], before, after: undefined, limit });
  const newest = await page();
  expect([inShort(newest.entries), newest.more]).toEqual([["Charging"], true]);
  const older = await page(newest.entries[0]?.event.seq);
  expect([inShort(older.entries), older.more]).toEqual([["Faulted"], false]);
});
