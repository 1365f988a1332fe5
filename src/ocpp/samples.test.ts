import { describe, expect, it } from "vitest";
import type { Finding } from "../station/findings.ts";
import { words } from "../station/phrases.ts";
import { readSample, type SaidSample, type SampleTraits, signedSummary } from "./samples.ts";

const where = "MeterValues /meterValue/*/sampledValue/*";

function readIt(input: SaidSample & SampleTraits) {
  const findings: Finding[] = [];
  return { sample: readSample(input, where, findings, input), findings };
}

describe("readSample", () => {
  it("reads a value without measurand as imported Wh", () => {
    expect(readIt({ value: "236.1" })).toEqual({
      sample: { measurand: "Energy.Active.Import.Register", unit: "Wh", value: 236.1, said: "236.1" },
      findings: [],
    });
  });

  it.each([
    ["12272.427", "kWh", undefined, 12_272_427, "Wh"],
    ["0.1", "kWh", undefined, 100, "Wh"],
    ["4.35", "kWh", -1, 435, "Wh"],
    ["7.36", "kvarh", undefined, 7360, "varh"],
    ["1.5", "kVAh", undefined, 1500, "VAh"],
  ])("scales %s %s by the decimal point, exactly", (said, unit, multiplier, value, base) => {
    const measurand = { Wh: "Energy.Active.Import.Register", varh: "Energy.Reactive.Net", VAh: "Energy.Apparent.Net" }[
      base
    ];
    expect(readIt({ value: said, unit, measurand, multiplier })).toEqual({
      sample: { measurand, unit: base, value, said, saidUnit: unit },
      findings: [],
    });
  });

  it.each([
    ["Power.Active.Import", "W"],
    ["Power.Reactive.Export", "var"],
    ["Power.Factor", ""],
    ["Current.Import", "A"],
    ["Voltage", "V"],
    ["Frequency", "Hz"],
    ["SoC", "Percent"],
    ["Temperature", "Celsius"],
    ["RPM", "RPM"],
    ["Energy.Reactive.Import.Interval", "varh"],
    ["Vendor.Something", ""],
  ])("gives %s without a unit its own: %j", (measurand, unit) => {
    expect(readIt({ value: "5", measurand, unit: "" })).toEqual({
      sample: { measurand, unit, value: 5, said: "5" },
      findings: [],
    });
  });

  it.each([
    ["Wh", "Energy.Active.Import.Register", "Wh", 2],
    ["kWh", "Energy.Active.Import.Register", "Wh", 2000],
    ["W", "Power.Active.Import", "W", 2],
    ["kW", "Power.Active.Import", "W", 2000],
    ["varh", "Energy.Reactive.Import.Register", "varh", 2],
    ["kvarh", "Energy.Reactive.Import.Register", "varh", 2000],
    ["var", "Power.Reactive.Import", "var", 2],
    ["kvar", "Power.Reactive.Import", "var", 2000],
    ["VA", "Power.Offered", "VA", 2],
    ["kVA", "Power.Offered", "VA", 2000],
    ["VAh", "Energy.Apparent.Import", "VAh", 2],
    ["kVAh", "Energy.Apparent.Import", "VAh", 2000],
    ["A", "Current.Import", "A", 2],
    ["V", "Voltage", "V", 2],
    ["Hz", "Frequency", "Hz", 2],
    ["RPM", "RPM", "RPM", 2],
    ["Celsius", "Temperature", "Celsius", 2],
    ["Percent", "SoC", "Percent", 2],
  ])("2 %s of %s is in %s: %d", (unit, measurand, base, value) => {
    const read = readIt({ value: "2", unit, measurand });
    expect([read.sample?.unit, read.sample?.value, read.findings]).toEqual([base, value, []]);
  });

  it.each([
    ["Wh", ["wh", "WH"]],
    ["kWh", ["KWh", "kwh", "KWH", "Kwh"]],
    ["W", ["w", "Watt"]],
    ["kW", ["KW", "kw", "Kw"]],
    ["A", ["Amp", "Ampere", "a"]],
    ["V", ["Volt", "v"]],
    ["Hz", ["Hertz", "hz", "HZ"]],
    ["Celsius", ["Celcius", "C", "\u00b0C", "celsius"]],
    ["Fahrenheit", ["F", "\u00b0F"]],
    ["K", ["Kelvin"]],
    ["Percent", ["%", "percent"]],
  ])("reads %s by the names it is given as well: %j", (right, names) => {
    const measurand = "Vendor.Something";
    const meant = readIt({ value: "300", unit: right, measurand }).sample;
    for (const unit of names) {
      const { sample, findings } = readIt({ value: "300", unit, measurand });
      expect(sample).toEqual({ ...meant, saidUnit: unit });
      expect(findings).toEqual([{ rule: "unit-spelling", where: `${where}/unit`, said: unit, expected: right }]);
    }
  });

  it.each([
    ["Energy.Active.Import.Interval", "Wh"],
    ["Energy.Apparent.Net", "VAh"],
    ["EnergyRequest.Target", "Wh"],
    ["Power.Import.Offered", "W"],
    ["Display.BatteryEnergyCapacity", "Wh"],
    ["Display.PresentSOC", "Percent"],
    ["Display.MinimumSOC", "Percent"],
    ["Display.TargetSOC", "Percent"],
    ["Display.MaximumSOC", "Percent"],
  ])("%s without a unit is in %s", (measurand, unit) => {
    expect(readIt({ value: "5", measurand }).sample?.unit).toBe(unit);
  });

  it("takes VA for a power that is not offered as another unit, and names it", () => {
    const { sample, findings } = readIt({ value: "11", unit: "kVA", measurand: "Power.Active.Import" });
    expect([sample?.unit, sample?.value, findings.map(({ rule }) => rule)]).toEqual(["W", 11, ["wrong-unit"]]);
    const current = readIt({ value: "11", unit: "VA", measurand: "Current.Offered" });
    expect([current.sample?.unit, current.findings.map(({ rule }) => rule)]).toEqual(["A", ["wrong-unit"]]);
  });

  it("moves the point of a value whose unit is not known or not its own, and of an unknown measurand's without a word", () => {
    const odd = readIt({ value: "4.35", unit: "Furlong", measurand: "Voltage", multiplier: 2 });
    expect([odd.sample?.value, odd.findings.map(({ rule }) => rule)]).toEqual([435, ["wrong-unit"]]);
    const vendors = readIt({ value: "4.35", unit: "Furlong", measurand: "Vendor.Thing" });
    expect([vendors.sample?.value, vendors.sample?.unit, vendors.findings]).toEqual([4.35, "", []]);
    // An 0x is no number, whatever follows it; nor is what only looks long enough.
    for (const value of ["0b11", "0o17", "0X1f"]) expect(readIt({ value }).sample).toBeUndefined();
    expect(readIt({ value: "1-1" }).sample).toBeUndefined();
  });

  it("keeps the digits of a number that is out of all bounds once it is scaled", () => {
    const far = readIt({ value: "9e14", multiplier: 300 }).sample;
    expect(far?.value).toBe(9e14);
    expect(readIt({ value: " 5 ", unit: "kWh" }).sample?.value).toBe(5000);
    expect(readIt({ value: "1e21" }).sample?.value).toBe(1e21);
    expect(readIt({ value: "1.01e21" }).sample).toBeUndefined();
  });

  it.each([
    ["-5", []],
    ["5-", undefined],
    ["1e1", ["odd-number"]],
    ["+1", ["odd-number"]],
    ["0.5", []],
    ["09", []],
    ["0", []],
  ])("says of %j whether it is written as a decimal number is", (value, rules) => {
    const { sample, findings } = readIt({ value });
    expect(sample && findings.map(({ rule }) => rule)).toEqual(rules);
  });

  it("shows by the digits how an odd number is meant", () => {
    expect(readIt({ value: "+5" }).findings).toEqual([
      { rule: "odd-number", where: `${where}/value`, said: "+5", expected: words("for-example", { text: "5" }) },
    ]);
  });

  it.each([
    "Interruption.Begin",
    "Interruption.End",
    "Other",
    "Sample.Clock",
    "Sample.Periodic",
    "Transaction.Begin",
    "Transaction.End",
    "Trigger",
  ])("knows the context %s", (context) => {
    expect(readIt({ value: "1", context }).findings).toEqual([]);
  });

  it("keeps a context that it does not know, and names it", () => {
    const { sample, findings } = readIt({ value: "1", context: "Begin" });
    expect([sample?.context, findings.map(({ rule, where: place }) => [rule, place])]).toEqual([
      "Begin",
      [["unknown-context", `${where}/context`]],
    ]);
  });

  it.each([
    ["212", "Fahrenheit", 100],
    ["98.6", "Fahrenheit", 37],
    ["293.15", "K", 20],
  ])("turns %s %s into %s Celsius", (said, unit, value) => {
    expect(readIt({ value: said, unit, measurand: "Temperature" })).toEqual({
      sample: { measurand: "Temperature", unit: "Celsius", value, said, saidUnit: unit },
      findings: [],
    });
  });

  it("reads a misspelt unit and names it", () => {
    expect(readIt({ value: "41", unit: "Celcius", measurand: "Temperature" })).toEqual({
      sample: { measurand: "Temperature", unit: "Celsius", value: 41, said: "41", saidUnit: "Celcius" },
      findings: [{ rule: "unit-spelling", where: `${where}/unit`, said: "Celcius", expected: "Celsius" }],
    });
  });

  it.each(["Wh", "kWh", "Furlong"])("keeps the digits of a power in %s under W and names the unit", (unit) => {
    expect(readIt({ value: "7400", unit, measurand: "Power.Active.Import" })).toEqual({
      sample: { measurand: "Power.Active.Import", unit: "W", value: 7400, said: "7400", saidUnit: unit },
      findings: [
        {
          rule: "wrong-unit",
          where: `${where}/unit`,
          said: words("value-for", { value: unit, measurand: "Power.Active.Import" }),
          expected: "W",
        },
      ],
    });
  });

  it("takes VA for what is offered", () => {
    expect(readIt({ value: "11", unit: "kVA", measurand: "Power.Offered" })).toEqual({
      sample: { measurand: "Power.Offered", unit: "VA", value: 11_000, said: "11", saidUnit: "kVA" },
      findings: [],
    });
  });

  it.each(["", "  "])("skips the empty value %j", (value) => {
    expect(readIt({ value })).toEqual({
      findings: [{ rule: "empty-value", where: `${where}/value`, said: value }],
    });
  });

  it.each([undefined, null, {}, []])("leaves it to the schema to name the value %j, which is none", (value) => {
    expect(readIt({ value })).toEqual({ findings: [] });
  });

  it.each([
    ["1.1e1", 11_000],
    ["+5", 5000],
    [" 7 ", 7000],
  ])("reads %j kWh as it is meant, and names how it is written", (value, wh) => {
    const read = readIt({ value, unit: "kWh" });
    expect([read.sample?.value, read.findings.map(({ rule }) => rule)]).toEqual([wh, ["odd-number"]]);
  });

  it("takes an exponent in a JSON number as JSON has it", () => {
    expect(readIt({ value: 1.1e1 }).findings).toEqual([]);
  });

  it.each(["NaN", "0x1F", "Infinity", "12,5", "n/a"])("skips %s, which is no number", (value) => {
    expect(readIt({ value })).toEqual({
      findings: [{ rule: "unreadable-value", where: `${where}/value`, said: value, expected: words("a-number") }],
    });
  });

  it("keeps a number that came as a JSON number", () => {
    expect(readIt({ value: 604.213, unit: "Wh" }).sample).toEqual({
      measurand: "Energy.Active.Import.Register",
      unit: "Wh",
      value: 604.213,
      said: "604.213",
    });
  });

  it.each([
    ["L1", "L1"],
    ["N", "N"],
    ["L3-L1", "L3-L1"],
    ["L1N", "L1-N"],
    ["l2", "L2"],
    ...["L2", "L3", "L1-N", "L2-N", "L3-N", "L1-L2", "L2-L3"].map((phase) => [phase, phase]),
    ...["1", "2", "3"].flatMap((n) => [
      [n, `L${n}`],
      [`l${n}`, `L${n}`],
      [`Phase${n}`, `L${n}`],
      [`L${n}N`, `L${n}-N`],
      [`L${n}-n`, `L${n}-N`],
      [`l${n}-n`, `L${n}-N`],
    ]),
    ["n", "N"],
  ])("reads phase %s as %s", (phase, expected) => {
    expect(readIt({ value: "1", phase, measurand: "Voltage" })).toEqual({
      sample: { measurand: "Voltage", unit: "V", value: 1, said: "1", phase: expected },
      findings: [],
    });
  });

  it("keeps an unknown phase as it came and names it", () => {
    expect(readIt({ value: "1", phase: "R", measurand: "Voltage" })).toEqual({
      sample: { measurand: "Voltage", unit: "V", value: 1, said: "1", phase: "R" },
      findings: [{ rule: "unknown-phase", where: `${where}/phase`, said: "R", expected: "L1, L2, L3, N, L1-N ..." }],
    });
  });

  it("keeps context and location, and leaves out Outlet, the default", () => {
    expect(readIt({ value: "1", location: "Outlet", context: "Trigger" }).sample).toEqual({
      measurand: "Energy.Active.Import.Register",
      unit: "Wh",
      value: 1,
      said: "1",
      context: "Trigger",
    });
    expect(readIt({ value: "1", location: "Inlet" }).sample?.location).toBe("Inlet");
  });

  it.each(["-0", "-0.00", -0])("reads %s as 0, which JSON can write", (value) => {
    expect(Object.is(readIt({ value, unit: "W", measurand: "Power.Active.Import" }).sample?.value, 0)).toBe(true);
  });

  it("keeps the signed data beside a plain value, and makes no sample where the digits are only inside it", () => {
    const signed = { format: "OCMF", data: "OCMF|{}|{}", signingMethod: "ECDSA-secp256r1-SHA256" };
    expect(readIt({ value: 7, signed })).toEqual({
      sample: { measurand: "Energy.Active.Import.Register", unit: "Wh", value: 7, said: "7", signed },
      findings: [],
    });
    expect(readIt({ value: "OCMF|{}|{}", signed })).toEqual({ findings: [] });
    expect(signedSummary(undefined, signed)).toBe(
      "signed Energy.Active.Import.Register: OCMF ECDSA-secp256r1-SHA256, 10 characters",
    );
  });
});

