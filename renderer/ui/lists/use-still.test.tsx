// @vitest-environment happy-dom
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { useStill } from "./use-still.ts";

afterEach(cleanup);

/** A list with two rows, its element in the page, and what is shown of it once more have come. */
function list() {
  const place = document.createElement("ul");
  const row = document.createElement("button");
  place.append(row);
  document.body.replaceChildren(place);
  const { result, rerender } = renderHook(({ rows, of }) => useStill(rows, of), {
    initialProps: { rows: ["b", "a"], of: "CP1" as string | null },
  });
  const now = () => [result.current.shown.join(""), result.current.fresh];
  const show = (rows: string, of: string | null = "CP1") => {
    rerender({ rows: [...rows], of });
    return now();
  };
  return { place, row, show, now, hold: () => result.current.hold, letGo: () => act(() => result.current.letGo()) };
}

test("a list goes on as it comes while no hand is on it", () => {
  const { show, now, letGo } = list();
  expect(now()).toEqual(["ba", 0]);
  expect(show("cba")).toEqual(["cba", 0]);
  letGo();
  expect(show("dcba")).toEqual(["dcba", 0]);
});

test("it stands still under the pointer, says how many have come, and goes on when that is gone", () => {
  const { show, now, hold, letGo } = list();
  act(() => hold().onPointerEnter());
  expect(show("dcba")).toEqual(["ba", 2]);
  act(() => hold().onPointerEnter());
  expect(now()).toEqual(["ba", 2]);
  letGo();
  expect(now()).toEqual(["dcba", 0]);
  expect(show("edcba")).toEqual(["dcba", 1]);
  act(() => hold().onPointerLeave());
  expect(now()).toEqual(["edcba", 0]);
});

test("another list begins anew, and the one before stands where it stood", () => {
  const { show, hold } = list();
  act(() => hold().onPointerEnter());
  expect(show("zyx", "CP2")).toEqual(["zyx", 0]);
  expect(show("cba", "CP1")).toEqual(["ba", 1]);
});

test("it stands still under the focus of the keyboard, until that is outside, or what had it is gone", () => {
  const { place, row, show, now, hold } = list();
  const seen = vi.spyOn(row, "matches").mockReturnValue(false);
  const focus = () => act(() => void hold().onFocus({ currentTarget: place, target: row }));
  row.focus();
  focus();
  expect(show("cba")).toEqual(["cba", 0]);
  seen.mockReturnValue(true);
  focus();
  expect(seen).toHaveBeenLastCalledWith(":focus-visible");
  expect(show("dcba")).toEqual(["cba", 1]);
  act(() => hold().onPointerEnter());
  act(() => hold().onPointerLeave());
  expect(now()).toEqual(["cba", 1]);
  act(() => hold().onBlur({ currentTarget: place, relatedTarget: row }));
  expect(now()).toEqual(["cba", 1]);
  act(() => hold().onBlur({ currentTarget: place, relatedTarget: document.body }));
  expect(now()).toEqual(["dcba", 0]);
  for (const gone of [
    () => act(() => hold().onBlur({ currentTarget: place, relatedTarget: null })),
    () => row.remove(),
  ]) {
    focus();
    expect(show("edcba")).toEqual(["dcba", 1]);
    gone();
    show("dcba");
    expect(show("dcba")).toEqual(["dcba", 0]);
  }
});
