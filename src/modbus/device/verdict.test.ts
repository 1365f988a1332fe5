import { expect, test } from "vitest";
import { words } from "../../station/phrases.ts";
import type { DeviceFound } from "../../station/serial/modbus.ts";
import { exceptionTrouble, ModbusTrouble, type TroubleKind } from "../bus/trouble.ts";
import { Inquiry } from "./inquiry.ts";
import { isForGood, isGateways } from "./read-device.ts";
import { noteOf, type Setting, type Tally, verdictOf } from "./verdict.ts";

const slow: Setting = { baudRate: 9600, parity: "none", stopBits: 1 };
const fast: Setting = { baudRate: 19_200, parity: "even", stopBits: 1 };

type Seen = { setting?: Setting; asked?: number; flat?: number; bytes?: number; frames?: number } & Partial<
  Record<TroubleKind, number[]>
>;

/** What is noted of each setting. */
function tallyOf(...seen: Seen[]): Tally {
  const tally: Tally = new Map();
  for (const { setting = slow, asked = 4, flat = 0, bytes = 0, frames = 0, ...kinds } of seen) {
    const note = noteOf(tally, setting);
    note.flat += flat;
    note.unasked.bytes += bytes;
    note.unasked.frames += frames;
    for (let unit = 1; unit <= asked; unit++) note.asked.add(unit);
    for (const [kind, units] of Object.entries(kinds)) note.kinds.set(kind as TroubleKind, new Set(units as number[]));
  }
  return tally;
}

const found = (setting: Setting | undefined = slow): DeviceFound => ({
  unit: 9,
  ...(setting && { setting }),
  words: {},
});

test.each<[string, Seen[], DeviceFound[], unknown]>([
  ["nobody", [{ "no-answer": [1, 2] }], [], { kind: "nothing" }],
  ["nobody was asked", [{ asked: 0 }], [], { kind: "nothing" }],
  ["somebody", [{ "no-answer": [1] }], [found()], { kind: "found" }],
  [
    "somebody, and damaged answers in that setting",
    [{ "bad-check": [3], cut: [3, 5] }],
    [found()],
    { kind: "two-with-one-unit", units: [3, 5] },
  ],
  ["somebody, and damaged answers in another", [{ setting: fast, "bad-check": [3] }], [found()], { kind: "found" }],
  ["a host that speaks something else", [{ setting: null, "no-modbus": [1] }], [], { kind: "no-modbus" }],
  ["a host that breaks off", [{ setting: null, cut: [1] }], [], { kind: "no-modbus" }],
  ["a host with answers that do not fit", [{ setting: null, "no-fit": [1] }], [], { kind: "no-modbus" }],
  ["a gateway that reaches nobody", [{ setting: null, exception: [1] }], [], { kind: "gateway-silent" }],
  ["a host that says nothing", [{ setting: null, "no-answer": [1], echo: [1] }], [], { kind: "nothing-at-host" }],
  ["whole frames unasked", [{ frames: 1, bytes: 8 }], [], { kind: "another-master" }],
  ["answers of others", [{ "other-unit": [2] }], [], { kind: "another-master" }],
  ["answers to others", [{ "no-fit": [2] }], [], { kind: "another-master" }],
  ["our own words for all", [{ echo: [1, 2, 3, 4] }], [], { kind: "echo" }],
  ["our own words for most", [{ echo: [1, 2, 3], "no-answer": [4] }], [], { kind: "nothing" }],
  ["a gateway on a line", [{ exception: [1] }], [], { kind: "gateway-silent" }],
  ["ones or zeros alone", [{ flat: 1, bytes: 3 }], [], { kind: "swapped" }],
  ["bytes unasked", [{ bytes: 1, cut: [1] }], [], { kind: "noise" }],
  ["damage for half", [{ cut: [1], "bad-check": [2] }], [], { kind: "wrong-setting" }],
  ["damage for more than half", [{ cut: [1, 3], "bad-check": [2] }], [], { kind: "noise" }],
  [
    "damage for one of two settings",
    [{ cut: [1] }, { setting: fast, "bad-check": [2, 3] }],
    [],
    { kind: "wrong-setting" },
  ],
])("what was seen of %s is told in one word", (_what, seen, devices, verdict) => {
  expect(verdictOf(devices, tallyOf(...seen))).toEqual(verdict);
});

test("what is noted of a setting is noted once", () => {
  const tally: Tally = new Map();
  expect(noteOf(tally, { ...slow })).toBe(noteOf(tally, { ...slow }));
  expect(noteOf(tally, fast)).not.toBe(noteOf(tally, slow));
  expect([...tally.keys()]).toEqual([JSON.stringify(slow), JSON.stringify(fast)]);
});

test("a refusal is for good, of the moment, or of a gateway, by its number", () => {
  const codes = [1, 2, 3, 4, 5, 6, 8, 10, 11, 12];
  const troubles = codes.map((code) => exceptionTrouble(code, new Uint8Array()));
  expect(codes.filter((_, at) => isForGood(troubles[at] as ModbusTrouble))).toEqual([1, 2, 3]);
  expect(codes.filter((_, at) => isGateways(troubles[at] as ModbusTrouble))).toEqual([10, 11]);
  const silent = new ModbusTrouble("no-answer", words("modbus-no-answer"));
  expect([isForGood(silent), isGateways(silent), isForGood(exceptionTrouble(0, new Uint8Array()))]).toEqual([
    false,
    false,
    false,
  ]);
});

test("a device that falls silent is asked again for what it has answered, after each four questions without an answer", async () => {
  const asked: string[] = [];
  const silent = new ModbusTrouble("no-answer", words("modbus-no-answer"));
  let isThere = true;
  const question =
    (name: string, answers = true) =>
    async () => {
      asked.push(name);
      if (!answers || !isThere) throw silent;
      return name;
    };
  const inquiry = new Inquiry();
  for (let n = 0; n < 5; n++) expect(await inquiry.put(question("first", false))).toBeNull();
  expect([asked.splice(0).length, inquiry.nobody]).toEqual([5, silent]);
  expect(await inquiry.put(question("known"))).toBe("known");
  expect(inquiry.nobody).toBeNull();
  for (let n = 0; n < 8; n++) await inquiry.put(question(`${n}`, false));
  expect(asked.splice(0).join(" ")).toBe("known 0 1 2 3 known 4 5 6 7 known");
  const refusal = async () => {
    throw exceptionTrouble(2, new Uint8Array());
  };
  for (let n = 0; n < 3; n++) await inquiry.put(question("x", false));
  expect(await inquiry.put(refusal)).toBeNull();
  isThere = false;
  for (let n = 0; n < 4; n++) expect(await inquiry.put(question("y"))).toBeNull();
  expect(asked.join(" ")).toBe("x x x y y y y");
  const other = new Inquiry();
  await other.put(async () => "here");
  for (let n = 0; n < 3; n++) await other.put(question("z"));
  asked.length = 0;
  const known = other.put(question("last"));
  expect(await known).toBeNull();
  await expect(inquiry.put(async () => Promise.reject(new Error("a bug")))).rejects.toThrow("a bug");
  const gone = new ModbusTrouble("gone", words("no-core"));
  await expect(inquiry.put(async () => Promise.reject(gone))).rejects.toBe(gone);
});
