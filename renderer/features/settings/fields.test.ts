import { expect, test } from "vitest";
import { defaultSettings } from "../../../src/services/settings/contract.ts";
import { rangeOf, readNumber, shownValue, warningsOf } from "./fields.ts";

test("ranges are the contract's, in the unit shown", () => {
  expect([rangeOf("port"), rangeOf("pingSeconds"), rangeOf("frameLimit")]).toEqual([
    { min: 1, max: 65535 },
    { min: 0, max: 3600 },
    { min: 1, max: 65536 },
  ]);
});

test("a number is read with spaces and a decimal comma, and kept in the setting's own unit", () => {
  expect(readNumber("heartbeatSeconds", " 86 400 ")).toBe(86_400);
  expect(readNumber("frameLimit", "1,5")).toBe(1536);
  expect(shownValue("frameLimit", { ...defaultSettings, frameLimit: 1536 })).toBe(1.5);
});

test("what is no number, not whole or out of range is refused", () => {
  const typed = ["", "ten", "-1", "1.5", "1e3", "0x10", "3601"];
  expect(typed.map((text) => readNumber("pingSeconds", text))).toEqual(typed.map(() => null));
});

test("the default settings deserve no warning", () => {
  expect(warningsOf(defaultSettings)).toEqual({});
});

test("values that surprise are warned of by name", () => {
  expect(
    warningsOf({ ...defaultSettings, pingSeconds: 0, answerSeconds: 5, frameLimit: 4096, bootStatus: "Rejected" }),
  ).toEqual({
    pingSeconds: "pingOff",
    answerSeconds: "answerShort",
    frameLimit: "frameLimitSmall",
    bootStatus: "bootRejected",
  });
  expect(warningsOf({ ...defaultSettings, pingSeconds: 600, bootStatus: "Pending" })).toEqual({
    pingSeconds: "pingLong",
    bootStatus: "bootPending",
  });
});

test("a warning begins where the value begins to surprise", () => {
  const warned = (values: Partial<typeof defaultSettings>) => warningsOf({ ...defaultSettings, ...values });
  expect([warned({ pingSeconds: 1 }), warned({ pingSeconds: 240 })]).toEqual([{}, {}]);
  expect(warned({ pingSeconds: 241 })).toEqual({ pingSeconds: "pingLong" });
  expect([warned({ answerSeconds: 10 }), warned({ frameLimit: 64 * 1024 })]).toEqual([{}, {}]);
  expect(warned({ answerSeconds: 9 })).toEqual({ answerSeconds: "answerShort" });
  expect(warned({ frameLimit: 64 * 1024 - 1 })).toEqual({ frameLimit: "frameLimitSmall" });
});

test("a part of a KiB is rounded to the byte, and the bounds are taken themselves", () => {
  expect(readNumber("frameLimit", "1.3")).toBe(1331);
  expect([readNumber("port", "1"), readNumber("port", "65535"), readNumber("port", "0")]).toEqual([1, 65_535, null]);
  expect([readNumber("frameLimit", "0.9"), readNumber("frameLimit", "65536.1")]).toEqual([null, null]);
});
