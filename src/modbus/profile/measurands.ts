import type { Unit } from "../../lib/units.ts";

/** OCPP's measurands that a register may hold (1.6, 7.31; 2.0.1, 3.43) by their base unit. */
const byUnit: Readonly<Partial<Record<Unit, string>>> = {
  Wh: "Energy.Active.Export.Register Energy.Active.Import.Register Energy.Active.Export.Interval Energy.Active.Import.Interval Energy.Active.Net",
  varh: "Energy.Reactive.Export.Register Energy.Reactive.Import.Register Energy.Reactive.Export.Interval Energy.Reactive.Import.Interval Energy.Reactive.Net",
  VAh: "Energy.Apparent.Net Energy.Apparent.Import Energy.Apparent.Export",
  W: "Power.Active.Export Power.Active.Import Power.Offered",
  var: "Power.Reactive.Export Power.Reactive.Import",
  "": "Power.Factor",
  A: "Current.Export Current.Import Current.Offered",
  V: "Voltage",
  Hz: "Frequency",
  Celsius: "Temperature",
  Percent: "SoC",
  RPM: "RPM",
};

const units = new Map(
  Object.entries(byUnit).flatMap(([unit, names]) => names.split(" ").map((name) => [name, unit as Unit] as const)),
);

/** The base unit of a measurand of OCPP's; undefined for one that it does not have. */
export function standardUnit(measurand: string): Unit | undefined {
  return units.get(measurand);
}
