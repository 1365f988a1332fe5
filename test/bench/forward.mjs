import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import WebSocket from "ws";

const server = fileURLToPath(new URL("server.mjs", import.meta.url));
const samples = 3000;

/** What forward mode adds to the way of a question and its answer: one station asks one after the other, first a central system by
 * itself, then the same one behind a core. */
export async function forwardLatency() {
  const folder = mkdtempSync(join(tmpdir(), "plugside-bench-"));
  const upstream = await start(["upstream", folder]);
  const core = await start(["forward", folder, upstream.url]);
  try {
    // The first visit makes the station known; the second is forwarded.
    await ask(core.url, 5);
    const direct = await ask(upstream.url, samples);
    const through = await ask(core.url, samples);
    const added = middle(through) - middle(direct);
    return `forward mode: ${middle(direct).toFixed(2)} ms direct, ${middle(through).toFixed(2)} ms through the laptop; adds ${added.toFixed(2)} ms at the median, ${(rank(through, 0.99) - rank(direct, 0.99)).toFixed(2)} ms at p99`;
  } finally {
    core.child.kill("SIGKILL");
    upstream.child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

async function start(args) {
  const child = fork(server, args, { execArgv: [] });
  const url = await new Promise((resolve, reject) => {
    child.on("message", (value) => {
      if (value.event === "ready") resolve(value.url);
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { child, url };
}

/** Milliseconds of each round trip. */
async function ask(url, count) {
  const socket = new WebSocket(`${url}BENCH`, ["ocpp1.6"], { perMessageDeflate: false });
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  const times = [];
  for (let n = 0; n < count; n++) {
    const began = performance.now();
    socket.send(`[2,"${began}-${n}","Heartbeat",{}]`);
    await new Promise((resolve) => socket.once("message", resolve));
    times.push(performance.now() - began);
  }
  socket.terminate();
  return times;
}

function middle(times) {
  return rank(times, 0.5);
}

function rank(times, share) {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length * share)];
}
