import fc from "fast-check";
import { expect, it, test } from "vitest";
import { fileName, isOnNetwork } from "./file-name.ts";

it.each([
  ["CP1.json", "CP1.json"],
  ["../../etc/passwd", "__.._etc_passwd"],
  ["..\\..\\x", "__.._x"],
  ["CP:1 <a>.json", "CP_1 _a_.json"],
  [".hidden", "_hidden"],
  ["-rf", "_rf"],
  ["~root", "_root"],
  ["trailing. ", "trailing_"],
  ["\u3000CP1\u00a0", "_CP1_"],
  ["\u2003", "_"],
  ["CON", "_CON"],
  ["nul.txt", "_nul.txt"],
  ["com1", "_com1"],
  ["LPT9.tar.gz", "_LPT9.tar.gz"],
  ["aux .json", "_aux .json"],
  ["console.log", "console.log"],
  ["a\u0000b\nc\u202egpj.exe", "a_b_c_gpj.exe"],
  ["\ud800x", "_x"],
  ["e\u0301", "é"],
  [".", "_"],
  ["..", "_"],
  ["", "plugside"],
])("turns %j into %j", (name, safe) => {
  expect(fileName(name)).toBe(safe);
});

test("a long name is cut between characters, by bytes, and keeps its ending", () => {
  expect(fileName(`${"😀".repeat(100)}.json`)).toBe(`${"😀".repeat(33)}.json`);
  expect(fileName("x".repeat(300))).toBe("x".repeat(140));
  expect([fileName("x".repeat(140)), fileName("x".repeat(141))]).toEqual(["x".repeat(140), "x".repeat(140)]);
  // Two bytes, three and four.
  expect([fileName("å".repeat(71)), fileName("\u0800".repeat(47)), fileName("\u07ff".repeat(71))]).toEqual([
    ...["å".repeat(70), "\u0800".repeat(46), "\u07ff".repeat(70)],
  ]);
  expect(fileName("\uffe6".repeat(47))).toBe("\uffe6".repeat(46));
  // An ending of sixteen bytes is one, and a longer one is a part of the name.
  expect(fileName(`${"x".repeat(140)}.${"e".repeat(15)}`)).toBe(`${"x".repeat(124)}.${"e".repeat(15)}`);
  expect(fileName(`${"x".repeat(130)}.${"e".repeat(16)}`)).toBe(`${"x".repeat(130)}.${"e".repeat(9)}`);
  expect(fileName(`${"x".repeat(134)}.  y${"z".repeat(20)}`)).toBe(`${"x".repeat(134)}.  yzz`);
});

/** Not fast-check's strings of "binary": they take seconds to be set up. */
const anyName = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0x10ffff })), { maxLength: 200 })
  .map((codes) => String.fromCodePoint(...codes));

test("no name leaves its folder, hides, or is too long", () => {
  fc.assert(
    fc.property(anyName, (name) => {
      const safe = fileName(name);
      expect(safe).toMatch(/^[^.\s-][^<>:"/\\|?*\p{Cc}]*$/u);
      expect(safe).not.toMatch(/[.\s]$/);
      expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(140);
      expect(fileName(safe)).toBe(safe);
    }),
  );
});

test.each(["\\\\server\\share", "//server/share", "\\\\?\\UNC\\server\\share", "\\\\?\\unc\\server"])(
  "%s is on another computer",
  (path) => {
    expect(isOnNetwork(path)).toBe(true);
  },
);

test.each(["C:\\data", "\\\\?\\C:\\data", "\\\\.\\C:\\data", "/data", "\\data", ""])("%s is on this one", (path) => {
  expect(isOnNetwork(path)).toBe(false);
});
