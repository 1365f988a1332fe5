import { expect, test } from "vitest";
import { codecs } from "./codecs.ts";
import { checkedData, crc16, withCheck } from "./crc16.ts";
import { damaged, type Piece } from "./framing.ts";
import { recognise } from "./recognise.ts";

const limit = 20;
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const told = (piece: Piece) =>
  piece.kind === "frame"
    ? `${Buffer.from(piece.data)}${piece.checked ? "" : " (unchecked)"}`
    : `${piece.why} ${piece.count}: ${hex(piece.head)}`;
const bytesOf = (text: string | readonly number[]) => Buffer.from(text as string);
/** What comes of a line, and of its end. */
const read = (name: keyof typeof codecs, ...parts: (string | readonly number[])[]) => {
  const reader = codecs[name].reader(limit);
  return [parts.flatMap((part) => reader.push(bytesOf(part))).map(told), reader.flush().map(told)];
};

test("a message is put on the line byte for byte as its framing says", () => {
  const data = Buffer.from('["\n\r\u00e5"]');
  expect([
    Buffer.from(codecs.lines.encode(data, false)).toString(),
    Buffer.from(codecs.lines.encode(Buffer.from("123456789"), true)).toString(),
    hex(codecs.length.encode(Buffer.from("123456789"), true)),
    hex(codecs.slip.encode(Uint8Array.of(0xc0, 0x41, 0xdb), true)),
    hex(codecs.cobs.encode(Uint8Array.of(0x41, 0x00, 0x42), true)),
  ]).toEqual([
    '["  \u00e5"]\n',
    "123456789*29B1\n",
    "f50000000931323334353637383929b1",
    `c0dbdc41dbdd${hex(withCheck(Uint8Array.of(0xc0, 0x41, 0xdb)).subarray(3))}c0`,
    `000241${hex(Uint8Array.of(4))}42${hex(withCheck(Uint8Array.of(0x41, 0, 0x42)).subarray(3))}00`,
  ]);
});

test("a block of COBS is 254 bytes long at most", () => {
  const encoded = codecs.cobs.encode(new Uint8Array(253).fill(1), true);
  expect([encoded[1], encoded.length]).toEqual([255, 1 + 1 + 254 + 1 + 1 + 1]);
  const reader = codecs.cobs.reader(600);
  for (const length of [252, 253, 254, 255, 506, 508, 509]) {
    const data = new Uint8Array(length).fill(7);
    expect(reader.push(codecs.cobs.encode(data, true))).toEqual([{ kind: "frame", data, checked: true }]);
  }
  // A zero right before, at and behind the end of the longest block.
  for (let before = 251; before <= 256; before++) {
    const data = new Uint8Array(300).fill(7).fill(0, before, before + 1);
    expect(reader.push(codecs.cobs.encode(data, true))).toEqual([{ kind: "frame", data, checked: true }]);
  }
});

test("a check stands high byte first, and of nothing there is none", () => {
  expect(hex(withCheck(Buffer.from("123456789")))).toBe("31323334353637383929b1");
  expect(checkedData(Buffer.from("31323334353637383929b1", "hex"))?.toString()).toBe("123456789");
  expect(checkedData(Buffer.from("31323334353637383929b2", "hex"))).toBeNull();
  expect(checkedData(Buffer.from("31323334353637383928b1", "hex"))).toBeNull();
  expect([checkedData(Uint8Array.of(0xff, 0xff)), checkedData(new Uint8Array())]).toEqual([null, null]);
});

