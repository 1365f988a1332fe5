import { expect, test } from "vitest";
import { openBench } from "../../session/testing/bench.ts";
import type { ServiceContext } from "../context.ts";
import { openServices, watch } from "../testing/open-services.ts";
import type { HistoryEntry, HistoryGroup } from "./contract.ts";
import { historyHandlers } from "./handlers.ts";
import { toFilter } from "./logic.ts";

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

test.each<[HistoryGroup, string[]]>([
  ["status", ["status", "firmware-status", "diagnostics-status", "reservation-over"]],
  ["errors", ["status", "security-event", "device-event", "console-fault"]],
  ["boots", ["booted", "console-boot"]],
  ["link", ["console-heard", "link-opened", "link-closed", "forward-changed", "own-clock-set"]],
  ["commands", ["command-sent", "command-done", "fault-injected"]],
  ["transactions", ["transaction-started", "transaction-updated", "transaction-ended"]],
  ["tokens", ["token"]],
  ["findings", ["found"]],
  [
    "other",
    [
      "console-noted",
      "identified",
      "vendor-message",
      "noticed",
      "variables",
      "configuration",
      "signing-requested",
      "certificates-listed",
    ],
  ],
])("the group %s holds %s", (group, kinds) => {
  expect(toFilter(undefined, [group]).kinds).toEqual(kinds);
});

test("without groups all kinds are read, and who is named is kept", () => {
  const { kinds, station, takes } = toFilter("CP1", undefined);
  expect([kinds, station, takes({ kind: "heartbeat", at: 0, seq: 1 })]).toEqual([undefined, "CP1", true]);
  const status = { kind: "status", evse: 1, connector: 1, status: "Faulted", at: 0, seq: 1 } as const;
  expect([toFilter(undefined, ["boots"]).takes(status), toFilter(undefined, []).takes(status)]).toEqual([false, false]);
});

test("from a number on the oldest come first, and a feed that is closed tells nothing more", async () => {
  const bench = await openServices();
  const handlers = historyHandlers(bench.context);
  const { told, close } = watch(handlers["history.live"], { station: "CP1", groups: ["tokens"] });
  for (const idTag of ["A", "B", "C"]) bench.tell(idTag, "Authorize", { idTag });
  bench.tell("beat", "Heartbeat", {});
  close();
  bench.tell("D", "Authorize", { idTag: "D" });
  expect(told.map((entries) => inShort(entries as HistoryEntry[]))).toEqual([["A"], ["B"], ["C"]]);
  const page = async (after: number, limit: number) => {
    const asked = { station: "CP1", groups: ["tokens" as const], before: undefined, after, limit };
    const { entries, more } = await handlers["history.page"](asked);
    return { shown: inShort(entries), more, last: entries.at(-1)?.event.seq ?? 0 };
  };
  const first = await page(0, 2);
  expect(first).toMatchObject({ shown: ["A", "B"], more: true });
  expect(await page(first.last, 2)).toMatchObject({ shown: ["C", "D"], more: false });
  expect(await page(first.last, 1)).toMatchObject({ shown: ["C"], more: true });
  expect(await page(99_999, 2)).toMatchObject({ shown: [], more: false });
});

test("at first the last hundred are shown", async () => {
  const bench = await openServices();
  const handlers = historyHandlers(bench.context);
  for (let at = 1; at <= 101; at++) bench.tell(`${at}`, "Authorize", { idTag: `T${at}` });
  const { snapshot } = watch(handlers["history.live"], { station: undefined, groups: ["tokens"] });
  expect([snapshot.length, ...[0, 99].map((at) => inShort(snapshot.slice(at, at + 1))[0])]).toEqual([
    100,
    "T2",
    "T101",
  ]);
});
