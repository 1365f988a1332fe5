import { expect, test } from "vitest";
import { modbusCrc } from "./crc.ts";
import { readRtu, rtuAnswerLength, rtuQuestionLength, takeTcp, writeRtu, writeTcp } from "./framing.ts";
import { type Request, readAnswer, writeRequest } from "./pdu.ts";
import { readValue, sizeOf, type ValueForm, writeText, writeValue } from "./values.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const bytes = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));

test("the check of a serial line is that of the standard", () => {
  expect(modbusCrc(Buffer.from("123456789"))).toBe(0x4b37);
});

test("a question stands on the wire as in the standard's example (6.3)", () => {
  const pdu = writeRequest({ kind: "read", table: "holding", address: 0x6b, count: 3 });
  expect(hex(pdu)).toBe("03006b0003");
  expect(hex(writeRtu(17, pdu))).toBe("1103006b00037687");
  expect(hex(writeTcp(1, 17, pdu))).toBe("0001000000061103006b0003");
});

test.each<[Request, string, unknown]>([
  [
    { kind: "read", table: "holding", address: 0x6b, count: 3 },
    "03 06 022b 0000 0064",
    { kind: "registers", registers: [555, 0, 100] },
  ],
  [{ kind: "read", table: "input", address: 8, count: 1 }, "04 02 000a", { kind: "registers", registers: [10] }],
  [
    { kind: "read", table: "coil", address: 19, count: 10 },
    "01 02 cd01",
    { kind: "registers", registers: [1, 0, 1, 1, 0, 0, 1, 1, 1, 0] },
  ],
  [{ kind: "write-register", address: 1, value: 3 }, "06 0001 0003", { kind: "written" }],
  [{ kind: "write-coil", address: 172, on: true }, "05 00ac ff00", { kind: "written" }],
  [{ kind: "write-registers", address: 1, registers: [10, 258] }, "10 0001 0002", { kind: "written" }],
  [{ kind: "write-coils", address: 19, bits: [true, false, true] }, "0f 0013 0003", { kind: "written" }],
  [{ kind: "read", table: "input", address: 0, count: 1 }, "84 02", { kind: "exception", code: 2 }],
  [{ kind: "server-id" }, "11 03 4142ff", { kind: "server-id", data: Uint8Array.of(0x41, 0x42, 0xff) }],
  [{ kind: "server-id" }, "11 00", { kind: "server-id", data: new Uint8Array() }],
  [
    { kind: "device-id", category: 1, object: 0 },
    "2b 0e 01 01 00 00 00",
    { kind: "device-id", objects: new Map(), more: null },
  ],
])("an answer is read: %o", (request, pdu, answer) => {
  expect(readAnswer(request, bytes(pdu))).toEqual(answer);
});

test.each<[string, Request, string]>([
  ["of another function", { kind: "read", table: "holding", address: 0, count: 1 }, "04 02 0001"],
  ["of fewer registers", { kind: "read", table: "holding", address: 0, count: 2 }, "03 02 0001"],
  ["with a length that is not there", { kind: "read", table: "holding", address: 0, count: 2 }, "03 04 0001"],
  ["of more bits than were asked for", { kind: "read", table: "coil", address: 0, count: 8 }, "01 02 0100"],
  ["that refuses and goes on", { kind: "read", table: "holding", address: 0, count: 1 }, "83 02 00"],
  ["with fewer words of its own than it says", { kind: "server-id" }, "11 03 4142"],
  ["with more words of its own than it says", { kind: "server-id" }, "11 01 4142"],
  ["of no words at all", { kind: "server-id" }, "11"],
  ["of objects without their number", { kind: "device-id", category: 1, object: 0 }, "2b 0e 01 01 00 00"],
  ["of another use of that function", { kind: "device-id", category: 1, object: 0 }, "2b 0d 01 01 00 00 00"],
  ["to a write of another value", { kind: "write-register", address: 1, value: 3 }, "06 0001 0004"],
  [
    "with objects that break off",
    { kind: "device-id", category: 1, object: 0 },
    "2b 0e 01 01 00 00 02 00 03 414243 01 09 41",
  ],
])("an answer %s is none", (_name, request, pdu) => {
  expect(readAnswer(request, bytes(pdu))).toBeNull();
});

