import { expect, test } from "vitest";
import { entryName, tamePath } from "../names.ts";
import { isTarHeader, readPax, readTarHeader } from "./header.ts";

/** A header with these fields at their places, and the sum that fits. */
function header(fields: Record<number, string | number[]>): Buffer {
  const block = Buffer.alloc(512);
  for (const [at, field] of Object.entries(fields)) Buffer.from(field as string).copy(block, Number(at));
  const sum = block.fill(" ", 148, 156).reduce((all, byte) => all + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
}

const large = (value: bigint) => {
  const field = Buffer.alloc(12);
  field[0] = 0x80;
  field.writeBigUInt64BE(value, 4);
  return [...field];
};

test.each<[string, Record<number, string | number[]>, unknown]>([
  ["old", { 0: "a.log", 124: "00000000012\0", 136: "17\0" }, { name: "a.log", size: 10, type: "0", changedAt: 15_000 }],
  ["of spaces", { 0: "a", 124: "     12 " }, { name: "a", size: 10, type: "0", changedAt: 0 }],
  [
    "ustar, whose name begins elsewhere",
    { 0: "a.log", 124: "0\0", 156: "5", 257: "ustar\0", 345: "var/log" },
    { name: "var/log/a.log", size: 0, type: "5", changedAt: 0 },
  ],
  [
    "of GNU, which keeps other things there",
    { 0: "a.log", 124: "0\0", 156: "0", 257: "ustar  \0", 345: "17" },
    { name: "a.log", size: 0, type: "0", changedAt: 0 },
  ],
  ["without ustar", { 0: "a", 124: "0\0", 345: "var" }, { name: "a", size: 0, type: "0", changedAt: 0 }],
  [
    "with a large size",
    { 0: "a", 124: large(2n ** 40n + 5n) },
    { name: "a", size: 2 ** 40 + 5, type: "0", changedAt: 0 },
  ],
  ["with a size that is none", { 0: "a", 124: large(2n ** 60n) }, undefined],
  ["with digits that are none", { 0: "a", 124: "0000008" }, undefined],
  ["with a time that is none", { 0: "a", 124: "1\0", 136: "9" }, { name: "a", size: 1, type: "0" }],
  ["with a whole name of latin1", { 0: [0xe5, 0x2e], 124: "0\0" }, { name: "å.", size: 0, type: "0", changedAt: 0 }],
])("a header %s", (_what, fields, told) => {
  expect(readTarHeader(header(fields))).toEqual(told);
});

test("a block is a header where its sum fits, and begins a tar where its type is a letter or a digit", () => {
  const whole = header({ 0: "a", 124: "0\0" });
  expect(readTarHeader(whole.subarray(0, 511))).toBeUndefined();
  for (const at of [0, 147, 156, 511]) {
    const other = Buffer.from(whole);
    other[at] = (other[at] ?? 0) + 1;
    expect(readTarHeader(other)).toBeUndefined();
  }
  const types = ["0", "9", "A", "Z", "a", "z", "\0", "/", ":", "[", "`", "{"];
  expect(types.filter((type) => isTarHeader(header({ 0: "a", 124: "0\0", 156: type })))).toEqual(types.slice(0, 7));
});

test("records of pax: each by its length, the last of a key holds, and what is none ends them", () => {
  const read = (text: string) => Object.fromEntries(readPax(Buffer.from(text)));
  expect(read("9 path=a\n14 size=4=5=6\n9 path=b\n8 =none\n5 no\n9 end=it\n")).toEqual({
    path: "b",
    size: "4=5=6",
    end: "it",
  });
  expect(read("9 path=å\n")).toEqual({ path: "\ufffd" });
  expect(read("11 path=å\n")).toEqual({ path: "å" });
  for (const text of ["", "path=a\n", "0 path=a\n", "-9 path=a\n", "9.5 path=a\n", "x path=a\n"])
    expect(read(text)).toEqual({});
});

test("a name that is no UTF-8 has the letters of its archive", () => {
  const old = Buffer.from([0x61, 0x7f, 0x80, 0x81, 0xe1, 0xff]);
  expect(entryName(old, "cp437")).toBe("a\x7fÇüß ");
  expect(entryName(old, "latin1")).toBe("a\x7f\x80\x81áÿ");
  expect(entryName(Buffer.from("å"), "cp437")).toBe("å");
});

test("a path leads nowhere but into its archive, and is so long at most", () => {
  expect(["c:\\a\\..\\b", "Z:/x", "a/./b/", "...", "../..", "cc:x"].map(tamePath)).toEqual([
    "a/b",
    "x",
    "a/b",
    "...",
    "-",
    "cc:x",
  ]);
  expect(tamePath("x".repeat(1001))).toBe("x".repeat(1000));
});
