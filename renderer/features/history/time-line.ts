import type { HistoryEntry } from "../../../src/services/history/contract.ts";
import type { CommandOutcome } from "../../../src/station/commands.ts";
import type { StationEvent } from "../../../src/station/events.ts";
import { severityOf } from "../../../src/station/findings.ts";
import { tellCommand } from "../../../src/station/telling/command-sentences.ts";
import type { Told } from "../../../src/station/telling/sentence.ts";
import { tell } from "../../../src/station/telling/sentences.ts";
import { type FaultEntry, withFaults } from "./with-faults.ts";

/** What an entry means: nothing out of the ordinary, something to look at, something wrong. */
export type Tone = "plain" | "waiting" | "faulted";

/** One line of the time line. */
export type TimelineEntry = {
  type: "entry";
  /** Steady while the entry is on screen. */
  id: string;
  /** When it happened. */
  at: number;
  /** When it was told, where that was late. */
  toldAt?: number;
  station: string;
  kind: StationEvent["kind"];
  told: Told;
  tone: Tone;
  /** How often the same was said within the minute. */
  count: number;
  /** The frame it rests on; absent for what has none (link, a command that did not go out). */
  frame?: number;
};

export type TimelineItem =
  | { type: "day"; id: string; at: number }
  | { type: "minute"; id: string; at: number }
  | TimelineEntry;

function isFault(event: Extract<StationEvent, { kind: "status" }>): boolean {
  return event.status === "Faulted" || event.errorCode !== undefined;
}

/** Puts an older stretch before a newer one: in the order of the record, each entry once. A stretch may begin amid the events
 * of one frame; of such a frame the fuller telling counts. */
export function mergeEntries(older: readonly HistoryEntry[], newer: readonly HistoryEntry[]): HistoryEntry[] {
  const border = newer[0]?.event.seq;
  if (border === undefined) return older.slice();
  const before = older.filter(({ event }) => event.seq < border);
  const whole = older.filter(({ event }) => event.seq === border);
  const part = newer.filter(({ event }) => event.seq === border);
  return [...before, ...(whole.length > part.length ? whole : part), ...newer.slice(part.length)];
}

/** Makes the time line: days and minutes as headings, a command and its outcome as one entry, what is said again at once
 * (a finding: within the minute) as one entry with a count.
 * @param entries oldest first */
export function buildTimeline(entries: readonly HistoryEntry[]): TimelineItem[] {
  const outcomes = new Map<string, CommandOutcome>();
  const sent = new Set<string>();
  for (const { event } of entries) {
    if (event.kind === "command-done") outcomes.set(event.id, event.outcome);
    if (event.kind === "command-sent") sent.add(event.id);
  }
  const items: TimelineItem[] = [];
  let minute = Number.NaN;
  let day = "";
  let found = new Map<string, TimelineEntry>();
  let last: { key: string; entry: TimelineEntry } | null = null;
  const used = new Map<string, number>();
  for (const { station, event, lastedMs } of inOwnTime(withFaults(entries))) {
    if (event.kind === "command-done" && sent.has(event.id)) continue;
    const happenedAt = event.ownAt ?? event.at;
    const thisMinute = Math.floor(happenedAt / 60_000);
    if (thisMinute !== minute) {
      minute = thisMinute;
      found = new Map();
      last = null;
      const thisDay = new Date(happenedAt).toDateString();
      if (thisDay !== day) {
        day = thisDay;
        items.push({ type: "day", id: unique(used, `day ${thisDay}`), at: happenedAt });
      }
      items.push({ type: "minute", id: unique(used, `minute ${thisMinute}`), at: thisMinute * 60_000 });
    }
    const outcome = event.kind === "command-sent" ? outcomes.get(event.id) : undefined;
    const told = event.kind === "command-sent" ? tellCommand(event.name, event.args, outcome) : tell(event, lastedMs);
    const key = `${station} ${event.kind} ${JSON.stringify(told)}`;
    const frame = frameOf(event, outcome);
    // A finding is no step in what happens: others may stand between. Anything else said after something else is news again.
    const again = event.kind === "found" ? found.get(key) : last?.key === key ? last.entry : undefined;
    if (again && event.kind !== "command-sent") {
      again.count++;
      if (frame !== undefined) again.frame = frame;
      continue;
    }
    const entry: TimelineEntry = {
      type: "entry",
      id: unique(used, `${event.kind} ${event.seq}`),
      at: happenedAt,
      station,
      kind: event.kind,
      told,
      tone: toneOf(event, outcome),
      count: 1,
    };
    if (frame !== undefined) entry.frame = frame;
    if (event.ownAt !== undefined) entry.toldAt = event.at;
    if (event.kind === "found") found.set(key, entry);
    else last = { key, entry };
    items.push(entry);
  }
  return items;
}

