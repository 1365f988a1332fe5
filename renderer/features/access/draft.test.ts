import { expect, test } from "vitest";
import { isFingerprint, profiles, readProfile, readSeconds, readTimes } from "./draft.ts";

test("a fingerprint is 32 bytes in hex, with or without colons", () => {
  const bytes = Array.from({ length: 32 }, () => "aB");
  expect([bytes.join(""), bytes.join(":")].map(isFingerprint)).toEqual([true, true]);
  expect([bytes.slice(1).join(":"), `${bytes.join("")}0`, "zz".repeat(32)].map(isFingerprint)).toEqual([
    false,
    false,
    false,
  ]);
});

test("a lowest profile is a number, or none where any will do", () => {
  expect([...profiles, null].map(readProfile)).toEqual([null, 0, 1, 2, 3, null]);
});

test("seconds are whole numbers up to a day; nothing typed means none", () => {
  expect(["", "0", "300", "86400"].map(readSeconds)).toEqual([null, 0, 300, 86_400]);
  expect(["86401", "-1", "1.5", "x", "999999"].map(readSeconds)).toEqual(Array(5).fill(undefined));
});

test("times are whole numbers from 1 to 100", () => {
  expect(["1", "100", "007"].map(readTimes)).toEqual([1, 100, 7]);
  expect(["", "0", "101", "1.5", "x"].map(readTimes)).toEqual(Array(5).fill(undefined));
});
