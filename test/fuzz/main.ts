// `npm run fuzz -- --minutes N [--seed S] [--cases N] [--only frames,socket,...]`: random and mutated input of every kind, with figures.
// Ends with 1 when anything failed; the shrunk cases are then in test/fuzz/found/.
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { fuzzApi } from "./api/fuzz.ts";
import { fuzzFrames } from "./frames/fuzz.ts";
import { fuzzLogs } from "./logs/fuzz.ts";
import { probeMemory } from "./memory/fuzz.ts";
import { fuzzRows } from "./rows/fuzz.ts";
import type { RunOptions, RunReport } from "./run.ts";
import { fuzzHandshakes, fuzzSocket } from "./socket/fuzz.ts";
import { fuzzVerdicts } from "./verdicts/fuzz.ts";

const kinds: Record<string, (options: RunOptions) => Promise<RunReport>> = {
  frames: fuzzFrames,
  handshakes: fuzzHandshakes,
  socket: fuzzSocket,
  api: fuzzApi,
  rows: fuzzRows,
  memory: probeMemory,
  verdicts: fuzzVerdicts,
  logs: fuzzLogs,
};

const { values } = parseArgs({
  options: {
    minutes: { type: "string" },
    seed: { type: "string" },
    cases: { type: "string" },
    only: { type: "string" },
  },
});
const chosen = values.only?.split(",") ?? Object.keys(kinds);
const seed = Number(values.seed ?? randomInt(1_000_000_000));
const cases = Number(values.cases ?? Number.POSITIVE_INFINITY);
const minutes = Number(values.minutes ?? (values.cases ? 600 : 5));
const unknown = chosen.filter((name) => !Object.hasOwn(kinds, name));
if (unknown.length > 0 || ![seed, minutes].every(Number.isFinite) || !(cases > 0)) {
  console.error(`usage: npm run fuzz -- --minutes N [--seed S] [--cases N] [--only ${Object.keys(kinds).join(",")}]`);
  process.exit(2);
}

// What nobody catches is what is looked for: it ends the run.
const strays: string[] = [];
process.on("unhandledRejection", (error) =>
  strays.push(`unhandled rejection: ${error instanceof Error ? error.stack : error}`),
);
process.on("uncaughtException", (error) => {
  strays.push(`uncaught exception: ${error.stack}`);
  console.log(strays.at(-1));
});

console.log(`seed ${seed}`);
process.exitCode = 1;
let failed = false;
for (const name of chosen) {
  const deadline = performance.now() + (minutes * 60_000) / chosen.length;
  const report = await kinds[name]?.({ seed, cases, deadline, say: (line) => console.log(line) });
  if (!report) continue;
  const { seconds, figures } = report;
  // What a run has told already is not told again.
  const failures = report.failures.length + strays.splice(0).length;
  const told = Object.entries(figures).map(([figure, value]) => `${figure} ${value}`);
  const rate = Math.round(report.cases / seconds);
  console.log(
    `${name}: ${report.cases} cases in ${seconds.toFixed(0)} s, ${rate} a second; ${[...told, `${failures} failures`].join("; ")}`,
  );
  failed ||= failures > 0;
}
process.exit(failed ? 1 : 0);
