import type { Spoken } from "../lib/words.ts";
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
    [words.station, station],
    [words.vendor, info.vendor],
    [words.model, info.model],
    [words.serial, info.serialNumber ?? info.boxSerialNumber],
    [words.firmware, info.firmwareVersion],
    [words.version, ocpp],
    [words.made, iso(madeAt)],
  ];
  const head = [`# ${fill(words.title, { station })}`, words.intro, list(facts)];
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
    [words.rule, `${code(entry.rule)} (${words.severities[severity]})`],
    [words.clause, clause],
    [words.where, code(place(entry.where))],
    [
      words.said,
      typeof entry.said !== "string" ? spoken(entry.said) : entry.said === "" ? undefined : code(entry.said),
    ],
    [words.expected, entry.expected && spoken(entry.expected)],
  ];
  const seen = fill(entry.count > 1 ? words.seen : words.seenOnce, times);
  return [`## ${number}. ${title(entry.rule)}`, `${list(facts)}\n- ${seen}`, framesOf(entry.frames, words)].join(
    "\n\n",
  );
}

function framesOf(frames: readonly TicketFrame[], words: TicketWords): string {
  if (frames.length === 0) return words.noFrames;
  const lines = frames
    .map(({ time, direction, text }) => `${time} ${direction === "in" ? "←" : "→"} ${text}`)
    .join("\n");
  const fence = "`".repeat(Math.max(3, longestTicks(lines) + 1));
  return `${words.frames}:\n\n${fence}\n${lines}\n${fence}`;
}

function list(facts: readonly (readonly [string, string | undefined])[]): string {
  return facts.flatMap(([name, value]) => (value ? [`- ${name}: ${value}`] : [])).join("\n");
}

/** A code span that holds whatever back ticks the text has (CommonMark 6.1). */
function code(text: string): string {
  const line = text.replace(/\s+/g, " ");
  const ticks = "`".repeat(longestTicks(line) + 1);
  const pad = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${ticks}${pad}${line}${pad}${ticks}`;
}

function longestTicks(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_hole, name: string) => values[name] ?? "");
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
