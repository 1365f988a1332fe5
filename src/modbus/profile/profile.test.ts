import { describe, expect, test } from "vitest";
import { english } from "../../station/phrases.ts";
import { readProfile } from "./read-profile.ts";
import { head } from "./testing/head.ts";

function faultsOf(rest: string): string[] {
  return readProfile(head + rest).faults.map(({ line, path, why }) => `${line} ${path}: ${english(why)}`);
}

test("what a profile leaves out is as usual", () => {
  const { profile } = readProfile(`${head}serial: { baud: 9600 }\nregisters: [{ at: 1, means: note }]\n`);
  expect(profile).toEqual({
    ...{ name: "box", maker: "Maker", device: "Box", kind: "charger", source: "Paper 1", proven: "document" },
    ...{ unit: 1, serial: { baud: 9600, bits: 8, parity: "none", stop: 1 }, port: 502, every: 2, table: "holding" },
    ...{ words: "big", first: 0, gap: 0, most: 60, identify: [], commands: [] },
    registers: [{ at: 1, type: "u16", means: "note" }],
  });
});

test.each<[string, string, number | string, number | string]>([
  ["unit", "unit: @", 255, 256],
  ["port", "port: @", 65_535, 65_536],
  ["port", "port: @", 1, 0],
  ["every", "every: @", 0.2, 0.1],
  ["every", "every: @", 3600, 3601],
  ["gap", "gap: @", 60, 61],
  ["most", "most: @", 125, 126],
  ["most", "most: @", 1, 0],
  ["first", "first: @", 1, 2],
  ["serial.baud", "serial: { baud: @ }", 50, 49],
  ["serial.baud", "serial: { baud: @ }", 12_000_000, 12_000_001],
  ["serial.bits", "serial: { baud: 9600, bits: @ }", 7, 6],
  ["serial.stop", "serial: { baud: 9600, stop: @ }", 2, 1.5],
  ["notes", "notes: @", "n".repeat(2000), "n".repeat(2001)],
  ["registers.0.at", "registers: [{ at: @, means: note }]", 65_535, 65_536],
  ["registers.0.evse", "registers: [{ at: 1, means: note, evse: @ }]", 64, 65],
  ["registers.0.scale", "registers: [{ at: 1, means: note, scale: @ }]", 1e9, 2e9],
  ["registers.0.length", "registers: [{ at: 1, means: note, type: text, length: @ }]", 60, 61],
  ["registers.0.label", "registers: [{ at: 1, means: note, label: @ }]", "l".repeat(200), "l".repeat(201)],
  [
    "registers.0.absent",
    "registers: [{ at: 1, means: note, absent: [@] }]",
    Array(10).fill(1).join(),
    Array(11).fill(1).join(),
  ],
])(
  "each bound of a profile is taken, and what is beyond it told in its place: %s, %s",
  (path, text, within, beyond) => {
    const faults = (value: number | string) => {
      const said = `${text.replace("@", String(value))}\n${text.startsWith("registers") ? "" : "registers: [{ at: 1, means: note }]\n"}`;
      return readProfile(head + said).faults.map((fault) => fault.path);
    };
    expect([faults(within), faults(beyond)]).toEqual([[], [path]]);
  },
);

