import type { Reading } from "./meter.ts";

/** What a virtual station can measure, in OCPP's words. `Temperature` is known to 1.6 only. */
export const measurable = [
  "Energy.Active.Import.Register",
  "Power.Active.Import",
  "Current.Import",
  "Voltage",
  "Frequency",
  "SoC",
  "Temperature",
  "Power.Factor",
  "Current.Offered",
  "Power.Offered",
] as const;
export type Measurand = (typeof measurable)[number];

/** One measured value, before a version dresses it. `value` is rounded to `digits` decimals. */
export type Measured = {
  measurand: Measurand;
  phase?: string;
  location?: "EV" | "Body";
  unit?: "Wh" | "W" | "A" | "V" | "Hz" | "Celsius" | "Percent";
  value: number;
  digits: number;
};

/** What is known at an outlet at one moment. `soc` is unknown while no car is there. */
export type Moment = { reading: Reading; soc?: number; offered: { current: number; phases: number } };

const phases = ["L1", "L2", "L3"] as const;

/** The values of the wanted measurands; what is not known now is left out. */
export function measure(moment: Moment, wanted: readonly string[]): Measured[] {
  return wanted.flatMap((name) => (isMeasurable(name) ? one(moment, name) : []));
}

function isMeasurable(name: string): name is Measurand {
  return (measurable as readonly string[]).includes(name);
}

function one({ reading, soc, offered }: Moment, measurand: Measurand): Measured[] {
  switch (measurand) {
    case "Energy.Active.Import.Register":
      // A register shows whole watt-hours that have been counted, so it is cut, not rounded.
      return [{ measurand, unit: "Wh", value: Math.floor(reading.register), digits: 0 }];
    case "Power.Active.Import":
      return [value(measurand, reading.power, 1, { unit: "W" })];
    case "Current.Import":
      return phases.map((phase, at) => value(measurand, reading.current[at] ?? 0, 2, { unit: "A", phase }));
    case "Voltage":
      return phases.map((phase, at) =>
        value(measurand, reading.voltage[at] ?? 0, 1, { unit: "V", phase: `${phase}-N` }),
      );
    case "Frequency":
      return [value(measurand, reading.frequency, 2, { unit: "Hz" })];
    case "SoC":
      return soc === undefined ? [] : [value(measurand, soc, 1, { unit: "Percent", location: "EV" })];
    case "Temperature":
      return [value(measurand, reading.temperature, 1, { unit: "Celsius", location: "Body" })];
    case "Power.Factor":
      return [value(measurand, reading.powerFactor, 3, {})];
    case "Current.Offered":
      return [value(measurand, offered.current, 1, { unit: "A" })];
    case "Power.Offered":
      return [value(measurand, offered.current * offered.phases * 230, 0, { unit: "W" })];
  }
}

function value(
  measurand: Measurand,
  exact: number,
  digits: number,
  rest: Pick<Measured, "unit" | "phase" | "location">,
): Measured {
  return { measurand, ...rest, value: Number(exact.toFixed(digits)), digits };
}
