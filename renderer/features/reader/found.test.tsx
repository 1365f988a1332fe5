// @vitest-environment happy-dom
import { cleanup, fireEvent } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Summary } from "../../../src/logs/model.ts";
import { failure } from "../../../src/station/failure.ts";
import { words } from "../../../src/station/phrases.ts";
import { drawnLists, screensForFile, settled, unanswered, type Written } from "../../ui/testing/screen.tsx";
import { asksOf, failuresOf, reader } from "./testing/log.tsx";

screensForFile();

drawnLists();

test("what a log tells at a glance is asked for when it is wanted, and leads to its lines", async () => {
  const screen = await reader({}, "#/reader?file=7&part=0.1");
  expect(asksOf(screen.asked(), "reader.summary")).toEqual([]);
  const details = document.querySelector("details") as HTMLDetailsElement;
  details.open = true;
  details.dispatchEvent(new Event("toggle"));
  await expect.poll(() => screen.says("details")).toContain("Restarts");
  await expect(screen.text("details")).toMatchFileSnapshot("told/summary.txt");
  await screen.press(/3 × error/);
  expect(document.querySelector("[aria-current]")?.textContent).toMatch(/^3/);
  await screen.press(/→/);
  expect(document.querySelector("[aria-current]")?.textContent).toMatch(/^2/);
});

test("of what a log does not tell, nothing is said at a glance; one that cannot be summed up says so", async () => {
  const glance = async (answer: NonNullable<Written["answers"]>["reader.summary"]) => {
    const screen = await reader({ "reader.summary": answer as never }, "#/reader?file=7&part=0.1");
    const details = document.querySelector("details") as HTMLDetailsElement;
    details.open = true;
    fireEvent(details, new Event("toggle"));
    await settled();
    return screen;
  };
  const jump = { from: { line: 1 }, to: { line: 2, since: 1000 }, ms: 10_000 };
  const bare: Summary = {
    ...{ lines: 4, bytes: 9, stamped: 0, levels: { error: 0, warning: 0, info: 1200, debug: 0 }, jumpCount: 0 },
    ...{ errors: [], repeated: [], isRough: false, restarts: [], jumps: [jump] },
  };
  expect((await glance(bare)).says("details")).toMatchInlineSnapshot(`
    [
      "At a glance",
      "Level: error: 0, warning: 0, info: 1,200, debug: 0",
      "Time jumps",
      "[→ 1 s ( + 10 s )]",
    ]
  `);
  cleanup();
  expect((await glance(unanswered)).says("details")).toEqual(["At a glance", "… Going through all lines"]);
  cleanup();
  const failed = await glance(failure("unavailable", words("no-core")));
  expect(failuresOf(failed.says())).toEqual(["! The file could not be read. no core runs on this folder"]);
  failed.asked();
  await failed.press("Try again");
  expect(failed.asked()).toEqual([["reader.summary", { log: 3 }]]);
});

test("a search: what is asked, what was found, and the steps through it", async () => {
  const screen = await reader({ "reader.search": { lines: [1, 3], next: 4 } }, "#/reader?file=7&part=0.1");
  expect(screen.says()).toContain("[Search] (off)");
  await screen.type("Search all lines", "err.r");
  await screen.tick("Regular expression");
  await screen.choose("Level", "error");
  screen.asked();
  await screen.press("Search");
  expect(asksOf(screen.asked(), "reader.search")).toEqual([
    ["reader.search", { log: 3, isPattern: true, text: "err.r", levels: ["error"] }],
  ]);
  const said = () => screen.says().filter((line) => line.startsWith("…"));
  const marked = () => document.querySelector("li [aria-current]")?.textContent?.charAt(0);
  expect([said(), marked()]).toEqual([["… 1 of the first 2 lines"], "1"]);
  await screen.press("Next");
  expect([said()[0]?.slice(0, 4), marked()]).toEqual(["… 2 ", "3"]);
  await screen.press("Next");
  expect(marked()).toBe("1");
  await screen.press("Previous");
  expect(marked()).toBe("3");
  // Searched anew, it begins with the first.
  await screen.type("Search all lines", "");
  screen.asked();
  await screen.press("Search");
  expect([said(), marked()]).toEqual([["… 1 of the first 2 lines"], "1"]);
  expect(asksOf(screen.asked(), "reader.search")).toEqual([
    ["reader.search", { log: 3, isPattern: true, levels: ["error"] }],
  ]);
  cleanup();
  const one = await reader({ "reader.search": { lines: [3] } }, "#/reader?file=7&part=0.1");
  fireEvent.submit(document.querySelector("input[type=search]") as Element);
  expect(asksOf(one.asked(), "reader.search")).toEqual([]);
  await one.type("Search all lines", "x");
  await one.press("Search");
  expect(one.says().filter((line) => line.startsWith("…"))).toEqual(["… 1 of 1 line"]);
  expect(one.says()).not.toContain("[Next]");
  cleanup();
  const busy = await reader({ "reader.search": unanswered }, "#/reader?file=7&part=0.1");
  await busy.type("Search all lines", "x");
  await busy.press("Search");
  expect(document.querySelector("button[type=submit]")?.hasAttribute("data-loading")).toBe(true);
  cleanup();
  const none = await reader({ "reader.search": { lines: [] } }, "#/reader?file=7&part=0.1");
  await none.type("Search all lines", "x");
  await none.press("Search");
  expect(none.says().filter((line) => line.startsWith("…"))).toMatchInlineSnapshot(`
    [
      "… No line fits.",
    ]
  `);
  expect(asksOf(none.asked(), "reader.search")).toEqual([["reader.search", { log: 3, isPattern: false, text: "x" }]]);
  cleanup();
  const failed = await reader({}, "#/reader?file=7&part=0.1");
  await failed.type("Search all lines", "(");
  await failed.press("Search");
  expect(failuresOf(failed.says())).toMatchInlineSnapshot(`
    [
      "! It was not searched. no core runs on this folder",
    ]
  `);
});