/** By every name that a station may have for it; what is not here is not known. */
const unitNames = [
  ...["Wh", "kWh", "W", "kW", "varh", "kvarh", "var", "kvar", "VA", "kVA", "VAh", "kVAh", "A", "V", "Hz", "RPM"],
  ...["Celsius", "Fahrenheit", "K", "Percent"],
  ...["wh", "WH", "KWh", "kwh", "KWH", "Kwh", "w", "Watt", "KW", "kw", "Kw", "Amp", "Ampere", "a", "Volt", "v"],
  ...["Hertz", "hz", "HZ", "Celcius", "C", "\u00b0C", "celsius", "F", "\u00b0F", "Kelvin", "%", "percent"],
  ...["MWh", "kv", "toString"],
];
const measurandNames = [
  ...[
    "Energy.Active.Import.Register",
    "Energy.Reactive.Export.Interval",
    "Energy.Apparent.Net",
    "EnergyRequest.Target",
  ],
  ...[
    "Power.Active.Import",
    "Power.Reactive.Export",
    "Power.Factor",
    "Power.Offered",
    "Current.Import",
    "Current.Offered",
  ],
  ...["Voltage", "Frequency", "RPM", "SoC", "Temperature", "Display.BatteryEnergyCapacity", "Display.PresentSOC"],
  ...["Display.MinimumSOC", "Display.TargetSOC", "Display.MaximumSOC", "Made.Up", ""],
];

