// @vitest-environment happy-dom
import { act, cleanup, fireEvent } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import type { HistoryEntry } from "../../../src/services/history/contract.ts";
import type { MeterPoint, MeterSeries } from "../../../src/services/metering/contract.ts";
import { plots } from "../../ui/testing/plot.ts";
import { refused, type Shown, screensForFile, show, type Written } from "../../ui/testing/screen.tsx";
import { linkOpened, onlineStation, stationAfter, summaryOf } from "../../ui/testing/stations.ts";
import { MetersScreen } from "./MetersScreen.tsx";

vi.mock("uplot", async () => ({ default: (await import("../../ui/testing/plot.ts")).PlotStandIn }));

const now = new Date(2026, 4, 3, 9, 0, 0).getTime();
screensForFile();
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now });
  plots.length = 0;
  vi.stubGlobal(
    "ResizeObserver",
    class {
      readonly told: (entries: object[]) => void;
      constructor(told: (entries: object[]) => void) {
        this.told = told;
      }
      observe() {
        this.told([{ contentRect: { width: 600 } }]);
      }
      unobserve() {}
      disconnect() {}
    },
  );
  return () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  };
});

const every = (from: number, to: number, value: (at: number) => number) =>
  Array.from({ length: (to - from) / 10 + 1 }, (_, index): [number, number] => [
    now - (to - index * 10) * 1000,
    value(index),
  ]);
const series: MeterSeries[] = [
  {
    evse: 1,
    connector: 1,
    measurand: "Power.Active.Import",
    unit: "W",
    points: every(0, 300, (at) => 7000 + at),
    late: [[now - 60_000, now - 5000]],
  },
  { evse: 1, connector: 1, measurand: "Voltage", phase: "L1", unit: "V", points: every(0, 300, () => 230) },
  { evse: 2, connector: 1, measurand: "Voltage", phase: "L1", unit: "V", points: every(100, 300, () => 231) },
];
const entry = {
  event: {
    kind: "status",
    evse: 1,
    connector: 1,
    status: "Faulted",
    errorCode: "GroundFailure",
    at: now - 60_000,
    seq: 5,
  },
} as HistoryEntry;

function meters(answers: Written["answers"] = {}, feeds: Written["feeds"] = {}, hash = "#/meters"): Promise<Shown> {
  const all: Written["feeds"] = {
    "stations.list": [summaryOf(onlineStation())],
    "stations.state": stationAfter([linkOpened]),
    "metering.live": [],
    "history.live": [entry],
  };
  const page = { "history.page": { entries: [], more: false } };
  return show(
    <MetersScreen />,
    { feeds: { ...all, ...feeds }, answers: { "metering.range": series, ...page, ...answers } },
    hash,
  );
}
/** The time of day is another one in another zone. */
const steady = (text: string) =>
  text.replace(/(\d{4}-\d\d-\d\d )?\d\d:(\d\d:\d\d)/g, "hh:$2").replace(/valuenow=\d+ valuemax=\d+/g, "valuenow");

test("each quantity has a chart, which says what it shows in words and numbers", async () => {
  const screen = await meters();
  await expect(steady(screen.text())).toMatchFileSnapshot("told/meters.txt");
  expect(screen.asked().filter(([name]) => name === "metering.range")).toEqual([
    ["metering.range", { station: "CP1", from: now - 3_600_000, to: now, maxPoints: 8000 }],
  ]);
  expect(plots.map(({ options }) => [options.width, options.height])).toEqual([
    [600, 248],
    [600, 168],
  ]);
});

test("the cursor is moved by keys: it says the values, what happened there, and when it was told, if late", async () => {
  const screen = await meters();
  const slider = document.querySelector("[role=slider]") as HTMLElement;
  const said = () => slider.getAttribute("aria-valuetext")?.replace(/\d\d:(\d\d:\d\d)/g, "hh:$1");
  act(() => slider.focus());
  expect(said()).toMatchInlineSnapshot(`"hh:00:00. total 7.03 kW"`);
  for (let step = 0; step < 6; step++) fireEvent.keyDown(slider, { key: "ArrowLeft" });
  expect(said()).toMatchInlineSnapshot(`"hh:59:00. total 7.02 kW; told late, hh:59:55; Fault: GroundFailure"`);
  fireEvent.keyDown(slider, { key: "ArrowLeft" });
  expect(said()).toMatchInlineSnapshot(`"hh:58:50. total 7.02 kW; Fault: GroundFailure"`);
  fireEvent.keyDown(slider, { key: "Escape" });
  expect(said()).toMatchInlineSnapshot(`"The cursor points nowhere."`);
  expect(screen.says()).not.toContain("told");
});

