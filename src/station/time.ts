const written = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?) ?([Zz]|[+-]\d\d(?::?\d\d)?)?$/;

/** Reads a time as stations write it: RFC 3339, also with a space for the T, without seconds, or without a zone (then it
 * is taken as UTC). Milliseconds since 1970 UTC, or undefined when it cannot be read. */
export function readStationTime(text: string | undefined): number | undefined {
  if (!text) return undefined;
  if (text === last.text) return last.time;
  last = { text, time: parse(text) };
  return last.time;
}

/** The same time is asked for by the dialect, the clock and the judge, one after the other. */
let last: { text: string; time: number | undefined } = { text: "", time: undefined };

function parse(text: string): number | undefined {
  // The usual form goes straight to the engine: this runs for every sample group.
  const plain = text.length === 24 || text.length === 20 ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(plain) && text.endsWith("Z")) return plain;
  const parts = written.exec(text.trim());
  if (!parts) return undefined;
  const [, day, clock = "", zone = "Z"] = parts;
  const ms = Date.parse(`${day}T${clock.replace(",", ".")}${readZone(zone)}`);
  return Number.isNaN(ms) ? undefined : ms;
}

function readZone(zone: string): string {
  if (/^z$/i.test(zone)) return "Z";
  const digits = zone.slice(1).replace(":", "").padEnd(4, "0");
  return `${zone[0]}${digits.slice(0, 2)}:${digits.slice(2)}`;
}
