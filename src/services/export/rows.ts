import type { Cell } from "../../lib/csv.ts";
import { csvLine, jsonLine, type Tell } from "../../redaction/tell.ts";
import type { Attempt } from "../../station/attempts.ts";
import { worstFirst } from "../../station/worst-first.ts";
import type { MomentsRepository } from "../../store/moments/moments.ts";
import type { Language } from "../../words/language.ts";
import { ruleText, spokenText } from "../../words/spoken.ts";
import { attemptCells, attemptHead } from "../connection/lines.ts";
import type { ServiceContext } from "../context.ts";
import { groupByRule } from "../findings/filter.ts";
import { findingCells, findingHead } from "../findings/lines.ts";
import { historyCells, historyHead, toldEntry } from "../history/lines.ts";
import { historyOf, toFilter } from "../history/logic.ts";
import { compileFilter } from "../messages/filter.ts";
import { frameCsv, frameHead, frameJson } from "../messages/lines.ts";
import { searchMessages } from "../messages/search.ts";
import { sampleCells, sampleHead, sampleLines } from "../metering/lines.ts";
import { walkPast } from "../metering/past.ts";
import { toldTransaction, transactionCells, transactionHead } from "../transactions/lines.ts";
import { walkTransactions } from "../transactions/logic.ts";
import type { ExportWish } from "./contract.ts";

/** What is read: the record, by the running core or by itself. */
export type ExportSource = Pick<ServiceContext, "registry" | "frames" | "events" | "log"> & {
  moments: MomentsRepository;
  /** Oldest first. */
  attempts: { newest(limit: number): Attempt[] };
};

/** One row of an exported list, in either form. */
export type ExportRow = { json(tell: Tell): string; csv(tell: Tell): string };

/** A list as it is exported: the names of its columns, and its rows piece by piece. */
export type ExportRows = { head: readonly string[]; pieces: AsyncIterable<ExportRow[]> };

type Wish<L extends ExportWish["list"]> = Extract<ExportWish, { list: L }>;

const historyPage = 500;
const mostAttempts = 5000;

/** The rows that pass what is wished for, oldest first; transactions the newest first, findings the worst first. */
export function rowsOf(source: ExportSource, wish: ExportWish, language: Language): ExportRows {
  switch (wish.list) {
    case "frames":
      return { head: frameHead, pieces: frameRows(source, wish) };
    case "history":
      return { head: historyHead, pieces: historyRows(source, wish, language) };
    case "samples":
      return { head: sampleHead, pieces: sampleRows(source, wish) };
    case "transactions":
      return { head: transactionHead, pieces: transactionRows(source, wish) };
    case "findings":
      return { head: findingHead, pieces: oneGo(findingRows(source, wish, language)) };
    case "attempts":
      return { head: attemptHead, pieces: oneGo(attemptRows(source, wish, language)) };
  }
}

async function* frameRows(source: ExportSource, wish: Wish<"frames">): AsyncGenerator<ExportRow[]> {
  const { select, tests } = compileFilter(wish.line ?? "", wish.station, wish.problems);
  // The later beginning and the earlier end: the line may name a time as well.
  const from = latest(select.from, wish.from);
  const to = earliest(select.to, wish.to);
  for await (const records of searchMessages(source).walk({ select: { ...select, from, to }, tests })) {
    yield records.map((record) => ({
      json: (tell) => frameJson(record, tell),
      csv: (tell) => frameCsv(record, tell),
    }));
  }
}

async function* historyRows(
  source: ExportSource,
  { station, groups, from = 0, to = Number.MAX_SAFE_INTEGER }: Wish<"history">,
  language: Language,
): AsyncGenerator<ExportRow[]> {
  const history = historyOf(source);
  const filter = toFilter(station, groups);
  // A number of the frames from then on; entries of our own may stand a little before it.
  let after = from > 0 ? source.frames.reachedAt(from - 1) : 0;
  for (;;) {
    const entries = history.read("oldest", after, filter, historyPage);
    const wanted = entries.filter(({ event: { at } }) => at >= from && at <= to);
    yield wanted.map((entry) => plain(toldEntry(entry), historyCells(entry, language)));
    const last = entries.at(-1)?.event;
    // Numbers do not go back where our clock did: all are gone through.
    if (!last || entries.length < historyPage) return;
    after = last.seq;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function* sampleRows(source: ExportSource, wish: Wish<"samples">): AsyncGenerator<ExportRow[]> {
  const { station, from = 0, to = Number.MAX_SAFE_INTEGER } = wish;
  for await (const points of walkPast(source.registry.require(station), source, { from, to })) {
    yield points.flatMap((point) => sampleLines(station, point).map((line) => plain(line, sampleCells(line))));
  }
}

async function* transactionRows(source: ExportSource, { station }: Wish<"transactions">): AsyncGenerator<ExportRow[]> {
  const entries = station === undefined ? source.registry.all() : [source.registry.require(station)];
  for (const entry of entries) {
    for await (const page of walkTransactions(entry, source)) {
      yield page.map((one) => plain(toldTransaction(entry.identity, one), transactionCells(entry.identity, one)));
    }
  }
}

function findingRows({ registry }: ExportSource, wish: Wish<"findings">, language: Language): ExportRow[] {
  const { station = null, severities = [], rule = null, text = "" } = wish;
  const stations = registry
    .all()
    .map(({ identity, state }) => ({ station: identity, info: state.info, findings: worstFirst(state.findings) }));
  const groups = groupByRule(
    stations,
    { station, severities, rule, text },
    (name) => ruleText(name, language).title,
    (spoken) => spokenText(spoken, language),
  );
  return groups.flatMap(({ severity, places }) =>
    places.map((place) => plain({ ...place, severity }, findingCells(place.station, place, language))),
  );
}

function attemptRows({ attempts }: ExportSource, wish: Wish<"attempts">, language: Language): ExportRow[] {
  return attempts
    .newest(mostAttempts)
    .filter(({ identity }) => wish.station === undefined || identity === wish.station)
    .filter(({ state }) => !wish.stopped || state === "stopped")
    .map((attempt) => plain(attempt, attemptCells(attempt, language)));
}

function plain(value: unknown, cells: Cell[]): ExportRow {
  return { json: (tell) => jsonLine(value, tell), csv: (tell) => csvLine(cells, tell) };
}

async function* oneGo(rows: ExportRow[]): AsyncGenerator<ExportRow[]> {
  yield rows;
}

function latest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

function earliest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}
