import type { metering } from "../../i18n/en/metering.ts";
import type { ChartName, LineName } from "./chart/lines.ts";

export type MeasurandKey = keyof (typeof metering)["measurands"];

/** The key of a measurand's plain word: OCPP's name without its dots; null for one that we have no word for. */
export function measurandKey(measurand: string, known: Readonly<Record<string, string>>): MeasurandKey | null {
  const key = measurand.replaceAll(".", "");
  return Object.hasOwn(known, key) ? (key as MeasurandKey) : null;
}

/** What tells the lines of a chart apart: outlet, measurand, location, each only where there are several; the phase always. */
export function distinguishing(chart: ChartName): { outlet: boolean; measurand: boolean; location: boolean } {
  const several = (pick: (line: LineName) => unknown) => new Set(chart.lines.map(pick)).size > 1;
  return {
    outlet: several((line) => `${line.evse} ${line.connector ?? ""}`),
    measurand: several((line) => line.measurand),
    location: several((line) => line.location),
  };
}
