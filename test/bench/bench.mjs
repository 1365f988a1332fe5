// Measures in one run: MeterValues of 50 stations against a raw `ws` echo, against ocpp-rpc in its strict mode, against the same with a
// row of SQLite before each answer, and against this core (judged, folded, stored before answered); the memory and the record's log under
// a load that does not pause; the time from start to ready and to the first screen. Build first: npm run build. Ratios matter, not
// figures; they are kept in history.ndjson, and one that falls is named. (ocpp-ws-io is not among them: a package that it needs cannot be
// had.)
//   npm run bench -- --log 1000: a log of so many megabytes opened, read, searched and summed up, instead
//   npm run bench -- --upload 1000: a log of so many megabytes taken in by each protocol, beside a plain receiver of it, instead
//   npm run bench -- --line 3600: a serial line at 921,600 baud, full for so many seconds, instead
//   npm run bench [-- --record 1000000 [--made FOLDER]]: what a person feels on a record of so many frames, instead
import { fork, spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { engineFlags, fewStores } from "../../src/cli/supervise.ts";
import { forwardLatency } from "./forward.mjs";
import { keepHistory } from "./history.mjs";
import { lineFigures } from "./line.mjs";
import { meterValues } from "./load.mjs";
import { logFigures } from "./log.mjs";
import { recordFigures } from "./record.mjs";
import { firstScreen } from "./screen.mjs";
import { uploadFigures } from "./uploads.mjs";

const { values } = parseArgs({
  options: {
    record: { type: "string" },
    made: { type: "string" },
    log: { type: "string" },
    upload: { type: "string" },
    line: { type: "string" },
  },
});
const here = fileURLToPath(new URL(".", import.meta.url));
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const messages = Number(process.env.BENCH_MESSAGES ?? 60_000);
const unbroken = Number(process.env.BENCH_UNBROKEN ?? 1_000_000);
const stations = 50;
const names = {
  echo: "raw ws echo",
  "ocpp-rpc": "ocpp-rpc, strict",
  storing: "ocpp-rpc, strict, and a row of SQLite",
  core: "Plugside",
};

console.log(`load of the machine: ${loadavg()[0]?.toFixed(1)}`);
if (values.record) {
  const { lines, ratios } = await recordFigures(Number(values.record), values.made);
  for (const line of lines) console.log(line);
  tell(`record of ${values.record}`, ratios);
} else if (values.log) {
  const { lines, ratios } = await logFigures(Number(values.log));
  for (const line of lines) console.log(line);
  tell(`log of ${values.log} MB`, ratios);
} else if (values.upload) {
  const { lines, ratios } = await uploadFigures(Number(values.upload));
  for (const line of lines) console.log(line);
  tell(`upload of ${values.upload} MB`, ratios);
} else if (values.line) {
  const { lines, ratios } = await lineFigures(Number(values.line));
  for (const line of lines) console.log(line);
  tell(`line for ${values.line} s`, ratios);
} else await measureWire();

async function measureWire() {
  const results = Object.fromEntries(Object.keys(names).map((kind) => [kind, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [kind, runs] of Object.entries(results)) runs.push(await run(kind, messages));
  }
  for (const kind of Object.keys(names)) print(kind, results);
  const long = await run("core", unbroken);
  console.log(
    `after ${unbroken} frames without a pause: memory ${mib(long.rss)} MiB (aim 150), the record's log at most ${mib(long.log)} MiB (aim 64)`,
  );
  const starts = [];
  for (let round = 0; round < 5; round++) starts.push(await timeToReady());
  console.log(
    `start to ready: ${starts.map((ms) => ms.toFixed(0)).join(", ")} ms (median ${middle(starts).toFixed(0)} ms)`,
  );
  console.log(await firstScreen(startServe));
  console.log(await forwardLatency());
  const { core, storing } = results;
  tell("wire", {
    "throughput of the echo's": ratioOf(results, "core", perSecond),
    "CPU, echo to core": 1 / ratioOf(results, "core", cpuMicros),
    "throughput of the storing peer's": middle(core.map((one, round) => one.perSecond / storing[round].perSecond)),
    "memory, 150 MiB to core": (150 * 1048576) / long.rss,
  });
}

/** Keeps ratios and names those that fell. */
function tell(kind, ratios) {
  for (const fallen of keepHistory(kind, ratios)) console.log(`NOTE: ${fallen}`);
}

/** One run of a server in a process of its own, under the load of this process. */
async function run(kind, count) {
  const folder = mkdtempSync(join(tmpdir(), "plugside-bench-"));
  // The core runs as `plugside serve` starts it.
  const server = fork(join(here, "server.mjs"), [kind, folder], {
    execArgv: kind === "core" ? [...engineFlags] : [],
    env: kind === "core" ? { ...fewStores, ...process.env } : process.env,
  });
  let log = 0;
  try {
    const { url } = await message(server, "ready");
    await meterValues(url, stations, 5000);
    server.send("start");
    await message(server, "started");
    const looking = setInterval(() => {
      log = Math.max(log, statSync(join(folder, "plugside.db-wal"), { throwIfNoEntry: false })?.size ?? 0);
    }, 20);
    const { seconds, latencies } = await meterValues(url, stations, count);
    clearInterval(looking);
    server.send("stop");
    const { cpuMicros, rss } = await message(server, "stopped");
    latencies.sort((a, b) => a - b);
    return {
      perSecond: count / seconds,
      cpuMicros: cpuMicros / count,
      p50: latencies[Math.floor(latencies.length * 0.5)],
      p99: latencies[Math.floor(latencies.length * 0.99)],
      rss,
      log,
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

/** Each round's ratio to the echo of the same round, and their median: the machine may have more to do in one than in another. */
function print(kind, results) {
  const [run] = results[kind].toSorted((a, b) => a.cpuMicros - b.cpuMicros).slice(Math.floor(rounds / 2));
  const { p50, p99, rss } = run;
  console.log(
    `${names[kind]}: ${run.perSecond.toFixed(0)} answers/s (${ratioOf(results, kind, perSecond).toFixed(2)} of the echo), server CPU ${run.cpuMicros.toFixed(1)} µs a message (${ratioOf(results, kind, cpuMicros).toFixed(2)} times), latency p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, memory ${mib(rss)} MiB`,
  );
}

function ratioOf(results, kind, of) {
  return middle(results[kind].map((run, round) => of(run) / of(results.echo[round])));
}

function perSecond(run) {
  return run.perSecond;
}

function cpuMicros(run) {
  return run.cpuMicros;
}

function mib(bytes) {
  return (bytes / 1048576).toFixed(0);
}

function middle(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
