// One worker of `npm run mutate`: holds vitest open for the tests that know a file, and runs those that reach a fault. The fault is
// in what vitest reads, never on the disk.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Plugin } from "vite";
import { BaseSequencer, createVitest, type TestModule, type TestSpecification } from "vitest/node";
import { applied, type Body, bodiesOf, type Mutant } from "./mutants.ts";

/** Said to the worker: a file to open, and a file for its notes; then the faults one by one. */
export type Order = { open: string; notes: string } | { mutant: Mutant };
/** What the worker says: what the tests take as the file stands (or which fails), and which test sees a fault. */
export type Verdict = { controlMs: number } | { broken: string } | { killedBy: string | null; reached: boolean };

type Reach = { body: number; test: string };

process.once("disconnect", () => process.exit());

/** What a test file costs, in milliseconds; nothing for those beside the file, which know it best. */
const costs = new Map<string, number>();

class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const cost = ({ moduleId }: TestSpecification) => costs.get(moduleId) ?? 0;
    return files.toSorted((a, b) => cost(a) - cost(b));
  }
}

let run: ((mutant: Mutant) => Promise<Verdict>) | null = null;
process.on("message", async (order: Order) => {
  if ("open" in order) process.send?.(await open(order.open, order.notes));
  else if (run) process.send?.(await run(order.mutant));
});

async function open(file: string, notes: string): Promise<Verdict> {
  const source = readFileSync(file, "utf8");
  const bodies = bodiesOf(source, file);
  writeFileSync(notes, "");
  let now = withReach(source, bodies, notes);
  const plugin: Plugin = { name: "mutant", enforce: "pre", load: (id) => (id === file ? now : undefined) };
  const vitest = await createVitest(
    "test",
    {
      config: false,
      include: ["src/**/*.test.ts", "renderer/**/*.test.{ts,tsx}", "main/**/*.test.ts"],
      restoreMocks: true,
      testTimeout: 15_000,
      // Not threads: the native part of a serial port that is open as one ends takes the whole process with it.
      pool: "forks",
      maxWorkers: 1,
      bail: 1,
      sequence: { sequencer: QuickFirst },
      watch: false,
      related: [file],
      reporters: [{}],
      fsModuleCache: false,
      onConsoleLog: () => false,
    },
    { plugins: [plugin] },
  );
  await vitest.standalone();
  const all = await vitest.getRelevantTestSpecifications();
  const begun = performance.now();
  const modules = await runSome(all);
  const controlMs = performance.now() - begun;
  const broken = failureOf(modules);
  if (broken) return { broken };
  for (const module of modules) {
    const { duration, environmentSetupDuration, collectDuration } = module.diagnostic();
    const beside = dirname(module.moduleId) === dirname(file);
    costs.set(module.moduleId, beside ? 0 : duration + environmentSetupDuration + collectDuration);
  }
  const reaches = readReaches(notes);

  async function runSome(specifications: TestSpecification[]): Promise<readonly TestModule[]> {
    vitest.invalidateFile(file);
    const { testModules } = await vitest.runTestSpecifications(specifications);
    // Those that were not run are told as they ended before.
    const ran = new Set(specifications.map(({ moduleId }) => moduleId));
    return testModules.filter(({ moduleId }) => ran.has(moduleId));
  }

  run = async (mutant) => {
    now = applied(source, mutant);
    const body = bodies.findLastIndex(({ start, end }) => start <= mutant.start && mutant.end <= end);
    const reaching = new Set(reaches.filter((one) => one.body === body).map(({ test }) => test));
    const some = body === -1 ? all : all.filter(({ moduleId }) => reaching.has(moduleId));
    if (some.length === 0) return { killedBy: null, reached: false };
    return { killedBy: failureOf(await runSome(some)), reached: true };
  };
  return { controlMs };
}

/** The text with a note at the beginning of each function: which test file comes there. */
function withReach(source: string, bodies: readonly Body[], notes: string): string {
  const note = `globalThis.reach = (body) => {
    const seen = (globalThis.reached ??= new Set());
    if (seen.has(body)) return;
    seen.add(body);
    const test = globalThis.__vitest_worker__?.filepath ?? "";
    process.getBuiltinModule("node:fs").appendFileSync(${JSON.stringify(notes)}, JSON.stringify({ body, test }) + "\\n");
  };`;
  const said = bodies.flatMap(({ inside, end, isExpression }, at): [number, string][] =>
    isExpression
      ? [
          [inside, `(globalThis.reach(${at}), `],
          [end, ")"],
        ]
      : [[inside, `globalThis.reach(${at});`]],
  );
  let text = source;
  for (const [place, piece] of said.sort(([a], [b]) => b - a)) text = text.slice(0, place) + piece + text.slice(place);
  return note + text;
}

function readReaches(notes: string): Reach[] {
  const lines = readFileSync(notes, "utf8").split("\n");
  return lines.filter(Boolean).map((line) => JSON.parse(line) as Reach);
}

/** The first test that failed, or file that did not load; null where all is well. */
function failureOf(modules: readonly TestModule[]): string | null {
  for (const module of modules) {
    for (const test of module.children.allTests("failed")) return test.fullName;
    if (module.state() === "failed") return module.relativeModuleId;
  }
  return null;
}
