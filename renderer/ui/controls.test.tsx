// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { act, cleanup, fireEvent, render, renderHook, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { words } from "../../src/station/phrases.ts";
import { ConfirmInline } from "./ConfirmInline.tsx";
import { FocusedStation } from "./FocusedStation.tsx";
import { ChoiceField } from "./fields/ChoiceField.tsx";
import { PortField } from "./fields/PortField.tsx";
import { DataTable } from "./lists/DataTable.tsx";
import { MomentForm } from "./MomentForm.tsx";
import { Outcome } from "./Outcome.tsx";
import { PastStation } from "./PastStation.tsx";
import { Remark } from "./Remark.tsx";
import { Said } from "./Said.tsx";
import { Sparkline } from "./Sparkline.tsx";
import { StateWord } from "./StateWord.tsx";
import { linesOf } from "./testing/lines.ts";
import { refused, screensForFile, show } from "./testing/screen.tsx";
import { linkOpened, onlineStation, stationAfter, summaryOf } from "./testing/stations.ts";
import { useThrottled } from "./use-throttled.ts";

screensForFile();

test("a risky button asks first: Escape and Cancel take it back, and the focus goes where the hand is", async () => {
  const confirmed = vi.fn();
  const shown = await show(
    <ConfirmInline verb="Reset" onConfirm={confirmed}>
      It restarts.
    </ConfirmInline>,
    {},
  );
  await shown.press("Reset");
  expect(shown.says()).toEqual(["It restarts.", "[Reset]", "[Cancel]"]);
  expect(document.activeElement?.textContent).toBe("Cancel");
  const elsewhere: string[] = [];
  const hear = ({ key }: KeyboardEvent) => elsewhere.push(key);
  window.addEventListener("keydown", hear);
  fireEvent.keyDown(screen.getByText("It restarts."), { key: "Enter" });
  expect(shown.says()).toHaveLength(3);
  fireEvent.keyDown(screen.getByText("It restarts."), { key: "Escape" });
  window.removeEventListener("keydown", hear);
  // What it takes back closes nothing else.
  expect(elsewhere).toEqual(["Enter"]);
  expect(shown.says()).toEqual(["[Reset]"]);
  expect(document.activeElement?.textContent).toBe("Reset");
  await shown.press("Reset");
  await shown.press("Cancel");
  expect([shown.says(), confirmed.mock.calls]).toEqual([["[Reset]"], []]);
  await shown.press("Reset");
  await shown.press("Reset");
  expect([shown.says(), confirmed.mock.calls]).toEqual([["[Reset]"], [[]]]);
});

test("what is asked first holds a form: its first field has the focus, and what is missing or away keeps it from being done", async () => {
  const confirmed = vi.fn();
  const elsewhere = vi.fn();
  window.addEventListener("keydown", elsewhere);
  const of = (more: Partial<Parameters<typeof ConfirmInline>[0]>) => (
    <ConfirmInline verb="Limit" onConfirm={confirmed} command="reset" why="It is offline" {...more}>
      <input aria-label="Amperes" />
    </ConfirmInline>
  );
  const { rerender } = render(<MantineProvider env="test">{of({})}</MantineProvider>);
  const turn = (more: Parameters<typeof of>[0]) => rerender(<MantineProvider env="test">{of(more)}</MantineProvider>);
  const says = () => linesOf(document.body);
  expect([says(), document.querySelector("button")?.dataset.command]).toEqual([["[Limit]"], "reset"]);
  expect(document.activeElement).toBe(document.body);
  fireEvent.click(screen.getByRole("button"));
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Amperes");
  fireEvent.keyDown(screen.getByLabelText("Amperes"), { key: "a" });
  fireEvent.keyDown(screen.getByLabelText("Amperes"), { key: "Escape" });
  expect([says(), elsewhere.mock.calls.map(([{ key }]) => key)]).toEqual([["[Limit]"], ["a"]]);
  fireEvent.click(screen.getByRole("button"));
  turn({ incomplete: true });
  expect(says()).toEqual(["Amperes:", "[Limit] (off)", "[Cancel]"]);
  turn({ disabled: true });
  expect(says()).toEqual(["[Limit] (It is offline)"]);
  turn({});
  expect(document.querySelector("[title]")).toBe(null);
  expect(confirmed).not.toHaveBeenCalled();
  fireEvent.submit(document.querySelector("form") as Element);
  turn({ immediate: true });
  fireEvent.click(screen.getByRole("button"));
  expect([says(), confirmed.mock.calls]).toEqual([["[Limit]"], [[], []]]);
  window.removeEventListener("keydown", elsewhere);
});

