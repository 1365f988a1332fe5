// @vitest-environment happy-dom
import { act, fireEvent, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { ConfirmInline } from "./ConfirmInline.tsx";
import { DataTable } from "./lists/DataTable.tsx";
import { MomentForm } from "./MomentForm.tsx";
import { PastStation } from "./PastStation.tsx";
import { screensForFile, show } from "./testing/screen.tsx";
import { linkOpened, stationAfter } from "./testing/stations.ts";

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
      "Connector 1: ~charging ~charging Charging said 1 min 1 s before",
      "Transaction 7: running, 0.00 kWh said 1 min before",
    ]
  `);
});
