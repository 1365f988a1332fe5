// @vitest-environment happy-dom
import { cleanup, fireEvent } from "@testing-library/react";
import { expect, test } from "vitest";
import type { CallOutput } from "../../../src/api/contract.ts";
import type { StationState, Transaction } from "../../../src/station/model.ts";
import {
  inSwedish,
  refused,
  type Shown,
  screensForFile,
  settled,
  show,
  type Written,
} from "../../ui/testing/screen.tsx";
import { linkOpened, stationAfter, summaryOf } from "../../ui/testing/stations.ts";
import { TransactionFacts } from "../stations/Session.tsx";
import { TransactionsScreen } from "./TransactionsScreen.tsx";
import { TransactionView } from "./TransactionView.tsx";

screensForFile();

const state = stationAfter([
  linkOpened,
  { kind: "transaction-started", id: "7", evse: 1, connector: 1, meterStart: 1000, token: { value: "04A1B2C3" } },
]);
const running = state.transactions[0] as Transaction;
const earlier = (startFrame: number, more: Partial<Transaction>): Transaction => ({
  ...running,
  ...{ id: `e${startFrame}`, state: "ended", startFrame, startedAt: startFrame, token: undefined, energyWh: null },
  ...more,
});
const rows: Transaction[] = [
  earlier(-1, { endedAt: 61_000, endReason: "EVDisconnected", energyWh: 1500, energyFrom: "register", offline: true }),
  earlier(-2, {
    endedAt: 5000,
    ownStop: true,
    endReason: "Remote",
    stationStart: "2026-01-01T00:00:00Z",
    meterStop: 2000,
  }),
  earlier(-3, { state: "not-ended", notEnded: { because: "boot", at: 3000, frame: 3 } }),
  earlier(-4, { state: "displaced", historic: true } as Partial<Transaction>),
];
type Page = CallOutput<"transactions.page">;

function shown(page: Page | undefined, written: Written = {}): Promise<Shown> {
  const feeds: Written["feeds"] = { "stations.list": [summaryOf(state)], "stations.state": state, ...written.feeds };
  return show(<TransactionsScreen />, {
    feeds,
    answers: { ...(page && { "transactions.page": page }), ...written.answers },
  });
}
const steady = (text: string) => text.replace(/\d+ d( \d+ h)?/g, "AGE");
/** The row of each, by its number. */
const ids = (screen: Shown) => screen.says().flatMap((line) => /\| (7|e-\d)$/.exec(line)?.[1] ?? []);

test("each transaction with how it stands or ended", async () => {
  const screen = await shown({ rows, more: false });
  await expect(steady(screen.text())).toMatchFileSnapshot("told/table.txt");
});

test("the transactions in Swedish, and one of them", async () => {
  await inSwedish();
  const table = await shown({ rows, more: true });
  const told = [table.text()];
  cleanup();
  const row = { ...(rows[1] as Transaction), remoteStartId: 5, stationEnd: "2026-01-01T01:00:00Z" };
  const one = await show(<TransactionView identity="CP1" row={row} />, { feeds: { "stations.state": state } });
  told.push(one.text());
  await expect(steady(told.join("\n"))).toMatchFileSnapshot("told/swedish.txt");
});

test("none yet, while it is read, and where it cannot be", async () => {
  const feeds = { "stations.state": { ...state, transactions: [] } };
  expect((await shown({ rows: [], more: false }, { feeds })).says().slice(2)).toMatchInlineSnapshot(`
    [
      "No transaction is on record",
      "One stands here as soon as the station tells of its begin.",
    ]
  `);
  cleanup();
  const failed = await shown(undefined);
  expect(failed.says().filter((line) => line.startsWith("!"))).toMatchInlineSnapshot(`
    [
      "! The transactions could not be shown. no core runs on this folder",
    ]
  `);
  expect(ids(failed)).toEqual(["7"]);
  failed.asked();
  await failed.press("Try again");
  expect(failed.asked()).toEqual([["transactions.page", { station: "CP1", before: undefined, limit: 50 }]]);
  cleanup();
  const reading = await show(<TransactionsScreen />, { feeds: { "stations.list": [summaryOf(state)] } });
  expect(reading.says().at(-1)).toMatch(/^… /);
});

