import { expect, test } from "vitest";
import { decode, type ReadBlock } from "./decode.ts";
import { encode, encodeCommand } from "./encode.ts";
import { standardUnit } from "./measurands.ts";
import type { Profile } from "./model.ts";
import { planBlocks } from "./plan.ts";
import { readProfile } from "./read-profile.ts";
import { head } from "./testing/head.ts";
import { tell } from "./told.ts";

function profileOf(rest: string): Profile {
  const { profile, faults } = readProfile(head + rest);
  if (!profile) throw new Error(JSON.stringify(faults));
  return profile;
}

const charger = profileOf(`serial: { baud: 19200, parity: even }
registers:
  - { at: 5, means: status, values: { 2: Available, 7: Charging, 9: Faulted } }
  - { at: 6, means: Current.Import, phase: L1, scale: 0.1 }
  - { at: 7, type: u32, means: Energy.Active.Import.Register, scale: 0.1 }
  - { at: 9, type: i16, means: Power.Active.Import, negative: true, absent: [-1] }
  - { at: 10, means: error, values: { 0: none, 3: "GroundFailure: residual current", 4: fan } }
  - { at: 20, means: error, bits: { 0: hot, 15: welded } }
  - { at: 21, type: text, length: 3, means: serial }
  - { at: 30, means: note, mask: 0xFF00 }
commands:
  - { name: limit-current, at: 40, scale: 0.1, least: 6, most: 16, says: Sets the most current. }
  - { name: enable, at: 41, value: 1, says: Lets it charge. }
`);

function readingOf(values: Record<number, number>): ReadBlock[] {
  return [
    { table: "holding", address: 0, count: 60, registers: Array.from({ length: 60 }, (_, at) => values[at] ?? 0) },
  ];
}

test("registers beside each other are asked for at once, within the bounds of the profile", () => {
  const places = (profile: Profile) =>
    planBlocks(profile, profile.registers).map(({ address, count }) => [address, count]);
  expect(places(charger)).toEqual([
    [5, 6],
    [20, 4],
    [30, 1],
  ]);
  expect(places({ ...charger, gap: 6 })).toEqual([
    [5, 6],
    [20, 11],
  ]);
  expect(places({ ...charger, gap: 9 })).toEqual([[5, 26]]);
  expect(places({ ...charger, most: 3 })).toEqual([
    [5, 2],
    [7, 3],
    [10, 1],
    [20, 1],
    [21, 3],
    [30, 1],
  ]);
  expect(planBlocks(charger, charger.registers, true)).toHaveLength(8);
  // A status in pieces is one register, and is asked for once though each is read by itself.
  const pieces = profileOf(`registers:
  - { at: 8, means: status, mask: 0xFF, values: { 1: Charging } }
  - { at: 8, means: status, mask: 0xFF00, values: { 1: Faulted } }
  - { at: 9, means: note }
  - { at: 9, table: input, means: note }
`);
  expect(planBlocks(pieces, pieces.registers, true)).toEqual([
    { table: "holding", address: 8, count: 1 },
    { table: "holding", address: 9, count: 1 },
    { table: "input", address: 9, count: 1 },
  ]);
  // Bits are asked for in greater numbers than a profile lets registers be.
  const bits = (count: number) =>
    planBlocks(
      { ...charger, table: "coil", most: 1, gap: 0 },
      Array.from({ length: count }, (_, at) => ({ at, type: "bit", means: "note" }) as const),
    ).map((block) => block.count);
  expect([bits(2000), bits(2001)]).toEqual([[2000], [2000, 1]]);
});

test("what registers say is told in the station's words", () => {
  const decoded = decode(
    charger,
    readingOf({ 5: 7, 6: 161, 7: 1, 8: 2, 9: 0xff9c, 21: 0x4142, 22: 0x4300, 30: 0x1234 }),
  );
  expect(decoded.at(-1)).toMatchObject({ raw: 0x12 });
  expect(tell(decoded)).toEqual({
    info: { serialNumber: "ABC" },
    statuses: [{ evse: 1, status: "Charging" }],
    samples: [
      {
        evse: 1,
        samples: [
          { measurand: "Current.Import", phase: "L1", unit: "A", value: 16.1, said: "16.1" },
          { measurand: "Energy.Active.Import.Register", unit: "Wh", value: 6553.8, said: "6553.8" },
          { measurand: "Power.Active.Import", unit: "W", value: 100, said: "100" },
        ],
      },
    ],
    unknown: [],
  });
});

