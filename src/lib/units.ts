/** Times on the wire of the contract: ISO 8601 in UTC with milliseconds. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

/** Base units: what a measured value is held in, whatever the station said (kWh -> Wh, kW -> W, Fahrenheit -> Celsius). */
export type Unit = "Wh" | "W" | "varh" | "var" | "VA" | "VAh" | "A" | "V" | "Hz" | "Celsius" | "Percent" | "RPM" | "";
