import { describe, expect, it } from "vitest";
import { words } from "../station/phrases.ts";
import { readSample, signedSummary } from "./samples.ts";

const where = "MeterValues /meterValue/*/sampledValue/*";

describe("readSample", () => {
  it("reads a value without measurand as imported Wh", () => {
    expect(readSample({ value: "236.1" }, where)).toEqual({
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
    expect(readSample({ value: said, unit, measurand, multiplier }, where)).toEqual({
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
    expect(readSample({ value: "5", measurand, unit: "" }, where)).toEqual({
      sample: { measurand, unit, value: 5, said: "5" },
      findings: [],
    });
  });

  it.each([
    ["212", "Fahrenheit", 100],
    ["98.6", "Fahrenheit", 37],
    ["293.15", "K", 20],
  ])("turns %s %s into %s Celsius", (said, unit, value) => {
    expect(readSample({ value: said, unit, measurand: "Temperature" }, where)).toEqual({
      sample: { measurand: "Temperature", unit: "Celsius", value, said, saidUnit: unit },
      findings: [],
    });
  });

  it("reads a misspelt unit and names it", () => {
    expect(readSample({ value: "41", unit: "Celcius", measurand: "Temperature" }, where)).toEqual({
      sample: { measurand: "Temperature", unit: "Celsius", value: 41, said: "41", saidUnit: "Celcius" },
      findings: [{ rule: "unit-spelling", where: `${where}/unit`, said: "Celcius", expected: "Celsius" }],
    });
  });

  it.each(["Wh", "kWh", "Furlong"])("keeps the digits of a power in %s under W and names the unit", (unit) => {
    expect(readSample({ value: "7400", unit, measurand: "Power.Active.Import" }, where)).toEqual({
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
    expect(readSample({ value: "11", unit: "kVA", measurand: "Power.Offered" }, where)).toEqual({
      sample: { measurand: "Power.Offered", unit: "VA", value: 11_000, said: "11", saidUnit: "kVA" },
      findings: [],
    });
  });

  it.each(["", "  "])("skips the empty value %j", (value) => {
    expect(readSample({ value }, where)).toEqual({
      findings: [{ rule: "empty-value", where: `${where}/value`, said: value }],
    });
  });

  it.each([undefined, null, {}, []])("leaves it to the schema to name the value %j, which is none", (value) => {
    expect(readSample({ value }, where)).toEqual({ findings: [] });
  });

  it.each([
    ["1.1e1", 11_000],
    ["+5", 5000],
    [" 7 ", 7000],
  ])("reads %j kWh as it is meant, and names how it is written", (value, wh) => {
    const read = readSample({ value, unit: "kWh" }, where);
    expect([read.sample?.value, read.findings.map(({ rule }) => rule)]).toEqual([wh, ["odd-number"]]);
  });

  it("takes an exponent in a JSON number as JSON has it", () => {
    expect(readSample({ value: 1.1e1 }, where).findings).toEqual([]);
  });

  it.each(["NaN", "0x1F", "Infinity", "12,5", "n/a"])("skips %s, which is no number", (value) => {
    expect(readSample({ value }, where)).toEqual({
      findings: [{ rule: "unreadable-value", where: `${where}/value`, said: value, expected: words("a-number") }],
    });
  });

  it("keeps a number that came as a JSON number", () => {
    expect(readSample({ value: 604.213, unit: "Wh" }, where).sample).toEqual({
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
  ])("reads phase %s as %s", (phase, expected) => {
    expect(readSample({ value: "1", phase, measurand: "Voltage" }, where)).toEqual({
      sample: { measurand: "Voltage", unit: "V", value: 1, said: "1", phase: expected },
      findings: [],
    });
  });

  it("keeps an unknown phase as it came and names it", () => {
    expect(readSample({ value: "1", phase: "R", measurand: "Voltage" }, where)).toEqual({
      sample: { measurand: "Voltage", unit: "V", value: 1, said: "1", phase: "R" },
      findings: [{ rule: "unknown-phase", where: `${where}/phase`, said: "R", expected: "L1, L2, L3, N, L1-N ..." }],
    });
  });

  it("keeps context and location, and leaves out Outlet, the default", () => {
    expect(readSample({ value: "1", location: "Outlet", context: "Trigger" }, where).sample).toEqual({
      measurand: "Energy.Active.Import.Register",
      unit: "Wh",
      value: 1,
      said: "1",
      context: "Trigger",
    });
    expect(readSample({ value: "1", location: "Inlet" }, where).sample?.location).toBe("Inlet");
  });

  it.each(["-0", "-0.00", -0])("reads %s as 0, which JSON can write", (value) => {
    expect(Object.is(readSample({ value, unit: "W", measurand: "Power.Active.Import" }, where).sample?.value, 0)).toBe(
      true,
    );
  });

  it("keeps the signed data beside a plain value, and makes no sample where the digits are only inside it", () => {
    const signed = { format: "OCMF", data: "OCMF|{}|{}", signingMethod: "ECDSA-secp256r1-SHA256" };
    expect(readSample({ value: 7, signed }, where)).toEqual({
      sample: { measurand: "Energy.Active.Import.Register", unit: "Wh", value: 7, said: "7", signed },
      findings: [],
    });
    expect(readSample({ value: "OCMF|{}|{}", signed }, where)).toEqual({ findings: [] });
    expect(signedSummary(undefined, signed)).toBe(
      "signed Energy.Active.Import.Register: OCMF ECDSA-secp256r1-SHA256, 10 characters",
    );
  });
});