it("every unit and every measurand is read as it is meant", async () => {
  const line = (said: Parameters<typeof readSample>[0]) => {
    const findings: Finding[] = [];
    const sample = readSample({ value: "1.5", ...said }, "X", findings);
    const told = findings.map(({ rule, expected }) => `${rule}, expected ${JSON.stringify(expected)}`);
    return [`${sample?.value} ${sample?.unit || "without a unit"}`, ...told].join("; ");
  };
  const text = [
    ...unitNames.map((unit) => `${unit}: ${line({ unit, measurand: "Made.Up" })}`),
    ...measurandNames.map(
      (measurand) => `${measurand}: ${line({ measurand })}; in VA ${line({ measurand, unit: "VA" })}`,
    ),
  ];
  await expect(`${text.join("\n")}\n`).toMatchFileSnapshot("told/units.txt");
});

it.each([
  ...["L1", "L2", "L3", "N", "L1-N", "L2-N", "L3-N", "L1-L2", "L2-L3", "L3-L1"].map((phase) => [phase, phase] as const),
  ...["l1", "Phase1", "1"].map((phase) => [phase, "L1"] as const),
  ...["l2", "Phase2", "2"].map((phase) => [phase, "L2"] as const),
  ...["l3", "Phase3", "3"].map((phase) => [phase, "L3"] as const),
  ...["L1N", "L1-n", "l1-n"].map((phase) => [phase, "L1-N"] as const),
  ...["L2N", "L2-n", "l2-n"].map((phase) => [phase, "L2-N"] as const),
  ...["L3N", "L3-n", "l3-n"].map((phase) => [phase, "L3-N"] as const),
  ["n", "N"] as const,
])("the phase %s is %s", (phase, read) => {
  const findings: Finding[] = [];
  expect([readSample({ value: 1, phase }, "X", findings)?.phase, findings]).toEqual([read, []]);
});

it.each([
  "Interruption.Begin",
  "Interruption.End",
  "Other",
  "Sample.Clock",
  "Sample.Periodic",
  "Transaction.Begin",
  "Transaction.End",
  "Trigger",
])("the context %s is one", (context) => {
  const findings: Finding[] = [];
  expect([readSample({ value: 1, context }, "X", findings)?.context, findings]).toEqual([context, []]);
});
