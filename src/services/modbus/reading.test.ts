import { expect, onTestFinished, test, vi } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import { exceptionTrouble, ModbusTrouble } from "../../modbus/bus/trouble.ts";
import type { Decoded } from "../../modbus/profile/decode.ts";
import type { Profile } from "../../modbus/profile/model.ts";
import { words } from "../../station/phrases.ts";
import { loadProfiles } from "./profiles.ts";
import { readOnce, valueView, writeOnce } from "./reading.ts";
import { boxProfile, fakeDevice } from "./testing/fake-device.ts";

/** What a device is found to fit, where a test says so. */
const identified = vi.hoisted(() => ({ profiles: null as Profile[] | null }));
vi.mock("../../modbus/device/identify.ts", async (original) => {
  const real = await original<typeof import("../../modbus/device/identify.ts")>();
  return {
    ...real,
    identify: async (...given: Parameters<typeof real.identify>) =>
      identified.profiles ? { profiles: identified.profiles } : real.identify(...given),
  };
});

const own = { text: boxProfile };
const clock = createManualClock(42);
const place = "192.0.2.7:1502,unit=9";

test("a device is read by its profile: what its registers say, and as they stood", async () => {
  const { device, buses } = fakeDevice();
  const told = await readOnce(buses, clock, { place, profile: own });
  expect(device.asked).toEqual(["7 read holding 1 1", "7 read holding 5 2", "7 read holding 500 1"]);
  expect(told).toEqual({
    place: "192.0.2.7:1502",
    unit: 7,
    at: 42,
    profile: { name: "box", maker: "M", device: "D", kind: "meter", source: "paper", proven: "document" },
    values: [
      { at: 1, means: "serial", evse: 1, raw: "17", value: 17, unit: "", words: [] },
      { at: 5, means: "Voltage", evse: 1, phase: "L1-N", raw: "2300", value: 230, unit: "V", words: [] },
      { at: 6, means: "Voltage", evse: 1, phase: "L2-N", raw: "2310", value: 231, unit: "V", words: [] },
      { at: 500, means: "Frequency", evse: 1, raw: "5000", value: 50, unit: "Hz", words: [] },
    ],
    blocks: [
      { table: "holding", address: 1, count: 1, registers: [17] },
      { table: "holding", address: 5, count: 2, registers: [2300, 2310] },
      { table: "holding", address: 500, count: 1, registers: [5000] },
    ],
  });
  await readOnce(buses, clock, { place, unit: 3, profile: own });
  expect(device.asked.at(-1)).toBe("3 read holding 500 1");
});

test("registers are read by number, in as many questions as it takes, and each in every way it can be read", async () => {
  const { device, buses } = fakeDevice({ 0: 0x4142, 1: 0x8001 });
  const read = (table: "holding" | "coil", from: number, count: number) =>
    readOnce(buses, clock, { place, registers: { table, from, count } });
  const told = await read("holding", 0, 2);
  expect(told).toMatchObject({ unit: 1, profile: null, values: [] });
  expect(told.rows).toEqual([
    {
      ...{ table: "holding", address: 0, hex: "4142", u16: 0x4142, i16: 0x4142, bits: "0100000101000010", text: "AB" },
      ...{
        u32: 0x4142_8001,
        i32: 0x4142_8001,
        f32: expect.any(Number),
        u32Little: 0x8001_4142,
        f32Little: expect.any(Number),
      },
    },
    {
      ...{ table: "holding", address: 1, hex: "8001", u16: 0x8001, i16: -0x7fff, bits: "1000000000000001", text: "··" },
      ...{ u32: null, i32: null, f32: null, u32Little: null, f32Little: null },
    },
  ]);
  device.asked.length = 0;
  await read("holding", 10, 126);
  expect((await read("coil", 0, 1001)).rows?.at(-1)).toMatchObject({ table: "coil", address: 1000 });
  await read("holding", 65_535, 2);
  expect(device.asked).toEqual([
    "1 read holding 10 125",
    "1 read holding 135 1",
    "1 read coil 0 1000",
    "1 read coil 1000 1",
    "1 read holding 65535 1",
  ]);
});

test("a block that is refused is read one by one; a gateway that reaches nobody ends the reading", async () => {
  const { device, buses } = fakeDevice({ 1: 1, 2: 2, 3: 3 });
  device.trouble = (request) => (request.kind === "read" && (request.count > 1 || request.address === 2) ? 2 : null);
  const { blocks } = await readOnce(buses, clock, { place, registers: { table: "holding", from: 1, count: 3 } });
  expect(blocks.map(({ address, registers, why }) => [address, registers, why?.phrase])).toEqual([
    [1, [1], undefined],
    [2, null, "modbus-exception-address"],
    [3, [3], undefined],
  ]);
  device.trouble = () => 11;
  await expect(
    readOnce(buses, clock, { place, registers: { table: "holding", from: 1, count: 3 } }),
  ).rejects.toMatchObject({ code: "unavailable", words: words("modbus-exception-target") });
});

