// @vitest-environment happy-dom
import { cleanup, render } from "@testing-library/react";
import { createRef } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Terminal, type TerminalHandle } from "./Terminal.tsx";

/** What was done to the terminal of the test, and what it can be made to tell. */
const xterm = vi.hoisted(() => ({
  done: [] as unknown[],
  options: {} as Record<string, unknown>,
  keys: (_event: object) => true as boolean,
  data: (_text: string) => undefined as unknown,
  results: (_of: object) => undefined as unknown,
  sized: () => undefined as unknown,
}));
vi.mock("@xterm/xterm", () => ({
  Terminal: class {
    textarea = document.createElement("textarea");
    constructor(options: Record<string, unknown>) {
      xterm.options = options;
    }
    loadAddon = (addon: object) => xterm.done.push(["addon", addon.constructor.name]);
    open(place: Element) {
      place.append(this.textarea);
    }
    attachCustomKeyEventHandler(handler: typeof xterm.keys) {
      xterm.keys = handler;
    }
    onData(listener: typeof xterm.data) {
      xterm.data = listener;
    }
    write(text: string, then?: () => void) {
      xterm.done.push(["write", text]);
      then?.();
    }
    scrollToTop = () => xterm.done.push("top");
    focus = () => xterm.done.push("focus");
    dispose = () => xterm.done.push("disposed");
  },
}));
vi.mock("@xterm/addon-fit", () => ({
  FitAddon: class Fit {
    fit = () => xterm.done.push("fit");
  },
}));
vi.mock("@xterm/addon-search", () => ({
  SearchAddon: class Search {
    onDidChangeResults(listener: typeof xterm.results) {
      xterm.results = listener;
    }
    clearDecorations = () => xterm.done.push("cleared");
    findNext = (text: string, how: object) => xterm.done.push(["next", text, Object.keys(how)]);
    findPrevious = (text: string, how: object) => xterm.done.push(["previous", text, Object.keys(how)]);
  },
}));
vi.mock("./mark-words.ts", () => ({
  markWords(_term: unknown, words: () => readonly string[]) {
    xterm.done.push(["marks", words]);
    return () => xterm.done.push("unmarked");
  },
}));

beforeEach(() => {
  xterm.done = [];
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(sized: () => unknown) {
        xterm.sized = sized;
      }
      observe = (element: Element) => xterm.done.push(["observe", element.tagName]);
      disconnect = () => xterm.done.push("unobserved");
    },
  );
});
afterEach(cleanup);

test("a terminal is made once, tells what is typed and found, does what it is asked, and is let go", () => {
  const handle = createRef<TerminalHandle>();
  const told: unknown[] = [];
  const of = (label: string, marks: string[], onKeys?: (text: string) => void) => (
    <Terminal label={label} marks={marks} onKeys={onKeys} onFound={(...found) => told.push(found)} handle={handle} />
  );
  const { container, rerender, unmount } = render(of("COM3", ["fail"], (text) => told.push(text)));
  const [fit, search, marks, observed] = xterm.done.splice(0) as [unknown, unknown, [string, () => string[]], unknown];
  expect([fit, search, observed]).toEqual([
    ["addon", "Fit"],
    ["addon", "Search"],
    ["observe", "DIV"],
  ]);
  expect(xterm.options).toEqual({
    ...{ allowProposedApi: true, convertEol: true, cursorBlink: false, lineHeight: 1.2, fontSize: 16 },
    ...{ fontFamily: getComputedStyle(container).fontFamily, minimumContrastRatio: 7, scrollback: 10_000 },
    theme: { background: "#10151b", foreground: "#f2f4f6", cursor: "#f2f4f6", selectionBackground: "#35577d" },
  });
  expect(container.querySelector("textarea")?.getAttribute("aria-label")).toBe("COM3");
  xterm.data("a");
  xterm.results({ resultIndex: 2, resultCount: 7 });
  expect([told, marks[1]()]).toEqual([["a", [3, 7]], ["fail"]]);
  const key = (name: string, shiftKey = false) => xterm.keys({ key: name, shiftKey });
  expect([key("Tab"), key("Tab", true), key("F1"), key("x", true)]).toEqual([true, false, false, true]);
  xterm.sized();
  expect(xterm.done.splice(0)).toEqual(["fit"]);

  rerender(of("COM4", ["boot"]));
  expect(container.querySelector("textarea")?.getAttribute("aria-label")).toBe("COM4");
  xterm.data("nobody hears it");
  expect([told.length, marks[1](), xterm.done]).toEqual([2, ["boot"], []]);

  const asked = handle.current;
  asked?.write("text");
  asked?.clear();
  asked?.top();
  asked?.focus();
  asked?.find("x", false);
  asked?.find("x", true);
  asked?.find("", true);
  const how = ["decorations"];
  expect(xterm.done.splice(0)).toEqual([
    ...[["write", "text"], ["write", "\x1bc"], ["write", ""], "top", "focus"],
    ...[["next", "x", how], ["previous", "x", how], "cleared"],
  ]);
  unmount();
  expect(xterm.done.splice(0)).toEqual(["unobserved", "unmarked", "disposed"]);
  asked?.write("too late");
  asked?.top();
  expect(xterm.done).toEqual([]);
});
