import { expect, test, vi } from "vitest";
import { createManualClock, systemClock } from "../../lib/clock.ts";
import { words } from "../../station/phrases.ts";
import type { ConsoleEntry } from "../../station/serial/console.ts";
import { lineShow, terminalShow } from "./show.ts";

const said = vi.hoisted(() => [] as string[]);
vi.mock("../output.ts", () => ({
  complain: (text: string) => void said.push(`! ${text}`),
  printJson: (value: unknown) => void said.push(JSON.stringify(value)),
  printRow: (cells: string[]) => void said.push(cells.join(" | ")),
  printTerminal: (text: string) => void said.push(text),
}));
const printed = () => said.splice(0);

const bytes = (text: string) => Buffer.from(text).toString("base64");
const entries: ConsoleEntry[] = [
  { id: 1, at: 1000, kind: "in", base64: bytes("boot\r\n\x1b[31mre") },
  { id: 2, at: 2000, kind: "out", base64: bytes("help\r") },
  { id: 3, at: 3000, kind: "sign", sign: { system: "esp32", sign: "panic", said: "Guru Meditation" } },
  { id: 4, at: 4000, kind: "in", base64: bytes("d\r\n$ ") },
];
const note: ConsoleEntry = { id: 5, at: 5000, kind: "note", note: words("no-core") };

test("line by line: what came on stdout, what happened beside it; a prompt once nothing came for a while", () => {
  let rest = () => {};
  let ms = 0;
  const clock = {
    ...systemClock,
    after(length: number, task: () => void) {
      [ms, rest] = [length, task];
      return { stop() {} };
    },
  };
  const show = lineShow(false, clock);
  show.entries(entries);
  expect(printed()).toMatchInlineSnapshot(`
    [
      "boot",
      "! Console: the ESP32 crashed",
      "red",
    ]
  `);
  rest();
  expect([ms, printed()]).toEqual([250, ["$ "]]);
  rest();
  show.entries([note]);
  expect(printed()).toEqual(["! no core runs on this folder"]);
});

test("a prompt waits until nothing came for a while, however it comes, and is shown once", () => {
  const clock = createManualClock();
  const show = lineShow(false, clock);
  const come = (text: string) => show.entries([{ id: 1, at: 1000, kind: "in", base64: bytes(text) }]);
  come("log");
  clock.advance(249);
  come("in: ");
  clock.advance(249);
  expect(printed()).toEqual([]);
  clock.advance(1);
  expect(printed()).toEqual(["login: "]);
  come("half");
  show.flush();
  clock.advance(1000);
  expect(printed()).toEqual(["half"]);
});

test("with --json an object a line, what was sent among them; a note ends the line before it", () => {
  const show = lineShow(true);
  show.entries([...entries, note]);
  show.flush();
  expect(printed().map((line) => JSON.parse(line))).toMatchInlineSnapshot(`
    [
      {
        "kind": "in",
        "text": "boot",
        "time": "1970-01-01T00:00:01.000Z",
      },
      {
        "kind": "out",
        "text": "help",
        "time": "1970-01-01T00:00:02.000Z",
      },
      {
        "kind": "sign",
        "sign": {
          "said": "Guru Meditation",
          "sign": "panic",
          "system": "esp32",
        },
        "text": "Console: the ESP32 crashed",
        "time": "1970-01-01T00:00:03.000Z",
      },
      {
        "kind": "in",
        "text": "red",
        "time": "1970-01-01T00:00:01.000Z",
      },
      {
        "isPart": true,
        "kind": "in",
        "text": "$ ",
        "time": "1970-01-01T00:00:04.000Z",
      },
      {
        "kind": "note",
        "text": "no core runs on this folder",
        "time": "1970-01-01T00:00:05.000Z",
      },
    ]
  `);
});

test("on a terminal what came is passed on as it is, what would do more than colour is not", () => {
  const show = terminalShow();
  show.entries([...entries, { id: 6, at: 1, kind: "in", base64: bytes("\x1b]0;title\x07ok") }, note]);
  show.flush();
  expect(printed().map((text) => JSON.stringify(text))).toMatchInlineSnapshot(`
    [
      ""boot\\r\\n\\u001b[31mre"",
      ""\\n[Console: the ESP32 crashed]\\n"",
      ""d\\r\\n$ "",
      ""ok"",
      ""\\n[no core runs on this folder]\\n"",
    ]
  `);
});
