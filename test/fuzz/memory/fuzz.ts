import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectTo } from "../../harness/client.ts";
import { startCoreProcess } from "../../harness/core-process.ts";
import type { RunOptions, RunReport } from "../run.ts";
import { startBystander } from "../socket/bystander.ts";
import { type Probe, probes } from "./probes.ts";

const mostMegabytes = 300;
const backWithinMs = 15_000;

/** Tries what could fill a core, each with a core of its own: it may not end, nor take more than 300 MB, and must answer a station
 * afterwards. A case is a probe. */
export async function probeMemory(options: RunOptions): Promise<RunReport> {
  const began = performance.now();
  const report: RunReport = { cases: 0, seconds: 0, failures: [], figures: {} };
  for (const probe of probes) {
    const { line, problem } = await tryProbe(probe);
    report.cases += 1;
    options.say(`memory: ${line}`);
    if (problem === null) continue;
    report.failures.push(problem);
    options.say(`memory: ${problem}`);
  }
  report.seconds = (performance.now() - began) / 1000;
  return report;
}

async function tryProbe({
  name,
  descriptors,
  frameLimit,
  run,
}: Probe): Promise<{ line: string; problem: string | null }> {
  const folder = mkdtempSync(join(tmpdir(), "plugside-fuzz-"));
  const core = await startCoreProcess(folder, { descriptors });
  try {
    if (core.url === null) return { line: name, problem: `${name}: no core could be had` };
    if (frameLimit !== undefined) {
      const client = connectTo(folder);
      await client.call("settings.change", { frameLimit });
      client.close();
    }
    // Known from before: a new one may be held off for a while after all that.
    await answers(core.url);
    const before = core.residentMegabytes().now;
    const done = await run(Number(new URL(core.url).port));
    const { most } = core.residentMegabytes();
    const answered = await answers(core.url);
    const bugs = core.complaints().filter((text) => / (bug|error) |^\s+at /.test(text));
    const line = `${name}: ${done}; ${before} MB before, ${most} MB at most, ${core.residentMegabytes().now} MB after`;
    if (core.child.exitCode !== null || core.child.signalCode !== null)
      return { line, problem: `${name}: the core ended. ${bugs.slice(0, 5).join("\n")}` };
    if (!answered) return { line, problem: `${name}: nobody is answered afterwards` };
    if (most > mostMegabytes) return { line, problem: `${name}: ${most} MB` };
    return { line, problem: bugs.length > 0 ? `${name}: ${bugs[0]?.slice(0, 1000)}` : null };
  } finally {
    core.kill();
    await core.ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether a station that comes now is let in and answered. */
async function answers(url: string): Promise<boolean> {
  const coming = startBystander(url);
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), backWithinMs).unref());
  const bystander = await Promise.race([coming, late]);
  if (bystander === null) void coming.then((one) => one.end());
  bystander?.end();
  return bystander !== null;
}