test("a moment leads to its line, and a text without times says so", async () => {
  const screen = await reader({ "reader.moment": 3 }, "#/reader?file=7&part=0.1");
  await screen.type("Go to a time", "1970-01-02 00:10");
  screen.asked();
  await screen.press("Go there");
  expect(screen.asked()).toEqual([["reader.moment", { log: 3, at: new Date(1970, 0, 2, 0, 10).getTime() }]]);
  expect(document.querySelector("li [aria-current]")?.textContent).toMatch(/^3/);
  await screen.type("Go to a time", "soon");
  await screen.press("Go there");
  expect(screen.says()).toContain("Go to a time: soon (not right)");
  cleanup();
  let line: number | null = null;
  const timeless = await reader({ "reader.moment": () => line }, "#/reader?file=7&part=0.1");
  await timeless.type("Go to a time", "1970-01-02 00:10");
  await timeless.press("Go there");
  const said = () => timeless.says().filter((one) => one.startsWith("…"));
  expect(said()).toMatchInlineSnapshot(`
    [
      "… The lines tell no time that could be gone to.",
    ]
  `);
  line = 2;
  await timeless.press("Go there");
  expect(said()).toEqual([]);
  cleanup();
  const failing = await reader({}, "#/reader?file=7&part=0.1");
  await failing.type("Go to a time", "1970-01-02 00:10");
  await failing.press("Go there");
  // That it could not be asked for says nothing of the lines.
  expect([failuresOf(failing.says()), failing.says().some((one) => one.startsWith("…"))]).toEqual([
    ["! That moment could not be looked for. no core runs on this folder"],
    false,
  ]);
});

test("what is no text is read by its bytes, page by page", async () => {
  const rows = [{ at: 0x1230, hex: "00 ff", letters: ".." }];
  const binary = { log: 4, bytes: 5000 };
  const screen = await reader({ "reader.open": binary, "reader.bytes": rows }, "#/reader?file=7&part=0.3");
  await expect(screen.text()).toMatchFileSnapshot("told/bytes.txt");
  screen.asked();
  const [before = "", after = ""] = screen.says().filter((line) => /^\[/.test(line));
  await screen.press(after.slice(1, -1));
  expect(screen.asked()).toEqual([["reader.bytes", { log: 4, from: 4096, rows: 256 }]]);
  expect(screen.says()).toContain(`${after} (off)`);
  await screen.press(before.replace(/ \(off\)$/, "").slice(1, -1));
  expect(screen.asked()).toEqual([["reader.bytes", { log: 4, from: 0, rows: 256 }]]);
  for (const [bytes, off] of [
    [4096, true],
    [4097, false],
  ] as const) {
    cleanup();
    const page = await reader({ "reader.open": { ...binary, bytes } }, "#/reader?file=7&part=0.3");
    expect([bytes, page.says().includes(`${after} (off)`)]).toEqual([bytes, off]);
    expect(failuresOf(page.says())).toHaveLength(1);
    page.asked();
    await page.press("Try again");
    expect(asksOf(page.asked(), "reader.bytes")).toHaveLength(1);
  }
});
