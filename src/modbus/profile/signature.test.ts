import { expect, test } from "vitest";
import { readProfile } from "./read-profile.ts";
import { fitsSignature } from "./signature.ts";

const profileOf = (signature: string) =>
  readProfile(
    `name: x1\nmaker: X\ndevice: X\nkind: meter\nsource: X\nproven: document\nidentify: [${signature}]\nregisters: [{ at: 0, means: note }]\n`,
  ).profile;

test.each([
  ["{ at: 1, is: 341 }", [341], true],
  ["{ at: 1, is: 341 }", [342], false],
  ["{ at: 1, least: 331, most: 345 }", [331], true],
  ["{ at: 1, least: 331, most: 345 }", [346], false],
  ["{ at: 1, type: u32, words: little, least: 7, most: 7 }", [7, 0], true],
  ["{ at: 1, type: text, length: 2, is: EX }", [0x4558, 0x5742], true],
  ["{ at: 1, type: text, length: 2, is: EY }", [0x4558, 0x5742], false],
  ["{ at: 1, type: text, length: 2, least: 0, most: 99 }", [0x3132, 0], false],
  ["{ at: 1, type: f32, least: 0, most: 1 }", [0x7fc0, 0], false],
])("a signature %s for %j: %s", (signature, registers, fits) => {
  const profile = profileOf(signature);
  const [one] = profile?.identify ?? [];
  expect(profile && one && fitsSignature(profile, one, registers)).toBe(fits);
});

test.each(["{ at: 1 }", "{ at: 1, least: 3 }", "{ at: 1, is: 3, least: 3, most: 4 }", "{ at: 1, type: text, is: 12 }"])(
  "a signature %s says too little, or too much",
  (signature) => {
    expect(profileOf(signature)).toBeNull();
  },
);
