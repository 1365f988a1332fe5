// `npm run mutate -- FILE|FOLDER ... [--sample N] [--seed S] [--side K]`: puts one small fault after the other into the files, and
// says which the unit tests do not see, with the share they do see. Nothing is written to a source file. Ends with 1 when one is not seen.
import { type ChildProcess, fork } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createRandom } from "../../src/simulator/random.ts";
import { applied, type Mutant, mutantsOf } from "./mutants.ts";
import { limitOf, wasSlow } from "./patience.ts";
import type { Order, Verdict } from "./trial.ts";

/** A process with the tests of one file, and what they took in it as the file stands, in milliseconds. */
type Worker = { process: ChildProcess; controlMs: number };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: "string" }, seed: { type: "string" }, side: { type: "string" } },
});
const sample = Number(values.sample ?? Number.POSITIVE_INFINITY);
const seed = Number(values.seed ?? 1);
const side = Number(values.side ?? availableParallelism());
if (positionals.length === 0 || !(sample >= 1) || !(side >= 1) || !Number.isFinite(seed)) {
  console.error("usage: npm run mutate -- FILE|FOLDER ... [--sample N] [--seed S] [--side K]");
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), "plugside-mutate-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
process.once("SIGINT", () => process.exit(130));
const files = positionals.flatMap(sourcesIn);
let workers = 0;
let seenInAll = 0;
let triedInAll = 0;
for (const file of files) await tryFile(file);
console.log(`${share(seenInAll, triedInAll)} in all: ${seenInAll} of ${triedInAll} seen`);
process.exit(seenInAll < triedInAll ? 1 : 0);

function sourcesIn(place: string): string[] {
  const path = resolve(place);
  if (statSync(path).isFile()) return [path];
  const inside = globSync("**/*.{ts,tsx}", { cwd: path, exclude: ["**/*.test.*", "**/testing/**", "**/generated/**"] });
  return inside.map((name) => join(path, name)).sort();
}

async function tryFile(file: string): Promise<void> {
  const source = readFileSync(file, "utf8");
  const name = relative(process.cwd(), file);
  const mutants = chosen(mutantsOf(source, file));
  const waiting = [...mutants];
  const unseen: { mutant: Mutant; reached: boolean }[] = [];
  let broken: string | null = null;

  async function work(): Promise<void> {
    let worker = await openWorker();
    for (let mutant = waiting.shift(); mutant && worker; mutant = waiting.shift()) {
      const limitMs = limitOf(worker.controlMs);
      const verdict = await ask(worker.process, { mutant }, limitMs);
      if (typeof verdict === "string") {
        worker = await openWorker();
        if (verdict === "late" && worker && wasSlow(limitMs, worker.controlMs)) waiting.unshift(mutant);
      } else if ("killedBy" in verdict && verdict.killedBy === null) {
        unseen.push({ mutant, reached: verdict.reached });
      }
    }
    worker?.process.kill();
  }

  async function openWorker(): Promise<Worker | null> {
    const process = fork(fileURLToPath(new URL("./trial.ts", import.meta.url)), {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    const verdict = await ask(process, { open: file, notes: join(folder, String(workers++)) });
    if (typeof verdict === "object" && "controlMs" in verdict) return { process, controlMs: verdict.controlMs };
    broken = typeof verdict === "object" && "broken" in verdict ? verdict.broken : "their process ended";
    process.kill("SIGKILL");
    return null;
  }

  if (mutants.length > 0) await Promise.all(Array.from({ length: Math.min(side, mutants.length) }, work));
  if (broken !== null) throw new Error(`The tests of ${name} fail as it stands: ${broken}`);
  const seen = mutants.length - unseen.length;
  seenInAll += seen;
  triedInAll += mutants.length;
  console.log(`${share(seen, mutants.length)} ${name}: ${seen} of ${mutants.length} seen`);
  for (const { mutant, reached } of unseen.sort((a, b) => a.mutant.start - b.mutant.start)) {
    const line = (text: string) => text.split("\n")[mutant.line - 1]?.trim();
    console.log(`  ${name}:${mutant.line}${reached ? "" : "  (no test comes here)"}`);
    console.log(`    - ${line(source)}\n    + ${line(applied(source, mutant))}`);
  }
}

/** As many as asked for, by the seed; all, unless said otherwise. */
function chosen(mutants: Mutant[]): Mutant[] {
  const random = createRandom(seed);
  const left = [...mutants];
  while (left.length > sample) left.splice(Math.floor(random.next() * left.length), 1);
  return left;
}

/** One question to a worker: its answer, or that it does not come in time, or that the worker ended.
 * @param limitMs without one it is waited for as long as it takes: each test has a limit of its own */
function ask(worker: ChildProcess, order: Order, limitMs?: number): Promise<Verdict | "late" | "gone"> {
  return new Promise((answer) => {
    const limit = limitMs === undefined ? undefined : setTimeout(() => over("late"), limitMs);
    const over = (verdict: Verdict | "late" | "gone") => {
      clearTimeout(limit);
      worker.removeAllListeners();
      if (typeof verdict === "string") worker.kill("SIGKILL");
      answer(verdict);
    };
    worker.once("message", over).once("exit", () => over("gone"));
    worker.send(order);
  });
}

function share(seen: number, tried: number): string {
  return `${tried === 0 ? 100 : Math.floor((100 * seen) / tried)} %`.padStart(5);
}
