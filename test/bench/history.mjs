import { appendFileSync, readFileSync } from "node:fs";
import { loadavg } from "node:os";

const file = new URL("history.ndjson", import.meta.url);
/** Runs before this one that a ratio is held against, by their median: one by itself may have had bad luck. */
const lookedAt = 5;
const fall = 0.8;

/** Keeps the ratios of a run and says which have fallen. Of every ratio more is better: times differ from machine to machine, ratios of
 * one run hardly do.
 * @param kind which bench it was: runs are held against those of their kind
 * @param {Record<string, number>} ratios
 * @returns {string[]} a line for each that has fallen by a fifth */
export function keepHistory(kind, ratios) {
  const runs = readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const fallen = fallenOf(
    runs.filter((run) => run.kind === kind),
    ratios,
  );
  const rounded = Object.fromEntries(
    Object.entries(ratios).map(([name, ratio]) => [name, Number(ratio.toPrecision(3))]),
  );
  const run = { kind, at: new Date().toISOString(), load: Number((loadavg()[0] ?? 0).toFixed(1)), ratios: rounded };
  appendFileSync(file, `${JSON.stringify(run)}\n`);
  return fallen;
}

/** @param {{ ratios: Record<string, number> }[]} runs of before, oldest first
 * @param {Record<string, number>} ratios */
export function fallenOf(runs, ratios) {
  return Object.entries(ratios).flatMap(([name, ratio]) => {
    const before = runs
      .map((run) => run.ratios[name])
      .filter((known) => known !== undefined)
      .slice(-lookedAt)
      .sort((a, b) => a - b);
    const usual = before[Math.floor(before.length / 2)];
    if (usual === undefined || ratio > usual * fall) return [];
    return [`${name} has fallen from ${usual.toPrecision(3)} to ${ratio.toPrecision(3)}`];
  });
}
