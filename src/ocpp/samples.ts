import type { Json } from "../lib/json.ts";
import type { Unit } from "../lib/units.ts";
import { largestValue, longestName } from "../station/bounds.ts";
import { type Finding, finding, observed } from "../station/findings.ts";
import type { Sample } from "../station/model.ts";
import { words } from "../station/phrases.ts";
import { asText } from "./read.ts";

/** What a sampled value says, in the fields that 1.6 and 2.x have alike. */
export type SaidSample = {
  value?: Json;
  measurand?: string;
  phase?: string;
  location?: string;
  context?: string;
  unit?: string;
};

/** What only one version says of it. */
export type SampleTraits = {
  /** 2.x: power of ten. */
  multiplier?: number;
  signed?: Sample["signed"];
  /** 1.6: its schema lists all units, and so names a misspelt one itself. */
  unitsListed?: boolean;
};

const none: SampleTraits = {};

const energyRegister = "Energy.Active.Import.Register";

/** Reads one sampled value (1.6 7.43; 2.0.1 2.45) into its base unit. Without a measurand it is imported energy, without a unit
 * it is in the measurand's own. Outlet, the default, is left out of the location.
 *
 * A signed value whose digits are inside the signed data (all of 1.6's SignedData) makes no sample: a number that nobody read would
 * be a lie in a chart. It yields no finding either; the caller says that it came with `signedSummary`, and the frame holds its bytes.
 * @param where the action and the value's path as schemas.ts writes it; the field is added to it
 * @param findings what is wrong with it is added to these */
export function readSample(
  input: SaidSample,
  where: string,
  findings: Finding[],
  { multiplier, signed, unitsListed }: SampleTraits = none,
): Sample | undefined {
  const said = asText(input.value);
  // A value that is missing, or no text and no number, is named by the schema.
  if (said === undefined) return undefined;
  const digits = readDigits(said);
  if (digits === undefined || (digits === 0 && said.trim() === "")) {
    if (signed) return undefined;
    if (said.trim() === "") findings.push(finding("empty-value", `${where}/value`, input.value));
    else findings.push(finding("unreadable-value", `${where}/value`, said, words("a-number")));
    return undefined;
  }
  if (typeof input.value === "string" && !isPlainNumber(said))
    findings.push(finding("odd-number", `${where}/value`, said, words("for-example", { text: String(digits) })));
  const { measurand, natural } = measurandOf(input.measurand || energyRegister);
  const named = input.unit ? units.get(input.unit) : undefined;
  let unit = natural ?? named?.base ?? "";
  let value = digits;
  if (named && (natural === undefined || fits(measurand, natural, named.base))) {
    unit = named.base;
    value = convert(said, digits, named, multiplier ?? 0);
  } else {
    if (multiplier) value = shift(said, digits, multiplier);
    if (input.unit && natural !== undefined) {
      findings.push(
        observed(
          "wrong-unit",
          `${where}/unit`,
          words("value-for", { value: input.unit, measurand }),
          natural || words("no-unit"),
        ),
      );
    }
  }
  if (named?.spelling && !unitsListed)
    findings.push(finding("unit-spelling", `${where}/unit`, input.unit, named.spelling));
  const phase = input.phase ? readPhase(input.phase, where, findings) : undefined;
  const context = input.context ? readContext(input.context, where, findings) : undefined;
  const location = input.location && input.location !== "Outlet" ? input.location : undefined;
  const saidUnit = input.unit && input.unit !== unit ? input.unit : undefined;
  // One shape for all, whatever is absent: samples are made, copied and looked through by the million.
  return { measurand, unit, value, said, saidUnit, phase, location, context, signed };
}

/** ReadingContext (1.6 7.35) and ReadingContextEnumType (2.0.1): the same words. */
const contexts = oneTextEach([
  "Interruption.Begin",
  "Interruption.End",
  "Other",
  "Sample.Clock",
  "Sample.Periodic",
  "Transaction.Begin",
  "Transaction.End",
  "Trigger",
]);

function readContext(said: string, where: string, findings: Finding[]): string {
  const context = contexts.get(said);
  if (context === undefined)
    findings.push(finding("unknown-context", `${where}/context`, said, "Sample.Periodic, Sample.Clock ..."));
  return context ?? said;
}

/** Words by themselves: all samples that say the same hold one text, and not the copy that came with each. */
function oneTextEach(words: readonly string[]): Map<string, string> {
  return new Map(words.map((word) => [word, word]));
}

/** A signed value in words, for the time line. */
export function signedSummary(measurand: string | undefined, signed: NonNullable<Sample["signed"]>): string {
  const method = signed.signingMethod ? ` ${signed.signingMethod}` : "";
  return `signed ${measurand || energyRegister}: ${signed.format}${method}, ${signed.data.length} characters`;
}

/** Decimal digits, or undefined. Number() alone would also take "", "0x1F" and "Infinity". */
function readDigits(said: string): number | undefined {
  const value = Number(said);
  if (!(Math.abs(value) <= largestValue)) return undefined;
  const second = said.charCodeAt(1) | 0x20;
  const prefixed = said.charCodeAt(0) === 0x30 && (second === 0x78 || second === 0x6f || second === 0x62);
  // + 0: what is no more than -0 is 0, which JSON can write.
  return prefixed ? undefined : value + 0;
}

