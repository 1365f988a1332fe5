import { expect, test } from "vitest";
import type { ConsoleEntry } from "../../../src/station/serial/console.ts";
import { timeText } from "../../../src/words/format.ts";
import { toBase64, unescaped } from "./bytes.ts";
import { createPainter, type View } from "./painter.ts";

const at = Date.UTC(2026, 0, 1, 12);
const bytes = (text: string) => toBase64(new TextEncoder().encode(text));
const came = (text: string): ConsoleEntry => ({ id: 1, at, kind: "in", base64: bytes(text) });
const went = (text: string): ConsoleEntry => ({ id: 2, at, kind: "out", base64: bytes(text) });

function paint(view: View, echo: boolean, ...entries: ConsoleEntry[]): string {
  return entries
    .map(createPainter({ view, echo, say: ({ note }) => note.phrase }))
    .join("")
    .replaceAll(/\[\d*m/g, "")
    .replaceAll("\x1b", "");
}

test("what came is shown as it is, and does nothing", () => {
  expect(paint("text", false, came("a\r\n\x1b]52;c;x\x07b"), went("x\r"))).toBe("a\r\nb");
  expect(paint("text", true, came("> "), went("help\r"))).toBe("> help\r\n");
  const note: ConsoleEntry = { id: 3, at, kind: "note", note: { phrase: "port-gone" } };
  expect(paint("text", false, came("half"), note, came("next"))).toBe("half\r\n[port-gone]\r\nnext");
});

test("a letter that comes in two pieces is one letter", () => {
  const [first, ...rest] = new TextEncoder().encode("å\n");
  const pieces = [[first as number], rest].map((some, id): ConsoleEntry => {
    return { id, at, kind: "in", base64: toBase64(new Uint8Array(some)) };
  });
  expect(paint("text", false, ...pieces)).toBe("å\n");
});

test("lines that end in CR alone stand below each other, and one that is written over stays one", () => {
  expect(paint("text", false, came("$OK 1^20\r"), came("$OK 2^23\r"))).toBe("$OK 1^20\r\n$OK 2^23\r\n");
  expect(paint("text", false, came("start\r\n"), came("10 %\r20 %\r"))).toBe("start\r\n10 %\r20 %\r");
});

test("times stand before each line, whatever ends it", () => {
  const time = timeText(at, true);
  expect(paint("stamps", false, came("one\rtwo\r\nthr"), came("ee\n"))).toBe(
    `${time} one\r\n${time} two\r\n${time} three\r\n`,
  );
});

test("bytes are shown in hex, both ways", () => {
  const rows = paint("hex", false, came("OpenEVSE\r\n12345678"), went("$GV\r")).split("\r\n");
  expect(rows[0]).toContain("< 4f 70 65 6e 45 56 53 45 0d 0a 31 32 33 34 35 36  OpenEVSE..123456");
  expect(rows[1]).toMatch(/< 37 38 +78$/);
  expect(rows[2]).toMatch(/> 24 47 56 0d +\$GV\.$/);
});

test("a macro says what cannot be typed", () => {
  expect(unescaped("$GS\\r\\x1b\\\\n\\q")).toBe("$GS\r\x1b\\n\\q");
  expect(unescaped("\\0\\t\\n\\R\\xFf\\x1")).toBe("\0\t\n\r\xff\\x1");
});
