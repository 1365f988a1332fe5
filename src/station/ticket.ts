import { codeBlock, codeSpan, markdownText } from "../lib/markdown.ts";
import { mapTexts, type Spoken } from "../lib/words.ts";
import { rules } from "../words/en/findings.ts";
import type { Language } from "../words/language.ts";
import { placeText, ruleText, spokenText, ticketWords } from "../words/spoken.ts";
import type { FrameDirection } from "./marks.ts";
import type { FindingGroup, OcppVersion, StationInfo } from "./model.ts";

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
export type TicketFrame = { seq: number; time: string; direction: FrameDirection; text: string };

/** Writes a ticket as Markdown, in a language. */
export function composeTicket(ticket: Ticket, language: Language = "en"): string {
  const words = ticketWords(language);
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
  const body = entries.map((entry, index) => section(entry, index + 1, language));
  return `${[...head, ...body, words.secrets].join("\n\n")}\n`;
}

function section(entry: TicketEntry, number: number, language: Language): string {
  const words = ticketWords(language);
  const spoken = (text: Spoken) => spokenText(text, language);
  const { severity, clause } = rules[entry.rule];
  const times = { count: String(entry.count), first: iso(entry.firstAt), last: iso(entry.lastAt) };
  const facts: (readonly [string, string | undefined])[] = [
    [words.rule, `${codeSpan(entry.rule)} (${words.severities[severity]})`],
    [words.clause, clause],
    [words.where, codeSpan(placeText(entry.where, language))],
    [words.said, entry.said && spoken(typeof entry.said === "string" ? codeSpan(entry.said) : quoted(entry.said))],
    [words.expected, entry.expected && spoken(quoted(entry.expected))],
  ];
  const seen = fill(entry.count > 1 ? words.seen : words.seenOnce, times);
  return [
    `## ${number}. ${ruleText(entry.rule, language).title}`,
    `${list(facts)}\n- ${seen}`,
    framesOf(entry.frames, words),
  ].join("\n\n");
}

type TicketWords = ReturnType<typeof ticketWords>;

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
