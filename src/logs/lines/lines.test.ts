import { describe, expect, it } from "vitest";
import { sourceOf } from "../../../test/harness/bytes.ts";
import { readHex } from "./hex.ts";
import { levelOf } from "./levels.ts";
import { lineOfMoment } from "./moment.ts";
import { readPage } from "./page.ts";
import { longestLine } from "./shape.ts";
import { lineAt, openText, readLines, readNumbered } from "./text.ts";

const open = async (text: string | Buffer) => await openText(await sourceOf(text));
const clockwork = { zone: 0, near: Date.UTC(2026, 10, 27) };

describe("lines", () => {
  it("are read from any number on, in a text of many", async () => {
    const text = await open(Array.from({ length: 5000 }, (_, index) => `line ${index + 1}\n`).join(""));
    expect(text.index.count).toBe(5000);
    for (const from of [1, 127, 128, 129, 2500, 4999]) {
      const lines = await readLines(text, from, 300);
      expect(lines).toHaveLength(Math.min(300, 5001 - from));
      expect(lines.every(({ number, text: said }, index) => number === from + index && said === `line ${number}`)).toBe(
        true,
      );
    }
    expect(await readLines(text, 5001, 10)).toEqual([]);
    expect(await readLines(text, -5, 1)).toEqual([{ number: 1, text: "line 1" }]);
  });

  it("are read by their numbers, near and far", async () => {
    const text = await open(Array.from({ length: 5000 }, (_, index) => `line ${index + 1}\n`).join(""));
    const numbers = [1, 3, 128, 129, 4000, 5000];
    expect((await readNumbered(text, [...numbers, 5001])).map(({ text: said }) => said)).toEqual(
      numbers.map((number) => `line ${number}`),
    );
  });

  it("are whole where a large text is read piece by piece, however many there are", async () => {
    const lineOf = (number: number) => `line ${number} ${"å".repeat(number % 23)}`;
    const text = await open(Array.from({ length: 180_000 }, (_, index) => `${lineOf(index + 1)}\n`).join(""));
    expect([text.index.count, text.source.size > 4 * 1024 * 1024]).toEqual([180_000, true]);
    const atEdge = await lineAt(text, 4 * 1024 * 1024);
    for (const from of [1, atEdge - 1, 179_998]) {
      const expected = [from, from + 1, from + 2].map((number) => ({ number, text: lineOf(number) }));
      expect(await readLines(text, from, 3)).toEqual(expected);
    }
  });

  it("of a file that became shorter are those that are there still", async () => {
    const text = await open(Array.from({ length: 300 }, (_, index) => `line ${index + 1}\n`).join(""));
    const left = async (bytes: number) => {
      const read = (at: number, length: number) => text.source.read(at, Math.max(0, Math.min(length, bytes - at)));
      const source = { ...text.source, read };
      return (await readNumbered({ ...text, source }, [1, 2, 200, 300])).map(({ number }) => number);
    };
    expect([await left(0), await left(7), await left(14), await left(text.source.size)]).toEqual([
      [],
      [1],
      [1, 2],
      [1, 2, 200, 300],
    ]);
  });

  it("are counted to the end of the text, which is told, and not once that was called off", async () => {
    const source = await sourceOf("a\nb\n".repeat(1000));
    const told: number[] = [];
    await openText(source, { onProgress: (bytes) => told.push(bytes) });
    expect(told).toEqual([4000]);
    await expect(openText(source, { signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow("enough");
  });

  it.each([
    ["a\nb\n", ["a", "b"], "lf"],
    ["a\r\nb\r\n\r\nc", ["a", "b", "", "c"], "crlf"],
    ["a\rb\r", ["a", "b"], "cr"],
    ["a\r\nb\nc", ["a", "b", "c"], "mixed"],
    ["", [], "lf"],
    ["\n\n", ["", ""], "lf"],
  ])("end as they do: %j", async (said, lines, lineEnds) => {
    const text = await open(said);
    expect(text.shape.lineEnds).toBe(lineEnds);
    expect((await readLines(text, 1, 10)).map(({ text: line }) => line)).toEqual(lines);
    expect(text.index.count).toBe(lines.length);
  });

  it.each([
    ["utf-8", Buffer.from("\ufeffåäö 1\nß\n")],
    ["utf-16le", Buffer.from("\ufeffåäö 1\r\nß\r\n", "utf16le")],
    ["utf-16le", Buffer.from("plain åäö 1\r\nplain ß\r\n", "utf16le")],
    ["utf-16be", Buffer.from("\ufeffåäö 1\nß\n", "utf16le").swap16()],
    ["latin1", Buffer.from("åäö 1\nß\n", "latin1")],
    ["utf-8", Buffer.from("åäö 1\nß\n")],
  ])("are read in %s", async (encoding, bytes) => {
    const text = await open(bytes);
    expect(text.shape.encoding).toBe(encoding);
    const [first, second] = await readLines(text, 1, 2);
    expect([first?.text.replace("plain ", ""), second?.text.replace("plain ", "")]).toEqual(["åäö 1", "ß"]);
  });

  it("of more than 64 kB are several, and shown by their beginning", async () => {
    const text = await open(`a\n${"x".repeat(longestLine * 2 + 5)}\nb\n`);
    const lines = await readLines(text, 1, 10, 100);
    expect(lines.map(({ text: said, isCut }) => [said.length, isCut])).toEqual([
      [1, undefined],
      [100, true],
      [100, true],
      [5, undefined],
      [1, undefined],
    ]);
  });

  it.each([
    [longestLine, 1],
    [longestLine + 1, 2],
    [longestLine * 2, 2],
    [longestLine * 2 + 1, 3],
  ])("of %i bytes are %i, with an end and without", async (bytes, count) => {
    for (const end of ["\n", ""]) expect((await open("x".repeat(bytes) + end)).index.count).toBe(count);
  });

  it("lose what colours a terminal", async () => {
    expect(await readLines(await open("\x1b[31mERROR\x1b[0m x\n"), 1, 1)).toEqual([{ number: 1, text: "ERROR x" }]);
  });

  it("are found by a byte in them", async () => {
    const text = await open("ab\n".repeat(1000));
    expect(await Promise.all([0, 2, 3, 1500, 2999, 9999].map((at) => lineAt(text, at)))).toEqual([
      1, 1, 2, 501, 1000, 1000,
    ]);
  });
});

it("a page tells moments, levels and messages", async () => {
  const text = await open(
    '2026-11-26 10:02:11 INFO > [2,"a","Heartbeat",{}]\n[    2.500000] usb\n  at main()\n2026-11-26 10:02:12 [error] x\n',
  );
  expect(await readPage(text, { numbers: [1, 2, 3, 4], clockwork: { ...clockwork, zone: 60 } })).toMatchObject([
    { number: 1, at: Date.UTC(2026, 10, 26, 9, 2, 11), level: "info", frames: [{ action: "Heartbeat", begin: 27 }] },
    { number: 2, since: 2500 },
    { number: 3, text: "  at main()" },
    { number: 4, level: "error" },
  ]);
});

describe("the line of a moment", () => {
  const day = Date.UTC(2026, 10, 26);
  const lines = (from: number, count: number) =>
    Array.from(
      { length: count },
      (_, index) => `${new Date(day + (from + index) * 1000).toISOString()} x\n  more\n`,
    ).join("");

  it("is the first that is not before it", async () => {
    const text = await open(lines(0, 3000));
    const at = (seconds: number) => lineOfMoment(text, day + seconds * 1000, clockwork);
    expect(await Promise.all([-5, 0, 0.5, 100, 2999, 9999].map(at))).toEqual([1, 1, 3, 201, 5999, 6000]);
  });

  it("is found where the clock was set back on the way", async () => {
    const text = await open(lines(0, 1000) + lines(500, 1000));
    expect(await lineOfMoment(text, day + 1200 * 1000, clockwork)).toBe(2000 + 1400 + 1);
    expect(await lineOfMoment(text, day + 700 * 1000, clockwork)).toBe(1401);
  });

  it("is none in a text without stamps", async () => {
    expect(await lineOfMoment(await open("a\nb\n"), day, clockwork)).toBeUndefined();
  });
});

it.each([
  ["x ERROR y", "error"],
  ["CRITICAL: x", "error"],
  ["[warn] x", "warning"],
  ["time=1 level=warning msg=x", "warning"],
  ['{"level":"debug"}', "debug"],
  ["11-26 10:02:11.042  1  2 W Tag: x", "warning"],
  ["D/Tag( 12): x", "debug"],
  ["E1126 10:02:11.042 x", "error"],
  ["<3>x", "error"],
  ["<190>Nov 26 10:02:11 x", "info"],
  ["Nov 26 10:02:11 ap user.err kernel: INFO x", "error"],
  ["Nov 26 10:02:11 ap daemon.warn ntpd: x", "warning"],
  ["no error found", undefined],
  ["ERROR_COUNT=0", undefined],
  ["an ERRORLESS day", undefined],
])("the level of “%s” is %s", (line, level) => {
  expect(levelOf(line)).toBe(level);
});

it("bytes are shown in rows of sixteen", async () => {
  const source = await sourceOf(Buffer.from(Array.from({ length: 40 }, (_, index) => index * 3)));
  expect(await readHex(source, 20, 2)).toEqual([
    { at: 16, hex: "30 33 36 39 3c 3f 42 45 48 4b 4e 51 54 57 5a 5d", letters: "0369<?BEHKNQTWZ]" },
    { at: 32, hex: "60 63 66 69 6c 6f 72 75", letters: "`cfilor" + "u" },
  ]);
  const edges = await sourceOf(Buffer.from([0x1f, 0x20, 0x7e, 0x7f, 0x80, 0xff]));
  expect(await readHex(edges, 0, 1)).toEqual([{ at: 0, hex: "1f 20 7e 7f 80 ff", letters: ". ~..." }]);
});
