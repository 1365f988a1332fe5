// @vitest-environment happy-dom
import { cleanup, fireEvent, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useKeys } from "./use-keys.ts";

let done: string[] = [];
const on = { close: () => void done.push("close"), help: () => void done.push("help") };
beforeEach(() => {
  done = [];
  window.location.hash = "#/messages";
  document.body.innerHTML = '<section data-screen="messages"></section><input id="other"><p id="text"></p>';
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** Presses a key; true where nobody else is to make anything of it. */
const press = (key: string, more: KeyboardEventInit = {}, at: EventTarget = document.body) =>
  !fireEvent.keyDown(at as Element, { key, ...more });

const focused = () => document.activeElement?.id ?? "";
/** The filter of a screen comes, as when it has loaded. */
function showFilter(screen = "messages", of = '<div data-filter><input id="filter"></div>'): Promise<void> {
  const section = document.createElement("section");
  section.dataset.screen = screen;
  section.innerHTML = of;
  document.body.append(section);
  return new Promise((seen) => setTimeout(seen));
}

test("digits go to screens, ? and F1 help, Esc closes; only the last is left to others as well", () => {
  renderHook(() => useKeys(on));
  expect([press("1"), window.location.hash]).toEqual([true, "#/overview"]);
  expect([press("?"), press("F1"), press("Escape"), press("x")]).toEqual([true, true, false, false]);
  expect(done).toEqual(["help", "help", "close"]);
});

test("what is typed into a field, pressed with Ctrl, Alt or Cmd, or was taken by others means nothing", () => {
  renderHook(() => useKeys(on));
  const field = document.querySelector("#other") as Element;
  for (const more of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }]) expect(press("?", more)).toBe(false);
  const content = document.querySelector("#text") as Element;
  content.setAttribute("contenteditable", "");
  const fields = ["textarea", "select"].map((name) => document.body.appendChild(document.createElement(name)));
  for (const one of [field, content, ...fields])
    expect([one.tagName, press("?", {}, one)]).toEqual([one.tagName, false]);
  field.addEventListener("keydown", (event) => event.preventDefault());
  press("Escape", {}, field);
  expect(done).toEqual([]);
  expect(press("?", {}, window)).toBe(true);
  expect(done).toEqual(["help"]);
});

test("/ goes to the filter of the screen, at once or once it is there", async () => {
  renderHook(() => useKeys(on));
  expect(press("/")).toBe(true);
  await showFilter("history");
  expect(focused()).toBe("");
  await showFilter();
  expect(focused()).toBe("filter");
  document.querySelector<HTMLElement>("#other")?.focus();
  await showFilter("messages", '<textarea data-filter id="second"></textarea>');
  expect(focused()).toBe("other");
  press("/");
  expect(focused()).toBe("filter");
});

test.each<[string, () => void]>([
  ["another key", () => press("x")],
  ["a click", () => fireEvent.pointerDown(document.body)],
  ["the end of the screens", () => cleanup()],
])("the filter is waited for until %s comes", async (_what, comes) => {
  renderHook(() => useKeys(on));
  press("/");
  comes();
  await showFilter();
  expect(focused()).toBe("");
});

test("the filter is waited for no longer than three seconds", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  renderHook(() => useKeys(on));
  press("/");
  vi.advanceTimersByTime(2999);
  vi.useRealTimers();
  await showFilter();
  expect(focused()).toBe("filter");
  document.querySelector("[data-filter]")?.closest("section")?.remove();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  press("/");
  vi.advanceTimersByTime(3000);
  vi.useRealTimers();
  await showFilter();
  expect(focused()).toBe("");
});

test("a filter that is a field itself is gone to, and a thing without a field is not", async () => {
  renderHook(() => useKeys(on));
  await showFilter("messages", '<textarea data-filter id="itself"></textarea>');
  press("/");
  expect(focused()).toBe("itself");
  document.querySelector("#itself")?.closest("section")?.remove();
  await showFilter("messages", '<button data-filter id="button"></button>');
  press("/");
  expect(focused()).toBe("");
});
