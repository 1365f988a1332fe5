import { expect, test } from "vitest";
import { ControlLines } from "./ftp/lines.ts";
import { readRange } from "./http/content-range.ts";
import { nameUnder, resolvePath } from "./names.ts";
import { sameSecret } from "./secret.ts";

test.each([
  ["/logs", "a", "/logs/a"],
  ["/logs", "/a", "/a"],
  ["/logs", "\\a\\b", "/a/b"],
  ["/logs", "../b", "/b"],
  ["/logs", "../../../b", "/b"],
  ["/logs", "./a/./b//c/", "/logs/a/b/c"],
  ["/logs", "", "/logs"],
  ["/", "..", "/"],
  ["/a/b", "..\\c", "/a/c"],
])("in %s the path %s is %s", (folder, path, whole) => {
  expect(resolvePath(folder, path)).toBe(whole);
});

test.each([
  ["/logs/", "/logs/a", "a"],
  ["/logs/", "/logs/a/b", "a/b"],
  ["/logs", "/logs", "upload"],
  ["/logs", "/", "upload"],
  ["/logs", "/logs2/a", "logs2/a"],
  ["/logs", "/other/a", "other/a"],
  ["/", "/logs/a", "logs/a"],
  ["/logs", `/logs/${"n".repeat(255)}`, "n".repeat(255)],
  ["/logs", `/logs/${"n".repeat(256)}`, null],
  ["/logs", "/logs/a\u0007", null],
  ["/logs", "/logs/a\u0085", null],
])("under %s the file %s is called %s", (root, path, name) => {
  expect(nameUnder(root, path)).toBe(name);
});

test.each([
  [undefined, { offset: 0 }],
  ["bytes 0-4/5", { offset: 0, total: 5 }],
  ["BYTES=3-3/*", { offset: 3 }],
  [" bytes 3-9/10 ", { offset: 3, total: 10 }],
  ["bytes 4-3/10", null],
  ["bytes 3-/10", null],
  ["bytes */10", null],
  ["bytes 1234567890123456-1234567890123456/*", null],
])("the Content-Range %j is read as %j", (header, range) => {
  expect(readRange(header)).toEqual(range);
});

/** The lines that come of segments. */
function lines(...segments: (string | number[])[]): (string | null | boolean)[] {
  const cut = new ControlLines();
  const found: (string | null | boolean)[] = [];
  for (const segment of segments) {
    cut.push(Buffer.from(segment as string));
    for (let line = cut.next(); line !== null; line = cut.next()) found.push(line);
  }
  return [...found, cut.unfinished];
}

test.each([
  [
    ["NOOP\r\nUSER a\nPA", "SS b\r\n"],
    ["NOOP", "USER a", "PASS b", false],
  ],
  [["NOOP\r"], [true]],
  [["\r\n"], ["", false]],
  [[[0xff, 0xf4, 0xff, 0xf2, 0x41, 0x42, 0x0a]], ["AB", false]],
  [[[0xf2, 0x41, 0x0a]], ["A", false]],
  [[[0xff, 0x0a]], ["", false]],
  [["\u00e5\r\n"], ["\u00e5", false]],
  [[[0xe5, 0x0d, 0x0a]], ["\u00e5", false]],
] as [(string | number[])[], unknown[]][])("a control connection that says %j is cut into %j", (segments, found) => {
  expect(lines(...segments)).toEqual(found);
});

test("a line of a control connection is 4096 bytes long at most, however it comes", () => {
  expect(lines("x".repeat(4096))).toEqual([true]);
  expect(() => lines("x".repeat(4096), "x")).toThrow(RangeError);
  expect(() => lines(`${"x".repeat(4096)}\n`)).toThrow(RangeError);
  expect(lines(`${"x".repeat(4095)}\n${"y".repeat(100)}`)).toEqual(["x".repeat(4095), true]);
});

test("a secret is the same to its last byte, in text and in bytes, of any length", () => {
  expect([
    sameSecret("p\u00e5ss", "p\u00e5ss"),
    sameSecret("pass", Buffer.from("pass")),
    sameSecret("pass", "past"),
    sameSecret("pass", "pass1"),
    sameSecret("pass", ""),
    sameSecret("", ""),
  ]).toEqual([true, true, false, false, false, true]);
});
