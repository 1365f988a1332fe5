// @vitest-environment happy-dom
import { act, cleanup, fireEvent } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { HistoryEntry } from "../../../src/services/history/contract.ts";
import type { EventBody, StationEvent } from "../../../src/station/events.ts";
import { tell } from "../../../src/station/telling/sentences.ts";
import {
  drawnLists,
  inSwedish,
  refused,
  type Shown,
  screensForFile,
  settled,
  show,
  type Written,
} from "../../ui/testing/screen.tsx";
import { onlineStation, summaryOf } from "../../ui/testing/stations.ts";
import { HistoryEntryLine } from "./HistoryEntryLine.tsx";
import { HistoryScreen } from "./HistoryScreen.tsx";
import type { TimelineEntry } from "./time-line.ts";

screensForFile();
drawnLists(800);

const begin = new Date(2026, 4, 3, 9, 2, 5).getTime();
const happened = (seq: number, ms: number, body: EventBody): HistoryEntry => ({
  station: "CP1",
  event: { ...body, seq: seq * 10, at: begin + ms } as StationEvent,
});
const status = (word: "Available" | "Faulted"): EventBody => ({
  ...{ kind: "status", evse: 1, connector: 1, status: word },
  ...(word === "Faulted" && { errorCode: "GroundFailure" }),
});
const entries: HistoryEntry[] = [
  happened(1, 0, status("Available")),
  happened(2, 60_000, { kind: "token", token: { value: "04A1" }, decision: "Accepted", source: "Authorize" }),
  happened(3, 120_000, status("Faulted")),
  happened(4, 86_400_000, status("Available")),
];

function history(feeds: Written["feeds"] = {}, answers: Written["answers"] = {}): Promise<Shown> {
  const usual = { "stations.list": [summaryOf(onlineStation())], "history.live": entries };
  return show(<HistoryScreen />, { feeds: { ...usual, ...feeds }, answers }, "#/history");
}
/** The time of day is another one in another zone. */
const steady = (text: string) => text.replace(/2026-05-0\d(T[\d:.]+Z)?/g, "DAY").replace(/\d\d:(\d\d)/g, "hh:$1");
const timeline = "section[aria-label]";

test("what happened, by day and minute, the newest last", async () => {
  const screen = await history();
  await expect(steady(screen.text(timeline))).toMatchFileSnapshot("told/timeline.txt");
});

test("what happened, in Swedish", async () => {
  await inSwedish();
  const screen = await history();
  await expect(steady(screen.text())).toMatchFileSnapshot("told/swedish.txt");
});

test("one walks it by keys, without the page jumping, and comes back to the end by a button", async () => {
  const screen = await history();
  const buttons = [...document.querySelectorAll<HTMLElement>(`${timeline} li button`)];
  const at = () => buttons.indexOf(document.activeElement as HTMLElement);
  const jumps = vi.spyOn(HTMLElement.prototype, "focus");
  act(() => buttons.at(-1)?.focus());
  jumps.mockClear();
  const press = (key: string, more = {}) => fireEvent.keyDown(document.activeElement as Element, { key, ...more });
  press("ArrowUp");
  expect(at()).toBe(2);
  expect(jumps.mock.calls).toEqual([[{ preventScroll: true }]]);
  for (const held of ["ctrlKey", "altKey", "metaKey"]) press("ArrowUp", { [held]: true });
  expect(at()).toBe(2);
  press("Home");
  expect(at()).toBe(0);
  expect(screen.says()).toContain("[To the newest]");
  press("ArrowDown");
  expect(at()).toBe(1);
  expect(document.querySelectorAll(`${timeline} li button[tabindex='0']`)).toHaveLength(1);
  press("End");
  expect(at()).toBe(3);
  expect(screen.says()).not.toContain("[To the newest]");
});

test("scrolled up it holds still and offers the way back; at its end, or nearly, it follows again", async () => {
  const screen = await history();
  const box = document.querySelector(timeline) as HTMLElement;
  Object.defineProperty(box, "scrollHeight", { value: 2000 });
  const scrollTo = (top: number) => {
    box.scrollTop = top;
    fireEvent.scroll(box);
    return screen.says().includes("[To the newest]");
  };
  // 800 px of it are seen.
  expect([1000, 1184, 1185].map(scrollTo)).toEqual([true, true, false]);
});

