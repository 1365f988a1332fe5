// @vitest-environment happy-dom
import { act, cleanup, fireEvent } from "@testing-library/react";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { type Shown, screensForFile, show, type Written } from "../../ui/testing/screen.tsx";
import { away, faulted, online, refusedOne, steady } from "../testing/around.ts";
import { Rail } from "./Rail.tsx";

screensForFile();
beforeEach(() => localStorage.clear());

function railOf(feeds: Written["feeds"] = {}, current = "reader"): Promise<Shown> {
  const all = { "stations.list": [online, away, faulted], "connection.attempts": [] };
  return show(<Rail current={current} />, { feeds: { ...all, ...feeds } }, `#/${current}`);
}
const rail = "section[aria-label]";

test("the rail: the station in focus, and its screens, those on purpose and those of the laptop", async () => {
  const screen = await railOf({ "connection.attempts": [refusedOne] });
  await expect(steady(screen.text(rail))).toMatchFileSnapshot("told/rail.txt");
});

test("what there is none of is not counted", async () => {
  const screen = await railOf({ "stations.list": [{ ...online, findings: 0 }] });
  expect(screen.says(rail).filter((line) => /^<(Findings|Connection)/.test(line))).toEqual([
    "<Findings 5> #/findings?station=CP1",
    "<Connection> #/connection?station=CP1",
  ]);
});

test("the screen in view is marked in the rail", async () => {
  const marked = () => [...document.querySelectorAll(`${rail} [aria-current]`)].map((one) => one.getAttribute("title"));
  await railOf({}, "findings");
  expect(marked()).toEqual(["Findings"]);
  cleanup();
  await railOf({}, "reader");
  expect(marked()).toEqual([]);
});

test("a group folds and stays folded; the one in view does not", async () => {
  const screen = await railOf({ "connection.attempts": [refusedOne] });
  const heads = () => screen.says(rail).filter((line) => /^\[(On purpose|This laptop)/.test(line));
  const before = heads();
  await screen.press(/^This laptop/);
  expect([before, heads()]).toMatchInlineSnapshot(`
    [
      [
        "[On purpose]",
        "[This laptop]",
      ],
      [
        "[On purpose]",
        "[This laptop 1 was turned away in the last 5 minutes]",
      ],
    ]
  `);
  expect(screen.says(rail).join()).not.toContain("#/settings");
  cleanup();
  const again = await railOf();
  expect(again.says(rail).join()).not.toContain("#/settings");
});

test("the stations are listed by a click, walked through by keys, and one comes into focus", async () => {
  const screen = await railOf();
  const head = document.querySelector("button[data-head]") as HTMLElement;
  act(() => head.focus());
  await screen.press(/^CP1/);
  await expect(steady(screen.text(rail)).split("{This station}")[0]).toMatchFileSnapshot("told/switch.txt");
  fireEvent.keyDown(head, { key: "ArrowDown" });
  fireEvent.keyDown(document.activeElement as Element, { key: "ArrowDown" });
  expect(document.activeElement?.textContent).toContain("CP2");
  fireEvent.keyDown(document.activeElement as Element, { key: "ArrowUp" });
  expect(document.activeElement?.textContent).toContain("CP1");
  fireEvent.keyDown(document.activeElement as Element, { key: "Escape" });
  expect(head.getAttribute("aria-expanded")).toBe("false");
  expect(document.activeElement).toBe(head);
  fireEvent.keyDown(head, { key: "ArrowDown" });
  expect(document.activeElement).toBe(head);
  await screen.press(/^CP1/);
  await screen.press(/^CP2/);
  expect(window.location.hash).toContain("station=CP2");
  expect(head.getAttribute("aria-expanded")).toBe("false");
  await screen.press(/^CP2/);
  fireEvent.click(document.querySelector("ul a") as Element);
  expect(head.getAttribute("aria-expanded")).toBe("false");
});

test("of very many stations one is found by typing", async () => {
  const many = Array.from({ length: 60 }, (_, at) => ({ ...online, identity: `S${at}` }));
  const screen = await railOf({ "stations.list": many });
  await screen.press(/^S0/);
  expect(screen.says(rail)).toContain("10 more: type to find one");
  fireEvent.change(document.querySelector("input[type=search]") as Element, { target: { value: " s5 " } });
  expect(screen.says(rail).filter((line) => /^\[S\d/.test(line))).toHaveLength(12);
  expect(document.querySelector("input[type=search]")).not.toBe(null);
  screen.tell("stations.list", many.slice(0, 50));
  expect(document.querySelector("input[type=search]")).toBe(null);
});

/** All is higher than the rail, as soon as its size is looked at; until the globals are as they were. */
function makeTight(): void {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe: () => void;
      constructor(look: () => void) {
        this.observe = look;
      }
      unobserve() {}
      disconnect() {}
    },
  );
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(1000);
}