test.each([
  ["/dev/ttyUSB0", "modbus-silent-line"],
  ["192.0.2.7", "modbus-silent-host"],
] as const)("that nobody answers at %s is said with what to look at: %s", async (silentPlace, phrase) => {
  const { device, buses } = fakeDevice();
  device.trouble = () => new ModbusTrouble("no-answer", words("tls-left"));
  await expect(readOnce(buses, clock, { place: silentPlace, profile: own })).rejects.toMatchObject({
    code: "unavailable",
    words: words(phrase, { unit: 7 }),
  });
  device.trouble = () => new ModbusTrouble("bad-check", words("tls-left"));
  await expect(readOnce(buses, clock, { place: silentPlace, profile: own })).rejects.toMatchObject({
    words: words("tls-left"),
  });
});

test("what fits no profile is not known, and what is no profile is said", async () => {
  const { device, buses } = fakeDevice({});
  device.trouble = () => 2;
  await expect(readOnce(buses, clock, { place })).rejects.toMatchObject({
    code: "not-found",
    words: words("modbus-unidentified"),
  });
  await expect(readOnce(buses, clock, { place, profile: "nobody" })).rejects.toMatchObject({
    code: "invalid-input",
    words: words("modbus-no-profile", { name: "nobody" }),
  });
});

test("what fits several profiles is read by the first, and told as one of them", async () => {
  const { buses } = fakeDevice();
  const all = await loadProfiles();
  const fitting = async (count: number) => {
    identified.profiles = all.slice(0, count);
    const { profile, oneOf } = await readOnce(buses, clock, { place });
    return [profile?.name, oneOf];
  };
  onTestFinished(() => {
    identified.profiles = null;
  });
  const [first, second] = all.map(({ name }) => name);
  expect([await fitting(1), await fitting(2)]).toEqual([
    [first, undefined],
    [first, [first, second]],
  ]);
});

test("a command is written as its profile has it, with its value in bounds, to its unit or the one that is named", async () => {
  const { device, buses } = fakeDevice();
  const write = (command: string, value?: number, unit?: number) =>
    writeOnce(buses, { place, profile: own, command, value, unit });
  expect(await write("limit-current", 10)).toEqual({ says: "Sets the limit", registers: [10] });
  expect(await write("enable", undefined, 3)).toEqual({ says: "Lets it charge", registers: [1] });
  expect(device.asked).toEqual(["7 write-register 20 10", "3 write-coil 21 true"]);
  await expect(write("limit-current", 17)).rejects.toMatchObject({ code: "invalid-input" });
  await expect(write("unlock")).rejects.toMatchObject({
    code: "not-found",
    words: words("modbus-no-command", { command: "unlock", profile: "box" }),
  });
  expect(device.asked).toHaveLength(2);
  const off = { text: boxProfile.replace("value: 1", "value: 0") };
  await writeOnce(buses, { place, profile: off, command: "enable" });
  expect(device.asked.at(-1)).toBe("7 write-coil 21 false");
  await writeOnce(buses, { place, profile: { text: boxProfile.replace("value: 1", "value: 2") }, command: "enable" });
  expect(device.asked.at(-1)).toBe("7 write-coil 21 true");
  const wide = { text: boxProfile.replace("at: 20,", "at: 20, type: u32,") };
  await writeOnce(buses, { place, profile: wide, command: "limit-current", value: 10 });
  expect(device.asked.at(-1)).toBe("7 write-registers 20 0,10");
});

test("a write that may have been taken is told so; a refusal is one; a place that is gone was never asked", async () => {
  const { device, buses } = fakeDevice();
  const write = () => writeOnce(buses, { place, profile: own, command: "enable" });
  const unknown = (why: ReturnType<typeof words>) => ({
    code: "unavailable",
    words: words("modbus-write-unknown", { why }),
  });
  device.trouble = () => 2;
  await expect(write()).rejects.toMatchObject({ words: words("modbus-exception-address") });
  device.trouble = () => 11;
  await expect(write()).rejects.toMatchObject(unknown(exceptionTrouble(11, new Uint8Array()).words));
  device.trouble = () => new ModbusTrouble("no-answer", words("tls-left"));
  await expect(write()).rejects.toMatchObject(unknown(words("tls-left")));
  const count = device.asked.length;
  device.over = words("port-gone", { port: "p" });
  await expect(write()).rejects.toMatchObject({ code: "unavailable", words: device.over });
  expect(device.asked).toHaveLength(count);
});

test("a value is shown as it was read, and one that is not there as none", () => {
  const register = { at: 5, means: "Voltage", evse: 2, phase: "L1-N", label: "Net" } as Decoded["register"];
  const shown = { at: 5, means: "Voltage", label: "Net", evse: 2, phase: "L1-N", unit: "V", words: [] };
  for (const [raw, told, value] of [
    [2300, "2300", 230],
    [null, null, null],
  ] as const)
    expect(valueView({ register, raw, value, unit: "V", words: [] })).toEqual({ ...shown, raw: told, value });
});