test("earlier ones are asked for from the earliest that is there, and the button is free again after", async () => {
  const pages: Page[] = [
    { rows: rows.slice(0, 2), more: true },
    { rows: rows.slice(2), more: false },
  ];
  const answers: Written["answers"] = {
    "transactions.page": ({ before }) => pages[before === undefined ? 0 : 1] as Page,
  };
  const screen = await shown(undefined, { answers });
  expect(ids(screen)).toEqual(["7", "e-1", "e-2"]);
  expect(screen.asked()).toEqual([["transactions.page", { station: "CP1", before: undefined, limit: 50 }]]);
  expect(screen.says().at(-1)).toBe("[Show earlier ones]");
  await screen.press("Show earlier ones");
  expect(screen.asked()).toEqual([["transactions.page", { station: "CP1", before: -2, limit: 50 }]]);
  expect(ids(screen)).toEqual(["7", "e-1", "e-2", "e-3", "e-4"]);
  expect(screen.says()).not.toContain("[Show earlier ones]");
});

test("while it reads no more is asked for, and an answer that comes when nobody waits is of no use", async () => {
  const held = Promise.withResolvers<Page>();
  let answer: () => Page | Promise<Page> = () => ({ rows: rows.slice(0, 1), more: true });
  const screen = await shown(undefined, { answers: { "transactions.page": () => answer() } });
  answer = () => held.promise;
  await screen.press("Show earlier ones");
  expect(document.querySelector("button[data-loading]")?.textContent).toBe("Show earlier ones");
  held.reject(new Error("torn"));
  await settled();
  expect([document.querySelector("button[data-loading]"), ids(screen)]).toEqual([null, ["7", "e-1"]]);
  expect(screen.says().filter((line) => line.startsWith("!"))).toEqual([
    "! The transactions could not be shown. the system says “torn”",
  ]);
  await screen.press("Export");
  await screen.press(/CSV/);
  expect(screen.asked().at(-1)?.[1]).toMatchObject({ wish: { list: "transactions", station: "CP1" } });
  expect(screen.watched()).toEqual([
    ["stations.list", {}],
    ["stations.state", { identity: "CP1" }],
  ]);
});

test("what is told of one that is on record too counts, and a row opens it", async () => {
  const screen = await shown({ rows: [{ ...running, energyWh: 99_000, token: { value: "OLD" } }], more: false });
  expect(screen.says("tbody tr")[0]).toContain("04A1B2C3");
  expect(ids(screen)).toEqual(["7"]);
  const charging = { ...running, chargingState: "SuspendedEV", historic: true } as Transaction;
  screen.tell("stations.state", { ...state, transactions: [charging] });
  await expect.poll(() => screen.says()).toContain("SuspendedEV");
  expect(screen.says()).toContain("told afterwards");
  fireEvent.click(document.querySelector("tbody tr") as HTMLElement);
  expect(screen.says("aside")[0]).toBe("{Transaction 7}");
  screen.tell("stations.state", {
    ...state,
    transactions: [{ ...running, token: { value: "1234", type: "KeyCode" } }],
  });
  await expect.poll(() => screen.text()).not.toContain("04A1B2C3");
  expect(screen.text()).not.toContain("1234");
});

test("one that runs is told anew as the station goes on with it; what was told of it is read again then", async () => {
  const told = { "transactions.events": [] };
  const screen = await show(<TransactionView identity="CP1" row={running} />, {
    feeds: { "stations.state": state },
    answers: told,
  });
  const asks = () => screen.asked().length;
  expect(screen.says().filter((line) => /meters|messages/.test(line))).toEqual([
    "<Its messages> #/messages?station=CP1&filter=transaction%3A%227%22",
    "<Meters meanwhile> #/meters?station=CP1&from=2000",
  ]);
  expect(asks()).toBe(1);
  const goneOn = (frame: number): StationState => ({
    ...state,
    transactions: [{ ...running, energyWh: 4200, word: { ...running.word, frame } }],
  });
  screen.tell("stations.state", goneOn(running.word.frame));
  await settled();
  expect([screen.says()[0], asks()]).toEqual(["Energy: 4.20 kWh", 0]);
  screen.tell("stations.state", goneOn(running.word.frame + 1));
  await settled();
  expect(asks()).toBe(1);
  cleanup();
  const other = await show(<TransactionView identity="CP1" row={{ ...running, startFrame: 900 }} />, {
    feeds: { "stations.state": { ...state, transactions: [{ ...running, energyWh: 4200 }] } },
  });
  expect(other.says()).toContain("Energy: 0.00 kWh");
  expect(other.says().filter((line) => line.startsWith("!"))).toHaveLength(1);
});

