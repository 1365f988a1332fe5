// @vitest-environment happy-dom
import { cleanup, fireEvent, renderHook } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { PageLine } from "../../../src/logs/model.ts";
import type { OpenedLog } from "../../../src/services/reader/contract.ts";
import { failure } from "../../../src/station/failure.ts";
import { words } from "../../../src/station/phrases.ts";
import { heldCore } from "../../ui/testing/held-core.tsx";
import { drawnLists, screensForFile, settled, show, unanswered, type Written } from "../../ui/testing/screen.tsx";
import { ReaderScreen } from "./ReaderScreen.tsx";
import { asksOf, failuresOf, file, lines, log, parts, reader, row, text } from "./testing/log.tsx";
import { useLines } from "./use-lines.ts";

screensForFile();

drawnLists();

test("without a file, the way to the files", async () => {
  for (const hash of ["#/reader", "#/reader?file=0", "#/reader?file=x", "#/reader?file=1.5"])
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
  const rows = [...document.querySelectorAll("tbody tr")];
  expect(rows.map((row) => row.getAttribute("tabindex"))).toEqual(["0", null, "0"]);
  fireEvent.click(rows[2] as Element);
  expect(window.location.hash).toBe("#/reader?file=7&part=0.3");
  cleanup();
  const looking = await reader({ "reader.parts": unanswered });
  expect(looking.says()).toEqual(["day.zip", "… Looking into the file"]);
  cleanup();
  const whole = await reader({ "reader.parts": { parts, isAll: true } });
  expect(whole.says().join()).not.toContain("Only the first");
  cleanup();
  // An archive that is all of a file is not read as a text.
  const nested = await reader({ "reader.parts": { parts: parts.slice(1, 2), isAll: true } });
  expect(asksOf(nested.asked(), "reader.open")).toEqual([]);
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
  failed.asked();
  await failed.press("Try again");
  expect(failed.asked()).toEqual([["reader.parts", { file: 7 }]]);
  // Another file is another screen, and one that is not kept has no name.
  window.location.hash = "#/reader?file=8";
  await settled();
  expect([failed.asked(), failed.says()[0]]).toEqual([[["reader.parts", { file: 8 }]], "Read a file"]);
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

test("beside a line stands what passed in its minute: nothing, what failed, and of nobody's file not even that", async () => {
  const hash = "#/reader?file=7&part=0.1";
  const beside = async (answer: Written["answers"]) => {
    const screen = await reader(answer, hash);
    await screen.press(/boot/);
    const said = screen.says("aside");
    const again = async () => {
      screen.asked();
      await screen.press("Try again");
      return screen.asked();
    };
    return { said: said.slice(said.indexOf("What passed on the wire in the same minute") + 1), again };
  };
  expect((await beside({ "messages.page": { rows: [] } as never })).said).toEqual([
    "Nothing passed between the station and this laptop then.",
  ]);
  cleanup();
  expect((await beside({ "messages.page": unanswered })).said).toEqual(["… Opening it"]);
  cleanup();
  const failed = await beside({});
  expect(failed.said[0]).toBe("! The file could not be read. no core runs on this folder");
  expect((await failed.again()).map(([name]) => name)).toEqual(["messages.page"]);
  cleanup();
  const nobodys = await show(
    <ReaderScreen />,
    {
      feeds: { "files.list": [{ ...file, station: null as never }] },
      answers: {
        "reader.parts": { parts, isAll: true },
        "reader.open": log,
        "reader.lines": lines,
        "reader.close": null,
      },
    },
    hash,
  );
  nobodys.asked();
  await nobodys.press(/boot/);
  expect([nobodys.asked(), nobodys.says("aside").join()]).toEqual([[], expect.not.stringContaining("on the wire")]);
  cleanup();
  const odd = {
    ...lines[1],
    number: 1,
    text: "a\u202eb",
    frames: [
      { begin: 0, end: 1, text: "{", type: "unreadable" },
      { begin: 1, end: 2, text: "[3]", type: "result", id: "x\u202e" },
    ],
  } as PageLine;
  const screen = await reader({ "reader.lines": [odd] }, hash);
  await screen.press(/u202e/);
  const copied: string[] = [];
  const clipboard = { writeText: async (text: string) => void copied.push(text) };
  vi.stubGlobal("navigator", { ...navigator, clipboard });
  await screen.press("Copy");
  vi.unstubAllGlobals();
  expect(copied).toEqual(["a\u202eb"]);
  expect(screen.says("aside").filter((line) => /OCPP|u202e/.test(line))).toEqual([
    "a\\u202eb",
    "OCPP message: unreadable",
    "OCPP message: x\\u202e",
  ]);
});

test("what is left before it is open is closed once it is", async () => {
  let opened: ((log: OpenedLog) => void) | undefined;
  const screen = await reader(
    { "reader.open": () => new Promise((done) => (opened = done)) },
    "#/reader?file=7&part=0.1",
  );
  expect(screen.says()).toContain("… Opening it");
  screen.asked();
  cleanup();
  expect(screen.asked()).toEqual([]);
  opened?.(log);
  await settled();
  expect(screen.asked()).toEqual([["reader.close", { log: 3 }]]);
});

/** As many lines as are asked for. */
function linesFrom({ lines }: { lines: number[] | { from: number; count: number } }): PageLine[] {
  const numbers = Array.isArray(lines) ? lines : Array.from({ length: lines.count }, (_, more) => lines.from + more);
  return numbers.map((number) => ({ number, text: `line ${number}` }));
}
const long = (lines: number): OpenedLog => ({ ...log, text: { ...(log.text as NonNullable<typeof log.text>), lines } });
/** The list, with room to scroll in; what it scrolls to is drawn. */
function listOf(lines: number) {
  const box = document.querySelector("section[aria-label=Lines]") as HTMLElement;
  Object.defineProperty(box, "scrollHeight", { value: 32 * lines });
  return async (top = box.scrollTop) => {
    box.scrollTop = top;
    fireEvent.scroll(box);
    await settled();
  };
}
const asLines = (said: string[]) => said.flatMap((line) => /^\[(\d+) (?:line|…)/.exec(line)?.[1] ?? []).map(Number);

test("lines are fetched by pages as they come into view, each page once, and a way to a line ends with it in view", async () => {
  let goTo = 300;
  const answers: Written["answers"] = {
    ...{ "reader.open": long(1000), "reader.lines": linesFrom, "reader.moment": () => goTo },
  };
  const screen = await reader(answers, "#/reader?file=7&part=0.1");
  const pages = () => asksOf(screen.asked(), "reader.lines").map(([, input]) => input);
  expect(pages()).toEqual([{ log: 3, lines: { from: 1, count: 200 } }]);
  expect(asLines(screen.says())[0]).toBe(1);
  const scroll = listOf(1000);
  const go = async () => {
    await screen.press("Go there");
    await scroll();
  };
  await screen.type("Go to a time", "1970-01-02 00:10");
  await go();
  expect(asLines(screen.says())).toContain(300);
  expect(pages()).toEqual([{ log: 3, lines: { from: 201, count: 200 } }]);
  // Scrolled away and led there again, it is in view again.
  await scroll(0);
  expect(asLines(screen.says())[0]).toBe(1);
  await go();
  expect(asLines(screen.says())).toContain(300);
  expect(pages()).toEqual([]);
  goTo = 200;
  await go();
  expect(document.querySelectorAll("[aria-current]")).toHaveLength(1);
  expect(document.querySelector("[aria-current]")?.textContent).toMatch(/^200/);
  expect(screen.says()).not.toEqual(expect.arrayContaining(["[Earlier lines]"]));
  expect(screen.says()).not.toEqual(expect.arrayContaining(["[Later lines]"]));
});

test("of more lines than can be scrolled through, a stretch is there, and a way to the next and the one before", async () => {
  const answers = { "reader.open": long(1_200_000), "reader.lines": linesFrom };
  const screen = await reader(answers, "#/reader?file=7&part=0.1");
  const edges = () => screen.says().filter((line) => /lines\]$/.test(line));
  const scroll = listOf(500_000);
  expect(edges()).toEqual(["[Later lines]"]);
  await screen.press("Later lines");
  await scroll();
  expect(edges()).toEqual(["[Earlier lines]", "[Later lines]"]);
  expect(asLines(screen.says())).toContain(500_001);
  await screen.press("Later lines");
  await screen.press("Later lines");
  await scroll();
  expect(edges()).toEqual(["[Earlier lines]"]);
  await screen.press("Earlier lines");
  await scroll();
  expect(edges()).toEqual(["[Earlier lines]", "[Later lines]"]);
  const whole: boolean[] = [];
  for (const lines of [500_000, 500_001]) {
    cleanup();
    const one = await reader({ ...answers, "reader.open": long(lines) }, "#/reader?file=7&part=0.1");
    whole.push(!one.says().includes("[Later lines]"));
  }
  expect(whole).toEqual([true, false]);
});

test("a log that the core has closed is opened anew; lines that fail are asked for again when they are seen again", async () => {
  let fails = 2;
  const answers: Written["answers"] = {
    "reader.open": () => ({ ...long(1000), log: fails }),
    "reader.lines": (input) => {
      if (fails > 0) return failure(fails-- === 2 ? "not-found" : "unavailable", words("no-core"));
      return linesFrom(input);
    },
    "reader.moment": 2,
  };
  const screen = await reader(answers, "#/reader?file=7&part=0.1");
  await settled();
  const asked = screen.asked();
  expect([asksOf(asked, "reader.open").length, asksOf(asked, "reader.close")]).toEqual([
    2,
    [["reader.close", { log: 2 }]],
  ]);
  expect(screen.says()).toContain("[1 …] (off)");
  await screen.type("Go to a time", "1970-01-02 00:10");
  await screen.press("Go there");
  await listOf(1000)(1600);
  expect(asksOf(screen.asked(), "reader.lines")).toEqual([
    ["reader.lines", { log: 1, lines: { from: 1, count: 200 } }],
  ]);
  expect(asLines(screen.says())).toContain(50);
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

test("of many pages the last sixty are kept; one that has fallen off is asked for again", () => {
  const core = heldCore();
  const { rerender } = renderHook((line: number) => useLines(3, line, line, () => undefined), {
    wrapper: core.wrapper,
    initialProps: 1,
  });
  for (let page = 1; page <= 60; page++) rerender(page * 200 + 1);
  expect(core.asked()).toHaveLength(61);
  rerender(201);
  expect(core.asked()).toEqual([]);
  rerender(1);
  expect(core.asked()).toEqual([["reader.lines", { log: 3, lines: { from: 1, count: 200 } }]]);
});
