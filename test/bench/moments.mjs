// Measures on a long record (make-record.ts): start to ready, the state of random moments, and what the kept states take. Build first.
//   node test/with-node.mjs test/bench/moments.mjs FOLDER
import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Database } from "../../src/store/sqlite/database.ts";

const folder = resolve(process.argv[2]);
const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const { startCore } = await import(new URL("../../dist/core.js", import.meta.url).href);
const asked = 300;

const starts = [];
for (let round = 0; round < 7; round++) starts.push(await timeToReady());
console.log(`start to ready: ${starts.map((ms) => ms.toFixed(0)).join(", ")} ms (median ${part(starts, 0.5)} ms)`);

const core = await startCore({ dataFolder: folder, listen: { host: "127.0.0.1", port: 0 }, ui: false });
const { states } = await core.handlers["stations.states"]({ after: 0, limit: 1000 });
const last = Math.max(...states.map(({ seq }) => seq));
const first = Math.min(...states.map(({ firstSeenAt }) => firstSeenAt));
for (const [name, instant] of [
  ["by frame", () => ({ frame: Math.floor(Math.random() * last) })],
  ["by time", () => ({ at: first + Math.random() * (Date.now() - first) })],
]) {
  const took = [];
  const worked = [];
  for (let round = 0; round < asked; round++) {
    const { identity } = states[Math.floor(Math.random() * states.length)];
    const began = performance.now();
    const before = process.cpuUsage();
    await core.handlers["stations.stateAt"]({ identity, ...instant() });
    took.push(performance.now() - began);
    const { user, system } = process.cpuUsage(before);
    worked.push((user + system) / 1000);
  }
  console.log(
    `state of a moment ${name}: p50 ${part(took, 0.5)}, p99 ${part(took, 0.99)}, max ${part(took, 1)} ms; CPU p50 ${part(worked, 0.5)}, max ${part(worked, 1)} ms`,
  );
}
await core.dispose();

const database = new Database(join(folder, "plugside.db"), { readOnly: true });
const of = (sql) => Number(Object.values(database.prepare(sql).get())[0]);
const bytes = of("PRAGMA page_count") * of("PRAGMA page_size");
const kept = of("SELECT sum(coalesce(length(state), 0)) FROM moments");
const numbers = of("SELECT sum(length(numbers)) FROM moments");
const count = of("SELECT count(*) FROM moments WHERE state IS NOT NULL");
database.dispose();
const mb = (size) => (size / 1_000_000).toFixed(1);
console.log(`record ${mb(bytes)} MB; ${count} states of the past ${mb(kept)} MB, numbers ${mb(numbers)} MB`);

async function timeToReady() {
  const began = performance.now();
  const child = spawn(process.execPath, [cli, "serve", "--json", "--listen", "127.0.0.1:0", "--data", folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((ready) => child.stdout.once("data", ready));
  const ms = performance.now() - began;
  child.kill("SIGTERM");
  await new Promise((ended) => child.once("exit", ended));
  return ms;
}

function part(values, share) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1);
}