test("where all groups do not fit, one of the two latter is open: that of the screen in view, else this laptop's", async () => {
  makeTight();
  const open: Record<string, unknown> = {};
  for (const path of ["messages", "simulator", "settings", "reader"]) {
    await railOf({}, path);
    const heads = [...document.querySelectorAll(`${rail} nav > button`)];
    open[path] = heads.map((head) => [head.getAttribute("aria-expanded"), (head as HTMLButtonElement).disabled].join());
    cleanup();
  }
  vi.unstubAllGlobals();
  expect(open).toEqual({
    messages: ["false,false", "true,false"],
    simulator: ["true,true", "false,false"],
    settings: ["false,false", "true,true"],
    reader: ["false,false", "true,false"],
  });
});

test("how long ago the station in focus was heard of, in whole seconds, and never before its time", async () => {
  // A time to come: our clock of the screens never goes back.
  const at = Date.UTC(2300, 0, 1);
  vi.useFakeTimers({ toFake: ["Date"], now: at });
  onTestFinished(() => void vi.useRealTimers());
  const screen = await railOf();
  const heard = [0, 999, 1000, 61_999, -5000].map((ago) => {
    screen.tell("stations.list", [{ ...online, lastSeenAt: at - ago }]);
    return screen.says("[data-head]")[0]?.replace(/^.*heard /, "");
  });
  expect(heard).toEqual(["0 s ago]", "0 s ago]", "1 s ago]", "1 min 1 s ago]", "0 s ago]"]);
});

test("a group that was folded is unfolded and stays so, also where there is little room", async () => {
  localStorage.setItem("plugside.rail.purpose", "folded");
  const screen = await railOf();
  const group = () => screen.says(rail).some((line) => line.includes("#/faults"));
  const seen = [group()];
  await screen.press(/^On purpose/);
  seen.push(group());
  expect([seen, localStorage.getItem("plugside.rail.purpose")]).toEqual([[false, true], "open"]);
  cleanup();
  makeTight();
  const tight = await railOf();
  vi.unstubAllGlobals();
  expect(tight.says(rail).some((line) => line.includes("#/faults"))).toBe(true);
});

test("the keys of the list of stations: at its ends they stay, elsewhere they are the window's, and Escape closes it from the search", async () => {
  const many = Array.from({ length: 51 }, (_, at) => ({ ...online, identity: `S${at}` }));
  const screen = await railOf({ "stations.list": many });
  const head = document.querySelector("button[data-head]") as HTMLElement;
  act(() => head.focus());
  const key = (name: string) => fireEvent.keyDown(document.activeElement as Element, { key: name });
  expect([key("ArrowDown"), key("Escape")]).toEqual([true, true]);
  await screen.press(/^S0/);
  expect([key("ArrowUp"), document.activeElement === head]).toEqual([false, true]);
  expect([key("ArrowDown"), document.activeElement?.getAttribute("type")]).toEqual([false, "search"]);
  expect(key("x")).toBe(true);
  expect([key("Escape"), document.activeElement === head, head.getAttribute("aria-expanded")]).toEqual([
    ...[false, true, "false"],
  ]);
});
