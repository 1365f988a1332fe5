import type { Unit } from "../lib/units.ts";
import type { Language } from "./language.ts";

/** A thin space that does not break: between a number and its unit. */
export const thin = "\u202f";
const locales: Record<Language, string> = { en: "en-GB", sv: "sv-SE" };
const formatters = new Map<string, Intl.NumberFormat>();

/** A number with exactly `digits` decimals, by the language's habit (decimal comma in Swedish). */
export function numberText(language: Language, value: number, digits = 0): string {
  const key = `${language} ${digits}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.NumberFormat(locales[language], {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      signDisplay: "negative",
    });
    formatters.set(key, formatter);
  }
  return formatter.format(value);
}

type Scale = { unit: string; factor: number; digits: number };
const shown: Record<Unit, Scale> = {
  Wh: { unit: "kWh", factor: 1000, digits: 2 },
  W: { unit: "kW", factor: 1000, digits: 2 },
  varh: { unit: "kvarh", factor: 1000, digits: 2 },
  var: { unit: "kvar", factor: 1000, digits: 2 },
  VA: { unit: "kVA", factor: 1000, digits: 2 },
  VAh: { unit: "kVAh", factor: 1000, digits: 2 },
  A: { unit: "A", factor: 1, digits: 1 },
  V: { unit: "V", factor: 1, digits: 1 },
  Hz: { unit: "Hz", factor: 1, digits: 2 },
  Celsius: { unit: "°C", factor: 1, digits: 1 },
  Percent: { unit: "%", factor: 1, digits: 0 },
  RPM: { unit: "rpm", factor: 1, digits: 0 },
  "": { unit: "", factor: 1, digits: 2 },
};

/** A value in base units as it is read on screen: number and unit apart, e.g. 11040 W is 11.04 and kW. */
export function quantityParts(language: Language, value: number, unit: Unit): { number: string; unit: string } {
  const scale = shown[unit];
  return { number: numberText(language, value / scale.factor, scale.digits), unit: scale.unit };
}

/** A value in base units with its unit, e.g. "11.04 kW". */
export function quantityText(language: Language, value: number, unit: Unit): string {
  const parts = quantityParts(language, value, unit);
  return parts.unit ? `${parts.number}${thin}${parts.unit}` : parts.number;
}

/** A length of time in its two largest parts, the smaller one rounded: "41 s", "4 min 12 s", "2 h 5 min", "3 d 4 h"; under a second
 * "388 ms". */
export function durationText(ms: number): string {
  if (ms < 0) return `−${durationText(-ms)}`;
  if (ms > 0 && ms < 999.5) return `${Math.round(ms)}${thin}ms`;
  const smallest = ms < 3_599_500 ? 1 : ms < 86_370_000 ? 60 : 3600;
  const seconds = Math.round(ms / 1000 / smallest) * smallest;
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first === -1) return `0${thin}s`;
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count}${thin}${unit}`)
    .join(" ");
}

/** A length of time that was measured, to the millisecond below ten seconds: "388 ms", "1500 ms", "2 s", "41 s". */
export function measuredText(ms: number): string {
  const whole = Math.round(ms);
  if (whole < 0) return `−${measuredText(-whole)}`;
  return whole < 10_000 && whole % 1000 !== 0 ? `${whole}${thin}ms` : durationText(whole);
}

/** A length of time that was set: to the millisecond where it is no whole number of seconds, "10500 ms", "41 s". */
export function chosenTimeText(ms: number): string {
  return ms % 1000 === 0 ? durationText(ms) : `${ms}${thin}ms`;
}

/** How long an answer took: "<1 ms", "12 ms", "1500 ms", "1 min 2 s". */
export function latencyText(ms: number): string {
  return ms < 1 ? `<1${thin}ms` : measuredText(ms);
}

/** A running length of time as a clock shows it: 0:41, 12:05, 1:02:03. */
export function clockDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** Local time, 24 h, with seconds: 10:02:11; with `ms`, 10:02:11.042. */
export function timeText(at: number, ms = false): string {
  const date = new Date(at);
  const text = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return ms ? `${text}.${String(date.getMilliseconds()).padStart(3, "0")}` : text;
}

/** Local date, e.g. 2026-05-04: the same in both languages, and never mistaken. */
export function dateText(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** A day with its name, local: "Thursday 2026-11-26". */
export function dayText(language: Language, at: number): string {
  const name = new Date(at).toLocaleDateString(locales[language], { weekday: "long" });
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${dateText(at)}`;
}

/** The time alone when it is of the same day as `now`, else with its date. */
export function momentText(at: number, now: number): string {
  return dateText(at) === dateText(now) ? timeText(at) : `${dateText(at)} ${timeText(at)}`;
}

/** A difference of times to the millisecond, with its sign: "+1.234", "−1:01.234", "+1:02:05.006". The minus is U+2212. */
export function differenceText(ms: number): string {
  const whole = Math.round(Math.abs(ms));
  const [hours, minutes] = [Math.floor(whole / 3_600_000), Math.floor(whole / 60_000) % 60];
  const seconds = Math.floor(whole / 1000) % 60;
  const rest = String(whole % 1000).padStart(3, "0");
  const clock =
    hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : minutes > 0 ? `${minutes}:${two(seconds)}` : seconds;
  return `${ms < 0 && whole > 0 ? "−" : "+"}${clock}.${rest}`;
}

/** A number of bytes: "512 B", "1.2 kB". */
export function bytesText(language: Language, bytes: number): string {
  if (bytes < 1000) return `${bytes}${thin}B`;
  return bytes < 1e6
    ? `${numberText(language, bytes / 1000, 1)}${thin}kB`
    : `${numberText(language, bytes / 1e6, 1)}${thin}MB`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