test("a row that opens nothing takes no focus, and arrows pass over it", async () => {
  const opened: string[] = [];
  await show(
    <DataTable
      rows={["one", "two", "three"]}
      columns={[{ id: "a", head: "A", cell: (row: string) => row }]}
      rowKey={(row) => row}
      label="Rows"
      opens={(row) => row !== "two"}
      onOpen={(row) => opened.push(row)}
    />,
    {},
  );
  const [, first, second, third] = screen.getAllByRole("row");
  expect([first, second, third].map((row) => row?.tabIndex)).toEqual([0, -1, 0]);
  first?.focus();
  fireEvent.keyDown(first as HTMLElement, { key: "ArrowDown" });
  expect(document.activeElement).toBe(third);
  fireEvent.keyDown(third as HTMLElement, { key: "ArrowUp" });
  expect(document.activeElement).toBe(first);
  fireEvent.click(second as HTMLElement);
  fireEvent.keyDown(second as HTMLElement, { key: "Enter" });
  expect(opened).toEqual([]);
});

test("numbers stand at the right, in their head as in their rows", async () => {
  const cell = (row: string) => row;
  await show(
    <DataTable
      rows={["one"]}
      columns={[
        { id: "a", head: "A", cell },
        { id: "b", head: "B", cell, number: true },
      ]}
      rowKey={cell}
      label="Rows"
    />,
    {},
  );
  const right = [...document.querySelectorAll("[data-number=true]")].map(({ textContent }) => textContent);
  expect([right, screen.getByRole("table", { name: "Rows" }).querySelectorAll("th[scope=col]").length]).toEqual([
    ["B", "one"],
    2,
  ]);
});

test("a row opens by Enter and by a click, and arrows walk the rows", async () => {
  const opened: string[] = [];
  const columns = [{ id: "a", head: "A", cell: (row: string) => row }];
  await show(
    <DataTable
      rows={["one", "two"]}
      columns={columns}
      rowKey={(row) => row}
      label="Rows"
      onOpen={(row) => opened.push(row)}
    />,
    {},
  );
  const [, first, second] = screen.getAllByRole("row");
  first?.focus();
  fireEvent.keyDown(first as HTMLElement, { key: "ArrowDown" });
  expect(document.activeElement).toBe(second);
  fireEvent.keyDown(second as HTMLElement, { key: "ArrowUp" });
  expect(document.activeElement).toBe(first);
  for (const key of ["Escape", "Enter"]) fireEvent.keyDown(first as HTMLElement, { key });
  fireEvent.click(second as HTMLElement);
  expect(opened).toEqual(["one", "two"]);
  // A key that is pressed on what stands in a row is its own.
  const cell = first?.querySelector("td") as HTMLElement;
  for (const key of ["Enter", "ArrowDown"]) expect(fireEvent.keyDown(cell, { key })).toBe(true);
  expect([opened.length, document.activeElement]).toEqual([2, first]);
  expect(["Enter", "ArrowDown", "ArrowUp", "x"].map((key) => fireEvent.keyDown(first as HTMLElement, { key }))).toEqual(
    [false, false, true, true],
  );
});