test("a device's name is read object by object, and where to go on", () => {
  const request: Request = { kind: "device-id", category: 1, object: 0 };
  const answer = readAnswer(request, bytes("2b 0e 01 01 ff 02 02 00 03 414243 01 02 5a31"));
  expect(answer).toEqual({
    kind: "device-id",
    objects: new Map([
      [0, "ABC"],
      [1, "Z1"],
    ]),
    more: 2,
  });
  expect(readAnswer(request, bytes("2b 0e 01 01 00 02 01 00 03 414243"))).toMatchObject({ more: null });
});

test("what no question can ask for is refused", () => {
  const read = (address: number, count: number) => () =>
    writeRequest({ kind: "read", table: "holding", address, count });
  expect(read(0, 126)).toThrow(RangeError);
  expect(read(0, 0)).toThrow(RangeError);
  expect(read(65_535, 2)).toThrow(RangeError);
  expect(read(65_535, 1)).not.toThrow();
  const bits = (count: number) => () => writeRequest({ kind: "read", table: "coil", address: 0, count });
  const setBits = (count: number) => () =>
    writeRequest({ kind: "write-coils", address: 0, bits: Array.from({ length: count }, () => true) });
  const setRegisters = (count: number) => () =>
    writeRequest({ kind: "write-registers", address: 0, registers: Array.from({ length: count }, () => 1) });
  for (const [ask, most] of [
    [(count: number) => read(0, count), 125],
    [bits, 2000],
    [setBits, 1968],
    [setRegisters, 123],
  ] as const) {
    expect(ask(most)).not.toThrow();
    expect(ask(most + 1)).toThrow(RangeError);
  }
});

test("a frame whose check does not fit is none", () => {
  const frame = writeRtu(1, bytes("03 02 0001"));
  expect(readRtu(frame)).toEqual({ unit: 1, pdu: bytes("03 02 0001") });
  for (let place = 0; place < frame.length; place++) {
    const spoilt = frame.slice();
    spoilt[place] = (spoilt[place] ?? 0) ^ 1;
    expect(readRtu(spoilt)).toBeNull();
  }
  // The check of nothing is FFFF, and the check of a unit alone fits too: neither is a frame.
  expect([bytes("ffff"), writeRtu(1, new Uint8Array())].map(readRtu)).toEqual([null, null]);
});

test("how long an answer is shows in its first bytes", () => {
  expect(rtuAnswerLength(bytes("01 03"))).toBeUndefined();
  expect(rtuAnswerLength(bytes("01 03 06"))).toBe(11);
  expect(rtuAnswerLength(bytes("01 83 02"))).toBe(5);
  expect(rtuAnswerLength(bytes("01 06 00"))).toBe(8);
  const lengths = Array.from({ length: 25 }, (_, code) => rtuAnswerLength(Uint8Array.of(1, code, 7)));
  expect(lengths.map((length) => length ?? 0)).toEqual([
    ...[0, 12, 12, 12, 12, 8, 8, 0, 8, 0, 0, 8, 12, 0, 0, 8, 8, 12, 0, 0, 12, 12, 10, 12, 0],
  ]);
  expect(rtuAnswerLength(bytes("01 2b 0e 01 01 00 00 01 00 03 4142"))).toBe(15);
  expect(
    ["01 2b 0e", "01 2b 0e 01 01 00 00", "01 2b 0e 01 01 00 00 01 00"].map((text) => rtuAnswerLength(bytes(text))),
  ).toEqual([undefined, undefined, undefined]);
  expect(rtuAnswerLength(bytes("01 2b 0e 01 01 00 00 02 00 03 414243 01 00"))).toBe(17);
  expect(rtuAnswerLength(bytes("01 64 00"))).toBeNull();
});

test("how long a question is shows in its first bytes", () => {
  const lengths = Array.from({ length: 45 }, (_, code) => rtuQuestionLength(Uint8Array.of(1, code, 0, 0, 0, 1, 2)));
  const told = Object.entries(lengths).filter(([, length]) => length !== null);
  expect(Object.fromEntries(told)).toEqual({
    ...{ 1: 8, 2: 8, 3: 8, 4: 8, 5: 8, 6: 8, 15: 11, 16: 11, 17: 4, 43: 7 },
  });
  expect(["01", "01 10 0000 00 01", "01 83"].map((text) => rtuQuestionLength(bytes(text)))).toEqual([
    undefined,
    undefined,
    5,
  ]);
});

