// @vitest-environment happy-dom
import { act, cleanup, fireEvent } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import type { HistoryEntry } from "../../../src/services/history/contract.ts";
import type { MeterPoint, MeterSeries } from "../../../src/services/metering/contract.ts";
import { setLanguage } from "../../i18n/index.ts";
import { plots } from "../../ui/testing/plot.ts";
import { inSwedish, refused, type Shown, screensForFile, show, type Written } from "../../ui/testing/screen.tsx";
import { linkOpened, onlineStation, stationAfter, summaryOf } from "../../ui/testing/stations.ts";
import { widthsForFile } from "../../ui/testing/widths.ts";
import { MetersScreen } from "./MetersScreen.tsx";

vi.mock("uplot", async () => ({ default: (await import("../../ui/testing/plot.ts")).PlotStandIn }));

const now = new Date(2026, 4, 3, 9, 0, 0).getTime();
screensForFile();
const widths = widthsForFile();
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now });
  plots.length = 0;
  return () => void vi.useRealTimers();
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

test("the meters in Swedish", async () => {
  await inSwedish();
  await expect(steady((await meters()).text())).toMatchFileSnapshot("told/swedish.txt");
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
  act(() => power?.setCursor({ left: 50 }));
  expect(legends()[0]).toMatch(/^hh:\d\d:\d\d$/);
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

test("it is drawn four times a second, and only while the window is seen", async () => {
  vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"], now });
  const screen = await meters();
  const legend = () => document.querySelector("ul[aria-labelledby] li")?.textContent?.replace(/[^\d.]/g, "");
  const came = (ms: number, watts: number) => {
    vi.setSystemTime(now + ms);
    const sample = { measurand: "Power.Active.Import", unit: "W" as const, value: watts, said: "" };
    const point: MeterPoint = { at: now + ms, seq: ms, evse: 1, connector: 1, samples: [sample] };
    screen.tell("metering.live", [point], [point]);
  };
  const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));
  const seen = vi.spyOn(document, "visibilityState", "get");
  seen.mockReturnValue("hidden");
  came(2000, 9000);
  pass(1000);
  expect(legend()).not.toBe("9.00");
  seen.mockReturnValue("visible");
  pass(249);
  expect(legend()).not.toBe("9.00");
  pass(1);
  expect(legend()).toBe("9.00");
  cleanup();
  expect(vi.getTimerCount()).toBe(0);
});

test("at least an hour is read at once, a longer window when it is chosen, and all of it from the beginning", async () => {
  const screen = await meters(
    {},
    { "stations.state": { ...stationAfter([linkOpened]), firstSeenAt: now - 90_000_000 } },
  );
  const reads = () =>
    screen
      .asked()
      .flatMap(([name, input]) => (name === "metering.range" ? [(input as { from: number }).from - now] : []));
  expect(reads()).toEqual([-3_600_000]);
  await screen.tick("1 h");
  expect(reads()).toEqual([]);
  await screen.tick("4 h");
  expect(reads()).toEqual([-14_400_000]);
  await screen.tick("All");
  expect(reads()).toEqual([-90_000_000]);
  const shown = () =>
    plots
      .at(-1)
      ?.options.scales.x.range()
      .map((at) => at * 1000 - now);
  await expect.poll(() => shown()?.[0]).toBe(-90_000_000);
  await screen.press("Export");
  await screen.press(/CSV/);
  expect(screen.asked().find(([name]) => name === "export.open")?.[1]).toMatchObject({
    wish: { list: "samples", station: "CP1", from: now - 90_000_000, to: now },
  });
  await screen.type("Go to a time", "2026-04-01 00:00");
  await screen.press("Go there");
  expect(reads()).toHaveLength(1);
});

