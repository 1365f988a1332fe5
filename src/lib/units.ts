/** Times on the wire of the contract: ISO 8601 in UTC, with milliseconds unless these are not wanted. */
export function isoTime(ms: number, milliseconds = true): string {
  const text = new Date(ms).toISOString();
  return milliseconds ? text : `${text.slice(0, 19)}Z`;
}

/** Base units: what a measured value is held in, whatever the station said (kWh -> Wh, kW -> W, Fahrenheit -> Celsius). */
export type Unit = "Wh" | "W" | "varh" | "var" | "VA" | "VAh" | "A" | "V" | "Hz" | "Celsius" | "Percent" | "RPM" | "";