test("what became of a thing is told in passing, a failure at once, and a remark with the shape of what it means", async () => {
  const shown = await show(
    <>
      <Outcome failed={null}>Saved</Outcome>
      <Outcome failed="">Not to be seen</Outcome>
      <Outcome failed="Not saved">Not to be seen</Outcome>
      <Remark>Look here</Remark>
      <Remark tone="faulted">Broken</Remark>
    </>,
    {},
  );
  expect(shown.says().join(" ")).toBe(
    "… Saved ~faulted ~faulted ! Not saved ~waiting ~waiting Look here ~faulted ~faulted Broken",
  );
});

test("what was sent is told letter by letter, our own words in the language on screen, each in the look that is wished for", async () => {
  const shown = await show(
    <>
      <Said of={"<a>\u202eb"} className="one" />
      <Said of={words("no-core")} className="two" />
    </>,
    {},
  );
  expect(shown.says().join(" ")).toBe("<a>\\u202eb no core runs on this folder");
  expect(["code.one", "span.two"].map((part) => document.querySelectorAll(part).length)).toEqual([1, 1]);
});

test("a place of a device: what is offered as one types, what is wrong with it, and what is typed", async () => {
  const typed: string[] = [];
  const of = (error: string | false, offered?: readonly string[]) => (
    <PortField
      {...{ label: "Port", description: "Where it is", value: "COM3", error, list: "ports", offered }}
      onChange={(value) => typed.push(value)}
    />
  );
  const shown = await show(of(false, ["COM1", "COM3"]), {});
  const field = screen.getByLabelText<HTMLInputElement>("Port");
  expect([...(field.list?.options ?? [])].map(({ value }) => value)).toEqual(["COM1", "COM3"]);
  expect([field.autocomplete, field.getAttribute("spellcheck"), field.className.includes("mono")]).toEqual([
    "off",
    "false",
    true,
  ]);
  expect(shown.says()).toEqual(["Port: COM3", "Where it is"]);
  await shown.type("Port", "COM4");
  expect(typed).toEqual(["COM4"]);
  cleanup();
  const wrong = await show(of("It is not there."), {});
  expect([wrong.says(), document.querySelector("datalist")]).toEqual([
    ["Port: COM3 (not right)", "Where it is", "It is not there."],
    null,
  ]);
});

test("of a few words one is always chosen", async () => {
  const chosen: string[] = [];
  const shown = await show(
    <ChoiceField
      label="Baud"
      value="9600"
      choices={["9600", { value: "x", label: "As it is" }]}
      onChange={(one) => chosen.push(one)}
    />,
    {},
  );
  expect(await shown.choices()).toEqual(["Baud: 9600, As it is"]);
  await shown.choose("Baud", "As it is");
  expect(chosen).toEqual(["x"]);
  await shown.choose("Baud", "9600");
  expect(chosen).toEqual(["x"]);
});

test("a time is gone to as it is written, and one that cannot be read is named", async () => {
  const gone: number[] = [];
  const shown = await show(<MomentForm onGo={(at) => gone.push(at)} />, {});
  expect(shown.says().at(-1)).toMatch(/\(off\)$/);
  await shown.type("Go to a time", "  ");
  expect(shown.says().at(-1)).toMatch(/\(off\)$/);
  await shown.type("Go to a time", "soon");
  await shown.press("Go there");
  expect(shown.says()).toContain("Go to a time: soon (not right)");
  await shown.type("Go to a time", " 2026-01-31 10:02:11 ");
  expect(shown.says().some((line) => line.endsWith("(not right)"))).toBe(false);
  await shown.press("Go there");
  expect(gone).toEqual([new Date(2026, 0, 31, 10, 2, 11).getTime()]);
});

test("a station as it was: its link, its connectors and its session, each with how long before it was said", async () => {
  const state = stationAfter([
    linkOpened,
    { kind: "status", evse: 1, connector: 1, status: "Charging" },
    { kind: "transaction-started", id: "7", evse: 1, connector: 1, meterStart: 1000 },
  ]);
  const shown = await show(<PastStation identity="CP1" frame={9} at={62_500} />, {
    answers: { "stations.stateAt": { seq: 9, state } },
  });
  expect(shown.asked()).toEqual([]);
  const details = document.querySelector("details") as HTMLDetailsElement;
  await act(async () => {
    details.open = true;
    fireEvent(details, new Event("toggle"));
  });
  expect(shown.asked()).toEqual([["stations.stateAt", { identity: "CP1", frame: 9 }]]);
  expect(shown.says()).toMatchInlineSnapshot(`
    [
      "The station at this moment",
      "Link: ~available ~available Connected since 1970-01-01T00:00:01.000Z",
      "Connector 1: ~charging ~charging Charging said 1 min 1 s before",
      "Transaction 7: running, 0.00 kWh said 1 min before",
    ]
  `);
});