describe("a fault is named with its line", () => {
  test.each<[string, string[]]>([
    [
      "registers:\n  - { at: 5, means: status }",
      ["8 registers.0.means: a status needs “values”: which number means what"],
    ],
    [
      "registers:\n  - { at: 1, means: note }\n  - { at: 70000, means: note }",
      ["9 registers.1.at: 70000 is too much: at most 65535"],
    ],
    ["registers:\n  - { at: 1, means: note, scal: 3 }", ["8 registers.0: “scal” means nothing here"]],
    ["registers:\n  - { means: note }", ["8 registers.0.at: it is missing"]],
    [
      "registers:\n  - { at: 1, type: u23, means: note }",
      ["8 registers.0.type: u23 is none of u16, i16, u32, i32, u64, i64, f32, f64, text, bit"],
    ],
    ["registers:\n  - { at: x, means: note }", ["8 registers.0.at: a number is expected, not x"]],
    ["registers:\n  - { at: 1, means: Energie }", ["8 registers.0.means: OCPP has no measurand Energie: say its unit"]],
    [
      "registers:\n  - { at: 1, type: text, means: serial }",
      ["8 registers.0.type: a text needs “length”: how many registers it takes"],
    ],
    [
      "registers:\n  - at: 1\n    means: status\n    values:\n      1: Charging\n      2: Laden",
      [
        "12 registers.0.values.2: 2: “Laden” is no status: Available, Preparing, Charging, SuspendedEV, SuspendedEVSE, Finishing, Reserved, Unavailable, Faulted or Occupied",
      ],
    ],
    [
      "registers:\n  - { at: 1, means: error, bits: { 16: hot } }",
      ["8 registers.0.bits.16: 16 is no bit of it: 0 to 15"],
    ],
    [
      "first: 1\nregisters:\n  - { at: 0, means: note }",
      ["9 registers.0.at: register 0 is outside of what Modbus has (0 to 65535, and not below “first”)"],
    ],
    [
      "registers:\n  - { at: 1, means: Current.Inport }",
      ["8 registers.0.means: OCPP has no measurand Current.Inport: say its unit"],
    ],
    [
      "registers:\n  - { at: 1, means: serial-number }",
      [
        "8 registers.0.means: serial-number is neither status, error, note, vendor, model, serial, firmware, meter-type, meter-serial nor written like a measurand of OCPP",
      ],
    ],
    [
      "registers:\n  - { at: 1, means: error, values: { 1: 'GroundFault: leak', 2: 'Fan: blocked', on: stuck } }",
      [
        "8 registers.0.values.1: GroundFault is no error code of OCPP: ConnectorLockFailure, EVCommunicationError, GroundFailure, HighTemperature, InternalError, LocalListConflict, OtherError, OverCurrentFailure, OverVoltage, PowerMeterFailure, PowerSwitchFailure, ReaderFailure, ResetFailure, UnderVoltage, WeakSignal. Leave it and the colon away where none fits",
        "8 registers.0.values.on: on is no number, and a register holds one",
      ],
    ],
    [
      "registers:\n  - { at: 4, type: u32, means: Voltage, phase: L1 }\n  - { at: 5, means: Voltage, phase: L2 }\n  - { at: 6, means: Voltage, phase: L1 }",
      [
        "9 registers.1.at: it shares registers with the value at 4, which takes 2",
        "10 registers.2.means: the register at 4 tells Voltage already",
      ],
    ],
    [
      "registers:\n  - { at: 4, means: SoC }\n  - { at: 5, means: SoC, evse: 1 }",
      ["9 registers.1.means: the register at 4 tells SoC already"],
    ],
    [
      "registers:\n  - { type: u23, at: x, means: note }",
      [
        "8 registers.0.type: u23 is none of u16, i16, u32, i32, u64, i64, f32, f64, text, bit",
        "8 registers.0.at: a number is expected, not x",
      ],
    ],
    [
      "first: 1\nregisters:\n  - { at: 65535, type: u32, means: note }\n  - { at: 65534, type: u64, means: note }",
      [
        "10 registers.1.at: register 65534 is outside of what Modbus has (0 to 65535, and not below “first”)",
        "10 registers.1.at: it shares registers with the value at 65535, which takes 2",
      ],
    ],
    [
      "registers:\n  - { at: 4, means: serial, type: text, length: 2 }\n  - { at: 4, means: serial }",
      ["9 registers.1.means: the register at 4 tells serial already"],
    ],
    [
      "registers: [{ at: 1, means: note }]\ncommands:\n  - { name: limit-current, at: 1, least: 32, most: 6, says: x }\n  - { name: lock, at: 2, most: 6, says: x }",
      ["9 commands.0.least: 32 is above “most”, 6", "10 commands.1.name: it needs “value”, or “least” and “most”"],
    ],
  ])("%s", (text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  test.each<[string, string, string]>([
    [
      "a number in quotation marks",
      "at: '13', means: note",
      "at: a number is expected, and “13” in quotation marks is a text: take them away",
    ],
    ["no meaning", "at: 1", "means: it is missing"],
    [
      "a scale of nothing",
      "at: 1, means: note, scale: 0",
      "scale: 0 is too little: it must be above 0. What counts the other way is negative: true",
    ],
    [
      "another unit",
      "at: 1, means: Current.Import, unit: V",
      "unit: Current.Import is measured in A: leave “unit” away, and let “scale” bring the register to it",
    ],
    [
      "what a signed register never tells",
      "at: 1, type: i16, means: Temperature, absent: [0, 0x8000]",
      "absent.1: 32768 in a register of i16 is read as -32768: write that",
    ],
    [
      "what is out of reach",
      "at: 1, means: Voltage, absent: [70000]",
      "absent.0: 70000 never stands there: u16, 0 to 65535",
    ],
    [
      "what a mask leaves nothing of",
      "at: 1, means: SoC, mask: 0xFF00, absent: [256]",
      "absent.0: 256 never stands there: u16, 0 to 255",
    ],
    [
      "a status out of reach",
      "at: 1, means: status, values: { 70000: Charging }",
      "values.70000: 70000 never stands there: u16, 0 to 65535",
    ],
    [
      "a status as it never comes",
      "at: 1, means: status, values: { '0x3': Charging }",
      "values.0x3: it is never met as 0x3: write 3, or without quotation marks",
    ],
    [
      "a mask wider than its register",
      "at: 1, means: note, mask: 0x10000",
      "mask: 65536 never stands there: u16, 1 to 65535",
    ],
    [
      "a mask of no whole number",
      "at: 1, type: f32, means: note, mask: 1",
      "mask: f32 has no bits that a mask could take: it takes those of a whole number",
    ],
    [
      "the length of a number",
      "at: 1, length: 4, means: note",
      "length: only a text has a “length”: take it away, or say type: text",
    ],
    [
      "a bit of a register",
      "at: 1, type: bit, means: note",
      "type: a register holds 16 bits: say which with “mask”, and leave the type away; or the table is coil or discrete",
    ],
    [
      "a wide value of bits",
      "at: 1, table: coil, type: u32, means: note",
      "type: the table coil holds single bits: type: bit",
    ],
    [
      "a power of ten that is not listed",
      "at: 1, means: Voltage, tens: 2",
      "tens: no i16 stands at 2 in its table: list that register too, with means: note",
    ],
    [
      "a unit that is none of ours",
      "at: 1, means: Voltage, unit: kV",
      'unit: kV is none of Wh, W, varh, var, VA, VAh, A, V, Hz, Celsius, Percent, ""',
    ],
    [
      "a measurement in letters",
      "at: 1, type: text, length: 4, means: Voltage",
      "type: Voltage is measured: it is a number, no text",
    ],
    ["bits of a text", "at: 1, type: text, length: 4, means: error, bits: { 0: hot }", "bits: a text has no bits"],
    ["a number for a text", "at: 1, means: note, label: 7", "label: a text is expected, not 7"],
    ["a number that is none", "at: 1, means: note, absent: [.nan]", "absent.0: a number is expected, not NaN"],
    ["a mapping for a number", "at: { a: 1 }, means: note", 'at: a number is expected, not {"a":1}'],
    ["nothing at all", "at: null, means: note", "at: a number is expected, not null"],
    ["a word for yes or no", "at: 1, means: note, negative: 1", "negative: true or false is expected, not 1"],
    ["a number for a list", "at: 1, means: note, absent: 7", "absent: a list is expected, not 7"],
    ["a number for a mapping", "at: 1, means: note, values: 7", "values: a mapping is expected, not 7"],
    ["half a register", "at: 1.5, means: note", "at: a whole number is expected, not 1.5"],
  ])("%s", (_, register, fault) => {
    expect(faultsOf(`registers:\n  - { ${register} }`)).toEqual([`8 registers.0.${fault}`]);
  });

  test("a power of ten is an i16 of the same table, and another register than the one that it is for", () => {
    const fault = "8 registers.0.tens: no i16 stands at 2 in its table: list that register too, with means: note";
    const [wide, elsewhere, right] = ["", ", type: i16, table: input", ", type: i16"].map((more) =>
      faultsOf(`registers:\n  - { at: 1, means: Voltage, tens: 2 }\n  - { at: 2, means: note${more} }`),
    );
    expect([wide, elsewhere, right]).toEqual([[fault], [fault], []]);
    expect(faultsOf("registers:\n  - { at: 2, type: i16, means: Voltage, tens: 2 }")).toEqual([fault]);
  });

  test.each([
    ["before it, beside", 5, 3, false],
    ["before it, into it", 5, 4, true],
    ["behind it, beside", 5, 7, false],
    ["behind it, into it", 5, 6, true],
  ])("a register that stands %s is one that overlaps: at %i and %i, %s", (_, one, other, overlaps) => {
    const at = (place: number) => `{ at: ${place}, type: u32, means: note }`;
    expect(readProfile(`${head}registers: [${at(one)}, ${at(other)}]\n`).faults.map(({ path }) => path)).toEqual(
      overlaps ? ["registers.1.at"] : [],
    );
  });

  test.each<[string, string, string]>([
    ["table: input, least: 6, most: 16", "table", "the table input can only be read: a command needs holding or coil"],
    [
      "table: discrete, type: bit, value: 1",
      "table",
      "the table discrete can only be read: a command needs holding or coil",
    ],
    ["table: coil, type: bit, value: 7", "value", "7 never stands there: bit, 0 to 1"],
    ["scale: 0.1, least: 6, most: 9000", "most", "90000 never stands there: u16, 0 to 65535"],
    ["type: i16, scale: 0.1, least: -4000, most: 6", "least", "-40000 never stands there: i16, -32768 to 32767"],
  ])("a command that cannot be written: %s", (command, key, why) => {
    expect(
      faultsOf(`registers: [{ at: 1, means: note }]\ncommands:\n  - { name: lock, at: 1, ${command}, says: x }`),
    ).toEqual([`9 commands.0.${key}: ${why}`]);
  });

  test("a register that is wider than a question may be is told; so is a command in a table of the profile that is only read", () => {
    expect(
      faultsOf("most: 3\nregisters: [{ at: 1, type: f64, means: note }, { at: 5, type: f32, means: note }]"),
    ).toEqual(["8 registers.0.at: it takes more registers than one question may ask for (most: 3)"]);
    expect(faultsOf("most: 4\nregisters: [{ at: 1, type: f64, means: note }]")).toEqual([]);
    expect(
      faultsOf(
        "table: input\nregisters: [{ at: 1, means: note }]\ncommands: [{ name: lock, at: 1, value: 1, says: x }]",
      ),
    ).toEqual(["9 commands.0.at: the table input can only be read: a command needs holding or coil"]);
  });

  test("a name that is none, and what is long, are told in short", () => {
    const named = readProfile(`${head.replace("box", "Box 1")}registers: [{ at: 1, means: note }]\n`);
    expect(named.faults.map(({ line, column, path, why }) => [line, column, path, english(why)])).toEqual([
      [1, 1, "name", "a name takes small letters, digits and hyphens, as in acme-w22; not Box 1"],
    ]);
    const long = (count: number) => faultsOf(`registers: [{ at: ${"x".repeat(count)}, means: note }]`);
    expect([200, 201].map(long)).toEqual([
      [`7 registers.0.at: a number is expected, not ${"x".repeat(200)}`],
      [`7 registers.0.at: a number is expected, not ${"x".repeat(200)}…`],
    ]);
  });

  test.each<[string, string]>([
    ["at: 1, is: true", "is: true cannot be taken here"],
    ["at: 1, is: { a: 1 }", 'is: {"a":1} cannot be taken here'],
    ["at: 1, is: NN", "is: “NN” is a text, and the register holds a number: say type: text, or a number"],
    [
      "at: 1, type: text, length: 2, is: 5",
      "is: 5 is a number, and the registers hold a text: put it in quotation marks",
    ],
  ])("what no device is told by: %s", (one, fault) => {
    expect(faultsOf(`registers: [{ at: 1, means: note }]\nidentify: [{ ${one} }]`)).toEqual([`8 identify.0.${fault}`]);
  });

  test("a second command of one name, a device that is told by nothing, a first register that is neither", () => {
    const two = "commands:\n  - { name: lock, at: 1, value: 1, says: x }\n  - { name: lock, at: 2, value: 1, says: x }";
    expect(faultsOf(`registers: [{ at: 1, means: note }]\n${two}\nidentify: [{ at: 1 }]\nfirst: 2`)).toEqual([
      "11 identify.0: it needs “is”, or “least” and “most”",
      "12 first: 2 is none of 0, 1",
    ]);
    expect(faultsOf(`registers: [{ at: 1, means: note }]\n${two}`)).toEqual([
      "10 commands.1.name: there is a command lock already",
    ]);
  });

  test("what may share a register, or be told twice: another table, other bits, another place, a status in pieces", () => {
    const fine = `registers:
  - { at: 4, type: u32, means: Voltage, phase: L1 }
  - { at: 5, table: input, means: Voltage, phase: L2 }
  - { at: 6, means: Voltage, phase: L1, evse: 2 }
  - { at: 7, means: Voltage, phase: L1, location: EV }
  - { at: 8, means: status, mask: 0xFF, values: { 1: Charging } }
  - { at: 8, means: status, mask: 0xFF00, values: { 1: Faulted } }
  - { at: 9, means: error, bits: { 0: "E12: fan" } }
commands:
  - { name: limit-current, at: 1, value: 6, says: x }
  - { name: lock, at: 2, least: 6, most: 6, says: x }
`;
    expect(faultsOf(fine)).toEqual([]);
  });

  test("all of them at once", () => {
    expect(
      faultsOf("registers:\n  - { at: -1, means: note }\n  - { at: 1, meens: note }").map((one) => one[0]),
    ).toEqual(["8", "9", "9"]);
  });

  test("what is no YAML, has a key twice, or would grow without end", () => {
    expect(readProfile("name: [a").faults[0]).toMatchObject({ line: 1 });
    expect(faultsOf("name: again\nregisters: []")).toEqual(["7 : this is said twice in the same place"]);
    expect(faultsOf("registers:\n\t- { at: 1, means: note }")).toEqual([
      "8 : a tab stands before it: YAML takes blanks there",
    ]);
    expect(faultsOf("registers: [{ at: 1, means: note }")).toHaveLength(1);
    expect(faultsOf("registers:\n  - &a { at: 1, means: note }\n  - *a")).toEqual([
      "9 : an alias (*name) is not taken: write it out",
    ]);
    expect(faultsOf("registers:\n  - { at: 1, means: error, bits: { 0: Ground: tripped } }")).toEqual([
      "8 : a text with a colon in it needs quotation marks around it",
    ]);
    expect(faultsOf("registers:\n  - at: 1\n    means note\n    label: x")).toEqual([
      "9 : a key has no colon and blank after it, here or on the line before",
    ]);
    expect(faultsOf("registers:\n  - { at: 1, means: note\n  - { at: 2, means: note }")).toEqual([
      "9 : a { or [ is not closed, here or on the line before",
    ]);
    expect(faultsOf("registers:\n  - at: 1\n   means: note")).toEqual([
      "9 : it begins at another column than what it belongs to: count the blanks before it",
    ]);
    expect(faultsOf("registers:\n  - at: 1\n    means")).toEqual([
      "9 : a key has no colon and blank after it, here or on the line before",
    ]);
    expect(faultsOf("registers: [{ at: 1, means: note }]\n---\nname: b")).toEqual([
      "8 : a profile is one document: what follows --- goes into a file of its own",
    ]);
    const bomb = `${head}a: &a [x, x]\nb: &b [*a, *a]\nregisters: [*b]\n`;
    expect(readProfile(bomb).profile).toBeNull();
    expect(readProfile("#".repeat(300_000)).faults).toHaveLength(1);
  });
});