test("the beginning and a moment are a step away; an excerpt does not say how long the whole is", async () => {
  const many = Array.from({ length: 100 }, (_, at) => happened(10 + at, at, status("Available")));
  const screen = await history(
    { "history.live": many },
    {
      "messages.at": { seq: 29 },
      "history.page": ({ after }) => {
        if (after === 0) return { entries: entries.slice(0, 2), more: true };
        if (after === 29) return { entries: entries.slice(2, 3), more: true };
        return new Promise(() => {});
      },
    },
  );
  const drawn = () => [...document.querySelectorAll(`${timeline} li`)];
  const sizes = () => [...new Set(drawn().map((row) => row.getAttribute("aria-setsize")))];
  const focused = () => document.activeElement?.textContent ?? "";
  const asked = () => screen.asked().filter(([, input]) => !/before|"after":[^0]0/.test(JSON.stringify(input)));
  expect(screen.says(timeline)).toContain("… Loading earlier entries");
  asked();
  fireEvent.keyDown(document.querySelector(`${timeline} li button`) as Element, { key: "Home" });
  await settled();
  expect(asked()).toEqual([["history.page", { station: "CP1", after: 0, limit: 200 }]]);
  expect(screen.says(timeline)).toContain("The record begins here.");
  expect([sizes(), drawn().length, focused()]).toEqual([["-1"], 2, expect.stringContaining("Available")]);
  await screen.type("Go to a time", "2026-05-03 09:04");
  await screen.press("Go there");
  expect(asked()).toEqual([
    ["messages.at", { station: "CP1", at: begin + 115_000 - 1 }],
    ["history.page", { station: "CP1", after: 29, limit: 200 }],
  ]);
  expect([sizes(), drawn().length, focused()]).toEqual([["-1"], 1, expect.stringContaining("GroundFailure")]);
  expect(screen.says()).toContain("[To the newest]");
});

test("where a stretch cannot be had one stays where one is, and is told why", async () => {
  const many = Array.from({ length: 30 }, (_, at) => happened(10 + at, at * 60_000, status("Available")));
  const screen = await history({ "history.live": many }, { "history.page": refused() });
  const buttons = [...document.querySelectorAll<HTMLElement>(`${timeline} li button`)];
  act(() => buttons[3]?.focus());
  await screen.type("Go to a time", "2026-05-03 09:04");
  await screen.press("Go there");
  expect(screen.says().filter((line) => line.startsWith("!"))).toEqual([
    "! The time line could not be read. no core runs on this folder",
  ]);
  expect(document.activeElement).toBe(buttons[3]);
});

test("who follows reads no more than is kept for that; who looks up reads on", async () => {
  const many = Array.from({ length: 1000 }, (_, at) => happened(10 + at, at, status("Available")));
  const screen = await history({ "history.live": many }, { "history.page": () => new Promise<never>(() => {}) });
  const pages = () => screen.asked().filter(([name]) => name === "history.page");
  expect([pages(), screen.says("ol")]).toEqual([
    [],
    ["2026-05-03", expect.anything(), expect.stringContaining("1000 times")],
  ]);
  const box = document.querySelector(timeline) as HTMLElement;
  Object.defineProperty(box, "scrollHeight", { value: 2000 });
  act(() => {
    box.scrollTop = 10;
    fireEvent.scroll(box);
  });
  expect(pages()).toEqual([["history.page", { station: "CP1", before: 100, limit: 200 }]]);
});

test("what was told late, or several times, says so", async () => {
  const entry: TimelineEntry = {
    ...{ type: "entry", id: "7", station: "CP1", kind: "status", told: tell(entries[2]?.event as StationEvent) },
    ...{ at: begin, toldAt: begin + 3_600_000, tone: "faulted", count: 2, frame: 70 },
  };
  const line = (one: TimelineEntry) => (
    <HistoryEntryLine entry={one} first onOpen={() => {}} onFocus={() => {}} onKey={() => {}} />
  );
  const screen = await show(line(entry), {});
  expect(steady(screen.text())).toMatchInlineSnapshot(`
    "‹tabindex=0 ~faulted› [DAY Connector 1: Faulted, GroundFailure told late, DAY hh:02:05 2 times Frame 70]
    "
  `);
  cleanup();
  const once = await show(
    line({ ...entry, count: 1, frame: undefined as never, toldAt: undefined as never, tone: "plain" }),
    {},
  );
  expect(steady(once.text())).toMatchInlineSnapshot(`
    "DAY Connector 1: Faulted, GroundFailure
    "
  `);
});

