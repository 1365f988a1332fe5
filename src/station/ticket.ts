import { codeBlock, codeSpan, markdownText } from "../lib/markdown.ts";
import { mapTexts, type Spoken } from "../lib/words.ts";
import { type Rule, rules } from "./findings.ts";
import type { FindingGroup, OcppVersion, StationInfo } from "./model.ts";
import { english } from "./phrases.ts";
import type { Severity } from "./rule-text.ts";

/** What a vendor needs to know of a station's deviations. Secrets are masked. */
export type Ticket = {
  station: string;
  info: StationInfo;
  ocpp?: OcppVersion;
  /** Our clock, milliseconds since 1970 UTC. */
  madeAt: number;
  /** Worst first. */
  entries: TicketEntry[];
};

/** A rule broken at a place, with the last frames that show it. */
export type TicketEntry = FindingGroup & { frames: TicketFrame[] };

/** `time` is ISO 8601 UTC, `text` as on the wire but for secrets, and cut where it is very long. */
export type TicketFrame = { seq: number; time: string; direction: "in" | "out"; text: string };

/** The words of a ticket in one language; holes are written {{so}}. */
export type TicketWords = {
  title: string;
  intro: string;
  station: string;
  vendor: string;
  model: string;
  serial: string;
  firmware: string;
  version: string;
  made: string;
  severities: Record<Severity, string>;
  rule: string;
  clause: string;
  where: string;
  said: string;
  expected: string;
  seen: string;
  seenOnce: string;
  frames: string;
  noFrames: string;
  secrets: string;
};

/** The English words. */
export const ticketWords: TicketWords = {
  title: "Deviations from OCPP: {{station}}",
  intro: "What the station said, beside what the specification expects there. Times are UTC.",
  station: "Station",
  vendor: "Vendor",
  model: "Model",
  serial: "Serial number",
  firmware: "Firmware",
  version: "OCPP version",
  made: "Written",
  severities: { error: "Error", warning: "Warning", notice: "Notice" },
  rule: "Rule",
  clause: "Clause",
  where: "Where",
  said: "Said",
  expected: "Expected",
  seen: "Seen {{count}} times, from {{first}} to {{last}}",
  seenOnce: "Seen once, {{first}}",
  frames: "The last frames, as on the wire (← from the station, → to it)",
  noFrames: "No frame: it was seen on the link itself.",
  secrets: "Passwords and keys are replaced by •••.",
};

/** What findings tell, in one language. */
export type TicketSayings = {
  title(rule: Rule): string;
  spoken(spoken: Spoken): string;
  place(where: string): string;
};

const inEnglish: TicketSayings = { title: (rule) => rules[rule].title, spoken: english, place: (where) => where };

/** Writes a ticket as Markdown.
 * @param sayings what the findings tell, in the language of the words */
export function composeTicket(
  ticket: Ticket,
  words: TicketWords = ticketWords,
  sayings: TicketSayings = inEnglish,
): string {
  const { info, station, ocpp, madeAt, entries } = ticket;
  const facts: (readonly [string, string | undefined])[] = [
    [words.station, told(station)],
    [words.vendor, told(info.vendor)],
    [words.model, told(info.model)],
    [words.serial, told(info.serialNumber ?? info.boxSerialNumber)],
    [words.firmware, told(info.firmwareVersion)],
    [words.version, ocpp],
    [words.made, iso(madeAt)],
  ];
  const head = [`# ${fill(words.title, { station: markdownText(station) })}`, words.intro, list(facts)];
  const body = entries.map((entry, index) => section(entry, index + 1, words, sayings));
  return `${[...head, ...body, words.secrets].join("\n\n")}\n`;
}

function section(
  entry: TicketEntry,
  number: number,
  words: TicketWords,
  { title, spoken, place }: TicketSayings,
): string {
  const { severity, clause } = rules[entry.rule];
  const times = { count: String(entry.count), first: iso(entry.firstAt), last: iso(entry.lastAt) };
  const facts: (readonly [string, string | undefined])[] = [
    [words.rule, `${codeSpan(entry.rule)} (${words.severities[severity]})`],
    [words.clause, clause],
    [words.where, codeSpan(place(entry.where))],
    [words.said, entry.said && spoken(typeof entry.said === "string" ? codeSpan(entry.said) : quoted(entry.said))],
    [words.expected, entry.expected && spoken(quoted(entry.expected))],
  ];
  const seen = fill(entry.count > 1 ? words.seen : words.seenOnce, times);
  return [`## ${number}. ${title(entry.rule)}`, `${list(facts)}\n- ${seen}`, framesOf(entry.frames, words)].join(
    "\n\n",
  );
}

function framesOf(frames: readonly TicketFrame[], words: TicketWords): string {
  if (frames.length === 0) return words.noFrames;
  const lines = frames.map(({ time, direction, text }) => `${time} ${direction === "in" ? "←" : "→"} ${text}`);
  return `${words.frames}:\n\n${codeBlock(lines)}`;
}

function list(facts: readonly (readonly [string, string | undefined])[]): string {
  return facts.flatMap(([name, value]) => (value ? [`- ${name}: ${value}`] : [])).join("\n");
}

/** What the station said of itself; empty is as good as nothing. */
function told(text: string | undefined): string | undefined {
  return text && markdownText(text);
}

/** Words of ours, with what others said in them kept from meaning anything in Markdown. */
function quoted(spoken: Spoken): Spoken {
  return mapTexts(spoken, markdownText);
}

function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_hole, name: string) => values[name] ?? "");
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
