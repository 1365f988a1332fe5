// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test } from "vitest";
import { refused, screensForFile, show } from "../../ui/testing/screen.tsx";
import { onlineStation, summaryOf } from "../../ui/testing/stations.ts";
import { HistoryScreen } from "./HistoryScreen.tsx";

screensForFile();

const stations = { "stations.list": [summaryOf(onlineStation())] };

test("what there is not says why: no station, nothing yet, nothing of this kind", async () => {
  expect((await show(<HistoryScreen />, {})).says()).toMatchInlineSnapshot(`
    [
      "History",
      "… Reading the record",
    ]
  `);
  cleanup();
  expect(
    (await show(<HistoryScreen />, { feeds: { "stations.list": refused() } })).says().slice(1, 2),
  ).toMatchInlineSnapshot(`
    [
      "! The time line could not be read. no core runs on this folder",
    ]
  `);
  cleanup();
  expect((await show(<HistoryScreen />, { feeds: { "stations.list": [] } })).says()).toMatchInlineSnapshot(`
    [
      "History",
      "No station yet",
      "The time line fills itself once a station has connected.",
    ]
  `);
  cleanup();
  const screen = await show(<HistoryScreen />, { feeds: { ...stations, "history.live": [] } });
  expect(screen.says()).toMatchInlineSnapshot(`
    [
      "History",
      "Show",
      "[All]*",
      "[Statuses]",
      "[Errors]",
      "[Boots]",
      "[Link]",
      "[Commands]",
      "[Transactions]",
      "[Cards]",
      "[Findings]",
      "[Other]",
      "Nothing has happened yet",
      "Boots, statuses, transactions, cards and commands are listed here as soon as the station says something.",
    ]
  `);
  await screen.press("Boots");
  expect(screen.says()).toMatchInlineSnapshot(`
    [
      "History",
      "Show",
      "[All]",
      "[Statuses]",
      "[Errors]",
      "[Boots]*",
      "[Link]",
      "[Commands]",
      "[Transactions]",
      "[Cards]",
      "[Findings]",
      "[Other]",
      "Nothing of this kind on record",
      "Choose other kinds above, or all of them.",
    ]
  `);
});

test("chips are chosen one by one, taken back by another press, and all of them by All", async () => {
  const screen = await show(<HistoryScreen />, { feeds: { ...stations, "history.live": [] } });
  const chosen = () => screen.says("fieldset").filter((line) => line.endsWith("*"));
  expect(chosen()).toEqual(["[All]*"]);
  await screen.press("Boots");
  await screen.press("Cards");
  expect(chosen()).toEqual(["[Boots]*", "[Cards]*"]);
  await screen.press("Boots");
  expect(chosen()).toEqual(["[Cards]*"]);
  await screen.press("All");
  expect(chosen()).toEqual(["[All]*"]);
});

test("while it is read, and where it cannot be; another try asks anew", async () => {
  expect((await show(<HistoryScreen />, { feeds: stations })).says().at(-1)).toMatchInlineSnapshot(
    `"… Reading the record"`,
  );
  cleanup();
  const failed = await show(<HistoryScreen />, { feeds: { ...stations, "history.live": refused() } });
  expect(failed.says().slice(-3)).toMatchInlineSnapshot(`
    [
      "! The time line could not be read. no core runs on this folder",
      "Wait until the connection to Plugside is back, then try again.",
      "[Try again]",
    ]
  `);
  await failed.press("Try again");
  expect(failed.says().filter((line) => line.startsWith("!"))).toHaveLength(1);
});

test("the kinds that are chosen are watched, and taken along as a file; with the screen the feed goes", async () => {
  const entry = { station: "CP1", event: { kind: "heartbeat", seq: 1, at: 1 } } as const;
  const screen = await show(<HistoryScreen />, { feeds: { ...stations, "history.live": [entry] } });
  const wishes = async () => {
    await screen.press("Export");
    await screen.press(/CSV/);
    return screen
      .asked()
      .flatMap(([name, input]) => (name === "export.open" ? [(input as { wish: object }).wish] : []));
  };
  expect(await wishes()).toEqual([{ list: "history", station: "CP1", groups: undefined }]);
  await screen.press("Boots");
  await screen.press("Cards");
  expect(screen.watched().filter(([name]) => name === "history.live")).toEqual([
    ["history.live", { station: "CP1", groups: ["boots", "tokens"] }],
  ]);
  expect(await wishes()).toEqual([{ list: "history", station: "CP1", groups: ["boots", "tokens"] }]);
  cleanup();
  expect(screen.watched()).toEqual([]);
});