test.each<[string, (string | number[])[], string[], string[]]>([
  ["a message", ['[1]\n{"a":1}\r\n'], ["[1] (unchecked)", '{"a":1} (unchecked)'], []],
  ["blanks behind it", ["[1]  \n"], ["[1]   (unchecked)"], []],
  ["nothing", ["\n\n  \r\n"], [], []],
  ["a message in pieces", ["[", "1", "]", "\n"], ["[1] (unchecked)"], []],
  ["one that is not over", ["[1]\n[2"], ["[1] (unchecked)"], ["cut 2: 5b32"]],
  ["one without its end", ["[1\n{\n"], ["cut 2: 5b31", "cut 1: 7b"], []],
  ["readable text", ["\u001b[1mboot\t1\r\n"], ["text 11: 1b5b316d626f6f7409310d"], []],
  ["noise", [[1, 2, 10]], ["coding 2: 0102"], []],
  ["a check that is none", ["[1]*ZZZZ\n"], [`check 8: ${hex(Buffer.from("[1]*ZZZZ"))}`], []],
  ["a check of nothing", ["*FFFF\n"], [`text 5: ${hex(Buffer.from("*FFFF"))}`], []],
  ["as long as may be", [`[${"1".repeat(18)}]\n`], [`[${"1".repeat(18)}] (unchecked)`], []],
  [
    "too long",
    [`[${"1".repeat(26)}]\n[1]\n`],
    [`too-long 28: ${hex(Buffer.from(`[${"1".repeat(26)}`))}`, "[1] (unchecked)"],
    [],
  ],
])("lines: %s", (_, parts, pieces, rest) => {
  expect(read("lines", ...parts)).toEqual([pieces, rest]);
});

test("a line with a check that fits is one, in letters of either case, and from then on none is without", () => {
  const line = Buffer.from(codecs.lines.encode(Buffer.from("[1]"), true)).toString();
  expect([read("lines", line), read("lines", line.toLowerCase())]).toEqual(Array(2).fill([["[1]"], []]));
  expect(read("lines", `[1]\n${line}[1]\n`)).toEqual([["[1] (unchecked)", "[1]", "check 3: 5b315d"], []]);
});

const one = [...codecs.length.encode(Buffer.from("[1]"), true)];
test.each<[string, number[][], string[], string[]]>([
  ["a message", [one], ["[1]"], []],
  ["byte by byte", one.map((byte) => [byte]), ["[1]"], []],
  ["noise before it", [[1, 2, ...one]], ["coding 2: 0102", "[1]"], []],
  ["a length of nothing", [[0xf5, 0, 0, 0, 0, ...one]], ["cut 5: f500000000", "[1]"], []],
  ["a length over the limit", [[0xf5, 0, 0, 0, 21, ...one]], ["cut 5: f500000015", "[1]"], []],
  ["the longest", [[...codecs.length.encode(new Uint8Array(20).fill(0x41), true)]], ["A".repeat(20)], []],
  ["another message within", [[0xf5, 0, 0, 0, 20, 1, 2, ...one]], ["cut 7: f5000000140102", "[1]"], []],
  [
    "a check that does not fit",
    [[...one.slice(0, -1), 0, ...one]],
    [`check 10: ${hex(Uint8Array.from([...one.slice(0, -1), 0]))}`, "[1]"],
    [],
  ],
  ["no end", [one.slice(0, 9)], [], [`cut 9: ${hex(Uint8Array.from(one.slice(0, 9)))}`]],
  ["a mark alone", [[0xf5]], [], ["cut 1: f5"]],
  ["a head without its end", [[0xf5, 0, 0, 0]], [], ["cut 4: f5000000"]],
])("length: %s", (_, parts, pieces, rest) => {
  expect(read("length", ...parts)).toEqual([pieces, rest]);
});

const checked = [...withCheck(Buffer.from("[1]"))];
test.each<[string, number[][], string[], string[]]>([
  ["a message", [[0xc0, ...checked, 0xc0]], ["[1]"], []],
  ["one END between two", [[...checked, 0xc0, ...checked, 0xc0]], ["[1]", "[1]"], []],
  ["an escape that is none", [[0xdb, 0x41, 0xc0]], ["coding 2: db41"], []],
  ["an escape at the end", [[0x41, 0xdb, 0xc0]], ["coding 2: 41db"], []],
  ["a check that does not fit", [[0x41, 0x42, 0x43, 0xc0]], ["check 3: 414243"], []],
  ["no end", [[0x41]], [], ["cut 1: 41"]],
  ["too long", [[...Array.from({ length: 45 }, () => 0x41), 0xc0]], [`too-long 45: ${"41".repeat(44)}`], []],
  [
    "as long as its escapes make it",
    [[...Array.from({ length: 44 }, () => 0x41), 0xc0]],
    [`check 44: ${"41".repeat(44)}`],
    [],
  ],
])("SLIP: %s", (_, parts, pieces, rest) => {
  expect(read("slip", ...parts)).toEqual([pieces, rest]);
});

test.each<[string, number[][], string[], string[]]>([
  ["a message", [[0, 6, ...checked, 0]], ["[1]"], []],
  ["a code that leads behind the end", [[9, 1, 0]], ["cut 2: 0901"], []],
  ["a check that does not fit", [[3, 1, 2, 0]], ["check 3: 030102"], []],
  ["no end", [[1]], [], ["cut 1: 01"]],
  ["too long", [[...Array.from({ length: 25 }, () => 1), 0]], [`too-long 25: ${"01".repeat(24)}`], []],
])("COBS: %s", (_, parts, pieces, rest) => {
  expect(read("cobs", ...parts)).toEqual([pieces, rest]);
});

test("of a damaged stretch 4096 bytes are kept, and its length is told", () => {
  expect(damaged("check", new Uint8Array(5000))).toEqual({
    kind: "damaged",
    why: "check",
    head: new Uint8Array(4096),
    count: 5000,
  });
  expect(damaged("check", new Uint8Array(3), 9)).toMatchObject({ count: 9 });
});

test("a framing that is set is never doubted, and one that was recognised is after six stretches in a row", () => {
  const lines = recognise("lines", 100);
  expect([lines.framing, lines.checks]).toEqual(["lines", true]);
  const auto = recognise("auto", 100);
  expect([auto.framing, auto.checks]).toEqual([null, false]);
  const slip = (text: string) => codecs.slip.encode(Buffer.from(text), true);
  const line = (text: string) => codecs.lines.encode(Buffer.from(text), true);
  expect(auto.push(slip("[1]")).map(told)).toEqual(["[1]"]);
  expect([auto.framing, auto.checks]).toEqual(["slip", true]);
  const noise = Uint8Array.of(1, 2, 3, 0xc0);
  for (const count of [5, 5]) {
    for (let miss = 0; miss < count; miss++) auto.push(noise);
    // A message takes the doubt away.
    expect(auto.push(slip("[2]")).map(told)).toEqual(["[2]"]);
  }
  for (let miss = 0; miss < 5; miss++) auto.push(noise);
  auto.push(line("[3]"));
  expect(auto.framing).toBe("slip");
  auto.push(noise);
  expect(auto.push(line("[4]")).map(told)).toEqual(["[4]"]);
  expect(auto.framing).toBe("lines");
});

test("before a framing is known what is no message is told as a person would read it, and numbers are none", () => {
  const auto = recognise("auto", 100);
  expect(auto.push(Buffer.from("12\nboot\n")).map(told)).toEqual(["text 2: 3132", "text 4: 626f6f74"]);
  expect(auto.push(Buffer.from("{odd}\n")).map(told)).toEqual([]);
  expect([auto.framing, auto.push(Buffer.from("[1]\n")).map(told), auto.framing, auto.checks]).toEqual([
    null,
    ["[1] (unchecked)"],
    "lines",
    false,
  ]);
  expect(auto.flush()).toEqual([]);
});

test("the check is the same for every length", () => {
  expect([crc16(new Uint8Array()), crc16(Uint8Array.of(0)), crc16(new Uint8Array(1000).fill(255))]).toEqual([
    0xffff,
    0xe1f0,
    crc16(new Uint8Array(1000).fill(255)),
  ]);
});

test("a stretch that follows a whole line is counted from its own first byte", () => {
  const reader = codecs.lines.reader(limit);
  reader.push(Buffer.from("[1]\n[2]\nab"));
  expect(reader.flush().map(told)).toEqual(["cut 2: 6162"]);
  expect(reader.flush()).toEqual([]);
});