test("an error comes with the status: the device's number and words, and OCPP's code where there is one", () => {
  expect(tell(decode(charger, readingOf({ 5: 9, 10: 3 }))).statuses).toEqual([
    { evse: 1, status: "Faulted", errorCode: "GroundFailure", vendorErrorCode: "3", info: "residual current" },
  ]);
  expect(tell(decode(charger, readingOf({ 5: 7, 20: 0x8001 }))).statuses).toEqual([
    { evse: 1, status: "Charging", errorCode: "OtherError", vendorErrorCode: "32769", info: "hot; welded" },
  ]);
  // What stands before a colon and is no code of OCPP's belongs to the device's own words.
  const colon = profileOf(
    `registers: [{ at: 5, means: status, values: { 7: Faulted } }, { at: 6, means: error, values: { 4: "fan: stuck" } }]`,
  );
  expect(tell(decode(colon, readingOf({ 5: 7, 6: 4 }))).statuses).toEqual([
    { evse: 1, status: "Faulted", errorCode: "OtherError", vendorErrorCode: "4", info: "fan: stuck" },
  ]);
  expect(tell(decode(charger, readingOf({ 5: 7, 10: 77 }))).statuses[0]).toMatchObject({
    vendorErrorCode: "77",
    errorCode: "OtherError",
  });
  const named = profileOf(`registers:
  - { at: 5, means: status, values: { 7: Charging } }
  - { at: 6, means: error, values: { 5: none } }
  - { at: 7, table: discrete, type: bit, means: error, values: { 0: "GroundFailure: tripped", 1: none } }
`);
  const told = (tripped: boolean) =>
    tell(
      decode(named, [
        { table: "holding", address: 5, count: 2, registers: [7, 5] },
        { table: "discrete", address: 7, count: 1, registers: [tripped ? 0 : 1] },
      ]),
    ).statuses;
  expect(told(false)).toEqual([{ evse: 1, status: "Charging" }]);
  expect(told(true)).toEqual([
    { evse: 1, status: "Charging", errorCode: "GroundFailure", vendorErrorCode: "0", info: "tripped" },
  ]);
});

test("of many errors at once as much is told as a status has room for", () => {
  const many = profileOf(`registers:
  - { at: 5, means: status, values: { 7: Faulted } }
${Array.from({ length: 12 }, (_, at) => `  - { at: ${10 + at}, means: error, values: { 65535: ${"w".repeat(40)} } }`).join("\n")}
`);
  const all = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [10 + at, 65_535]));
  const [status] = tell(decode(many, readingOf({ 5: 7, ...all }))).statuses;
  expect([status?.vendorErrorCode, status?.info]).toEqual([
    Array(12).fill("65535").join(" ").slice(0, 50),
    Array(12).fill("w".repeat(40)).join("; ").slice(0, 250),
  ]);
});

test("what is not known, not told or not measured is not made up", () => {
  const told = tell(decode(charger, readingOf({ 5: 3, 9: 0xffff })));
  expect(told.statuses).toEqual([]);
  // An error is told with a status alone.
  expect(tell(decode(charger, readingOf({ 5: 3, 10: 3 }))).statuses).toEqual([]);
  expect(told.unknown).toEqual([{ means: "status", at: 5, said: "3" }]);
  expect(told.info).toBeUndefined();
  expect(told.samples[0]?.samples.map(({ measurand }) => measurand)).not.toContain("Power.Active.Import");
  const nothing = decode(charger, readingOf({ 9: 0 })).find(({ register }) => register.at === 9);
  expect(nothing?.value).toBe(0);
  // A text of nothing is none, but for an error: that there is none is told.
  const texts = profileOf(
    `registers: [{ at: 1, type: text, length: 2, means: serial }, { at: 3, type: text, length: 2, means: error }]`,
  );
  expect(decode(texts, readingOf({})).map(({ raw, value }) => [raw, value])).toEqual([
    [null, null],
    ["", ""],
  ]);
  expect(decode(charger, [{ table: "holding", address: 5, count: 2, registers: null }])).toEqual([]);
  expect(decode(charger, [{ table: "input", address: 0, count: 60, registers: Array(60).fill(1) }])).toEqual([]);
});

