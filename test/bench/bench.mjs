// Measures in one run: MeterValues of 50 stations against a raw `ws` echo and against this core (validated, folded, stored before
// answered), and the time from start to ready and to the first screen. Build first: npm run build. Ratios matter, not figures.
import { fork, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { youngGeneration } from "../../src/cli/supervise.ts";
import { forwardLatency } from "./forward.mjs";
import { meterValues } from "./load.mjs";
import { firstScreen } from "./screen.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const messages = Number(process.env.BENCH_MESSAGES ?? 60_000);
const stations = 50;

const results = { echo: [], core: [] };
for (let round = 0; round < rounds; round++) {
  for (const kind of ["echo", "core"]) results[kind].push(await run(kind));
}
const echo = median(results.echo);
const core = median(results.core);
print("raw ws echo", echo);
print("core", core);
console.log(
  `core / echo: throughput ${(core.perSecond / echo.perSecond).toFixed(2)}, server CPU per message ${(core.cpuMicros / echo.cpuMicros).toFixed(2)}`,
);

const starts = [];
for (let round = 0; round < 5; round++) starts.push(await timeToReady());
console.log(
  `start to ready: ${starts.map((ms) => ms.toFixed(0)).join(", ")} ms (median ${middle(starts).toFixed(0)} ms)`,
);
console.log(await firstScreen(startServe));
console.log(await forwardLatency());

/** One run of a server in a process of its own, under the load of this process. */
async function run(kind) {
  const folder = mkdtempSync(join(tmpdir(), "plugside-bench-"));
  const server = fork(join(here, "server.mjs"), [kind, folder], { execArgv: kind === "core" ? [youngGeneration] : [] });
  try {
    const { url } = await message(server, "ready");
    await meterValues(url, stations, 5000);
    server.send("start");
    await message(server, "started");
    const { seconds, latencies } = await meterValues(url, stations, messages);
    server.send("stop");
    const { cpuMicros, rss } = await message(server, "stopped");
    latencies.sort((a, b) => a - b);
    return {
      perSecond: messages / seconds,
      cpuMicros: cpuMicros / messages,
      p50: latencies[Math.floor(latencies.length * 0.5)],
      p99: latencies[Math.floor(latencies.length * 0.99)],
      rss,
    };
  } finally {
    server.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

function message(child, event) {
  return new Promise((resolve, reject) => {
    child.on("message", (value) => {
      if (value.event === event) resolve(value);
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

/** Starts `plugside serve` and gives its ready line and how to end it. */
async function startServe(extra) {
  const folder = mkdtempSync(join(tmpdir(), "plugside-bench-"));
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [join(here, "../../dist/cli.js"), "serve", "--json", "--listen", "127.0.0.1:0", "--data", folder, ...extra],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const line = await new Promise((resolve) => {
    let text = "";
    child.stdout.on("data", (data) => {
      text += data;
      if (text.includes("\n")) resolve(text.split("\n", 1)[0]);
    });
  });
  const ms = performance.now() - began;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  return {
    ready: JSON.parse(line),
    ms,
    began,
    async stop() {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function timeToReady() {
  const serve = await startServe([]);
  await serve.stop();
  return serve.ms;
}

function print(name, { perSecond, cpuMicros, p50, p99, rss }) {
  console.log(
    `${name}: ${perSecond.toFixed(0)} answers/s, server CPU ${cpuMicros.toFixed(1)} µs a message, latency p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, memory ${(rss / 1048576).toFixed(0)} MiB`,
  );
}

function median(runs) {
  return [...runs].sort((a, b) => a.perSecond - b.perSecond)[Math.floor(runs.length / 2)];
}

function middle(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
