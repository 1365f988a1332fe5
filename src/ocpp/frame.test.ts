import fc from "fast-check";
import { expect, test } from "vitest";
import { stringifyJson } from "../lib/json.ts";
import { readFrame, writeCall, writeError, writeResult } from "./frame.ts";

test("reads a CALL", () => {
  expect(readFrame('[2,"1","Heartbeat",{}]')).toEqual({
    type: "call",
    id: "1",
    echo: '"1"',
    action: "Heartbeat",
    payload: {},
    plain: {},
    findings: [],
  });
});

test("reads 2.1's SEND and CALLRESULTERROR", () => {
  expect(readFrame('[6,"1","NotifyPeriodicEventStream",{"id":1}]')).toMatchObject({ type: "send", findings: [] });
  expect(readFrame('[5,"1","FormatViolation","why",{}]')).toEqual({
    type: "result-error",
    id: "1",
    code: "FormatViolation",
    description: "why",
    details: {},
    findings: [],
  });
});

test("echoes an id that is a number as a number", () => {
  expect(readFrame('[2,42,"Heartbeat",{}]')).toMatchObject({
    id: "42",
    echo: "42",
    findings: [{ rule: "bad-message-id", said: "42" }],
  });
});

test("reads a payload of null or [] as {}, with a finding", () => {
  for (const payload of ["null", "[]"]) {
    expect(readFrame(`[2,"1","Heartbeat",${payload}]`)).toMatchObject({
      payload: {},
      plain: {},
      findings: [{ rule: "payload-null", where: "Heartbeat" }],
    });
  }
  expect(readFrame('[3,"1"]')).toMatchObject({ type: "result", payload: {}, findings: [{ rule: "payload-null" }] });
});

test("names what stands behind the last part of a message, and reads the rest", () => {
  const texts = ['[2,"1","Heartbeat",{},1]', '[3,"1",{},1]', '[4,"1","GenericError","",{},1]'];
  for (const text of texts) {
    expect(readFrame(text)).toMatchObject({
      id: "1",
      findings: [{ rule: "bad-message-shape", where: "frame", said: "[1]" }],
    });
  }
});

test("gives the schemas doubles, and us every digit", () => {
  expect(readFrame('[2,"1","StopTransaction",{"transactionId":9223372036854775807}]')).toMatchObject({
    payload: { transactionId: 9223372036854775807n },
    plain: { transactionId: 2 ** 63 },
  });
});

const deep = `${"[".repeat(3100)}${"]".repeat(3100)}`;
const deepCall = `[2,"1","Heartbeat",${deep}]`;
const tooDeep = { phrase: "at-most-levels", values: { limit: 64 } };

test.each([
  [deep, { id: undefined, call: false, findings: [{ where: "frame", expected: tooDeep }] }],
  [deepCall, { id: "1", echo: '"1"', call: true, findings: [{ where: "Heartbeat", expected: tooDeep }] }],
  [`[2,"1","X",{"unknown":${deep}}]`, { id: "1", call: true }],
  [`[2,${deep},"Heartbeat",{}]`, { id: undefined, call: false }],
  [`[3,"1",${deep}]`, { id: "1", call: false }],
  [`[4,"1","GenericError","",${deep}]`, { id: "1", call: false }],
  [`[2,7,"X",${'{"a":'.repeat(3100)}`, { id: "7", echo: "7", call: true }],
  [
    `[2,"1","X",[${"1,".repeat(100_001)}1]]`,
    { id: "1", findings: [{ expected: { phrase: "at-most-values", values: { limit: 100_000 } } }] },
  ],
])("a message beyond the bounds is not read, but its id is: %#", (text, expected) => {
  const frame = readFrame(text);
  expect(frame).toMatchObject({ type: "unreadable", findings: [{ rule: "too-complex" }], ...expected });
});

test("an id that is longer than any is not echoed", () => {
  expect(readFrame(JSON.stringify([2, "a".repeat(256), "Heartbeat", {}]))).toMatchObject({
    type: "unreadable",
    id: undefined,
    echo: undefined,
    findings: [{ rule: "bad-message-id", where: "frame /1" }],
  });
});

test.each(["1.2345678901234568e+29", "0.12345678901234567890", "4.1077884899728505e-22"])(
  "echoes an id that is the number %s digit for digit",
  (id) => {
    expect(readFrame(`[2,${id},"Heartbeat",{}]`)).toMatchObject({ type: "call", id, echo: id });
  },
);

test.each(["1e400", "-1e400", `${"9".repeat(400)}`])("an id that is no number to echo cannot be read: %s", (id) => {
  const frame = readFrame(`[2,${id},"Heartbeat",{}]`);
  expect(frame).toMatchObject({ type: "unreadable", echo: undefined, findings: [{ rule: "bad-message-id" }] });
});

test("a number that no double holds is never null", () => {
  const frame = readFrame('[2,"1","DataTransfer",{"data":[1e400,-1e400]}]');
  expect(frame.type === "call" && stringifyJson(frame.payload)).toBe('{"data":[1e400,-1e400]}');
});

test("never throws, whatever comes", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.array(fc.jsonValue()).map((list) => JSON.stringify(list)),
      ),
      (text) => {
        expect(readFrame(text).type).toMatch(/^(call|send|result|error|result-error|unreadable)$/);
      },
    ),
    { numRuns: 2000 },
  );
});

test("writes what it reads", () => {
  expect(writeCall("a", "Reset", '{"type":"Soft"}')).toBe('[2,"a","Reset",{"type":"Soft"}]');
  expect(writeResult("42", { status: "Accepted" })).toBe('[3,42,{"status":"Accepted"}]');
  expect(writeError('"a"', "NotImplemented", "x".repeat(300))).toBe(`[4,"a","NotImplemented","${"x".repeat(255)}",{}]`);
});
