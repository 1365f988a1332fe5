/** A time stamp as a line bears it. */
export type Stamp = {
  /** Milliseconds since 1970, as if it were of UTC where no zone is told; since the start for `monotonic`. */
  at: number;
  /** `zoned`: the moment itself. `local`: of a clock whose zone is not told. `yearless`: as that, and in 1972, for want of a year.
   * `monotonic`: since the start of the machine. */
  kind: "zoned" | "local" | "yearless" | "monotonic";
  /** Where it stands in the line. */
  begin: number;
  end: number;
};

type Groups = (string | undefined)[];
/** `isCount`: it counts from somewhere, and says less than a date. */
type Form = { pattern: RegExp; isCount?: true; read(groups: Groups): Pick<Stamp, "at" | "kind"> | undefined };

const clock = "(\\d\\d):(\\d\\d):(\\d\\d)(?:[.,:](\\d{1,9}))?";
const zone = "(?: ?(Z|UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?)(?![\\w:]))?";
const monthName = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*";
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** In this order: what fits a later one may be part of an earlier one. */
const forms: Form[] = [
  // 2026-11-26T10:02:11.042Z, 2026/11/26 10:02:11,042 +0100
  {
    pattern: new RegExp(`(?<!\\d)(\\d{4})[-/.](\\d\\d)[-/.](\\d\\d)(?:[T_]| {1,2}|, ?| - )${clock}${zone}`, "i"),
    read: ([, year, month, day, ...time]) => momentOf(Number(year), Number(month), Number(day), time),
  },
  // 20261126T100211Z, 20261126 10:02:11.042
  {
    pattern: new RegExp(
      `(?<![\\d.])(\\d{4})(\\d\\d)(\\d\\d)[T _-](\\d\\d):?(\\d\\d):?(\\d\\d)(?:[.,](\\d{1,9}))?${zone}(?!\\d)`,
      "i",
    ),
    read: ([, year, month, day, ...time]) => momentOf(Number(year), Number(month), Number(day), time),
  },
  // 26.11.2026 10:02:11, 26/11/2026 10:02:11, 11/26/2026 10:02:11
  {
    pattern: new RegExp(`(?<!\\d)(\\d\\d?)([-/.])(\\d\\d?)\\2(\\d{4})(?:T| {1,2}|, ?)${clock}${zone}`, "i"),
    read: ([, first, , second, year, ...time]) => {
      const isMonthFirst = Number(second) > 12;
      const [month, day] = isMonthFirst ? [first, second] : [second, first];
      return momentOf(Number(year), Number(month), Number(day), time);
    },
  },
  // 26/Nov/2026:10:02:11 +0100, 26 Nov 2026 10:02:11, 26-Nov-2026 10:02:11
  {
    pattern: new RegExp(`(?<!\\d)(\\d\\d?)[-/ ]${monthName}[-/ ](\\d{4})[: T]${clock}${zone}`, "i"),
    read: ([, day, month, year, ...time]) => momentOf(Number(year), monthOf(month), Number(day), time),
  },
  // Nov 26 10:02:11, Thu Nov 26 10:02:11 2026, Nov 26 2026 10:02:11
  {
    pattern: new RegExp(
      `\\b${monthName} {1,2}(\\d\\d?)(?:,? (\\d{4}))? ${clock}${zone}(?: (?:[A-Z]{3,4} )?(\\d{4})(?!\\d))?`,
      "i",
    ),
    read: ([, month, day, before, hour, minute, second, fraction, offset, behind]) => {
      const year = before ?? behind;
      const time = [hour, minute, second, fraction, offset];
      return year
        ? momentOf(Number(year), monthOf(month), Number(day), time)
        : yearless(monthOf(month), Number(day), time);
    },
  },
  // 11-26 10:02:11.042 (logcat)
  {
    pattern: /^\W{0,2}(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{3,6})/,
    read: ([, month, day, ...time]) => yearless(Number(month), Number(day), time),
  },
  // E1126 10:02:11.042 (glog)
  {
    pattern: /^[IWEFD](\d\d)(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{6})/,
    read: ([, month, day, ...time]) => yearless(Number(month), Number(day), time),
  },
  // [   12.345678] (the kernel)
  {
    pattern: /^(?:<\d{1,3}>)?\[ {0,6}(\d{1,7})\.(\d{3,6})\]/,
    isCount: true,
    read: ([, seconds, fraction]) => ({ at: Number(seconds) * 1000 + fractionOf(fraction), kind: "monotonic" }),
  },
  // 1795721793.123, 1795721793123, [1795721793], ts=1795721793
  {
    isCount: true,
    pattern:
      /(?:^\W{0,2}|\b(?:ts|time|timestamp)["']?[=:] ?["']?)(1\d{9})(?:(\d{3})(\d{3})?(\d{3})?)?(?:[.,](\d{1,9}))?(?![\d:/-])/i,
    read: ([, seconds, thousandths, , , fraction]) => ({
      at: Number(seconds) * 1000 + (thousandths ? Number(thousandths) : fractionOf(fraction)),
      kind: "zoned",
    }),
  },
];

/** Stamps stand near the beginning. */
const reach = 100;
/** No date takes fewer letters: before one that begins sooner stands no other. */
const shortest = 14;

/** Finds time stamps in lines of one log. What was found last is looked for first: most logs have one form, at one place. */
export class StampFinder {
  #usual: Form[] = [...forms];

  /** The time stamp of a line, if it has one: of several dates the first, since a message that the line holds may bear one of its own. */
  find(line: string): Stamp | undefined {
    const head = line.length > reach ? line.slice(0, reach) : line;
    if (!/\d\d/.test(head)) return undefined;
    let found: { form: Form; stamp: Stamp } | undefined;
    for (const form of this.#usual) {
      if (found && form.isCount) continue;
      const match = form.pattern.exec(head);
      if (!match || (found && !found.form.isCount && match.index >= found.stamp.begin)) continue;
      const read = form.read(match);
      if (!read) continue;
      found = { form, stamp: { ...read, begin: match.index, end: match.index + match[0].length } };
      if (match.index < shortest) break;
    }
    if (!found) return undefined;
    const { form, stamp } = found;
    if (form !== this.#usual[0]) this.#usual = [form, ...this.#usual.filter((one) => one !== form)];
    return stamp;
  }
}

type Time = (string | undefined)[];

function momentOf(year: number, month: number, day: number, [hour, minute, second, fraction, offset]: Time) {
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second)];
  if (month < 1 || month > 12 || day < 1 || day > 31 || hours > 24 || minutes > 59 || seconds > 60) return undefined;
  const at = Date.UTC(year, month - 1, day, hours, minutes, seconds) + fractionOf(fraction);
  const minutesOff = offset === undefined ? undefined : offsetOf(offset);
  return minutesOff === undefined
    ? { at, kind: "local" as const }
    : { at: at - minutesOff * 60_000, kind: "zoned" as const };
}

function yearless(month: number, day: number, time: Time) {
  const read = momentOf(1972, month, day, time);
  return read && { at: read.at, kind: "yearless" as const };
}

function monthOf(name: string | undefined): number {
  return months.indexOf((name ?? "").slice(0, 3).toLowerCase()) + 1;
}

/** Milliseconds of a part of a second. */
function fractionOf(digits: string | undefined): number {
  return digits === undefined ? 0 : Math.floor(Number(`0.${digits}`) * 1000 + 1e-9);
}

/** Minutes east of UTC. */
function offsetOf(text: string): number {
  if (!/^[+-]/.test(text)) return 0;
  const digits = text.slice(1).replace(":", "");
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2) || 0);
  return text.startsWith("-") ? -minutes : minutes;
}
