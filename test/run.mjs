// `npm test`: installs and builds what is missing, then types, lint, unused code, and the test projects. Extra arguments go to
// vitest. The last line is the sum of vitest's counts.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { runQuietly } from "../main/launch/run-step.mjs";
import { projectRoot, setup } from "../main/launch/setup.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {{ name: string, seconds: number, ok: boolean }} Step */

const extra = process.argv.slice(2);
/** All, or those that somebody has named, with commas between. */
const projects = (process.env.PLUGSIDE_PROJECTS || "unit,screens,scenarios,e2e").split(",");
/** @type {Step[]} */
const steps = [];
/** @type {Counts} */
const counts = { passed: 0, failed: 0, skipped: 0 };
const reports = mkdtempSync(join(tmpdir(), "plugside-test-"));

try {
  await runAll();
} finally {
  rmSync(reports, { recursive: true, force: true });
}
finish();

async function runAll() {
  /** @type {string | null} */
  let node = null;
  const ready = await step("set-up", async () => {
    node = await setup();
    return node !== null;
  });
  if (!ready || node === null) return;
  const run = checker(node);
  const checks = [
    ["types", ["node_modules/typescript/bin/tsc", "-b"]],
    ["lint", ["node_modules/@biomejs/biome/bin/biome", "check", "."]],
    ["unused code", ["node_modules/knip/bin/knip.js", "--no-progress"]],
  ];
  for (const [name, args] of checks) if (!(await step(name, () => run(args)))) return;
  for (const project of projects) {
    const ok = await step(project, () => runProject(node, project));
    if (!ok) return;
  }
}

/** Runs one named step and keeps its time. @param {string} name @param {() => Promise<boolean>} work */
async function step(name, work) {
  say(`\n== ${name}`);
  const began = performance.now();
  const ok = await work();
  steps.push({ name, seconds: (performance.now() - began) / 1000, ok });
  return ok;
}

/** A check shows its output only when it fails. @param {string} node */
function checker(node) {
  /** @param {string[]} args */
  return async (args) => {
    const result = await runQuietly(node, args, { cwd: projectRoot, env: environment(node) });
    if (result.code !== 0) say(result.output.trimEnd());
    return result.code === 0;
  };
}

/** Runs one vitest project in the open and adds its counts. @param {string} node @param {string} project */
async function runProject(node, project) {
  const report = join(reports, `${project}.json`);
  const args = ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  // A filter may fit one project only; without one, an empty project is a mistake.
  if (extra.length > 0) args.push("--passWithNoTests", ...extra);
  const code = await new Promise((resolve) => {
    const child = spawn(node, ["node_modules/vitest/vitest.mjs", ...args], {
      cwd: projectRoot,
      env: environment(node),
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.once("error", (error) => {
      say(error.message);
      resolve(127);
    });
    child.once("exit", (status) => resolve(status ?? 128));
  });
  addCounts(report);
  return code === 0;
}

/** @param {string} report */
function addCounts(report) {
  try {
    const result = JSON.parse(readFileSync(report, "utf8"));
    counts.passed += result.numPassedTests;
    counts.failed += result.numFailedTests;
    counts.skipped += result.numPendingTests + result.numTodoTests;
  } catch {
    say(`vitest left no report at ${report}`);
  }
}

/** The children find the pinned Node as `node` as well. @param {string} node */
function environment(node) {
  return { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ""}` };
}

function finish() {
  const broken = steps.find((one) => !one.ok);
  // A step that fails without a failed test (types, lint, a file that does not load) counts as one failure.
  if (broken && counts.failed === 0) counts.failed = 1;
  const nothing = counts.passed + counts.failed === 0;
  say("");
  for (const { name, seconds, ok } of steps)
    say(`${name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s${ok ? "" : "  FAILED"}`);
  if (broken) say(`Stopped at the first failed step: ${broken.name}.`);
  if (nothing) say("No test ran.");
  if (counts.skipped > 0)
    say(`${counts.skipped} skipped, for want of what they need; PLUGSIDE_REQUIRE=name,... makes that a failure.`);
  say(`${counts.passed} passed, ${counts.failed} failed`);
  process.exitCode = broken || nothing ? 1 : 0;
}

/** @param {string} text */
function say(text) {
  process.stdout.write(`${text}\n`);
}