test("a station as it was that cannot be fetched is fetched again; one that was away says so", async () => {
  let tries = 0;
  const state = stationAfter([linkOpened, { kind: "link-closed", connection: 1, cause: "peer" } as never]);
  const shown = await show(<PastStation identity="CP1" frame={9} at={62_500} />, {
    answers: { "stations.stateAt": () => (tries++ === 0 ? refused() : { seq: 9, state }) },
  });
  const details = document.querySelector("details") as HTMLDetailsElement;
  await act(async () => {
    details.open = true;
    fireEvent(details, new Event("toggle"));
  });
  expect(shown.says().at(-1)).toBe("[Try again]");
  await shown.press("Try again");
  expect(shown.says()).toEqual([
    "The station at this moment",
    "Link: ~quiet ~quiet Offline since 1970-01-01T00:00:02.000Z",
  ]);
});

test("how long before it was said: of power that flowed by its own time, of all else by the last word, and what is just said", async () => {
  const started = stationAfter([
    linkOpened,
    { kind: "status", evse: 1, connector: 1, status: "Charging" },
    { kind: "transaction-started", id: "7", evse: 1, connector: 1, meterStart: 1000 },
  ]);
  const [evse] = started.evses;
  if (!evse?.transaction) throw new Error("There is no transaction.");
  const { transaction } = evse;
  const said: (string | undefined)[] = [];
  for (const more of [
    { powerW: 7360, powerAt: 61_500 },
    { powerW: 7360, powerAt: 61_501 },
    { powerW: 7360, powerAt: 60_500, state: "ended" },
    { powerW: 7360, powerAt: 60_500, energyWh: null, state: "not-ended" },
    { powerW: 7360 },
  ] as const) {
    const state = { ...started, evses: [{ ...evse, transaction: { ...transaction, ...more } }] };
    const shown = await show(<PastStation identity="CP1" frame={9} at={62_500} />, {
      answers: { "stations.stateAt": { seq: 9, state } },
    });
    const details = document.querySelector("details") as HTMLDetailsElement;
    await act(async () => {
      details.open = true;
      fireEvent(details, new Event("toggle"));
    });
    said.push(shown.says().find((line) => line.startsWith("Transaction 7")));
    cleanup();
  }
  expect(said).toMatchInlineSnapshot(`
    [
      "Transaction 7: running, 0.00 kWh, 7.36 kW said 1 s before",
      "Transaction 7: running, 0.00 kWh, 7.36 kW said just then",
      "Transaction 7: ended, 0.00 kWh said 1 min before",
      "Transaction 7: over, its end was not told said 1 min before",
      "Transaction 7: running, 0.00 kWh, 7.36 kW",
    ]
  `);
});

test("the state is drawn with a shape for each colour, a cross where it is away, and loses its colour with age", async () => {
  const drawn = async (state: string, old = false) => {
    await show(<StateWord state={state} old={old} />, {});
    const svg = document.querySelector("svg");
    const told = [document.querySelector("span[data-tone]")?.getAttribute("data-tone"), svg?.getAttribute("data-tone")];
    const shape = [...(svg?.children ?? [])].map((one) => `${one.tagName} ${one.getAttribute("fill")}`).join(", ");
    cleanup();
    return `${state}${old ? ", old" : ""}: ${told.join(" ")}: ${shape}`;
  };
  const all = [];
  for (const state of ["Charging", "Available", "Preparing", "Faulted", "Unavailable", "Offline", "Never", "Odd"])
    all.push(await drawn(state));
  expect([...all, await drawn("Charging", true)]).toMatchInlineSnapshot(`
    [
      "Charging: charging charging: circle currentColor",
      "Available: available available: circle none",
      "Preparing: waiting waiting: circle none, path currentColor",
      "Faulted: faulted faulted: path currentColor",
      "Unavailable: quiet quiet: rect none",
      "Offline: quiet quiet: path none",
      "Never: quiet quiet: path none",
      "Odd: quiet quiet: rect none",
      "Charging, old: quiet quiet: circle currentColor",
    ]
  `);
});

