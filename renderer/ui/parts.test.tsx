// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { failure } from "../../src/station/failure.ts";
import { words } from "../../src/station/phrases.ts";
import { setLanguage } from "../i18n/index.ts";
import { ConfirmInline } from "./ConfirmInline.tsx";
import { DataTable } from "./lists/DataTable.tsx";
import { MomentForm } from "./MomentForm.tsx";
import { PastStation } from "./PastStation.tsx";
import { CopyButton, Duration, Facts, Failure, Quantity, Time } from "./parts.tsx";
import { Told } from "./Told.tsx";
import { refused, screensForFile, show } from "./testing/screen.tsx";
import { linkOpened, stationAfter } from "./testing/stations.ts";

screensForFile();
afterEach(async () => {
  vi.useRealTimers();
  await setLanguage("en");
});

test("a failure says what, why and what to do, in the language on screen, and another try is a press away", async () => {
  await setLanguage("sv");
  const retry = vi.fn();
  const shown = await show(
    <Failure what="Nej." error={failure("unavailable", words("no-core"))} onRetry={retry} />,
    {},
  );
  expect(shown.says()).toEqual([
    "! Nej. ingen kärna körs på den här mappen",
    expect.stringMatching(/^Vänta tills/),
    expect.stringMatching(/^\[.*\]$/),
  ]);
  await shown.press(/./);
  expect(retry).toHaveBeenCalledOnce();
  cleanup();
  expect((await show(<Failure what="No." error={refused()} />, {})).says()).toHaveLength(2);
});

test("numbers, moments and lengths of time", async () => {
  const at = new Date(2026, 0, 31, 10, 2, 11, 42).getTime();
  const shown = await show(
    <>
      <p>
        <Quantity value={7360} unit="W" />
      </p>
      <p>
        <Duration ms={61_000} />
      </p>
      <div id="ms">
        <Time at={at} ms />
      </div>
      <div id="day">
        <Time at={at} />
      </div>
    </>,
    {},
  );
  expect(shown.says().slice(0, 2)).toEqual(["7.36 kW", "1 min 1 s"]);
  const text = (id: string) => document.getElementById(id)?.textContent;
  expect([text("ms"), text("day")]).toEqual(["10:02:11.042", expect.stringContaining("31")]);
});

test("facts without a value are left out", async () => {
  const of = [
    ["a", "1"],
    ["b", ""],
    ["c", undefined],
    ["d", null],
    ["e", <b key="e">2</b>],
    ["f", 0],
  ] as const;
  expect((await show(<Facts of={of} />, {})).says()).toEqual(["a: 1", "e: 2", "f: 0"]);
});

test.each([
  ["Copied", true],
  ["Not copied: select the text by hand", false],
])("a copy says %j, and after two seconds its name again", async (word, taken) => {
  const write = taken ? () => Promise.resolve() : () => Promise.reject(new Error("no"));
  const copied = vi.fn(write);
  vi.stubGlobal("navigator", { ...navigator, clipboard: { writeText: copied } });
  const shown = await show(<CopyButton text="secret" label="Copy it" />, {});
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  fireEvent.click(screen.getByRole("button"));
  await act(async () => undefined);
  expect([copied.mock.calls, shown.says()]).toEqual([[["secret"]], [`[${word}]`]]);
  await act(async () => vi.advanceTimersByTime(1999));
  expect(shown.says()).toEqual([`[${word}]`]);
  await act(async () => vi.advanceTimersByTime(1));
  expect(shown.says()).toEqual(["[Copy it]"]);
  vi.unstubAllGlobals();
});

const long = "x".repeat(161);
test("a text from outside is shown whole up to 160 characters; of a longer one the length is told, and the whole on hover", async () => {
  const shown = await show(<Told text={long.slice(1)} />, {});
  expect(shown.says()).toEqual([long.slice(1)]);
  expect(document.querySelector("bdi")?.title).toBe("");
  cleanup();
  const cut = await show(<Told text={long} />, {});
  expect(cut.says()[0]).toContain("161");
  expect(document.querySelector("bdi")?.title).toBe(long);
});

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
  fireEvent.keyDown(screen.getByText("It restarts."), { key: "Enter" });
  expect(shown.says()).toHaveLength(3);
  fireEvent.keyDown(screen.getByText("It restarts."), { key: "Escape" });
  expect(shown.says()).toEqual(["[Reset]"]);
  expect(document.activeElement?.textContent).toBe("Reset");
  await shown.press("Reset");
  await shown.press("Cancel");
  expect([shown.says(), confirmed.mock.calls]).toEqual([["[Reset]"], []]);
  await shown.press("Reset");
  await shown.press("Reset");
  expect([shown.says(), confirmed.mock.calls]).toEqual([["[Reset]"], [[]]]);
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
});

test("a time is gone to as it is written, and one that cannot be read is named", async () => {
  const gone: number[] = [];
  const shown = await show(<MomentForm onGo={(at) => gone.push(at)} />, {});
  expect(shown.says().at(-1)).toMatch(/\(off\)$/);
  await shown.type("Go to a time", "soon");
  await shown.press("Go there");
  expect(shown.says()).toContain("Go to a time: soon (not right)");
  await shown.type("Go to a time", "2026-01-31 10:02:11");
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
      "Connector 1: ~charging ~charging Charging said 1 min before",
      "Transaction 7: running, 0.00 kWh said 59 s before",
    ]
  `);
});
