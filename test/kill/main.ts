// `npm run kill -- --times N [--seed S] [--stations M]`: kill -9 at seeded moments. Ends with 1 when an answered frame was lost, a state
// is another, or a start is not ready.
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { type KillReport, killMany, problems } from "./kill-many.ts";

const { values } = parseArgs({
  options: {
    times: { type: "string" },
    seed: { type: "string" },
    stations: { type: "string" },
    side: { type: "string" },
  },
});
const times = Number(values.times ?? 100);
const seed = Number(values.seed ?? randomInt(1_000_000_000));
const stations = Number(values.stations ?? 4);
/** How many cores are killed side by side. */
const side = Number(values.side ?? 2);
if (![times, stations, side].every((number) => number >= 1) || !Number.isFinite(seed)) {
  console.error("usage: npm run kill -- --times N [--seed S] [--stations M] [--side K]");
  process.exit(2);
}

console.log(`seed ${seed}`);
const began = performance.now();
const reports = await Promise.all(
  Array.from({ length: side }, (_, at) =>
    killMany({
      times: Math.floor(times / side) + (at < times % side ? 1 : 0),
      seed: seed + at,
      stations,
      say: (line) => console.log(line),
    }),
  ),
);
const minutes = (performance.now() - began) / 60_000;
const sum = (of: (report: KillReport) => number) => reports.reduce((total, report) => total + of(report), 0);
const kills = sum((report) => report.kills);
const names = [...new Set(reports.flatMap(({ moments }) => Object.keys(moments)))].sort();
const moments = names.map((name) => `${name} ${sum((report) => report.moments[name] ?? 0)}`);
console.log(
  `${kills} kills (${moments.join(", ")}) in ${minutes.toFixed(1)} min, ${(kills / minutes).toFixed(0)} a minute`,
);
console.log(
  `${sum((report) => report.answered)} answered, ${sum(({ lost }) => lost.length)} lost, ${sum(({ different }) => different.length)} states different, ${sum(({ unready }) => unready.length)} starts not ready; slowest start ${Math.max(...reports.map(({ slowestStartMs }) => slowestStartMs)).toFixed(0)} ms`,
);
for (const { lost, different, unready } of reports) {
  for (const line of [...lost, ...different, ...unready].slice(0, 20)) console.log(`  ${line.slice(0, 600)}`);
}
process.exit(reports.some((report) => problems(report) > 0) ? 1 : 0);
