import { expect, test } from "vitest";
import { letters, type Read, toldBy, valuesBy } from "./testing/reading.ts";

const status = (name: string, reads: Read[]) => toldBy(name, reads).statuses[0]?.status;
const error = (name: string, reads: Read[]) => {
  const { errorCode, vendorErrorCode, info } = toldBy(name, reads).statuses[0] ?? {};
  return errorCode && `${errorCode} ${vendorErrorCode}${info ? ` ${info}` : ""}`;
};

test.each<[string, Read[], string | undefined]>([
  // ABB: the state is the third byte, with a bit above it that says more.
  ["abb-terra-ac", [[0x400c, [0x0000, 0x8400]]], "Charging"],
  ["abb-terra-ac", [[0x400c, [0x0000, 0x0201]]], "Preparing"],
  ["abb-terra-ac", [[0x400c, [0x0000, 0x0500]]], undefined],
  // KEBA: 1 is told of no car and of one that is not authorised: the cable tells them apart.
  [
    "keba-p30",
    [
      [1000, [0, 1]],
      [1004, [0, 7]],
    ],
    "Preparing",
  ],
  [
    "keba-p30",
    [
      [1000, [0, 1]],
      [1004, [0, 3]],
    ],
    "Available",
  ],
  [
    "keba-p30",
    [
      [1000, [0, 3]],
      [1004, [0, 7]],
    ],
    "Charging",
  ],
  ["keba-p40", [[1000, [0, 5]]], "SuspendedEVSE"],
  // Alfen: out of use counts more than the state of the plug.
  [
    "alfen-ng9xx",
    [
      [1200, [1]],
      [1201, letters("C2", 5)],
    ],
    "Charging",
  ],
  [
    "alfen-ng9xx",
    [
      [1200, [0]],
      [1201, letters("A", 5)],
    ],
    "Unavailable",
  ],
  ["bender-cc61x", [[104, [8]]], "SuspendedEV"],
  ["phoenix-charx", [[1299, letters("B2")]], "Preparing"],
  ["phoenix-em-cp-pp-eth", [[100, [0x0043]]], "Charging"],
  ["phoenix-ev-eth", [[100, [0x0046]]], "Unavailable"],
  ["mennekes-amtron-compact", [[0x0100, [5]]], "Charging"],
  ["mennekes-hcc3", [[0x0305, [4]]], "SuspendedEVSE"],
  ["webasto-next", [[1000, [3]]], "Charging"],
  ["vestel-evc04", [[1000, [4]]], "SuspendedEV"],
  ["go-e", [[100, [4]]], "Finishing"],
  ["heidelberg-energy-control", [[5, [7]]], "Charging"],
  ["heidelberg-energy-control", [[5, [11]]], "Faulted"],
  ["wallbe", [[100, [0x0042]]], "Preparing"],
  ["evse-din", [[1002, [5]]], "Faulted"],
  ["smartevse-2", [[0x0000, [2]]], "Charging"],
  ["esp32-evse", [[100, letters("C2")]], "Charging"],
  ["esp32-evse", [[100, letters("A", 1)]], "Available"],
  ["schneider-evlink-pro-ac", [[150, [5]]], "SuspendedEVSE"],
  ["siemens-versicharge", [[1599, letters("C", 1)]], "Charging"],
  ["compleo", [[0x0101, [0b111]]], "Charging"],
  ["abl-em4", [[0x3031, [0x00b1]]], "SuspendedEVSE"],
  ["solax-evc", [[0x001d, [7]]], "SuspendedEV"],
  ["foxess-evc", [[0x1003, [8]]], "Unavailable"],
  ["peblar", [[30_110, [67]]], "Charging"],
  ["em2go", [[0, [6]]], "Finishing"],
  ["schneider-evlink", [[6, [8]]], "SuspendedEVSE"],
  ["free2move-eprowallbox", [[40_102, [4]]], "SuspendedEVSE"],
  ["pce-ev11", [[100, [6]]], "Charging"],
])("%s with %j is %s", (name, reads, expected) => {
  expect(status(name, reads)).toBe(expected);
});

