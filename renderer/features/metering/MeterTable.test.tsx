// @vitest-environment happy-dom
import { act, cleanup } from "@testing-library/react";
import { expect, onTestFinished, test, vi } from "vitest";
import type { EventBody } from "../../../src/station/events.ts";
import type { LiveSample, Sample, StationState } from "../../../src/station/model.ts";
import { refused, type Shown, screensForFile, show } from "../../ui/testing/screen.tsx";
import { linkOpened, stationAfter } from "../../ui/testing/stations.ts";
import { LayerChips } from "./LayerChips.tsx";
import { MeterTable } from "./MeterTable.tsx";

screensForFile();

const sample = (measurand: string, value: number, unit: Sample["unit"], more: Partial<Sample> = {}): Sample => ({
  ...{ measurand, value, unit, said: String(value) },
  ...more,
});
const group = (evse: number, samples: Sample[]): EventBody => ({
  ...{ kind: "sampled", evse, connector: 1 },
  groups: [{ samples }],
});
const of = [
  sample("Energy.Active.Import.Register", 1500, "Wh"),
  sample("Power.Active.Import", 7360, "W"),
  sample("Temperature", 31, "Celsius", { location: "Body" }),
  sample("Temperature", 35, "Celsius", { location: "Cable" }),
  sample("Energy.Active.Export.Register", 0, "Wh", { signed: { format: "OCMF", data: "x" } }),
  ...["L1", "L2"].flatMap((phase, at) => [
    sample("Current.Import", 16 - at, "A", { phase }),
    sample("Voltage", 230 + at, "V", { phase: `${phase}-N` }),
  ]),
  sample("Power.Active.Import", 3600, "W", { phase: "L1" }),
];
const one = stationAfter([linkOpened, group(1, of)]);
const two = stationAfter([linkOpened, group(1, of.slice(0, 2)), group(2, of.slice(0, 1))]);

function shown(state: StationState | null | undefined): Promise<Shown> {
  return show(<MeterTable station="CP1" />, { feeds: { "stations.state": state } });
}
const steady = (text: string) => text.replace(/\d+ d( \d+ h)?/g, "AGE");

test.each([
  ["one place", one],
  ["two places", two],
  ["away", { ...one, link: { state: "offline" as const, since: 5000 } }],
])("the latest values of %s", async (name, state) => {
  const screen = await shown(state);
  await expect(steady(screen.text())).toMatchFileSnapshot(`told/table-${name.replace(" ", "-")}.txt`);
});

test("nothing measured, not asked yet, and not to be had", async () => {
  expect((await shown(null)).says()).toHaveLength(2);
  cleanup();
  expect((await shown(undefined)).says()).toMatchInlineSnapshot(`
    [
      "… Fetching the latest values",
    ]
  `);
  cleanup();
  const failed = await show(<MeterTable station="CP1" />, { feeds: { "stations.state": refused() } });
  expect(failed.says().slice(0, 1)).toMatchInlineSnapshot(`
    [
      "! The latest values could not be read. no core runs on this folder",
    ]
  `);
});

test("phases have a column for what is told of any of them, and a dash where one is not", async () => {
  const some = [
    sample("Voltage", 230, "V", { phase: "L1" }),
    sample("Current.Import", 6, "A", { phase: "L2" }),
    sample("Voltage", 231, "V", { phase: "L2" }),
  ];
  const screen = await shown(stationAfter([linkOpened, group(1, some)]));
  const dots = [...document.querySelectorAll("tbody th [data-phase]")].map((dot) => dot.getAttribute("data-phase"));
  expect(dots).toEqual(["l1", "l2"]);
  expect(screen.says("table")).toMatchInlineSnapshot(`
    [
      "{Phases}",
      "Phase | Voltage | Current",
      "L1 |",
      "[230.0 V]",
      "| –",
      "L2 |",
      "[231.0 V]",
      "|",
      "[6.0 A]",
    ]
  `);
});

test("what has not come for three times its usual gap, or came before a restart, is told as old", async () => {
  const old = () => document.querySelectorAll("td[data-number] > .muted, [data-old]").length;
  const soc = (value: number) => group(1, [sample("SoC", value, "Percent")]);
  const boot: EventBody = { kind: "booted", info: {}, reason: "PowerUp", answered: "Accepted" };
  await shown(stationAfter([linkOpened, soc(1), soc(2)]));
  expect(old()).toBe(0);
  cleanup();
  await shown(stationAfter([linkOpened, soc(1), boot]));
  expect(old()).toBe(1);
});

test("a value leads to the frame that told it", async () => {
  const live: LiveSample | undefined = one.evses[0]?.live[0];
  const screen = await shown(one);
  await screen.press(/230/);
  expect(screen.asked()).toEqual([["messages.frame", { seq: live?.frame }]]);
});

test("a layer is hidden and shown again", async () => {
  const changes: string[][] = [];
  const layers = [
    { key: "o1", kind: "outlet", evse: 1, connector: 1 },
    { key: "L1", kind: "phase", phase: "L1" },
    { key: "marks", kind: "marks" },
  ] as never;
  const screen = await show(
    <LayerChips layers={layers} hidden={new Set(["L1"])} onHidden={(hidden) => changes.push([...hidden])} />,
    {},
  );
  expect(screen.says()).toMatchInlineSnapshot(`
    [
      "What is shown",
      "[connector 1]*",
      "[L1]",
      "[Marks]*",
    ]
  `);
  await screen.press("L1");
  await screen.press(/Marks/);
  expect(changes).toEqual([[], ["L1", "marks"]]);
});

test("a value that is told again and again is shown four times a second, and the last one always", async () => {
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const volts = (value: number) =>
    stationAfter([
      linkOpened,
      {
        ...{ kind: "sampled", evse: 1, connector: 1 },
        groups: [{ samples: [{ measurand: "SoC", value, unit: "Percent", said: "" }] }],
      },
    ]);
  const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
  const showing = show(<MeterTable station="CP1" />, { feeds: { "stations.state": volts(1) } });
  await vi.advanceTimersByTimeAsync(1);
  const screen = await showing;
  const shown = () => screen.says("tbody tr")[0]?.match(/(\d+) %/)?.[1];
  await pass(0);
  screen.tell("stations.state", volts(2));
  await pass(100);
  expect(shown()).toBe("1");
  screen.tell("stations.state", volts(3));
  await pass(150);
  expect(shown()).toBe("3");
  screen.tell("stations.state", volts(4));
  await pass(240);
  expect(shown()).toBe("3");
  await pass(10);
  expect(shown()).toBe("4");
});

test("a measurand that goes on in the next line is named once for the eye, in each for the ear; each line has its phase", async () => {
  const lines = ["L1", "N", "L1-L2\u202e"].map((phase, at) => sample("Power.Offered", 100 + at, "W", { phase }));
  await shown(stationAfter([linkOpened, group(1, lines)]));
  const rows = [...document.querySelectorAll("tbody tr")].map(({ children: [name, phase] }) => [
    ...[name?.querySelector(".visually-hidden") !== null, name?.textContent?.startsWith("Power")],
    ...[phase?.textContent, phase?.querySelector("[data-phase]")?.getAttribute("data-phase")],
  ]);
  expect(rows).toMatchInlineSnapshot(`
    [
      [
        false,
        true,
        "L1",
        "l1",
      ],
      [
        true,
        true,
        "N",
        "n",
      ],
      [
        true,
        true,
        "L1-L2\\u202e",
        "l1",
      ],
    ]
  `);
});
