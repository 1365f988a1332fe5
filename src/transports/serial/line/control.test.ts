import { expect, test } from "vitest";
import { cutText } from "../../../lib/text.ts";
import { isIdentity, readControl, writeControl } from "./control.ts";

const read = (value: unknown) => readControl(Buffer.from(typeof value === "string" ? value : JSON.stringify(value)));

test.each<[string, unknown, object | null]>([
  [
    "a hello",
    { hello: { identity: "CP1", subprotocols: ["ocpp1.6"], software: "x" } },
    { kind: "hello", identity: "CP1", subprotocols: ["ocpp1.6"], software: "x" },
  ],
  ["a bare hello", { hello: {} }, { kind: "hello", subprotocols: [] }],
  [
    "a hello of wrong kinds",
    { hello: { identity: 5, subprotocols: "ocpp1.6", software: 1 } },
    { kind: "hello", subprotocols: [] },
  ],
  ["an identity that is none", { hello: { identity: "a/b" } }, { kind: "hello", subprotocols: [] }],
  [
    "subprotocols of wrong kinds",
    { hello: { subprotocols: [1, "a", null, "b"] } },
    { kind: "hello", subprotocols: ["a", "b"] },
  ],
  [
    "more subprotocols than ten",
    { hello: { subprotocols: Array.from({ length: 11 }, (_, at) => `v${at}`) } },
    { kind: "hello", subprotocols: Array.from({ length: 10 }, (_, at) => `v${at}`) },
  ],
  ["a close", { close: { code: 4001, reason: "bye" } }, { kind: "close", code: 4001, reason: "bye" }],
  ["a bare close", { close: {} }, { kind: "close", code: 1005, reason: "" }],
  ["the lowest code", { close: { code: 1000 } }, { kind: "close", code: 1000, reason: "" }],
  ["a code too low", { close: { code: 999 } }, { kind: "close", code: 1005, reason: "" }],
  ["the highest code", { close: { code: 4999 } }, { kind: "close", code: 4999, reason: "" }],
  ["a code too high", { close: { code: 5000 } }, { kind: "close", code: 1005, reason: "" }],
  ["a code that is no whole number", { close: { code: 1000.5, reason: 7 } }, { kind: "close", code: 1005, reason: "" }],
  ["something else", { other: {} }, null],
  ["a hello that is none", { hello: null, close: "x" }, null],
  ["a message of OCPP", '[2,"1","Heartbeat",{}]', null],
  ["what cannot be read", "{", null],
  ["nothing", "", null],
])("a line says %s", (_, said, control) => {
  expect(read(said)).toEqual(control);
});

test("a message of the line's own is 4096 bytes long at most, and its words 200", () => {
  const padded = (length: number) => `{"hello":{}${" ".repeat(length - 12)}}`;
  expect([read(padded(4096)), read(padded(4097))]).toEqual([{ kind: "hello", subprotocols: [] }, null]);
  const long = "x".repeat(201);
  const cut = cutText(long, 200);
  expect(read({ hello: { software: long, subprotocols: [long] } })).toEqual({
    kind: "hello",
    software: cut,
    subprotocols: [cut],
  });
  expect(read({ close: { reason: long } })).toMatchObject({ reason: cut });
});

test("what is written is read again", () => {
  for (const control of [
    { kind: "hello", identity: "CP1", subprotocols: ["ocpp1.6"], software: "x" } as const,
    { kind: "close", code: 1001, reason: "bye" } as const,
  ])
    expect(readControl(writeControl({ ...control } as Parameters<typeof writeControl>[0]))).toEqual(control);
  expect(Buffer.from(writeControl({ kind: "hello", subprotocols: [] })).toString()).toBe(
    '{"hello":{"subprotocols":[]}}',
  );
});

test.each([
  ["CP1", true],
  ["!", true],
  ["\u00e5\uffff", true],
  ["x".repeat(48), true],
  ["x".repeat(49), false],
  ["", false],
  ["a b", false],
  ["a\u00a0", false],
  ["a\u007f", false],
  ["a/b", false],
  ["a\\b", false],
  ["a?b", false],
  ["a#b", false],
])("the identity %j can be one: %s", (text, can) => {
  expect(isIdentity(text)).toBe(can);
});
