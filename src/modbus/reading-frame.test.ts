import { expect, test } from "vitest";
import type { EventBody } from "../station/events.ts";
import { reduce } from "../station/fold/reduce.ts";
import { newStation, type StationState } from "../station/model.ts";
import { words } from "../station/phrases.ts";
import { exceptionTrouble } from "./bus/trouble.ts";
import type { Told } from "./profile/told.ts";
import { readingEvents, summariseReading, writeReading } from "./reading-frame.ts";

const block = { table: "holding", address: 5, count: 2, registers: [7, 0x0a1], trouble: null } as const;
const told: Told = {
  info: { model: "Box" },
  statuses: [{ evse: 1, status: "Charging", errorCode: "OtherError", vendorErrorCode: "5", info: "fan" }],
  samples: [{ evse: 1, samples: [{ measurand: "Power.Active.Import", unit: "W", value: 7400, said: "7400" }] }],
  unknown: [],
};

function after(state: StationState, bodies: readonly EventBody[], seq: number): StationState {
  return bodies.reduce((now, body) => reduce(now, { ...body, at: seq * 1000, seq }), state);
}

const via = { kind: "modbus", port: "h:502", unit: 1, profile: "box" } as const;

test("a reading holds the registers as they came, what was refused, and what was made of them", () => {
  const refused = { ...block, address: 9, registers: null, trouble: exceptionTrouble(2, new Uint8Array()) };
  expect(JSON.parse(writeReading("box", 3, [block, refused], told))).toEqual({
    modbus: 1,
    profile: "box",
    unit: 3,
    reads: [
      { table: "holding", address: 5, registers: "0007 00a1" },
      { table: "holding", address: 9, refused: 2 },
    ],
    told: { info: told.info, statuses: told.statuses, samples: told.samples },
  });
  expect(refused.trouble.words).toEqual(words("modbus-exception-address"));
});

test("what is told again is no news: the status once, the values each time; after the link was away the status again", () => {
  const text = writeReading("box", 1, [block], told);
  const fresh = after(newStation("W", 0), [{ kind: "link-opened", connection: 1, via }], 1);
  const first = readingEvents(text, fresh);
  expect(first).toEqual([
    { kind: "identified", info: { model: "Box" } },
    {
      kind: "status",
      evse: 1,
      connector: 1,
      status: "Charging",
      errorCode: "OtherError",
      vendorErrorCode: "5",
      info: "fan",
    },
    { kind: "sampled", evse: 1, groups: [{ samples: told.samples[0]?.samples }] },
  ]);
  const known = after(fresh, first, 2);
  expect(readingEvents(text, known).map(({ kind }) => kind)).toEqual(["sampled"]);
  const other = {
    ...told,
    statuses: [{ evse: 1, status: "Charging", errorCode: "OtherError", vendorErrorCode: "6", info: "fan" }],
  };
  expect(readingEvents(writeReading("box", 1, [block], other), known).map(({ kind }) => kind)).toEqual([
    "status",
    "sampled",
  ]);
  const well = { ...told, statuses: [{ evse: 1, status: "Charging" }] };
  expect(readingEvents(writeReading("box", 1, [block], well), known)[0]).toEqual({
    kind: "status",
    evse: 1,
    connector: 1,
    status: "Charging",
  });
  // Of a station whose link never came up it is no news either.
  const offline = after(newStation("W", 0), first, 1);
  expect(readingEvents(text, offline).map(({ kind }) => kind)).toEqual(["sampled"]);
  // Told in the moment in which the link came up it holds.
  expect(readingEvents(text, after(fresh, first, 1)).map(({ kind }) => kind)).toEqual(["sampled"]);
  const back = after(known, [{ kind: "link-opened", connection: 2, via }], 3);
  expect(readingEvents(text, back).map(({ kind }) => kind)).toEqual(["status", "sampled"]);
});

test("the status of a device as a whole is that of connector 0, and is told once as well", () => {
  const text = writeReading("box", 1, [block], {
    statuses: [{ evse: 0, status: "Faulted" }],
    samples: [],
    unknown: [],
  });
  const fresh = after(newStation("W", 0), [{ kind: "link-opened", connection: 1, via }], 1);
  const first = readingEvents(text, fresh);
  expect(first).toEqual([{ kind: "status", evse: 0, connector: 0, status: "Faulted" }]);
  expect(readingEvents(text, after(fresh, first, 2))).toEqual([]);
});

test("what is no reading tells nothing: a station's own message of that name is none", () => {
  const state = newStation("W", 0);
  for (const text of [
    "",
    '[2,"1","Modbus",{}]',
    "{}",
    '{"modbus":1}',
    '{"modbus":1,"told":{}}',
    '{"modbus":2,"told":{"statuses":[{"evse":1,"status":"Faulted"}]}}',
  ])
    expect([readingEvents(text, state), summariseReading(text)]).toEqual([[], []]);
  const wrong =
    '{"modbus":1,"told":{"statuses":[{"evse":1,"status":"Melted"},{"status":"Faulted"},7],"samples":[{"evse":1}]}}';
  expect(readingEvents(wrong, state)).toEqual([]);
});

test("a list shows the status, the device's error and what is measured in all", () => {
  expect(summariseReading(writeReading("box", 1, [block], told))).toEqual([
    { label: "status", value: "Charging" },
    { label: "vendorError", value: "fan" },
    { label: "power", value: "7400 W" },
  ]);
  const sample = (measurand: string, unit: "W" | "Wh", more: object = {}) => ({
    ...{ measurand, unit, value: 5, said: "5", ...more },
  });
  const many: Told = {
    statuses: [
      { evse: 1, status: "Available" },
      { evse: 2, status: "Faulted", vendorErrorCode: "7".repeat(81) },
      { evse: 3, status: "Charging" },
    ],
    samples: [
      { evse: 1, samples: [sample("Power.Active.Import", "W", { phase: "L1" })] },
      { evse: 2, samples: [sample("Energy.Active.Import.Register", "Wh"), sample("Power.Active.Import", "W")] },
    ],
    unknown: [],
  };
  const fields = summariseReading(writeReading("box", 1, [block], many));
  expect(fields.map(({ value }) => value)).toEqual(["Available", "Faulted", "Charging", "7".repeat(80)]);
  const measured = summariseReading(writeReading("box", 1, [block], { ...many, statuses: [] }));
  expect(measured).toEqual([
    { label: "power", value: "5 W" },
    { label: "energy", value: "5 Wh" },
  ]);
});
