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