test("its meters are those from where it began to where it ended or was known to have, whole milliseconds around it", async () => {
  const meters = async (more: Partial<Transaction>) => {
    const screen = await show(<TransactionView identity="CP1" row={{ ...running, id: "9", ...more }} />, {});
    const link = screen.says().find((line) => line.startsWith("<Meters"));
    cleanup();
    return link?.replace(/^.*station=CP1/, "");
  };
  expect([
    await meters({ startedAt: 2000.6 }),
    await meters({ startedAt: 2000.6, endedAt: 61_000.2 }),
    await meters({ notEnded: { because: "boot", at: 3000, frame: 3 } }),
  ]).toEqual(["&from=2000", "&from=2000&to=61001", "&from=2000&to=3000"]);
});

const standings: [string, Partial<Transaction>][] = [
  ...(["register", "session-counter", "first-register", "phase-sum"] as const).map(
    (from): (typeof standings)[number] => [
      `energy from ${from}`,
      { energyFrom: from, missing: from === "phase-sum" ? [[1, 2]] : undefined } as Partial<Transaction>,
    ],
  ),
  ["told afterwards, and begun by another", { offline: true, foreign: true }],
  ["not ended, as its connector is free", { state: "not-ended", notEnded: { because: "free", at: 3000, frame: 3 } }],
  ["displaced", { state: "displaced" }],
  ["ended for its own reason", { state: "ended", endedAt: 63_000, endReason: "EVDisconnected" }],
  ["ended without a reason", { state: "ended", endedAt: 63_000, endReason: undefined as never }],
  ["ended before it began", { state: "ended", endedAt: 0 }],
  ["without a card", { token: undefined as never, energyWh: null }],
];
test("how a transaction stands, and where its energy comes from", async () => {
  const told: string[] = [];
  for (const [what, more] of standings) {
    const screen = await show(<TransactionFacts state={state} transaction={{ ...running, ...more }} />, {});
    told.push(`# ${what}\n${steady(screen.text())}`);
    cleanup();
  }
  await expect(told.join("\n")).toMatchFileSnapshot("told/facts.txt");
});

test("one transaction: what is known of it, the ways on, and what was told of it", async () => {
  const event = { kind: "transaction-ended", id: "7", reason: "Local", meterStop: 2000, at: 9, seq: 12 } as const;
  const answers: Written["answers"] = {
    "transactions.events": [{ station: "CP1", event }],
    "messages.frame": refused(),
  };
  const row = { ...(rows[1] as Transaction), remoteStartId: 5, stationEnd: "2026-01-01T01:00:00Z" };
  const screen = await show(<TransactionView identity="CP1" row={row} />, {
    feeds: { "stations.state": state },
    answers,
  });
  await expect(steady(screen.text())).toMatchFileSnapshot("told/one.txt");
  expect(screen.asked()).toEqual([["transactions.events", { station: "CP1", id: "e-2", from: -2 }]]);
  await screen.press(/Transaction 7 ended/);
  expect(screen.asked()).toEqual([["messages.frame", { seq: 12 }]]);
});

test("where it was is told by the EVSE where that has several connectors", async () => {
  const two: StationState = stationAfter([{ kind: "status", evse: 1, connector: 2, status: "Available" }], state);
  const screen = await shown({ rows: [], more: false }, { feeds: { "stations.state": two } });
  const place = () => document.querySelectorAll("tbody tr td")[1]?.textContent;
  expect(place()).toBe("EVSE 1");
  screen.tell("stations.state", state);
  await expect.poll(place).toBe("Connector 1");
});