test.each<[string, Read[], string | undefined]>([
  [
    "abb-terra-ac",
    [
      [0x4008, [0, 128]],
      [0x400c, [0, 0x0400]],
    ],
    "HighTemperature 128 over temperature",
  ],
  [
    "abb-terra-ac",
    [
      [0x4008, [0, 0]],
      [0x400c, [0, 0x0400]],
    ],
    undefined,
  ],
  [
    "keba-p30",
    [
      [1000, [0, 4]],
      [1006, [0x0002, 0x0201]],
    ],
    "OtherError 131585",
  ],
  // Bender: the maker's example, both bytes and both words turned.
  [
    "bender-cc61x",
    [
      [104, [4]],
      [111, [0x4100, 0x0000]],
    ],
    "GroundFailure 65 residual current was seen by the sensor; contactor is welded",
  ],
  [
    "phoenix-charx",
    [
      [1293, [0x0100, 0x0000]],
      [1299, letters("E0")],
    ],
    "OverCurrentFailure 16777216 over current",
  ],
  [
    "phoenix-em-cp-pp-eth",
    [
      [100, [0x45]],
      [107, [12]],
    ],
    "PowerSwitchFailure 12 contactor",
  ],
  ["mennekes-hcc3", [[0x0304, [13, 6]]], "HighTemperature 13 over temperature"],
  [
    "webasto-next",
    [
      [1000, [7]],
      [1006, [16]],
    ],
    "GroundFailure 16 direct residual current",
  ],
  [
    "vestel-evc04",
    [
      [1000, [8]],
      [1006, [0, 5]],
    ],
    "OtherError 5",
  ],
  [
    "go-e",
    [
      [100, [0]],
      [107, [8]],
    ],
    "GroundFailure 8 no ground",
  ],
  [
    "wallbe",
    [
      [100, [0x45]],
      [107, [9]],
    ],
    "OverCurrentFailure 9 over current",
  ],
  ["smartevse-2", [[0x0000, [0, 0b1_0100]]], "HighTemperature 20 temperature is too high; residual current"],
  [
    "esp32-evse",
    [
      [100, letters("E", 1)],
      [101, [0, 0x10]],
    ],
    "GroundFailure 16 residual current",
  ],
  // ABL: one register is the status and the error.
  ["abl-em4", [[0x3031, [0x00f5]]], "ConnectorLockFailure 245 lock"],
  ["abl-em4", [[0x3031, [0x00c2]]], undefined],
  ["solax-evc", [[0x001d, [4, 8, 0]]], "OtherError 8"],
  [
    "siemens-versicharge",
    [
      [1599, letters("E", 1)],
      [1600, [0xffff]],
    ],
    "OtherError -1",
  ],
  [
    "schneider-evlink",
    [
      [6, [13]],
      [23, [0x0010, 0x0008]],
    ],
    "ConnectorLockFailure 1048584 state of the lock of the plug; over current",
  ],
  ["free2move-eprowallbox", [[40_100, [12, 9, 8]]], "OtherError 12"],
  [
    "pce-ev11",
    [
      [100, [7]],
      [110, [2]],
    ],
    "GroundFailure 2 direct residual current",
  ],
])("%s with %j has the error %s", (name, reads, expected) => {
  expect(error(name, reads)).toBe(expected);
});

test.each<[string, Read[], Record<string, string>]>([
  ["abb-terra-ac", [[0x4010, [0, 15_980]]], { "Current.Import L1": "15.98 A" }],
  ["keba-p30", [[1020, [0x0015, 0x1a40]]], { "Power.Active.Import": "1382.976 W" }],
  ["alfen-ng9xx", [[374, [0x4132, 0xd687, 0, 0]]], { "Energy.Active.Import.Register": "1234567 Wh" }],
  ["bender-cc61x", [[218, [0xffff, 0xffff, 0, 3680]]], { "Power.Active.Import": "3680 W" }],
  ["phoenix-charx", [[1238, [0, 16_000, 0xffff, 0xffff]]], { "Current.Import L1": "16 A" }],
  ["phoenix-em-cp-pp-eth", [[128, [0x0001, 0x0001]]], { "Energy.Active.Import.Register": "655370 Wh" }],
  ["vestel-evc04", [[1036, [0, 12_345]]], { "Energy.Active.Import.Register": "1234500 Wh" }],
  ["go-e", [[132, [0x0005, 0x7e40]]], { "Energy.Session": "1000 Wh" }],
  ["mennekes-hcc3", [[781, [0x0001, 0x0001]]], { "Energy.Session": "65537 Wh" }],
  ["wallbe", [[2980, [0xd687, 0x0012, 0, 0], "holding"]], { "Energy.Active.Import.Register": "1234567 Wh" }],
  ["schneider-evlink-pro-ac", [[3059, [0x0000, 0x40e0]]], { "Power.Active.Import": "7000 W" }],
  ["siemens-versicharge", [[1663, [0xffff, 3680]]], { "Power.Active.Import L3": "3680 W" }],
  ["solax-evc", [[0x0010, [0x0001, 0x0001]]], { "Energy.Active.Import.Register": "6553700 Wh" }],
  ["foxess-evc", [[0x100e, [74]]], { "Power.Active.Import": "7400 W" }],
  ["peblar", [[30_000, [0, 0, 0x0012, 0xd687]]], { "Energy.Active.Import.Register": "1234567 Wh" }],
  ["free2move-eprowallbox", [[40_658, [0xc4fa, 0x0000]]], { "Energy.Active.Import.Register L1": "2000 Wh" }],
])("%s with %j measures %j", (name, reads, expected) => {
  expect(valuesBy(name, reads)).toEqual(expected);
});

test("what a charger says it is: letters one in each register, or two, or the low one first", () => {
  const wide = (text: string, length: number) => Array.from({ length }, (_, i) => text.charCodeAt(i) || 0);
  expect(
    toldBy("vestel-evc04", [
      [190, wide("Webasto", 10)],
      [210, wide("Unite", 5)],
    ]).info,
  ).toEqual({
    vendor: "Webasto",
    model: "Unite",
  });
  expect(toldBy("bender-cc61x", [[100, letters("4.44")]]).info).toEqual({ firmwareVersion: "4.44" });
  expect(toldBy("phoenix-ev-eth", [[105, [0x2e31, 0x3131]]]).info).toEqual({ firmwareVersion: "1.11" });
});

test("a value that leaves the status to the registers before it is not unknown", () => {
  const notReady = toldBy("keba-p30", [
    [1000, [0, 1]],
    [1004, [0, 5]],
  ]);
  expect(notReady).toMatchObject({ statuses: [{ evse: 1, status: "Preparing" }], unknown: [] });
  const other = toldBy("abb-terra-ac", [[0x400c, [0, 0x0500]]]);
  expect(other).toMatchObject({ statuses: [], unknown: [{ means: "status", at: 0x400c, said: "5" }] });
});