test("of a state that OCPP does not have nothing is hidden", async () => {
  expect((await show(<StateWord state={"Odd\u202eX"} />, {})).says()).toEqual(["~quiet ~quiet Odd\\u202eX"]);
});

test("a station in focus, or why there is none", async () => {
  const of = <FocusedStation failed="Not shown.">{(identity) => <p>of {identity}</p>}</FocusedStation>;
  const said: string[][] = [];
  for (const feed of [[summaryOf(onlineStation("CP7"))], [], refused(), undefined]) {
    said.push((await show(of, { feeds: { "stations.list": feed } })).says().slice(0, 2));
    cleanup();
  }
  expect(said).toMatchInlineSnapshot(`
    [
      [
        "of CP7",
      ],
      [
        "No station has connected yet",
        "This screen fills itself as soon as a station connects.",
      ],
      [
        "! Not shown. no core runs on this folder",
        "Wait until the connection to Plugside is back, then try again.",
      ],
      [
        "… Fetching from the record",
      ],
    ]
  `);
});

test("a number that is read changes four times a second at most, and shows the latest then", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: 10_000 });
  const { result, rerender, unmount } = renderHook(({ value }) => useThrottled(value), { initialProps: { value: 1 } });
  const at = (ms: number) => {
    act(() => void vi.advanceTimersByTime(ms));
    return result.current;
  };
  at(0);
  rerender({ value: 2 });
  expect(result.current).toBe(1);
  expect(at(249)).toBe(1);
  rerender({ value: 3 });
  expect(at(1)).toBe(3);
  rerender({ value: 4 });
  expect([at(249), at(1)]).toEqual([3, 4]);
  at(1000);
  rerender({ value: 5 });
  expect(at(0)).toBe(5);
  rerender({ value: 6 });
  unmount();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test("a line of the last minutes: its pieces, and its zero where it lies", async () => {
  const points = [
    [0, -100],
    [100, 100],
    [400, 100],
  ] as const;
  await show(<Sparkline points={points} from={0} to={400} gapMs={200} label="Power" />, {});
  const svg = screen.getByRole("img", { name: "Power" });
  expect([...svg.querySelectorAll("polyline")].map((one) => one.getAttribute("points"))).toEqual([
    "0.0,47.0 75.0,1.0",
    "300.0,1.0",
  ]);
  const zero = svg.querySelector("line");
  expect(["x1", "x2", "y1", "y2"].map((name) => zero?.getAttribute(name))).toEqual(["0", "300", "24.5", "24.5"]);
});

test("of an EVSE with several connectors a station as it was names both numbers, and no session where there was none", async () => {
  const state = stationAfter([
    { kind: "status", evse: 1, connector: 1, status: "Available" },
    { kind: "status", evse: 1, connector: 2, status: "Faulted" },
  ]);
  const shown = await show(<PastStation identity="CP1" frame={9} at={2500} />, {
    answers: { "stations.stateAt": { seq: 9, state } },
  });
  const details = document.querySelector("details") as HTMLDetailsElement;
  await act(async () => {
    details.open = true;
    fireEvent(details, new Event("toggle"));
  });
  expect(shown.says().slice(2)).toMatchInlineSnapshot(`
    [
      "EVSE 1 · Connector 1: ~available ~available Available said 2 s before",
      "EVSE 1 · Connector 2: ~faulted ~faulted Faulted said just then",
    ]
  `);
});
