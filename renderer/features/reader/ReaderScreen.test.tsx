// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test } from "vitest";
import type { PageLine, Part, Summary } from "../../../src/logs/model.ts";
import type { MessageRow } from "../../../src/services/messages/contract.ts";
import type { OpenedLog } from "../../../src/services/reader/contract.ts";
import { failure } from "../../../src/station/failure.ts";
import type { KeptFile } from "../../../src/station/model.ts";
import { words } from "../../../src/station/phrases.ts";
import { drawnLists, screensForFile, show, type Written } from "../../ui/testing/screen.tsx";
import { ReaderScreen } from "./ReaderScreen.tsx";

screensForFile();

drawnLists();

const file: KeptFile = {
  ...{ id: 7, station: "CP1", name: "day.zip", bytes: 2_500_000, at: 0, state: "whole", sha256: "ab12" },
};
const text: Part = { id: "0.1", name: "log/day.log", kind: "text", size: 12_345, changedAt: 5000 };
const parts: Part[] = [
  text,
  { id: "0.2", name: "inner.zip", kind: "archive", problem: words("no-core") },
  { id: "0.3", name: "dump.bin", kind: "binary" },
];
const log: OpenedLog = {
  ...{ log: 3, bytes: 12_345 },
  text: { encoding: "utf-8", lineEnds: "lf", lines: 4, zone: { minutes: 120, by: "inferred" } },
};
const frame = '[2,"1","Heartbeat",{}]';
const lines: PageLine[] = [
  { number: 1, text: "boot", level: "info", at: 60_000 },
  {
    ...{ number: 2, text: `sent ${frame}`, at: 61_000, since: 1500 },
    frames: [{ begin: 5, end: 27, text: frame, type: "call", id: "1", action: "Heartbeat" }],
  },
  { number: 3, text: "error: no meter", level: "error", since: 2500 },
];
const summary: Summary = {
  ...{ lines: 4, bytes: 12_345, stamped: 3, first: { line: 1, at: 60_000 }, last: { line: 4, at: 90_000 } },
  levels: { error: 1, warning: 2, info: 3, debug: 4 },
  errors: [{ count: 3, first: 3, last: 9, level: "error", text: "error: no meter " }],
  repeated: [{ count: 1200, first: 2, last: 4, text: "sent" }],
  isRough: true,
  restarts: [
    { line: 1, signs: ["watchdog", "power"], at: 60_000 },
    { line: 4, signs: ["kernel-start"], since: 90_000 },
  ],
  jumps: [{ from: { line: 1, at: 60_000 }, to: { line: 2, at: 50_000 }, ms: -10_000 }],
  jumpCount: 2,
};
const row: MessageRow = {
  ...({ seq: 11, at: 61_000, direction: "in", kind: "call", action: "Heartbeat" } as MessageRow),
};

function reader(answers: Written["answers"] = {}, hash = "#/reader?file=7") {
  const feeds = { "files.list": [file] };
  const all: Written["answers"] = {
    "reader.parts": { parts, isAll: false },
    "reader.open": log,
    "reader.close": null,
    "reader.lines": lines,
    "reader.summary": summary,
  };
  return show(<ReaderScreen />, { feeds, answers: { ...all, ...answers } }, hash);
}
const failuresOf = (said: string[]) => said.filter((line) => line.startsWith("!"));
const asksOf = (asked: [string, unknown][], name: string) => asked.filter(([one]) => one === name);

test("without a file, the way to the files", async () => {
  for (const hash of ["#/reader", "#/reader?file=0", "#/reader?file=x"])
    expect((await reader({}, hash)).says()).toMatchInlineSnapshot(`
      [
        "Read a file",
        "No file is chosen",
        "<Choose one in Files> #/files",
      ]
    `);
});

test("the parts of an archive, each a way to it", async () => {
  const screen = await reader();
  await expect(screen.text()).toMatchFileSnapshot("told/parts.txt");
  expect(screen.asked()).toEqual([["reader.parts", { file: 7 }]]);
  cleanup();
  const empty = await reader({ "reader.parts": { parts: [], isAll: true } });
  expect(empty.says()).toEqual(["day.zip", "There is nothing in it"]);
  cleanup();
  const failed = await reader({ "reader.parts": failure("unavailable", words("no-core")) });
  expect(failuresOf(failed.says())).toMatchInlineSnapshot(`
    [
      "! The file could not be read. no core runs on this folder",
    ]
  `);
});

test("a text: its shape, its lines and what is in one; it is closed when it is left", async () => {
  const screen = await reader(
    { "messages.page": { rows: [row, { ...row, seq: 12, direction: "out" }] } as never },
    "#/reader?file=7&part=0.1",
  );
  await expect(screen.text()).toMatchFileSnapshot("told/text.txt");
  expect(await screen.choices()).toMatchInlineSnapshot(`
    [
      "Level: error, warning, info, debug",
    ]
  `);
  screen.asked();
  await screen.press(/Heartbeat/);
  await expect(screen.text("aside")).toMatchFileSnapshot("told/line.txt");
  expect(screen.asked()).toEqual([
    ["messages.page", { filter: { station: "CP1", from: 31_000, to: 91_000 }, limit: 40 }],
  ]);
  await screen.press(/no meter/);
  expect(screen.says("aside")).toMatchInlineSnapshot(`
    [
      "{Line 3}",
      "Level: error",
      "Since the start: 2500 ms",
      "error: no meter",
      "[Copy]",
    ]
  `);
  cleanup();
  expect(screen.asked()).toEqual([["reader.close", { log: 3 }]]);
});

test("a text that is all of a file is open at once, and one that ends early says so", async () => {
  const only = { parts: [{ ...text, name: "day.log" }], isAll: true };
  const screen = await reader({ "reader.parts": only, "reader.open": { ...log, problem: words("no-core") } });
  expect(screen.says().slice(0, 3)).toMatchInlineSnapshot(`
    [
      "day.zip",
      "… It ends too early: no core runs on this folder",
      "4 lines, 12.3 kB, UTF-8. Times without a zone are taken as +02:00: so the messages in it tell.",
    ]
  `);
  cleanup();
  const odd: OpenedLog = {
    ...log,
    text: { encoding: "latin1", lineEnds: "cr", lines: 0, zone: { minutes: -330, by: "told" } },
  };
  const other = await reader({ "reader.parts": only, "reader.open": odd, "reader.lines": [] });
  expect(other.says()[1]).toMatchInlineSnapshot(
    `"0 lines, 12.3 kB, Windows-1252. Times without a zone are taken as −05:30."`,
  );
  cleanup();
  const failed = await reader({ "reader.parts": only, "reader.open": failure("unavailable", words("no-core")) });
  expect(failuresOf(failed.says())).toMatchInlineSnapshot(`
    [
      "! The file could not be read. no core runs on this folder",
    ]
  `);
});

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
  const timeless = await reader({ "reader.moment": null }, "#/reader?file=7&part=0.1");
  await timeless.type("Go to a time", "1970-01-02 00:10");
  await timeless.press("Go there");
  expect(timeless.says().filter((line) => line.startsWith("…"))).toMatchInlineSnapshot(`
    [
      "… The lines tell no time that could be gone to.",
    ]
  `);
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
});