/** What was told late stands where it happened among the others, which stand as they came. */
function inOwnTime(entries: readonly FaultEntry[]): readonly FaultEntry[] {
  const late = entries.filter(({ event }) => event.ownAt !== undefined);
  if (late.length === 0) return entries;
  late.sort((a, b) => (a.event.ownAt ?? 0) - (b.event.ownAt ?? 0));
  const placed: FaultEntry[] = [];
  let next = 0;
  for (const entry of entries) {
    if (entry.event.ownAt !== undefined) continue;
    for (let told = late[next]; told && (told.event.ownAt ?? 0) < entry.event.at; told = late[++next])
      placed.push(told);
    placed.push(entry);
  }
  return [...placed, ...late.slice(next)];
}

function unique(used: Map<string, number>, id: string): string {
  const times = used.get(id) ?? 0;
  used.set(id, times + 1);
  return times === 0 ? id : `${id} ${times}`;
}

/** The frame that an event can be read in. Link and command entries have a number of the record, but no frame under it. */
export function frameOf(event: StationEvent, outcome?: CommandOutcome): number | undefined {
  if (event.kind === "link-opened" || event.kind === "link-closed" || event.kind === "own-clock-set") return undefined;
  if (event.kind.startsWith("console-")) return undefined;
  if (event.kind === "command-sent") return outcome?.frame;
  if (event.kind === "command-done") return event.outcome.frame;
  if (event.kind === "found" && event.finding.where === "link") return undefined;
  return event.seq;
}

function toneOf(event: StationEvent, outcome?: CommandOutcome): Tone {
  switch (event.kind) {
    case "status":
      return isFault(event) ? "faulted" : "plain";
    case "link-closed":
      return ["shutdown", "asked", "own-change", "own-end"].includes(event.cause) ? "plain" : "waiting";
    case "found":
      return severityOf(event.finding) === "error"
        ? "faulted"
        : severityOf(event.finding) === "warning"
          ? "waiting"
          : "plain";
    case "console-fault":
      return "faulted";
    case "own-clock-set":
      return "waiting";
    case "token":
      return event.decision === "Accepted" ? "plain" : "waiting";
    case "booted":
      return event.answered === "Accepted" ? "plain" : "waiting";
    case "command-sent":
      return outcome ? toneOfOutcome(outcome) : "plain";
    case "command-done":
      return toneOfOutcome(event.outcome);
    case "firmware-status":
    case "diagnostics-status":
      return /fail|invalid|rejected|denied/i.test(event.status) ? "faulted" : "plain";
    default:
      return "plain";
  }
}

function toneOfOutcome(outcome: CommandOutcome): Tone {
  return outcome.result === "accepted" || outcome.result === "scheduled" ? "plain" : "waiting";
}

/** An entry with the headings that stand over it: its day and its minute, where it is the first of them. */
export type TimelineRow = { entry: TimelineEntry; day?: number; minute?: number };

/** The time line as rows to draw, one for each entry. */
export function rowsOf(items: readonly TimelineItem[]): TimelineRow[] {
  const rows: TimelineRow[] = [];
  let heads: Pick<TimelineRow, "day" | "minute"> = {};
  for (const item of items) {
    if (item.type === "entry") {
      rows.push({ entry: item, ...heads });
      heads = {};
    } else heads[item.type] = item.at;
  }
  return rows;
}
