import { readDay, readMoment, readSince } from "../../lib/time/moments.ts";
import { type FrameOn, framesOn } from "../../station/marks.ts";
import { type SummaryLabel, summaryLabels } from "../../station/model.ts";
import type { MessageFilter, MessageKind, MessageRow } from "./contract.ts";

/** A part of the filter that rows are held against one by one, because the record is not searched by it. */
export type RowTest =
  | { field: "action"; values: string[]; negated: boolean }
  | { field: "direction"; value: "in" | "out"; negated: boolean }
  | { field: "on"; value: FrameOn; negated: boolean }
  | { field: "station"; value: string; negated: boolean }
  | { field: "problems"; negated: boolean }
  | { field: "kind"; value: MessageKind; negated: boolean }
  | { field: "id"; value: string; negated: boolean }
  | { field: "rule"; value: string; negated: boolean }
  | { field: "words"; value: string; negated: boolean }
  | { field: "summary"; label: SummaryLabel; value: string; negated: boolean }
  | { field: "latency"; over: boolean; ms: number; negated: boolean };

/** What to tell the writer of the line: a name that is no field, or a value that its field does not take. */
export type FilterHint = { problem: "unknown-field" | "bad-value"; field: string; value: string };

export type CompiledFilter = {
  /** What the record is searched by. */
  select: MessageFilter;
  /** What its rows are held against, all of them together. */
  tests: RowTest[];
  hints: FilterHint[];
  /** The moment that the list is to be opened at, our clock. */
  at?: number;
  /** The frame that the list is to be opened at. */
  seq?: number;
};

const problemWords = new Set(["error", "errors", "problem", "problems", "fel"]);
const kinds: readonly MessageKind[] = ["call", "send", "result", "error", "unreadable"];
/** Whatever the summary of a message tells can be asked for, letter case aside. */
const summaryFields: ReadonlyMap<string, SummaryLabel> = new Map(
  summaryLabels.map((label) => [label.toLowerCase(), label]),
);

type Term = { field: string | null; value: string; negated: boolean; quoted: boolean };

/** Reads a filter line: `action:MeterValues dir:in station:X error "some text"`; `-` before a term turns it round.
 * Words that are no field are looked for on the wire as one piece of text.
 * `#4711` is the frame to open the list at.
 * @param station the station in focus, unless the line names one (`station:*` is all of them)
 * @param ofProblems whether only rows with a finding or an error are asked for, whatever the line says
 * @param now our clock, which times of day and lengths of time go by */
export function compileFilter(line: string, station?: string, ofProblems = false, now = Date.now()): CompiledFilter {
  const select: MessageFilter = {};
  const tests: RowTest[] = [];
  const hints: FilterHint[] = [];
  const texts: string[] = [];
  if (station !== undefined) select.station = station;
  if (ofProblems) select.problems = true;
  const target: Target = { select, tests, hints, texts, now };
  for (const term of readTerms(line)) compileTerm(term, target);
  if (texts.length > 0) select.text = texts.join(" ").slice(0, 500);
  const { at, seq } = target;
  return { select, tests, hints, ...(at !== undefined && { at }), ...(seq !== undefined && { seq }) };
}

type Target = CompiledFilter & { texts: string[]; now: number };

function compileTerm(term: Term, target: Target): void {
  const { select, tests, hints, texts } = target;
  const { field, value, negated } = term;
  if (field === null) {
    const number = term.quoted || negated ? null : /^#(\d{1,15})$/.exec(value);
    if (number) target.seq = Number(number[1]);
    else if (!term.quoted && problemWords.has(value.toLowerCase())) {
      if (negated) tests.push({ field: "problems", negated });
      else select.problems = true;
    } else if (negated) tests.push({ field: "words", value, negated });
    else texts.push(value);
    return;
  }
  if (value === "") return;
  if (field === "text") {
    if (negated) tests.push({ field: "words", value, negated });
    else texts.push(value);
  } else if (field === "action") {
    const values = value.split(",").filter((name) => name !== "");
    const [only] = values;
    if (!negated && values.length === 1 && only !== undefined && select.action === undefined) select.action = only;
    else tests.push({ field: "action", values, negated });
  } else if (field === "dir") {
    const direction = value.toLowerCase();
    if (direction !== "in" && direction !== "out") hints.push({ problem: "bad-value", field, value });
    else if (negated || select.direction !== undefined) tests.push({ field: "direction", value: direction, negated });
    else select.direction = direction;
  } else if (field === "on") {
    const on = framesOn.find((name) => name === value.toLowerCase());
    if (!on) hints.push({ problem: "bad-value", field, value });
    else if (negated || select.on !== undefined) tests.push({ field, value: on, negated });
    else select.on = on;
  } else if (field === "station") {
    if (negated) tests.push({ field: "station", value, negated });
    else if (value === "*") delete select.station;
    else select.station = value;
  } else if (field === "kind") {
    const kind = kinds.find((name) => name === value.toLowerCase());
    if (kind) tests.push({ field: "kind", value: kind, negated });
    else hints.push({ problem: "bad-value", field, value });
  } else if (field === "latency") {
    const read = /^([<>])(\d+(?:[.,]\d+)?)(ms|s)?$/.exec(value);
    if (!read) return void hints.push({ problem: "bad-value", field, value });
    const ms = Number((read[2] ?? "").replace(",", ".")) * (read[3] === "s" ? 1000 : 1);
    tests.push({ field: "latency", over: read[1] === ">", ms, negated });
  } else if (field === "at" || field === "since" || field === "day") {
    if (negated || !compileTime(field, value, target)) hints.push({ problem: "bad-value", field, value });
  } else if (field === "id" || field === "rule") {
    tests.push({ field, value, negated });
  } else {
    const label = summaryFields.get(field);
    if (label) return void tests.push({ field: "summary", label, value, negated });
    // A time or an address has a colon too: it is looked for as it stands, and the line says so.
    hints.push({ problem: "unknown-field", field, value });
    const whole = `${field}:${value}`;
    if (negated) tests.push({ field: "words", value: whole, negated });
    else texts.push(whole);
  }
}

