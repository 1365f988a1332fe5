import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { type CoreProcess, startCoreProcess } from "../../harness/core-process.ts";
import { keepFound } from "../found.ts";
import { goesOn, type RunOptions, type RunReport } from "../run.ts";
import { type Bystander, startBystander } from "./bystander.ts";
import { type SocketCase, socketCases } from "./cases.ts";
import { sayCase } from "./connect.ts";

const batch = 240;
const side = 24;
/** A station beside all this that waits as long is not answered any more. */
const lostAfterMs = 8000;

/** Says hostile connections to a real core, with a well-behaved station beside them. A case is a handshake or a message. */
export function fuzzSocket(options: RunOptions): Promise<RunReport> {
  return fuzz(options, "all");
}

/** The same with handshakes alone. */
export function fuzzHandshakes(options: RunOptions): Promise<RunReport> {
  return fuzz(options, "handshakes");
}

async function fuzz(options: RunOptions, kind: "all" | "handshakes"): Promise<RunReport> {
  const began = performance.now();
  const cases = await socketCases(options.seed, kind);
  const report: RunReport = { cases: 0, seconds: 0, failures: [], figures: {} };
  let connections = 0;
  let mostMemory = 0;
  let worstMs = 0;
  let answered = 0;
  let lab = await openLab();
  try {
    for (let round = 0; goesOn(options, report.cases); round++) {
      const seed = options.seed + round;
      const said = fc.sample(cases, { seed, numRuns: batch });
      await sayAll(lab.port, said);
      connections += said.length;
      report.cases += said.reduce((sum, { size }) => sum + size, 0);
      mostMemory = Math.max(mostMemory, lab.core.residentMegabytes().most);
      const problem = await lab.problem();
      const fared = await lab.fared();
      worstMs = Math.max(worstMs, fared?.worstMs ?? 0);
      if (problem === null) continue;
      answered += fared?.answered ?? 0;
      await lab.close();
      const culprits = await culpritsOf(said);
      const name = keepFound({ kind: "socket", said: problem, seed, input: culprits });
      report.failures.push(`${problem}\n  kept as ${name} (${culprits.length} of ${said.length} cases), seed ${seed}`);
      options.say(`${kind}: ${report.failures.at(-1)}`);
      lab = await openLab();
      if (report.failures.length >= 10) break;
    }
    answered += (await lab.fared())?.answered ?? 0;
  } finally {
    await lab.close();
  }
  report.seconds = (performance.now() - began) / 1000;
  report.figures = {
    connections,
    "answers to the station beside": answered,
    "its worst wait, ms": Math.round(worstMs),
    "the core's most memory, MB": mostMemory,
  };
  return report;
}

/** Says cases to a core of their own: what goes wrong, or null.
 * @throws when no core can be had */
export async function trySocketCases(cases: readonly SocketCase[]): Promise<string | null> {
  const lab = await openLab();
  try {
    await sayAll(lab.port, cases);
    return await lab.problem();
  } finally {
    await lab.close();
  }
}

type Lab = {
  port: number;
  core: CoreProcess;
  /** What is wrong by now: it ended, it complained, or the station beside is not answered. */
  problem(): Promise<string | null>;
  fared(): ReturnType<Bystander["told"]> | null;
  close(): Promise<void>;
};

async function openLab(): Promise<Lab> {
  const folder = mkdtempSync(join(tmpdir(), "plugside-fuzz-"));
  const core = await startCoreProcess(folder);
  if (core.url === null) throw new Error(`no core could be had: ${core.complaints().join(" ")}`);
  const port = Number(new URL(core.url).port);
  const bystander = await startBystander(core.url);
  let over = false;
  void core.ended.then(() => {
    over = true;
  });
  return {
    port,
    core,
    async problem() {
      if (over) return `the core has ended: ${core.complaints().slice(-12).join("\n")}`.slice(0, 2000);
      const bugs = core.complaints().filter((line) => / (bug|error) /.test(line));
      if (bugs.length > 0) return bugs[0]?.slice(0, 1500) ?? "";
      for (;;) {
        const { open, waitingMs } = await bystander.told();
        if (!open) return "the station beside has lost its link";
        if (waitingMs < 300) return null;
        if (waitingMs > lostAfterMs) return `the station beside has waited ${Math.round(waitingMs)} ms`;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    fared: () => (over ? null : bystander.told()),
    async close() {
      bystander.end();
      core.kill();
      await core.ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function sayAll(port: number, cases: readonly SocketCase[]): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let one = cases[next++]; one; one = cases[next++]) await sayCase(port, one);
  };
  await Promise.all(Array.from({ length: side }, worker));
}

/** The fewest of the cases that do it again, by halves; all of them where none do alone. */
async function culpritsOf(cases: readonly SocketCase[]): Promise<readonly SocketCase[]> {
  let left = cases;
  while (left.length > 1) {
    const middle = Math.ceil(left.length / 2);
    const halves = [left.slice(0, middle), left.slice(middle)];
    let smaller: readonly SocketCase[] | null = null;
    for (const half of halves) {
      if (smaller === null && (await trySocketCases(half)) !== null) smaller = half;
    }
    if (smaller === null) return left;
    left = smaller;
  }
  return left;
}
