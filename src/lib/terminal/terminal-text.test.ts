import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTerminalFilter } from "./terminal-text.ts";

const screen = (text: string) => createTerminalFilter(true).push(text);
const plain = (text: string) => createTerminalFilter(false).push(text);

describe("what a device writes on a terminal", () => {
  it.each([
    ["colours and the cursor", "\x1b[1;32mok\x1b[0m\x1b[2J\x1b[H\x1b[3A\x1b[K"],
    ["line ends, tabs and going back", "a\r\nb\tc\b"],
    ["a number as large as any screen", "\x1b[999A"],
    ["a sequence as long as any", `\x1b[${";".repeat(48)}m`],
    ["the cursor kept and moved", "\x1b7\x1b8\x1bD\x1bE\x1bM"],
    ["letters at the border of controls", " ~\u00a0"],
    ["letters of any language", "laddstolpe åäö 充电"],
  ])("passes with %s", (_name, text) => {
    expect(screen(text)).toBe(text);
  });

  it.each([
    ["a title", "a\x1b]0;owned\x07b"],
    ["a title of the old kind", "a\x1bkowned\x1b\\b"],
    ["the clipboard", "a\x1b]52;c;ZXZpbA==\x1b\\b"],
    ["a link", "a\x1b]8;;http://evil/\x1b\\b"],
    ["a question that the terminal answers", "a\x1b[6n\x1b[c\x1b[>0c\x1b[?1;2cb"],
    ["another mode", "a\x1b[?1049h\x1b[?2004h\x1b[?1000h\x1bcb"],
    ["other letters", "a\x1b(0\x0e\x0f\x1b%Gb"],
    ["strings of other kinds", 'a\x1bP$q"p\x1b\\\x1b^x\x1b\\\x1b_G\x1b\\b'],
    ["eight-bit controls", "a\x9b6n\x9d52;c;x\x9cb"],
    ["eight-bit strings", "a\x90x\x9cb"],
    ["eight-bit strings of other kinds", "a\x98x\x9c\x9dy\x07\x9ez\x1b\\\x9fw\x9cb"],
    ["a number beyond any screen", "a\x1b[1000Ab"],
    ["a sequence longer than any", `a\x1b[${";".repeat(49)}b`],
    ["what is noise between controls", "a\x80\x9a\x7fb"],
    ["a sequence that is broken off by another", "a\x1b[3\x1b[6nb"],
    ["what was begun and given up", "a\x1b[3\x18\x1b]0;x\x1ab"],
    ["numbers that only cost time", "a\x1b[2147483647S\x1b[99999999Lb"],
    ["a bell and noise", "a\x07\x00\x01b"],
  ])("loses %s", (_name, text) => {
    expect(screen(text)).toBe("ab");
  });

  it("shows what turns the direction of writing", () => {
    expect(screen("a\u202eb")).toBe("a\\u202eb");
  });

  it("loses a line at the most to a string that nothing ends", () => {
    expect(screen("a\x1b]never ended\nnext")).toBe("a\nnext");
    expect(screen(`a\x1b]${"x".repeat(5000)}`)).toMatch(/^ax{800,904}$/);
  });

  it("passes nothing but text, tabs and line ends where no sequence is wanted", () => {
    expect(plain("\x1b[31ma\x1b[0m\b\tb\r\n")).toBe("a\tb\r\n");
  });

  it("says the same however it comes in pieces, and never lets another escape through", () => {
    const pieces = fc.array(
      fc.constantFrom("\x1b", "[", "]", "5", ";", "m", "n", "P", "\\", "\x9b", "a", "\n", "\x07"),
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const filter = createTerminalFilter(true);
        const whole = screen(parts.join(""));
        expect(parts.map((part) => filter.push(part)).join("")).toBe(whole);
        const split = whole.split("\x1b").slice(1);
        for (const rest of split) expect(rest).toMatch(/^(?:\[[\d;:]*[ABCDEFGHJKLMPSTX@`adefm]|[78DEM])/);
      }),
    );
  });
});
