import fc from "fast-check";
import { expect, test } from "vitest";
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
