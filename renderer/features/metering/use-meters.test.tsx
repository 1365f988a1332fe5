// @vitest-environment happy-dom
import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import type { HistoryEntry } from "../../../src/services/history/contract.ts";
import { setLanguage } from "../../i18n/index.ts";
import { heldCore } from "../../ui/testing/held-core.tsx";
import { screensForFile } from "../../ui/testing/screen.tsx";
import { type ChartName, lineName } from "./chart/lines.ts";
import { useMarkEntries } from "./use-meters.ts";
import { useMeterWords } from "./use-words.ts";

screensForFile();

const older = (seq: number, at: number): HistoryEntry => ({ station: "CP1", event: { kind: "heartbeat", seq, at } });
test("marks reach back as far as one looks, page by page, for four pages, and end where the record does", async () => {
  const core = heldCore();
  const { result, rerender, unmount } = renderHook(({ station, from }) => useMarkEntries(station, from), {
    wrapper: core.wrapper,
    initialProps: { station: "CP1" as string | null, from: 500 },
  });
  const groups = ["status", "errors", "commands", "transactions", "tokens"];
  expect(core.watched()).toEqual([["history.live", { station: "CP1", groups }]]);
  const asks = (before: number) => [["history.page", { station: "CP1", groups, before, limit: 500 }]];
  const seqs = () => result.current.map(({ event }) => event.seq);
  core.tell([older(90, 900)]);
  expect([core.asked(), seqs()]).toEqual([asks(90), [90]]);
  await core.answer({ entries: [older(60, 600), older(70, 700)], more: true });
  expect([core.asked(), seqs()]).toEqual([asks(60), [60, 70, 90]]);
  await core.answer({ entries: [older(50, 500)], more: true });
  expect([core.asked(), seqs()]).toEqual([[], [50, 60, 70, 90]]);
  const before = result.current;
  rerender({ station: "CP1", from: 500 });
  // The same marks are not drawn anew.
  expect(result.current).toBe(before);
  rerender({ station: "CP1", from: 100 });
  expect(core.asked()).toEqual(asks(50));
  await core.answer({ entries: [], more: true });
  expect([core.asked(), seqs()]).toEqual([[], [50, 60, 70, 90]]);
  rerender({ station: "CP2", from: 100 });
  core.tell([older(95, 950)]);
  expect(seqs()).toEqual([95]);
  rerender({ station: null, from: 100 });
  await core.answer({ entries: [older(94, 940)], more: true });
  expect([seqs(), core.watched()]).toEqual([[], []]);
  unmount();
});

test("marks are an aid: where the older ones cannot be had nothing is asked again, and many pages are not read", async () => {
  const failing = heldCore();
  const refusal = renderHook(() => useMarkEntries("CP1", 0), { wrapper: failing.wrapper });
  failing.tell([older(90, 900)]);
  failing.asked();
  await failing.refuse();
  expect([failing.asked(), refusal.result.current.length]).toEqual([[], 1]);
  const long = heldCore();
  renderHook(() => useMarkEntries("CP1", 0), { wrapper: long.wrapper });
  long.tell([older(9999, 9999)]);
  let pages = 0;
  for (let first = 9499; long.asked().length > 0; first -= 500, pages++) {
    await long.answer({ entries: Array.from({ length: 500 }, (_, at) => older(first + at, first + at)), more: true });
  }
  expect(pages).toBe(4);
});

test("charts and lines are called by what tells them apart, in the language on screen", async () => {
  const { result } = renderHook(() => useMeterWords(), { wrapper: heldCore().wrapper });
  const line = (evse: number, measurand: string, more: Partial<Parameters<typeof lineName>[0]> = {}) =>
    lineName({ evse, measurand, unit: "V", ...more });
  const chart = (quantity: ChartName["quantity"], ...lines: ChartName["lines"]): ChartName => ({
    ...{ id: "c", quantity, unit: "V", lines },
  });
  const titles = () => [
    result.current.title(chart("power", line(1, "Power.Active.Import")), true),
    result.current.title(chart("energy", line(2, "Energy.Active.Import.Register")), false),
    result.current.title(chart("energy", line(2, "Energy.Active.Import.Register", { connector: 2 })), true),
    result.current.title(chart("other", line(1, "Temperature")), true),
    result.current.title(chart("other", line(1, "SoC"), line(2, "SoC"), line(1, "Made.Up")), true),
    result.current.title(chart("other", line(1, "SoC"), line(1, "Frequency"), line(1, "Made.Up")), true),
  ];
  expect(titles()).toMatchInlineSnapshot(`
    [
      "Power",
      "Energy",
      "Energy, EVSE 2, connector 2",
      "Temperature",
      "Battery level, Made.Up",
      "Other",
    ]
  `);
  const names = (...lines: ChartName["lines"]) =>
    lines.map((one) => result.current.line(one, chart("other", ...lines)));
  expect([
    names(line(1, "Voltage")),
    names(line(1, "Voltage"), line(1, "Voltage", { phase: "L1" })),
    names(line(1, "Voltage"), line(1, "Voltage", { connector: 2, phase: "L1" }), line(2, "Voltage", { phase: "L1" })),
    names(line(1, "Power.Active.Import"), line(1, "Power.Active.Export"), line(1, "Power.Offered", { phase: "L2" })),
    names(
      line(1, "Temperature", { location: "Body" }),
      line(1, "Temperature"),
      line(1, "Temperature", { location: "Reference" }),
    ),
  ]).toMatchInlineSnapshot(`
    [
      [
        "total",
      ],
      [
        "total",
        "L1",
      ],
      [
        "connector 1, total",
        "EVSE 1, connector 2, L1",
        "connector 2, L1",
      ],
      [
        "Power to the car",
        "Power from the car",
        "Power offered, L2",
      ],
      [
        "Body, total",
        "total",
        "reference, total",
      ],
    ]
  `);
  await act(() => setLanguage("sv"));
  expect(titles().slice(0, 3)).toMatchInlineSnapshot(`
    [
      "Effekt",
      "Energi",
      "Energi, EVSE 2, uttag 2",
    ]
  `);
  await act(() => setLanguage("en"));
});