test("a link shows a little more than it asks for, of a long stretch a share, and of no stretch nothing", async () => {
  const shown = async (query: string) => {
    cleanup();
    plots.length = 0;
    await meters({}, {}, `#/meters?${query}`);
    return plots
      .at(-1)
      ?.options.scales.x.range()
      .map((at) => at * 1000 - now);
  };
  expect(await shown(`from=${now - 1_000_000}`)).toEqual([-1_030_000, 30_000]);
  expect(await shown(`from=${now}&to=${now}`)).toEqual([-600_000, 0]);
  expect(await shown("from=soon")).toEqual([-600_000, 0]);
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

test("registers of several outlets have a chart each, which says of which it is", async () => {
  const register = {
    connector: 1,
    measurand: "Energy.Active.Import.Register",
    unit: "Wh" as const,
    points: series[0]?.points ?? [],
  };
  await meters({
    "metering.range": [
      { ...register, evse: 1 },
      { ...register, evse: 2 },
    ],
  });
  expect([...document.querySelectorAll("h2")].map(({ textContent }) => textContent)).toEqual([
    "Energy, connector 1",
    "Energy, connector 2",
  ]);
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
  await screen.press("connector 1");
  const marksAt = () => {
    const slider = document.querySelector("[role=slider]") as HTMLElement;
    act(() => slider.focus());
    fireEvent.keyDown(slider, { key: "ArrowLeft", ctrlKey: true });
    return slider.getAttribute("aria-valuetext")?.includes("GroundFailure");
  };
  expect(marksAt()).toBe(true);
  await screen.press("Marks");
  expect(marksAt()).toBe(false);
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
  failed.asked();
  await failed.press("Try again");
  expect(failed.asked().map(([name]) => name)).toEqual(["metering.range"]);
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

test("with another theme, width or language each chart is drawn anew in the place of the one before", async () => {
  const screen = await meters();
  const drawn = () => [plots.length, plots.filter(({ over }) => over.isConnected).length];
  expect(drawn()).toEqual([2, 2]);
  await act(async () => {
    document.documentElement.dataset.theme = "dark";
  });
  expect(drawn()).toEqual([4, 2]);
  widths.tell(480.7);
  expect(drawn()).toEqual([6, 2]);
  expect(plots.at(-1)?.options.width).toBe(480);
  await act(() => setLanguage("sv"));
  expect(drawn()).toEqual([8, 2]);
  expect(document.querySelector("[role=img]")?.getAttribute("aria-label")).toMatch(/^Effekt/);
  await act(() => setLanguage("en"));
  const slider = document.querySelector("[role=slider]") as HTMLElement;
  act(() => slider.focus());
  fireEvent.keyDown(slider, { key: "ArrowLeft" });
  // Those that are gone are told nothing more.
  expect(plots.map(({ cursor, over }) => over.isConnected === cursor.left > 0)).not.toContain(false);
  delete document.documentElement.dataset.theme;
  expect(screen.watched()).toMatchInlineSnapshot(`
    [
      [
        "history.live",
        {
          "groups": [
            "status",
            "errors",
            "commands",
            "transactions",
            "tokens",
          ],
          "station": "CP1",
        },
      ],
      [
        "metering.live",
        {
          "station": "CP1",
        },
      ],
      [
        "stations.list",
        {},
      ],
      [
        "stations.state",
        {
          "identity": "CP1",
        },
      ],
    ]
  `);
  cleanup();
  expect([screen.watched(), drawn()[1], widths.watching()]).toEqual([[], 0, 0]);
});

test("where the cursor points the marks are told at the chart that it is on, on the side where there is room", async () => {
  // The document of the tests knows nothing of where the pointer and the focus are.
  const { matches } = Element.prototype;
  vi.spyOn(Element.prototype, "matches").mockImplementation(function (this: Element, selector) {
    return selector === ":hover, :focus-within" ? this.contains(document.activeElement) : matches.call(this, selector);
  });
  await meters();
  const slider = document.querySelector("[role=slider]") as HTMLElement;
  const boxes = () =>
    [...document.querySelectorAll<HTMLElement>("[role=slider] + div")].map((box) => [
      box.textContent?.replace(/\d\d:(\d\d:\d\d)/g, "hh:$1"),
      box.style.left,
      box.style.right,
    ]);
  act(() => slider.focus());
  fireEvent.keyDown(slider, { key: "ArrowLeft", ctrlKey: true });
  const fault = "hh:59:00 Fault: GroundFailure";
  expect(boxes()).toEqual([
    [fault, "98px", ""],
    ["", "98px", ""],
  ]);
  widths.tell(150);
  expect(boxes()).toEqual([
    [fault, "", "68px"],
    ["", "", "68px"],
  ]);
  fireEvent.keyDown(slider, { key: "Escape" });
  expect(boxes()[0]?.[0]).toBe("");
});

test("where a cursor points nowhere Escape is not taken, for it closes what is open elsewhere; the mouse takes it over", async () => {
  await meters();
  const slider = document.querySelector("[role=slider]") as HTMLElement;
  expect(fireEvent.keyDown(slider, { key: "Escape" })).toBe(true);
  expect(fireEvent.keyDown(slider, { key: "a" })).toBe(true);
  expect(fireEvent.keyDown(slider, { key: "ArrowLeft" })).toBe(false);
  expect(plots.map(({ cursor }) => cursor.left > 0)).toEqual([true, true]);
  fireEvent.mouseMove(plots[1]?.over as HTMLElement);
  expect(plots.map(({ cursor }) => cursor.left)).toEqual([-10, -10]);
  fireEvent.keyDown(slider, { key: "ArrowLeft" });
  expect(fireEvent.keyDown(slider, { key: "Escape" })).toBe(false);
});

test("a chart says in words the least, the greatest and the latest of each of its lines", async () => {
  const points: [number, number][] = [
    [now - 30_000, 3000],
    [now - 20_000, 9000],
    [now - 10_000, 5000],
  ];
  await meters({ "metering.range": [{ evse: 1, measurand: "Power.Active.Import", unit: "W", points }] });
  const label = () => steady(document.querySelector("[role=img]")?.getAttribute("aria-label") ?? "");
  expect(label()).toMatchInlineSnapshot(`"Power, hh:50:00 to hh:00:00. total: 3.00 kW to 9.00 kW, last 5.00 kW"`);
});

test("where nothing was measured a chart says since when; its keys are told to who moves the cursor", async () => {
  const screen = await meters();
  await screen.type("Go to a time", "08:30");
  await screen.press("Go there");
  await expect.poll(() => steady(screen.says("section").join(" "))).toMatch(/The last came at hh:00:00/);
  const slider = document.querySelector("[role=slider]") as HTMLElement;
  expect(document.getElementById(slider.getAttribute("aria-describedby") ?? "")?.textContent).toMatch(
    /^Arrows: a sample/,
  );
  act(() => slider.focus());
  expect(slider.getAttribute("aria-valuetext")).toBe("The cursor points nowhere.");
});

test("the legend draws each line as the chart does: its phase's colour, and a dash where that comes again", async () => {
  await meters();
  const swatches = [...document.querySelectorAll("ul[aria-labelledby] line")].map((line) => [
    line.getAttribute("stroke"),
    line.getAttribute("stroke-dasharray"),
  ]);
  expect(swatches).toEqual([
    ["var(--accent)", ""],
    ["var(--phase-l1)", ""],
    ["var(--phase-l1)", "8 4"],
  ]);
});

test("the focus goes on from one chart to the next with the cursor where it is; elsewhere it goes", async () => {
  await meters();
  const [first, second] = [...document.querySelectorAll<HTMLElement>("[role=slider]")];
  act(() => first?.focus());
  fireEvent.keyDown(first as HTMLElement, { key: "ArrowLeft" });
  const at = first?.getAttribute("aria-valuenow");
  act(() => second?.focus());
  expect(second?.getAttribute("aria-valuenow")).toBe(at);
  act(() => second?.blur());
  act(() => first?.focus());
  expect(first?.getAttribute("aria-valuenow")).toBe(String(now));
});
