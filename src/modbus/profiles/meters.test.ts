import { expect, test } from "vitest";
import { fitsSignature } from "../profile/signature.ts";
import { shippedProfiles } from "./shipped.ts";
import { float, type Read, valuesBy } from "./testing/reading.ts";

const imported = "Energy.Active.Import.Register";
const none = [0xffff, 0xffff, 0xffff, 0xffff];

test.each<[string, Read[], Record<string, string>]>([
  ["eastron-sdm630", [[0x34, float(5520.5)]], { "Power.Active.Import": "5520.5 W" }],
  ["eastron-sdm120", [[0x46, [...float(50), ...float(12.5)]]], { Frequency: "50 Hz", [imported]: "12500 Wh" }],
  ["eastron-sdm72", [[0x48, float(100.25)]], { [imported]: "100250 Wh" }],
  ["abb-b23-b24", [[0x5000, [0, 0, 0x0001, 0x0000, ...none]]], { [imported]: "655360 Wh" }],
  ["abb-b23-b24", [[0x5b14, [0xffff, 0xfc18, 0x7fff, 0xffff]]], { "Power.Active.Import": "-10 W" }],
  ["carlo-gavazzi-em24", [[0x42, [0x86a0, 0x0001]]], { [imported]: "10000000 Wh" }],
  ["carlo-gavazzi-em300", [[0x33, [500, 0x86a0, 0x0001]]], { Frequency: "50 Hz", [imported]: "10000000 Wh" }],
  ["carlo-gavazzi-em111", [[0x04, [0xfff6, 0xffff]]], { "Power.Active.Import": "-1 W" }],
  ["schneider-iem3000", [[0x0c83, [0, 0, 0x0001, 0x0001]]], { [imported]: "65537 Wh" }],
  ["schneider-iem3000", [[0x0bf3, float(7.25)]], { "Power.Active.Import": "7250 W" }],
  ["inepro-pro380", [[0x600c, float(3.5)]], { [imported]: "3500 Wh" }],
  ["siemens-pac2200", [[801, [0x4132, 0xd687, 0, 0]]], { [imported]: "1234567 Wh" }],
  ["eltako-dsz15", [[0x48, [0, 1234]]], { [imported]: "12340 Wh" }],
  ["dzg-dvh4013", [[0x4000, [0x0001, 0x0000]]], { [imported]: "65536 Wh" }],
  ["chint-dtsu666", [[0x2006, float(2301)]], { "Voltage L1-N": "230.1 V" }],
  ["carlo-gavazzi-em24-e1", [[0x28, [0xfff6, 0xffff]]], { "Power.Active.Import": "-1 W" }],
  ["carlo-gavazzi-em530", [[0x0c, [16_000, 0]]], { "Current.Import L1": "16 A" }],
  ["janitza", [[19_068, float(12_345)]], { [imported]: "12345 Wh" }],
  ["orno-we516", [[0x1c, float(11)]], { "Power.Active.Import": "11000 W" }],
  ["orno-we514", [[0xa000, [0, 1234]]], { [imported]: "12340 Wh" }],
  ["finder-7m38", [[2752, float(98_765)]], { [imported]: "98765 Wh" }],
  ["mpm3pm", [[0x26, [0xffff, 0xfc18]]], { "Power.Active.Import": "-10 W" }],
  ["lovato-dmg610", [[0x07, [0x0002, 0x7100]]], { "Current.Import L1": "16 A" }],
  ["siemens-pac1600", [[57, [0x0002, 0xbf20]]], { "Power.Active.Import": "1800 W" }],
  ["bg-ds100", [[0x0400, [0x0003, 0x82d4]]], { "Voltage L1-N": "230.1 V" }],
  ["bg-ws100", [[0x010e, [0, 1234]]], { [imported]: "12340 Wh" }],
  ["socomec-countis", [[0xc568, [0xffff, 0xff9c]]], { "Power.Active.Import": "-1000 W" }],
  // The document of this one counts from 1: on the wire it is one less.
  [
    "saia-ale3",
    [[35, [231, 160, 369]]],
    {
      "Voltage L1-N": "231 V",
      "Current.Import L1": "16 A",
      "Power.Active.Import L1": "3690 W",
    },
  ],
])("%s with %j measures %j", (name, reads, expected) => {
  expect(valuesBy(name, reads)).toEqual(expected);
});

test("meters of one make that share registers are told apart by the number of the model", () => {
  const fitting = (...registers: number[]) =>
    shippedProfiles()
      .filter((profile) => profile.identify.some((one) => one.at === 0x0b && fitsSignature(profile, one, registers)))
      .map(({ name }) => name);
  expect(fitting(46)).toEqual(["carlo-gavazzi-em24"]);
  expect(fitting(331)).toEqual(["carlo-gavazzi-em300"]);
  expect(fitting(345)).toEqual(["carlo-gavazzi-em300"]);
  expect(fitting(1648)).toEqual(["carlo-gavazzi-em24-e1"]);
  expect(fitting(346)).toEqual([]);
});
