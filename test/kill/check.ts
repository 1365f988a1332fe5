import { isDeepStrictEqual } from "node:util";
import { Registry } from "../../src/session/registry.ts";
import type { StationState } from "../../src/station/model.ts";
import { EventsRepository } from "../../src/store/events.ts";
import { FramesRepository, type StoredFrame } from "../../src/store/frames.ts";
import { Database } from "../../src/store/sqlite/database.ts";
import { type StationRow, StationsRepository } from "../../src/store/stations.ts";
import { complaintsTo } from "../harness/complaints.ts";
import { type Charger, type Exchange, lastTransaction } from "./charger.ts";

/** What a record lacks, and which states are others. */
export type Verdict = { lost: string[]; different: string[] };

/** Holds a record as a kill left it against what its stations were answered: each question and answer byte for byte, one id for one
 * transaction; and the state that a start makes of it against one folded from the beginning, and both against what was said.
 * @param path the database's file; it is opened for writing
 * @param told the states as the last start told them, where there was one */
export function checkRecord(path: string, chargers: readonly Charger[], told?: ReadonlyMap<string, unknown>): Verdict {
  const database = new Database(path);
  try {
    const frames = new FramesRepository(database);
    const started = restored(new StationsRepository(database), database, frames);
    const anew = restored(new FromTheBeginning(database), database, frames);
    const verdict: Verdict = { lost: [], different: [] };
    const transactions = new Map<number, string>();
    for (const charger of chargers) {
      const { identity, answered } = charger;
      const entry = started.get(identity);
      if (!entry) {
        if (answered.length > 0)
          verdict.lost.push(`${identity} is not known, and was answered ${answered.length} times`);
        continue;
      }
      const recorded = exchangesOf(allFrames(frames, entry.id));
      const onRecord = new Map(recorded.map(({ question, answer }) => [question, answer]));
      for (const { question, answer } of answered) {
        if (onRecord.get(question) !== answer) verdict.lost.push(`${question} was answered ${answer}`);
      }
      verdict.lost.push(...doubledIds(identity, recorded, transactions));
      const state = anew.get(identity)?.state;
      const problem =
        sameStates(entry.state, state) ?? asSaid(state, recorded) ?? (told && sameStates(told.get(identity), state));
      if (problem) verdict.different.push(`${identity}: ${problem}`);
    }
    return verdict;
  } finally {
    database.dispose();
  }
}

function restored(stations: StationsRepository, database: Database, frames: FramesRepository): Registry {
  const log = complaintsTo(raise);
  const registry = new Registry({ stations, frames, events: new EventsRepository(database), log });
  registry.restore();
  return registry;
}

/** Stations of which no state is kept. */
class FromTheBeginning extends StationsRepository {
  override all(): StationRow[] {
    return super.all().map((row) => ({ ...row, state: null }));
  }
  override folded(): number {
    return 0;
  }
}

function raise(complaint: string): never {
  throw new Error(complaint);
}

function allFrames(frames: FramesRepository, station: number): StoredFrame[] {
  const found: StoredFrame[] = [];
  for (;;) {
    const more = frames.between((found.at(-1)?.seq ?? 0) + 1, Number.MAX_SAFE_INTEGER, { station }, 10_000);
    found.push(...more);
    if (more.length < 10_000) return found;
  }
}

function exchangesOf(frames: readonly StoredFrame[]): Exchange[] {
  return frames.flatMap(({ direction, data, answer }) =>
    direction === "in" && answer ? [{ question: String(data), answer: answer.text }] : [],
  );
}

/** One id belongs to one start, and the same start told again has the same id. */
function doubledIds(identity: string, recorded: readonly Exchange[], known: Map<number, string>): string[] {
  const doubled: string[] = [];
  for (const { question, answer } of recorded) {
    const [, , action, payload] = JSON.parse(question);
    if (action !== "StartTransaction") continue;
    const { transactionId } = JSON.parse(answer)[2];
    const start = `${identity} ${JSON.stringify(payload)}`;
    if ((known.get(transactionId) ?? start) !== start) doubled.push(`the id ${transactionId} was given twice`);
    known.set(transactionId, start);
  }
  return doubled;
}

function sameStates(started: unknown, anew: StationState | undefined): string | null {
  const [a, b] = [started, anew].map((state) => JSON.parse(JSON.stringify(state ?? null)));
  if (isDeepStrictEqual(a, b)) return null;
  const key = Object.keys(a ?? {}).find((name) => !isDeepStrictEqual(a[name], b?.[name]));
  return `${key} is ${JSON.stringify(a?.[key ?? ""])} after a start, and ${JSON.stringify(b?.[key ?? ""])} folded anew`;
}

function asSaid(state: StationState | undefined, recorded: readonly Exchange[]): string | null {
  const transaction = state?.evses[0]?.transaction;
  const seen = {
    id: transaction?.id ?? "",
    running: transaction !== undefined && transaction.endedAt === undefined,
    energy: transaction?.energyWh ?? 0,
  };
  const said = lastTransaction(recorded);
  return isDeepStrictEqual(seen, said) ? null : `${JSON.stringify(seen)} where ${JSON.stringify(said)} was said`;
}
