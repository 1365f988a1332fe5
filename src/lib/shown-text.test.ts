import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { hasUnseen, shownJson, shownText } from "./shown-text.ts";

/** Any text, rich in what does harm: controls of both sets, direction signs, tags, halves of characters, marks. */
const nasty = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0x2ff }).map((code) => String.fromCharCode(code)),
    fc.integer({ min: 0x2000, max: 0x20ff }).map((code) => String.fromCharCode(code)),
    fc.integer({ min: 0xd800, max: 0xdfff }).map((code) => String.fromCharCode(code)),
    fc.integer({ min: 0xe0000, max: 0xe0fff }).map((code) => String.fromCodePoint(code)),
    fc.constantFrom("\u0301", "\u115f", "\u3164", "\ufe0f", "\ufeff", "\u180e", "\u034f", "😀", "\\", '"'),
  ),
});

describe("a text that is shown", () => {
  it.each([
    ["as it is", "Märke 漢字 😀 a\\b", "Märke 漢字 😀 a\\b"],
    ["colours and titles", "\x1b[31mred\x1b]0;title\x07", "\\x1b[31mred\\x1b]0;title\\x07"],
    ["the clipboard by OSC 52", "\x1b]52;c;cm0gLXJm\x1b\\", "\\x1b]52;c;cm0gLXJm\\x1b\\"],
    ["controls of eight bits", "\x9b31m \x9d0;x\x9c \x85", "\\x9b31m \\x9d0;x\\x9c \\x85"],
    ["forged lines", "a\r\nroot# \u2028b\u2029c\vd\fe", "a\\x0d\\x0aroot# \\u2028b\\u2029c\\x0bd\\x0ce"],
    ["tabs, which part the fields", "a\tb", "a\\x09b"],
    ["back space and delete", "safe\b\b\b\bevil\x7f", "safe\\x08\\x08\\x08\\x08evil\\x7f"],
    ["writing turned round", "\u202egnp.exe\u202c \u2066x\u2069", "\\u202egnp.exe\\u202c \\u2066x\\u2069"],
    ["nothing wide", "a\u200bb\u200dc\ufeffd\u00ade\u2060f", "a\\u200bb\\u200dc\\ufeffd\\xade\\u2060f"],
    ["fillers that look like blanks", "\u3164\u115f\uffa0", "\\u3164\\u115f\\uffa0"],
    ["tags", "\u{e0041}\u{e007f}", "\\u{e0041}\\u{e007f}"],
    ["halves of characters", "\ud800 \udc00", "\\ud800 \\udc00"],
    ["marks in a pile", `a${"\u0301".repeat(6)}`, `a${"\u0301".repeat(4)}\\u0301\\u0301`],
  ])("has %s", (_about, text, shown) => {
    expect(shownText(text)).toBe(shown);
    expect(hasUnseen(text)).toBe(shown !== text);
  });

  test("holds nothing unseen, and is shown again as it is", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const shown = shownText(text);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/u);
        expect(shownText(shown)).toBe(shown);
      }),
    );
  });
});

test("JSON that is shown holds nothing unseen, and the same values", () => {
  fc.assert(
    fc.property(fc.dictionary(nasty, fc.oneof(nasty, fc.array(nasty))), (value) => {
      const shown = shownJson(JSON.stringify(value));
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/u);
      expect(JSON.parse(shown)).toEqual(value);
    }),
  );
});