/** True for decimal digits as everybody reads them: no sign +, no exponent, no blanks (1.6 7.43: a decimal number as text). */
function isPlainNumber(said: string): boolean {
  for (let at = 0; at < said.length; at++) {
    const code = said.charCodeAt(at);
    const digit = code >= 48 && code <= 57;
    if (!digit && code !== 46 && !(code === 45 && at === 0)) return false;
  }
  return true;
}

type NamedUnit = {
  base: Unit;
  /** Powers of ten to the base unit; temperatures need more than a factor. */
  exponent: number;
  toCelsius?: (value: number) => number;
  /** OCPP's name, where this one is not OCPP's. */
  spelling?: string;
};

function named(base: Unit, exponent = 0, toCelsius?: (value: number) => number): NamedUnit {
  return { base, exponent, toCelsius };
}

/** Units by every name that is met. */
const units = new Map<string, NamedUnit>([
  ["Wh", named("Wh")],
  ["kWh", named("Wh", 3)],
  ["W", named("W")],
  ["kW", named("W", 3)],
  ["varh", named("varh")],
  ["kvarh", named("varh", 3)],
  ["var", named("var")],
  ["kvar", named("var", 3)],
  ["VA", named("VA")],
  ["kVA", named("VA", 3)],
  ["VAh", named("VAh")],
  ["kVAh", named("VAh", 3)],
  ["A", named("A")],
  ["V", named("V")],
  ["Hz", named("Hz")],
  ["RPM", named("RPM")],
  ["Celsius", named("Celsius")],
  ["Fahrenheit", named("Celsius", 0, (value) => ((value - 32) * 5) / 9)],
  ["K", named("Celsius", 0, (value) => value - 273.15)],
  ["Percent", named("Percent")],
]);
const misspelt: Record<string, string[]> = {
  Wh: ["wh", "WH"],
  kWh: ["KWh", "kwh", "KWH", "Kwh"],
  W: ["w", "Watt"],
  kW: ["KW", "kw", "Kw"],
  A: ["Amp", "Ampere", "a"],
  V: ["Volt", "v"],
  Hz: ["Hertz", "hz", "HZ"],
  Celsius: ["Celcius", "C", "\u00b0C", "celsius"],
  Fahrenheit: ["F", "\u00b0F"],
  K: ["Kelvin"],
  Percent: ["%", "percent"],
};
for (const [spelling, names] of Object.entries(misspelt)) {
  const right = units.get(spelling);
  if (right) for (const name of names) units.set(name, { ...right, spelling });
}

/** Longest prefix first. */
const naturalUnits: [string, Unit][] = [
  ["Energy.Reactive", "varh"],
  ["Energy.Apparent", "VAh"],
  ["EnergyRequest", "Wh"],
  ["Energy", "Wh"],
  ["Power.Reactive", "var"],
  ["Power.Factor", ""],
  ["Power", "W"],
  ["Current", "A"],
  ["Voltage", "V"],
  ["Frequency", "Hz"],
  ["RPM", "RPM"],
  ["SoC", "Percent"],
  ["Temperature", "Celsius"],
  ["Display.BatteryEnergyCapacity", "Wh"],
  ["Display.PresentSOC", "Percent"],
  ["Display.MinimumSOC", "Percent"],
  ["Display.TargetSOC", "Percent"],
  ["Display.MaximumSOC", "Percent"],
];

/** A measurand, one text for all its samples, with its own unit: undefined for one that we do not know. */
type KnownMeasurand = { measurand: string; natural: Unit | undefined };

const measurands = new Map<string, KnownMeasurand>();

function measurandOf(said: string): KnownMeasurand {
  const known = measurands.get(said);
  if (known) return known;
  const natural = naturalUnits.find(([prefix]) => said.startsWith(prefix))?.[1];
  const met = { measurand: said, natural };
  // A station that invents measurands must not fill our memory.
  if (measurands.size < 500 && said.length <= longestName) measurands.set(said, met);
  return met;
}

function fits(measurand: string, natural: Unit, said: Unit): boolean {
  return said === natural || (said === "VA" && natural === "W" && measurand.includes("Offered"));
}

function convert(said: string, digits: number, unit: NamedUnit, multiplier: number): number {
  const exponent = unit.exponent + multiplier;
  const scaled = exponent === 0 ? digits : shift(said, digits, exponent);
  return unit.toCelsius ? Number(unit.toCelsius(scaled).toPrecision(12)) : scaled;
}

/** Moves the decimal point in the text, so that 12272.427 kWh is 12272427 Wh and not a hair beside it. */
function shift(said: string, digits: number, exponent: number): number {
  const moved = Number(`${said.trim()}e${exponent}`);
  if (Math.abs(moved) <= largestValue) return moved;
  const scaled = digits * 10 ** exponent;
  return Math.abs(scaled) <= largestValue ? Number(scaled.toPrecision(12)) : digits;
}

const phases = oneTextEach(["L1", "L2", "L3", "N", "L1-N", "L2-N", "L3-N", "L1-L2", "L2-L3", "L3-L1"]);
for (const n of ["1", "2", "3"]) {
  for (const spelt of [`l${n}`, `Phase${n}`, n]) phases.set(spelt, `L${n}`);
  for (const spelt of [`L${n}N`, `L${n}-n`, `l${n}-n`]) phases.set(spelt, `L${n}-N`);
}
phases.set("n", "N");

function readPhase(said: string, where: string, findings: Finding[]): string {
  const phase = phases.get(said);
  if (phase === undefined) findings.push(finding("unknown-phase", `${where}/phase`, said, "L1, L2, L3, N, L1-N ..."));
  return phase ?? said;
}
