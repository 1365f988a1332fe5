import { expect, test } from "vitest";
import { MomentsRepository } from "../../store/moments/moments.ts";
import { openServices } from "../testing/open-services.ts";
import { transactionsHandlers } from "./handlers.ts";
import { toldTransaction, transactionCells, transactionHead } from "./lines.ts";

async function setUp() {
  const bench = await openServices();
  const handlers = transactionsHandlers(bench.context, new MomentsRepository(bench.database));
  const timestamp = () => new Date(bench.clock.now()).toISOString();
  bench.tell("boot", "BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
  const start = (connectorId: number, idTag: string) => {
    bench.tell(`start ${idTag}`, "StartTransaction", { connectorId, idTag, meterStart: 1000, timestamp: timestamp() });
    const [, , { transactionId }] = JSON.parse(bench.sent.at(-1) ?? "[]") as [
      number,
      string,
      { transactionId: number },
    ];
    return transactionId;
  };
  const stop = (transactionId: number) =>
    bench.tell("stop", "StopTransaction", { transactionId, meterStop: 3500, timestamp: timestamp(), reason: "Local" });
  const page = (change: { before?: number; limit?: number } = {}) =>
    handlers["transactions.page"]({ station: "CP1", before: undefined, limit: 10, ...change });
  return { ...bench, handlers, start, stop, page };
}

test("transactions come page by page, and it is told whether there are earlier ones, exactly", async () => {
  const { start, stop, page } = await setUp();
  for (const tag of ["A", "B", "C"]) stop(start(1, tag));
  const tags = async (change: { before?: number; limit?: number }) => {
    const { rows, more } = await page(change);
    return [rows.map(({ token }) => token?.value), more, rows.at(-1)?.startFrame];
  };
  expect((await tags({ limit: 3 })).slice(0, 2)).toEqual([["C", "B", "A"], false]);
  const [newest, more, before] = await tags({ limit: 2 });
  expect([newest, more]).toEqual([["C", "B"], true]);
  expect((await tags({ limit: 2, before: Number(before) })).slice(0, 2)).toEqual([["A"], false]);
});

test("what was told of a transaction is its own, oldest first, up to its end", async () => {
  const { handlers, start, stop, page, tell } = await setUp();
  const [own, other] = [start(1, "A"), start(2, "B")];
  const values = (connectorId: number, transactionId: number) =>
    tell("values", "MeterValues", {
      connectorId,
      transactionId,
      meterValue: [{ timestamp: "2026-01-01T00:00:30Z", sampledValue: [{ value: "1500" }] }],
    });
  values(1, own);
  values(2, other);
  stop(own);
  stop(other);
  const { rows } = await page();
  const mine = rows.find(({ token }) => token?.value === "A");
  const told = await handlers["transactions.events"]({
    station: "CP1",
    id: mine?.id ?? "",
    from: mine?.startFrame ?? 0,
  });
  expect(told.map(({ station, event }) => [station, event.kind, "id" in event && event.id])).toEqual([
    ["CP1", "transaction-started", mine?.id],
    ["CP1", "transaction-ended", mine?.id],
  ]);
  const late = await handlers["transactions.events"]({
    station: "CP1",
    id: mine?.id ?? "",
    from: (mine?.startFrame ?? 0) + 1,
  });
  expect(late.map(({ event }) => event.kind)).toEqual(["transaction-ended"]);
  for (const ask of [
    () => handlers["transactions.page"]({ station: "NOBODY", limit: 1 }),
    () => handlers["transactions.events"]({ station: "NOBODY", id: "1", from: 1 }),
  ]) {
    expect(ask).toThrow(expect.objectContaining({ code: "not-found" }));
  }
});

test("a transaction stands in a table, each cell under its name; a pin is shown to nobody", async () => {
  const { start, stop, page } = await setUp();
  stop(start(2, "A"));
  const [one] = (await page()).rows;
  if (!one) throw new Error("there is none");
  const cells = transactionCells("CP1", one);
  const table = () => transactionHead.map((name, at) => [name, cells[at]]);
  expect(table()).toEqual([
    ["began", new Date(one.startedAt).toISOString()],
    ["ended", new Date(one.endedAt ?? 0).toISOString()],
    ["station", "CP1"],
    ["evse", 2],
    ["connector", 1],
    ["transaction", one.id],
    ["token", "A"],
    ["state", "ended"],
    ["energyWh", 2500],
    ["energyFrom", one.energyFrom],
    ["meterStart", 1000],
    ["meterStop", 3500],
    ["reason", "Local"],
    ["toldLate", undefined],
    ["frame", one.startFrame],
  ]);
  const named = (change: Partial<typeof one>) =>
    Object.fromEntries(transactionCells("CP1", { ...one, ...change }).map((cell, at) => [transactionHead[at], cell]));
  expect([named({ offline: true }).toldLate, named({ historic: true }).toldLate]).toEqual(["yes", "yes"]);
  expect(named({ endedAt: undefined }).ended).toBeUndefined();
  const pin = { value: "4711", type: "KeyCode" as const };
  expect(named({ token: pin }).token).not.toContain("4711");
  expect(JSON.stringify(toldTransaction("CP1", { ...one, token: pin }))).not.toContain("4711");
  expect(toldTransaction("CP1", one)).toEqual({ station: "CP1", ...one });
});

test("what waits to be stored of a transaction is told as well", async () => {
  const { handlers, start, page, context, events } = await setUp();
  start(1, "A");
  const [one] = (await page()).rows;
  const [{ event: begun } = { event: null }] = events.newest(9999, { kinds: ["transaction-started"] }, 1);
  context.journal.write(context.registry.require("CP1"), { ...begun, kind: "transaction-updated" } as never);
  const told = await handlers["transactions.events"]({ station: "CP1", id: one?.id ?? "", from: one?.startFrame ?? 0 });
  expect(told.map(({ event }) => event.kind)).toEqual(["transaction-started", "transaction-updated"]);
});