test("where the mouse points, all charts tell the values of that moment; late ones say when they were told", async () => {
  await meters();
  const legends = () =>
    [...document.querySelectorAll("ul[aria-labelledby] + span, ul[aria-labelledby] li")].map((one) =>
      (one.textContent ?? "").replace(/\d\d:(\d\d:\d\d)/g, "hh:$1"),
    );
  expect(legends()).toMatchInlineSnapshot(`
    [
      "",
      "",
      "connector 2, L1 231.0 V",
    ]
  `);
  const [power] = plots;
  act(() => power?.setCursor({ left: 90 }));
  expect(legends()).toMatchInlineSnapshot(`
    [
      "hh:58:59, told late, hh:59:55",
      "",
      "connector 2, L1 231.0 V",
    ]
  `);
  act(() => power?.setCursor({ left: -10 }));
  expect(legends()[1]).toBe("");
});

test("what comes is drawn by the clock, until one holds it", async () => {
  const screen = await meters();
  const point: MeterPoint = {
    ...{ at: now + 1000, seq: 9, evse: 1, connector: 1 },
    samples: [{ measurand: "Power.Active.Import", unit: "W", value: 9000, said: "9000" }],
  };
  const legend = () => document.querySelector("ul[aria-labelledby] li")?.textContent;
  vi.setSystemTime(now + 2000);
  screen.tell("metering.live", [point], [point]);
  await expect.poll(() => legend()).toContain("9.00\u202fkW");
  await screen.press("Pause");
  expect(steady(screen.says("header").join("\n"))).toMatchInlineSnapshot(`
    "Meters
    {Time shown}
    (o) 10 min
    ( ) 1 h
    ( ) 4 h
    ( ) 24 h
    ( ) All
    [Resume]*
    Go to a time:
    [Go there] (off)
    [Export]
    … Paused: hh:50:02 to hh:00:02"
  `);
  await screen.press("Resume");
  expect(screen.says("header")).toContain("[Pause]");
});

test("a stretch drawn with the mouse, a link, and a moment that is typed show that time", async () => {
  const screen = await meters();
  const shown = () =>
    plots
      .at(-1)
      ?.options.scales.x.range()
      .map((at) => at * 1000 - now);
  expect(shown()).toEqual([-600_000, 0]);
  const [power] = plots;
  Object.assign(power ?? {}, { select: { left: 50, width: 25 } });
  act(() => power?.options.hooks.setSelect[0]?.(power));
  await expect.poll(() => shown()).toEqual([-300_000, -150_000]);
  await screen.press("Resume");
  await expect.poll(() => shown()?.at(-1)).toBeGreaterThanOrEqual(0);
  await screen.type("Go to a time", "08:50");
  await screen.press("Go there");
  await expect.poll(() => shown()).toEqual([-900_000, -300_000]);
  cleanup();
  plots.length = 0;
  await meters({}, {}, `#/meters?from=${now - 100_000}&to=${now}`);
  expect(shown()).toEqual([-105_000, 5000]);
});

test("outlets, phases and marks are hidden and shown in all charts", async () => {
  const screen = await meters();
  const chips = () => screen.says("fieldset");
  expect(chips()).toMatchInlineSnapshot(`
    [
      "What is shown",
      "[connector 1]*",
      "[connector 2]*",
      "[Marks]*",
    ]
  `);
  const texts = () => document.querySelectorAll("ul[aria-labelledby] li").length;
  expect(texts()).toBe(3);
  await screen.press("connector 2");
  expect([texts(), chips()[2]]).toEqual([2, "[connector 2]"]);
  await screen.press("connector 1");
  expect(screen.says()).toContain("All of it is hidden.");
});

test("nothing measured, no station, and a core that does not answer say so", async () => {
  const none = await meters({ "metering.range": [] });
  expect(none.says().slice(-2)).toMatchInlineSnapshot(`
    [
      "… No values yet",
      "Charts appear with the first MeterValues or TransactionEvent. Start a charge, or trigger MeterValues from the overview.",
    ]
  `);
  cleanup();
  const nobody = await meters({}, { "stations.list": [] });
  expect(nobody.says()).toMatchInlineSnapshot(`
    [
      "Meters",
      "No station has connected yet",
      "This screen fills itself as soon as a station connects.",
    ]
  `);
  cleanup();
  const failed = await meters({ "metering.range": refused() });
  expect(failed.says().slice(-3)).toEqual([
    "… ! The values on record could not be read. no core runs on this folder",
    "Wait until the connection to Plugside is back, then try again.",
    "[Try again]",
  ]);
  cleanup();
  const unknown = await meters({}, { "stations.list": refused() });
  expect(unknown.says()).toMatchInlineSnapshot(`
    [
      "Meters",
      "! The values on record could not be read. no core runs on this folder",
      "Wait until the connection to Plugside is back, then try again.",
    ]
  `);
  cleanup();
  expect((await show(<MetersScreen />, {})).says()).toMatchInlineSnapshot(`
    [
      "Meters",
      "… Fetching from the record",
    ]
  `);
});
