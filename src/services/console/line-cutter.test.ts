import { describe, expect, it } from "vitest";
import { LineCutter } from "./line-cutter.ts";

function cut(...pieces: string[]) {
  const cutter = new LineCutter();
  const lines = pieces.flatMap((piece, at) => cutter.push(Buffer.from(piece, "latin1"), at));
  return { lines: lines.map(({ text }) => text), ats: lines.map(({ at }) => at), rest: cutter.rest() };
}

describe("lines of a console", () => {
  it.each([
    ["CR", "a\rb\r", ["a", "b"]],
    ["LF", "a\nb\n", ["a", "b"]],
    ["both", "a\r\nb\r\n", ["a", "b"]],
    ["empty ones between", "a\r\n\r\nb\n\n", ["a", "", "b", ""]],
  ])("end in %s", (_name, text, lines) => {
    expect(cut(text)).toMatchObject({ lines, rest: null });
    expect(cut(...text).lines).toEqual(lines);
  });

  it("bear the time of their first byte, and letters that came in halves", () => {
    expect(cut("a", "b\xc3", "\xa5\nc")).toEqual({
      lines: ["abå"],
      ats: [0],
      rest: { at: 2, text: "c", isPart: true },
    });
  });

  it("are cut where they do not end", () => {
    const { lines, rest } = cut("x".repeat(20_000));
    expect([...lines, rest?.text].map((line) => line?.length)).toEqual([8192, 8192, 3616]);
  });
});
