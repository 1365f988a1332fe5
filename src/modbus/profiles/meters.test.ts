import { expect, test } from "vitest";
import { float, type Read, valuesBy } from "./testing/reading.ts";

const import_ = "Energy.Active.Import.Register";
const none = [0xffff, 0xffff, 0xffff, 0xffff];

test.each<[string, Read[], Record<string, string>]>([
  ["eastron-sdm630", [[0x34, float(5520.5)]], { "Power.Active.Import": "5520.5 W" }],
  ["eastron-sdm120", [[0x46, [...float(50), ...float(12.5)]]], { Frequency: "50 Hz", [import_]: "12500 Wh" }],
  ["eastron-sdm72", [[0x48, float(100.25)]], { [import_]: "100250 Wh" }],
  ["abb-b23-b24", [[0x5000, [0, 0, 0x0001, 0x0000, ...none]]], { [import_]: "655360 Wh" }],
  ["abb-b23-b24", [[0x5b14, [0xffff, 0xfc18, 0x7fff, 0xffff]]], { "Power.Active.Import": "-10 W" }],
  ["carlo-gavazzi-em24", [[0x42, [0x86a0, 0x0001]]], { [import_]: "10000000 Wh" }],
  ["carlo-gavazzi-em300", [[0x33, [500, 0x86a0, 0x0001]]], { Frequency: "50 Hz", [import_]: "10000000 Wh" }],
  ["carlo-gavazzi-em111", [[0x04, [0xfff6, 0xffff]]], { "Power.Active.Import": "-1 W" }],
  ["schneider-iem3000", [[0x0c83, [0, 0, 0x0001, 0x0001]]], { [import_]: "65537 Wh" }],
  ["schneider-iem3000", [[0x0bf3, float(7.25)]], { "Power.Active.Import": "7250 W" }],
  ["inepro-pro380", [[0x600c, float(3.5)]], { [import_]: "3500 Wh" }],
  ["siemens-pac2200", [[801, [0x4132, 0xd687, 0, 0]]], { [import_]: "1234567 Wh" }],
  ["eltako-dsz15", [[0x48, [0, 1234]]], { [import_]: "12340 Wh" }],
  ["dzg-dvh4013", [[0x4000, [0x0001, 0x0000]]], { [import_]: "65536 Wh" }],
  ["chint-dtsu666", [[0x2006, float(2301)]], { "Voltage L1-N": "230.1 V" }],
])("%s with %j measures %j", (name, reads, expected) => {
  expect(valuesBy(name, reads)).toEqual(expected);
});
