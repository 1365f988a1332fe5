import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom, type Random } from "../../src/simulator/random.ts";
import { connectTo, snapshot } from "../harness/client.ts";
import { startCoreProcess } from "../harness/core-process.ts";
import { type Charger, createCharger } from "./charger.ts";
import { checkRecord } from "./check.ts";
import { copyRecord, toFirstVersion } from "./folder.ts";

export type KillOptions = { times: number; seed: number; stations: number; say?: (line: string) => void };

export type KillReport = {
  kills: number;
  /** How many kills met what. */
  moments: Record<string, number>;
  answered: number;
  lost: string[];
  different: string[];
  /** Starts that did not become ready, or took too long to. */
  unready: string[];
  slowestStartMs: number;
};

/** A record is begun anew after so many kills: each check folds it from the beginning. */
const killsAFolder = 20;

/** When a core is killed: after so many answers, so many milliseconds after it was started, or so long after a record of before was put
 * in its place. `haste`: how many times as often it keeps the states and makes checkpoints. */
type Moment =
  | { name: "answering" | "keeping"; answers: number; haste: number }
  | { name: "starting" | "migrating"; ms: number; haste: number };

/** Kills a core again and again, each time at a seeded moment, and holds its record against what its stations were answered. */
export async function killMany(options: KillOptions): Promise<KillReport> {
  const { times, seed, stations } = options;
  const random = createRandom(seed);
  const report: KillReport = {
    kills: 0,
    moments: {},
    answered: 0,
    lost: [],
    different: [],
    unready: [],
    slowestStartMs: 0,
  };
  for (let folders = 0; report.kills < times; folders++) {
    const folder = mkdtempSync(join(tmpdir(), "plugside-kill-"));
    const chargers = Array.from({ length: stations }, (_, at) => createCharger(`K${folders}-${at}`, 1000 * at));
    try {
      await killInFolder(folder, chargers, Math.min(killsAFolder, times - report.kills), random, report);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    options.say?.(`${report.kills} kills, ${report.answered} answered, ${problems(report)} problems`);
  }
  return report;
}

/** How much went wrong. */
export function problems({ lost, different, unready }: KillReport): number {
  return lost.length + different.length + unready.length;
}

async function killInFolder(
  folder: string,
  chargers: readonly Charger[],
  times: number,
  random: Random,
  report: KillReport,
): Promise<void> {
  const data = join(folder, "data");
  const copy = join(folder, "copy");
  let startMs = 400;
  for (let round = 0; round < times; round++) {
    const moment = momentOf(random, startMs, round > 0);
    if (moment.name === "migrating") toFirstVersion(data);
    const startedMs = await killOnce(data, chargers, moment, report);
    if (startedMs !== null) startMs = (startMs * 3 + startedMs) / 4;
    report.kills += 1;
    report.moments[moment.name] = (report.moments[moment.name] ?? 0) + 1;
    copyRecord(data, copy);
    check(copy, chargers, report);
  }
  report.answered += chargers.reduce((sum, { answered }) => sum + answered.length, 0);
  const told = await statesTold(data, chargers, report);
  copyRecord(data, copy);
  check(copy, chargers, report, told);
}

function check(copy: string, chargers: readonly Charger[], report: KillReport, told?: Map<string, unknown>): void {
  try {
    const { lost, different } = checkRecord(join(copy, "plugside.db"), chargers, told);
    report.lost.push(...lost);
    report.different.push(...different);
  } catch (error) {
    report.unready.push(`the record cannot be read: ${String(error)}`);
  }
}

/** What a core tells of the stations when it is started once more and nothing happens. */
async function statesTold(
  data: string,
  chargers: readonly Charger[],
  report: KillReport,
): Promise<Map<string, unknown>> {
  const core = await startCoreProcess(data);
  const told = new Map<string, unknown>();
  if (core.url === null) report.unready.push(`the last start ended by itself: ${core.complaints().join(" ")}`);
  else {
    const client = connectTo(data);
    for (const { identity } of chargers) told.set(identity, await snapshot(client, "stations.state", { identity }));
    client.close();
  }
  core.kill();
  await core.ended;
  return told;
}

function momentOf({ next }: Random, startMs: number, known: boolean): Moment {
  const kind = next();
  const haste = next() < 0.5 ? 1 : 100;
  if (kind < 0.15) return { name: "starting", ms: next() * startMs * 1.3, haste };
  // Nothing is migrated before there is a record.
  if (kind < 0.25 && known) return { name: "migrating", ms: next() * startMs * 1.5, haste };
  const answers = 1 + Math.floor(next() * 400);
  return { name: haste > 1 ? "keeping" : "answering", answers, haste };
}

/** One life of a core. Gives how long its start took, or null where it did not live to see it. */
async function killOnce(
  data: string,
  chargers: readonly Charger[],
  moment: Moment,
  report: KillReport,
): Promise<number | null> {
  const began = performance.now();
  const killAfterMs = "ms" in moment ? moment.ms : undefined;
  const core = await startCoreProcess(data, { haste: moment.haste, killAfterMs });
  const startedMs = performance.now() - began;
  if (core.url !== null) {
    report.slowestStartMs = Math.max(report.slowestStartMs, startedMs);
    let left = "answers" in moment ? moment.answers : Number.POSITIVE_INFINITY;
    const url = core.url;
    await Promise.all(
      chargers.map((charger) =>
        charger.talk(url, () => {
          left -= 1;
          if (left <= 0) core.kill();
        }),
      ),
    );
  } else if ("answers" in moment) report.unready.push(`a start ended by itself: ${core.complaints().join(" ")}`);
  core.kill();
  await core.ended;
  report.unready.push(...core.complaints().map((line) => `a core complained: ${line}`));
  return core.url === null ? null : startedMs;
}