test("what comes while one reads is counted, and an entry opens its frame", async () => {
  const screen = await history();
  fireEvent.keyDown(document.querySelectorAll(`${timeline} li button`)[1] as Element, { key: "ArrowUp" });
  const next = happened(5, 86_500_000, status("Faulted"));
  screen.tell("history.live", [...entries, next], [next]);
  expect(screen.says().at(-1)).toBe("[1 new]");
  await screen.press(/04A1/);
  expect(screen.says("aside")[0]).toBe("{Frame 20}");
  act(() => document.querySelectorAll<HTMLElement>(`${timeline} li button`)[1]?.focus());
  expect(document.querySelector(`${timeline} li button[tabindex='0']`)?.textContent).toContain("04A1");
  expect(screen.asked().at(-1)).toEqual(["messages.frame", { seq: 20 }]);
});

test("the beginning and the newest are each a press away, and the focus goes with it", async () => {
  const many = Array.from({ length: 1000 }, (_, at) => happened(10 + at, at, status("Available")));
  const last = [happened(1010, 2000, status("Faulted")), happened(1011, 60_000, status("Available"))];
  const waits = new Promise<never>(() => {});
  const screen = await history(
    { "history.live": many },
    {
      "history.page": ({ before, after }) => {
        if (after === 0) return { entries: entries.slice(0, 2), more: true };
        return before === undefined && after === undefined ? { entries: last, more: true } : waits;
      },
    },
  );
  const asked = () => screen.asked().flatMap(([name, input]) => (name === "history.page" ? [input] : []));
  const focused = () => document.activeElement?.textContent ?? "";
  await screen.press("To the beginning");
  expect(asked()).toContainEqual({ station: "CP1", after: 0, limit: 200 });
  expect(focused()).toContain("Available");
  expect(screen.says(timeline)).toContain("The record begins here.");
  await screen.press("To the newest");
  expect(asked()).toContainEqual({ station: "CP1", limit: 200 });
  expect(focused()).toContain("Available");
  expect(document.activeElement?.closest("li")?.getAttribute("aria-posinset")).toBe("2");
  expect(screen.says()).not.toContain("[To the newest]");
});

test("what happened within a minute stands under one heading; the day of what one reads stays above it, and the row one stands on stays", async () => {
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(40);
  const many = Array.from({ length: 100 }, (_, at) =>
    happened(1 + at, at * 20_000, status(at % 2 ? "Faulted" : "Available")),
  );
  const screen = await history({ "history.live": many.slice(0, 6) });
  const minutes = () =>
    [...document.querySelectorAll(`${timeline} h3`)].map(({ textContent }) => textContent?.slice(3));
  expect(minutes()).toEqual(["02", "03"]);
  screen.tell("history.live", many);
  const box = document.querySelector(timeline) as HTMLElement;
  Object.defineProperty(box, "scrollHeight", { value: 5000 });
  const scrollTo = async (top: number) => {
    box.scrollTop = top;
    fireEvent.scroll(box);
    await settled();
    return document.querySelector(`${timeline} > div:first-child`)?.textContent === "2026-05-03";
  };
  expect([await scrollTo(300), await scrollTo(0)]).toEqual([true, false]);
  const first = document.querySelector(`${timeline} li button`) as HTMLElement;
  act(() => first.focus());
  expect([await scrollTo(2500), document.activeElement === first]).toEqual([true, true]);
  const drawn = [...document.querySelectorAll(`${timeline} li`)].map((row) =>
    Number(row.getAttribute("aria-posinset")),
  );
  expect([drawn[0], drawn.length < 80, drawn]).toEqual([1, true, drawn.toSorted((a, b) => a - b)]);
});

test("a moment that is yet to come is the end of the record: one follows from there", async () => {
  const end = [happened(5, 86_500_000, status("Faulted")), happened(6, 86_600_000, status("Available"))];
  const screen = await history(
    {},
    {
      "messages.at": { seq: null },
      "history.page": ({ after }) =>
        after === undefined ? { entries: end, more: false } : { entries: [], more: false },
    },
  );
  await screen.type("Go to a time", "2026-05-09 09:00");
  await screen.press("Go there");
  expect(document.activeElement?.closest("li")?.getAttribute("aria-posinset")).toBe("2");
  expect(screen.says()).not.toContain("[To the newest]");
});
