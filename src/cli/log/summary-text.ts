import { isoTime } from "../../lib/units.ts";
import { sayBy } from "../../lib/words.ts";
import type { Shape } from "../../logs/lines/shape.ts";
import type { SameLines, Summary, When, ZoneTold } from "../../logs/model.ts";
import { bytesText, measuredText, numberText } from "../../words/format.ts";
import type { Language } from "../../words/language.ts";
import { logWords } from "../../words/spoken.ts";

/** A summary as lines for a person, without line ends. What stands in the log is in them as it is. */
export function summaryLines(summary: Summary, shape: Shape, zone: ZoneTold, language: Language): string[] {
  const words = logWords(language);
  const say = (text: string, values: Record<string, string | number>) => sayBy({ text }, { phrase: "text", values });
  const number = (value: number) => numberText(language, value);
  const place = (when: When) =>
    [say(words.line, { line: when.line }), timeOf(when, language)].filter(Boolean).join(", ");
  const { lines, bytes, first, last, levels, restarts, jumps, jumpCount } = summary;
  const encoding = shape.encoding === "latin1" ? "Windows-1252" : shape.encoding.toUpperCase();
  const said = [`  ${say(words.lines, { lines: number(lines), size: bytesText(language, bytes), encoding })}`];
  if (first && last) {
    said.push(`  ${say(words.period, { first: timeOf(first, language), last: timeOf(last, language) })}`);
    const zoneWords = { told: words.zoneTold, inferred: words.zoneInferred, unknown: words.zoneUnknown }[zone.by];
    // What counts from the start of the machine has no zone.
    if (first.at !== undefined || last.at !== undefined)
      said.push(`  ${say(zoneWords, { zone: zoneText(zone.minutes) })}`);
  } else said.push(`  ${words.noTimes}`);
  const counts = Object.fromEntries(Object.entries(levels).map(([level, count]) => [level, number(count)]));
  said.push(`  ${say(words.levels, counts)}`);
  if (restarts.length > 0) said.push(`  ${say(words.restarts, { count: restarts.length })}`);
  for (const restart of restarts) {
    said.push(`    ${place(restart)}: ${restart.signs.map((sign) => words.signs[sign]).join(", ")}`);
  }
  if (jumpCount > 0) said.push(`  ${say(words.jumps, { count: number(jumpCount) })}`);
  for (const { from, to, ms } of jumps) {
    const by = `${ms < 0 ? "" : "+"}${measuredText(ms)}`;
    said.push(`    ${say(words.jump, { from: place(from), to: place(to), by })}`);
  }
  said.push(...sameLines(words.errors, summary.errors, number), ...sameLines(words.repeated, summary.repeated, number));
  if (summary.isRough) said.push(`  ${words.rough}`);
  return said;

  function sameLines(title: string, groups: readonly SameLines[], count: (value: number) => string): string[] {
    const each = groups.map((group) => {
      const head = `${count(group.count)} ×, ${say(words.line, { line: group.first })}`;
      return `    ${head}: ${group.text.trim()}`;
    });
    return each.length > 0 ? [`  ${title}`, ...each] : [];
  }
}

function timeOf({ at, since }: When, language: Language): string {
  if (at !== undefined) return isoTime(at);
  return since === undefined
    ? ""
    : sayBy({ text: logWords(language).sinceStart }, { phrase: "text", values: { time: measuredText(since) } });
}

/** +02:00, -05:30, UTC. */
export function zoneText(minutes: number): string {
  if (minutes === 0) return "UTC";
  const size = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