test("frames over TCP are taken one by one; what is none is told", () => {
  const both = Buffer.concat([writeTcp(7, 1, bytes("03 02 0001")), writeTcp(8, 1, bytes("83 02")).subarray(0, 5)]);
  const taken = takeTcp(both);
  expect(taken).toMatchObject({ adu: { transaction: 7, unit: 1, pdu: bytes("03 02 0001") } });
  expect(taken && taken !== "broken" && takeTcp(taken.rest)).toBeNull();
  expect(takeTcp(Buffer.from("HTTP/1.1 400 Bad Request"))).toBe("broken");
  expect(takeTcp(bytes("0001 0000 ffff 01"))).toBe("broken");
  // Two bytes are enough to know: the number of the protocol is 0.
  const begun = ["0001 00", "0001 0000", "0001 0000 00", "0001 0100", "0001 0001", "0001 0001 00"];
  expect(begun.map((text) => takeTcp(bytes(text)))).toEqual([null, null, null, "broken", "broken", "broken"]);
  // A unit and one to 253 bytes.
  const told = (length: number) => {
    const one = takeTcp(Uint8Array.of(0, 1, 0, 0, 0, length, ...Array(length).fill(7)));
    return one && one !== "broken" ? one.adu.pdu.length : one;
  };
  expect([1, 2, 254, 255].map(told)).toEqual(["broken", 1, 253, "broken"]);
});

test.each<[number[], ValueForm, unknown]>([
  [[0xffff], { type: "u16" }, 65_535],
  [[0xffff], { type: "i16" }, -1],
  [[0x0001, 0xe240], { type: "u32" }, 123_456],
  [[0xe240, 0x0001], { type: "u32", words: "little" }, 123_456],
  [[0x40e2, 0x0100], { type: "u32", words: "little", bytes: "little" }, 123_456],
  [[0xffff, 0xfffe], { type: "i32" }, -2],
  [[0x0020, 0, 0, 1], { type: "u64" }, 9_007_199_254_740_993n],
  [[0, 0, 0, 7], { type: "u64" }, 7],
  [[0x4366, 0x199a], { type: "f32" }, 230.1],
  [[0x42f6, 0xe9d5], { type: "f32" }, 123.4567],
  [[0x7fc0, 0], { type: "f32" }, null],
  [[0x40fe, 0x240c, 0x9fbe, 0x76c9], { type: "f64" }, 123_456.789],
  [[0x4142, 0x4300, 0], { type: "text", length: 3 }, "ABC"],
  [[0x2041, 0x4220], { type: "text", length: 2 }, "AB"],
  [[0x41, 0x42], { type: "text", length: 2, wide: true }, "AB"],
  [[1], { type: "bit" }, 1],
])("registers %o are read as %o", (registers, form, value) => {
  expect(registers).toHaveLength(sizeOf(form));
  expect(readValue(registers, form)).toEqual(value);
});

test("a number goes into registers and comes out again, in every form", () => {
  for (const type of ["u16", "i16", "u32", "i32", "u64", "i64", "f32", "f64"] as const)
    for (const words of ["big", "little"] as const)
      for (const order of ["big", "little"] as const)
        expect(readValue(writeValue(1234, { type, words, bytes: order }), { type, words, bytes: order })).toBe(1234);
  for (const [type, least, most] of [
    ["bit", 0, 1],
    ["u16", 0, 65_535],
    ["i16", -32_768, 32_767],
    ["u32", 0, 4_294_967_295],
    ["i32", -2_147_483_648, 2_147_483_647],
    ["u64", 0, Number.MAX_SAFE_INTEGER],
  ] as const) {
    for (const value of [least, most]) expect(readValue(writeValue(value, { type }), { type }), type).toBe(value);
    for (const value of [least - 1, most + 1]) expect(() => writeValue(value, { type }), type).toThrow(RangeError);
  }
  expect(writeValue(0.4, { type: "bit" })).toEqual([0]);
  expect(writeValue(229.6, { type: "u16" })).toEqual([230]);
  expect(writeValue(-3, { type: "i64" })).toEqual([0xffff, 0xffff, 0xffff, 0xfffd]);
  expect(() => writeValue(7, { type: "text" })).toThrow("a number is no text");
  expect(readValue(writeText("Wall", { type: "text", length: 4 }), { type: "text", length: 4 })).toBe("Wall");
  expect(
    readValue(writeText("Wa", { type: "text", length: 4, wide: true }), { type: "text", length: 4, wide: true }),
  ).toBe("Wa");
});