/** False for what is no time. */
function compileTime(field: "at" | "since" | "day", value: string, target: Target): boolean {
  const { select, now } = target;
  if (field === "at") {
    target.at = readMoment(value, now);
    return target.at !== undefined;
  }
  const day = field === "day" ? readDay(value, now) : undefined;
  const from = day ? day.from : field === "since" ? readSince(value, now) : undefined;
  if (from === undefined) return false;
  select.from = from;
  if (day) select.to = day.to;
  return true;
}

function readTerms(line: string): Term[] {
  const terms: Term[] = [];
  // A field with nothing behind it yet: [1] minus, [2] field. Else [3] minus, [4] field, [5] quoted value, [6] plain value.
  const pattern = /(-)?([A-Za-z]+):(?=\s|$)|(-)?(?:([A-Za-z]+):)?(?:"([^"]*)"?|([^\s"]+))/g;
  for (const found of line.matchAll(pattern)) {
    const value = found[5] ?? found[6] ?? "";
    const field = (found[2] ?? found[4])?.toLowerCase() ?? null;
    if (field === null && value === "") continue;
    terms.push({ field, value, negated: (found[1] ?? found[3]) !== undefined, quoted: found[5] !== undefined });
  }
  return terms;
}

/** True when the row passes all of the tests. */
export function passes(row: MessageRow, tests: readonly RowTest[]): boolean {
  return tests.every((test) => holds(row, test) !== test.negated);
}

function holds(row: MessageRow, test: RowTest): boolean {
  switch (test.field) {
    case "action":
      return test.values.some((name) => same(name, row.action ?? ""));
    case "direction":
      return row.direction === test.value;
    case "on":
      return (row.lane ?? "link") === test.value;
    case "station":
      return row.station === test.value;
    case "problems":
      return hasProblem(row);
    case "kind":
      return row.kind === test.value || row.answer?.kind === test.value;
    case "id":
      return row.messageId !== null && includes(row.messageId, test.value);
    case "rule":
      return [...row.findings, ...(row.answer?.findings ?? [])].some((finding) => includes(finding.rule, test.value));
    case "words":
      return words(row).some((word) => includes(word, test.value));
    case "summary":
      return [...row.summary, ...(row.answer?.summary ?? [])].some(
        (field) => field.label === test.label && same(field.value, test.value),
      );
    case "latency":
      return row.answer !== undefined && row.answer.latencyMs > test.ms === test.over;
  }
}

/** True for a row with a finding on either half, a CALLERROR, a fault that the station tells, or text that could not be read. */
export function hasProblem(row: MessageRow): boolean {
  return (
    tellsFault(row) ||
    row.findings.length > 0 ||
    row.kind === "error" ||
    row.kind === "unreadable" ||
    (row.answer !== undefined && (row.answer.kind === "error" || row.answer.findings.length > 0))
  );
}

/** True for a row in which a station says Faulted or names an error. */
export function tellsFault({ summary }: Pick<MessageRow, "summary">): boolean {
  const told = (label: SummaryLabel) => summary.find((field) => field.label === label)?.value ?? "";
  if (told("status") === "Faulted" || !["", "NoError"].includes(told("errorCode"))) return true;
  return told("key").endsWith(".Problem") && told("value") === "true";
}

function words(row: MessageRow): string[] {
  const fields = [...row.summary, ...(row.answer?.summary ?? [])].map((field) => field.value);
  return [row.station, row.action ?? "", row.messageId ?? "", row.answer?.errorCode ?? "", ...fields];
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function includes(whole: string, part: string): boolean {
  return whole.toLowerCase().includes(part.toLowerCase());
}
