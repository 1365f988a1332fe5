// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test } from "vitest";
import type { CallOutput } from "../../../src/api/contract.ts";
import type { Transaction } from "../../../src/station/model.ts";
import { refused, type Shown, screensForFile, show, type Written } from "../../ui/testing/screen.tsx";
import { linkOpened, stationAfter, summaryOf } from "../../ui/testing/stations.ts";
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
