import { describe, expect, test } from "vitest";
import { asksStation, readConsoleProfile } from "./profile.ts";
import { tellAnswers, writeAnswers } from "./told.ts";

const least = {
  ...{ console: 1, name: "box", maker: "M", device: "D", source: "S", proven: "document" },
  ...{ baud: 9600, frame: "8N1", ends: "cr", check: "none" },
};
const statuses = [
  ...["Available", "Preparing", "Charging", "SuspendedEV", "SuspendedEVSE", "Finishing"],
  ...["Reserved", "Unavailable", "Faulted", "Occupied"],
];
const firmware = { group: 1, means: "firmware" };
const ask = (...tells: object[]) => ({ send: "v", answer: "^(\\S+)(?: (\\S+))?$", tells });
const read = (more: object) => readConsoleProfile(JSON.stringify({ ...least, ...more }));
const command = (more: object = {}) => ({ send: "v", shows: "status", says: { en: "e", sv: "s" }, ...more });
const letters = (count: number) => "x".repeat(count);

test("what a profile leaves out is as usual", () => {
  expect(read({})).toEqual({ ...least, commands: [], every: 5, info: {}, asks: [] });
  expect(read({ asks: [ask(firmware)] }).asks[0]).toEqual({
    ...{ send: "v", once: false, answer: /^(\S+)(?: (\S+))?$/, tells: [firmware] },
  });
  expect([asksStation(read({})), asksStation(read({ reply: "^ok" })), asksStation(read({ asks: [ask()] }))]).toEqual([
    ...[false, false, false],
  ]);
  expect(asksStation(read({ asks: [ask()], reply: "^ok" }))).toBe(true);
});

describe("each bound is taken, and what is beyond it told with its place", () => {
  test.each<[string, (value: never) => object, unknown, unknown]>([
    ["name", (name) => ({ name }), letters(60), letters(61)],
    ["name", (name) => ({ name }), "a-9", "A"],
    ["maker", (maker) => ({ maker }), letters(100), letters(101)],
    ["device", (device) => ({ device }), letters(200), letters(201)],
    ["source", (source) => ({ source }), letters(300), letters(301)],
    ["baud", (baud) => ({ baud }), 1, 1.5],
    ["prompt", (prompt) => ({ prompt }), letters(300), letters(301)],
    ["prompt", (prompt) => ({ prompt }), "(a)", "(a"],
    ["every", (every) => ({ every }), 1, 0.9],
    ["every", (every) => ({ every }), 3600, 3601],
    ["commands", (count: number) => ({ commands: Array(count).fill(command()) }), 40, 41],
    ["commands.0.send", (send) => ({ commands: [command({ send })] }), letters(200), letters(201)],
    ["commands.0.send", (send) => ({ commands: [command({ send })] }), "a", ""],
    ["commands.0.says.sv", (sv) => ({ commands: [command({ says: { en: "e", sv } })] }), letters(80), letters(81)],
    ["commands.0.says.en", (en) => ({ commands: [command({ says: { en, sv: "s" } })] }), "e", ""],
    ["asks", (count: number) => ({ asks: Array(count).fill(ask()) }), 20, 21],
    ["asks.0.tells", (count: number) => ({ asks: [ask(...Array(count).fill(firmware))] }), 20, 21],
    ["asks.0.send", (send) => ({ asks: [{ ...ask(), send }] }), letters(200), letters(201)],
    ["asks.0.tells.0.group", (group) => ({ asks: [ask({ ...firmware, group })] }), 20, 21],
    ["asks.0.tells.0.group", (group) => ({ asks: [ask({ ...firmware, group })] }), 1, 0],
    ["asks.0.tells.0", (base) => ({ asks: [ask({ group: 1, means: "status", base, values: {} })] }), 16, 8],
    ["asks.0.tells.0.group", (group) => ({ asks: [ask({ group, means: "status", values: {} })] }), 20, 21],
    ["asks.0.tells.0.group", (group) => ({ asks: [ask({ group, means: "Voltage", scale: 1, unit: "V" })] }), 20, 21],
    ["info.vendor", (vendor) => ({ info: { vendor } }), letters(60), letters(61)],
    ["info.model", (model) => ({ info: { model } }), letters(60), letters(61)],
    ["", (colour) => (colour ? { colour } : {}), "", "red"],
  ])("%s (%#)", (place, make, within, beyond) => {
    expect(() => read(make(within as never))).not.toThrow();
    expect(() => read(make(beyond as never))).toThrow(new RegExp(`^${place.replaceAll(".", "\\.")}: `));
  });

  test.each<[string, object, readonly string[]]>([
    ["proven", {}, ["document", "simulator", "device"]],
    ["ends", {}, ["cr", "lf", "crlf"]],
    ["check", {}, ["none", "xor"]],
  ])("%s is one of those that there are", (key, _more, known) => {
    for (const value of known) expect(read({ [key]: value })).toMatchObject({ [key]: value });
    expect(() => read({ [key]: "other" })).toThrow(`${key}: `);
  });

  test("what a line is, twice or not at all", () => {
    expect(() => readConsoleProfile("name: a\nname: b\n")).toThrow(/unique/);
    expect(() => readConsoleProfile("console: 1")).toThrow(/^name: .*; maker: /);
  });
});

