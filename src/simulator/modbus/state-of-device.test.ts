import { expect, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import type { Profile, ProfileRegister } from "../../modbus/profile/model.ts";
import { noStatus } from "../../modbus/profile/words.ts";
import { VirtualDevice } from "./device.ts";

const plain = (at: number, means: string, more: Partial<ProfileRegister> = {}): ProfileRegister => ({
  ...{ at, means, type: "u32" },
  ...more,
});
const registers: ProfileRegister[] = [
  plain(0, "status", { type: "u16", values: { 1: "Available", 2: "Charging", 7: noStatus } }),
  plain(1, "error", { type: "u16", values: { 0: "none", 5: "GroundFailure: RCD", 6: "odd" } }),
  plain(2, "error", {
    type: "u16",
    bits: { 0: "OverCurrentFailure: fuse", 3: "HighTemperature", 4: "HighTemperature" },
  }),
  plain(10, "Voltage", { phase: "L1" }),
  plain(12, "Voltage", { phase: "L1-L2" }),
  plain(14, "Current.Import", { phase: "L1" }),
  plain(16, "Current.Import", { phase: "N" }),
  plain(18, "Power.Active.Import"),
  plain(20, "Power.Active.Import", { phase: "L1" }),
  plain(22, "Energy.Active.Import.Register"),
  plain(24, "Energy.Active.Import.Register", { phase: "L1" }),
  plain(26, "Power.Factor"),
  plain(28, "Power.Reactive.Import"),
  plain(30, "Power.Active.Export"),
  plain(32, "Frequency"),
  plain(34, "Temperature"),
  plain(36, "note"),
  plain(40, "vendor", { type: "text", length: 4 }),
  plain(44, "serial"),
];
const profile = {
  ...{ name: "test", maker: "Make", device: "Box", kind: "charger", unit: 1, table: "holding", first: 0, registers },
  ...{
    identify: [
      { at: 100, type: "u16", is: 77 },
      { at: 101, type: "u16", least: 5 },
    ],
  },
  commands: [
    { name: "limit-current", at: 200, type: "u16", scale: 0.1 },
    { name: "enable", at: 300, type: "u16" },
  ],
} as unknown as Profile;

function device(kind: "charger" | "meter" = "charger") {
  const clock = createManualClock();
  clock.advance(5000);
  const told: string[] = [];
  const one = new VirtualDevice({ ...profile, kind } as Profile, clock, (what) => told.push(what));
  const long = (address: number) =>
    (one.read("holding", address) ?? 0) * 65_536 + (one.read("holding", address + 1) ?? 0);
  const short = (address: number) => one.read("holding", address);
  return { clock, told, one, long, short };
}

test("what a device at rest tells in each of its registers", () => {
  const { one, long, short } = device();
  expect([0, 1, 2].map(short)).toEqual([1, 0, 0]);
  expect([10, 12, 14, 16, 18, 20, 22, 24].map(long)).toEqual([230, 398, 0, 0, 0, 0, 12_345_678, 4_115_226]);
  expect([26, 28, 30, 32, 34, 36, 44].map(long)).toEqual([1, 0, 0, 50, 24, 0, 1]);
  expect([100, 101, 102].map(short)).toEqual([77, 5, null]);
  expect([one.read("input", 0), short(46), short(9)]).toEqual([null, null, null]);
  const letters = [40, 41, 42, 43].map((address) => short(address) ?? 0);
  expect(Buffer.from(letters.flatMap((word) => [word >> 8, word & 255])).toString()).toBe("Plugside");
  expect([one.identity, one.profile.name]).toEqual([["Plugside", "test", "virtual"], "test"]);
});

test("amperes flow in three phases while it charges, and are counted: what flows explains every watt", () => {
  const { clock, one, long } = device();
  one.set({ amperes: 16 });
  expect([one.power, long(14)]).toEqual([0, 0]);
  one.set({ status: "Charging" });
  expect([one.power, long(14), long(16), long(18), long(20)]).toEqual([11_040, 16, 0, 11_040, 3680]);
  clock.advance(1_800_000);
  expect(one.energyWh).toBe(12_345_678 + 11_040 / 2);
  one.set({ status: "Available" });
  clock.advance(3_600_000);
  expect(one.energyWh).toBe(12_345_678 + 11_040 / 2);
});

test("what flowed until it is told to stop is counted, whether anybody looked or not", () => {
  const { clock, one } = device();
  one.set({ status: "Charging", amperes: 16 });
  clock.advance(3_600_000);
  one.set({ status: "Available" });
  expect(one.energyWh).toBe(12_345_678 + 11_040);
});

test("a meter counts whatever flows, whatever its status", () => {
  const { one } = device("meter");
  one.set({ amperes: 10 });
  expect(one.power).toBe(6900);
});

test("a status without a number of its own is told as none, or as the first", () => {
  const { one, short } = device();
  one.set({ status: "Faulted" });
  expect(short(0)).toBe(7);
  const few = new VirtualDevice(
    { ...profile, registers: [plain(0, "status", { type: "u16", values: { 4: "Charging" } })] } as Profile,
    createManualClock(),
  );
  expect(few.read("holding", 0)).toBe(4);
});

test("errors are told as a number or as bits, by the code or by the whole of what they say", () => {
  const { one, short } = device();
  const told = (...errors: string[]) => {
    one.set({ errors });
    return [short(1), short(2)];
  };
  expect(told("GroundFailure: RCD")).toEqual([5, 0]);
  expect(told("RCD", "fuse")).toEqual([5, 1]);
  expect(told("fuse", "HighTemperature")).toEqual([0, 9]);
  expect(told("odd")).toEqual([6, 0]);
  one.set({ amperes: 1 });
  expect(short(1)).toBe(6);
  expect(told()).toEqual([0, 0]);
});

test("the words that it has numbers for are told once each", () => {
  const { statuses, errors } = device().one.words;
  expect(statuses).toEqual(["Available", "Charging"]);
  expect(errors).toEqual(["RCD", "GroundFailure: RCD", "odd", "fuse", "OverCurrentFailure: fuse", "HighTemperature"]);
});

test("what is written is kept where a command stands, told, and a limit bounds the current", () => {
  const { one, short, told } = device();
  one.set({ status: "Charging", amperes: 16 });
  expect([one.write("holding", 200, 60), one.power, short(200)]).toEqual([true, 6 * 230 * 3, 60]);
  expect([one.write("holding", 303, 1), short(303)]).toEqual([true, 1]);
  expect([one.write("holding", 199, 1), one.write("holding", 204, 1), one.write("coil", 200, 1)]).toEqual([
    false,
    false,
    false,
  ]);
  expect(told).toEqual(["limit-current: holding 200 = 60", "enable: holding 303 = 1"]);
  expect(short(199)).toBeNull();
});