test("a power of ten in another register is multiplied with; where that is not told, nothing is measured", () => {
  const sunny = profileOf(`registers:
  - { at: 1, means: Current.Import, tens: 2 }
  - { at: 2, type: i16, means: note }
  - { at: 3, means: Energy.Active.Import.Register, scale: 1000, tens: 2, negative: true }
`);
  const values = (tens: number) =>
    decode(sunny, readingOf({ 1: 613, 2: tens & 0xffff, 3: 5 })).map(({ value }) => value);
  expect(values(-2)).toEqual([6.13, -2, -50]);
  expect(values(1)).toEqual([6130, 1, -50_000]);
  // SunSpec's go to ten.
  expect([values(10)[0], values(-10)[0], values(11)[0], values(-11)[0]]).toEqual([6.13e12, 6.13e-8, null, null]);
  expect(values(-32_768)).toEqual([null, -32_768, null]);
  // It is read from the table of the register that it is for.
  const elsewhere = profileOf(`registers:
  - { at: 1, table: input, means: Voltage, tens: 2 }
  - { at: 2, table: input, type: i16, means: note }
`);
  const both: ReadBlock[] = [
    { table: "holding", address: 2, count: 1, registers: [3] },
    { table: "input", address: 1, count: 2, registers: [2301, 0xffff] },
  ];
  expect(decode(elsewhere, both).map(({ value }) => value)).toEqual([230.1, -1]);
  const refused: ReadBlock = { table: "holding", address: 2, count: 1, registers: null };
  const alone = decode(sunny, [{ table: "holding", address: 1, count: 1, registers: [613] }, refused]);
  expect(alone.map(({ raw, value }) => [raw, value])).toEqual([[613, null]]);
});

test("a value goes into the registers that it is read from", () => {
  for (const [place, value] of [
    [1, 16.1],
    [2, 6553.8],
    [3, 100],
    [6, "AB"],
    [7, 18],
  ] as const) {
    const register = charger.registers[place];
    if (!register) throw new Error("no such register");
    const registers = encode(charger, register, value);
    expect(
      decode({ ...charger, registers: [register] }, [
        { table: "holding", address: register.at, count: registers.length, registers },
      ])[0]?.value ?? null,
    ).toBe(value);
  }
});

test("a command writes what is asked within its bounds, or what it always writes", () => {
  const [limit, enable] = charger.commands;
  if (!limit || !enable) throw new Error("no commands");
  expect([6, 10, 16].map((value) => encodeCommand(charger, limit, value))).toEqual([[60], [100], [160]]);
  expect(encodeCommand(charger, enable, undefined)).toEqual([1]);
  expect(() => encodeCommand(charger, limit, 17)).toThrow("17 is not taken: 6 to 16. Nothing was written.");
  expect(() => encodeCommand(charger, limit, 5)).toThrow("5 is not taken: 6 to 16");
  expect(() => encodeCommand(charger, limit, undefined)).toThrow("A value is needed: 6 to 16.");
});

test.each([
  ["Energy.Active.Import.Register", "Wh"],
  ["Energy.Reactive.Net", "varh"],
  ["Energy.Apparent.Import", "VAh"],
  ["Power.Active.Export", "W"],
  ["Power.Offered", "W"],
  ["Power.Reactive.Import", "var"],
  ["Power.Factor", ""],
  ["Current.Offered", "A"],
  ["Voltage", "V"],
  ["Frequency", "Hz"],
  ["Temperature", "Celsius"],
  ["SoC", "Percent"],
  ["RPM", "RPM"],
  ["Voltage.Phase", undefined],
])("OCPP measures %s in %j", (measurand, unit) => {
  expect(standardUnit(measurand)).toBe(unit);
});