test("every status, information and measurand is told, by the number or the word that the device has for it", () => {
  const values = Object.fromEntries(statuses.map((status, at) => [String(at), { status }]));
  const profile = read({
    info: { vendor: "V", model: "usual" },
    asks: [
      ask({ group: 1, means: "status", values }),
      ask({
        group: 1,
        means: "status",
        base: 16,
        values: { 31: { status: "Faulted", error: "GroundFailure", info: "words" } },
      }),
      ask(firmware, { group: 2, means: "serial" }),
      ask({ group: 1, means: "model" }),
      ask(
        { group: 1, means: "Power.Active.Import", scale: 0.001, unit: "W", least: 10 },
        { group: 2, means: "Voltage", scale: 1, unit: "V" },
      ),
    ],
  });
  const [state, wide, who, model, meter] = profile.asks as [(typeof profile.asks)[0], ...typeof profile.asks];
  const told = (one: typeof state | undefined, answer: string) =>
    tellAnswers(profile, [{ ask: one as typeof state, answer }]);
  expect(statuses.map((_, at) => told(state, String(at)).statuses)).toEqual(
    statuses.map((status) => [{ evse: 1, status }]),
  );
  const none = { statuses: [], samples: [] };
  expect([told(state, "10"), told(state, "x"), told(state, "a b c")]).toEqual([none, none, none]);
  expect(told(wide, "1F").statuses).toEqual([
    { evse: 1, status: "Faulted", errorCode: "GroundFailure", vendorErrorCode: "1F", info: "words" },
  ]);
  expect(told(who, "1.2 S7")).toEqual({
    ...none,
    info: { vendor: "V", model: "usual", firmwareVersion: "1.2", serialNumber: "S7" },
  });
  expect(told(model, "own").info).toEqual({ vendor: "V", model: "own" });
  const sample = { measurand: "Power.Active.Import", unit: "W", value: 0.01, said: "0.01" };
  expect(told(meter, "10")).toEqual({ statuses: [], samples: [{ evse: 1, samples: [sample] }] });
  expect([told(meter, "9.9"), told(meter, "9 x")]).toEqual([none, none]);
  expect(told(meter, "9 230").samples[0]?.samples).toEqual([
    { measurand: "Voltage", unit: "V", value: 230, said: "230" },
  ]);
  expect(told(meter, "12345.6789 0").samples[0]?.samples.map(({ value }) => value)).toEqual([12.345679, 0]);
  // What one answer does not tell, another may.
  const mixed = [
    { ask: meter as typeof state, answer: "" },
    { ask: state, answer: "99" },
    { ask: state, answer: "2" },
  ];
  expect(tellAnswers(profile, mixed)).toEqual({ statuses: [{ evse: 1, status: "Charging" }], samples: [] });
  expect(JSON.parse(writeAnswers(profile, [{ ask: state, answer: "2" }]))).toEqual({
    ...{ console: 1, profile: "box", answers: [{ asked: "v", answer: "2" }] },
    told: { statuses: [{ evse: 1, status: "Charging" }], samples: [] },
  });
});
