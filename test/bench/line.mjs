// A serial line at 921,600 baud, full for as long as is asked: a station says MeterValues as fast as the line carries them, and the core
// stores and answers each. Told: whether every one was answered and is on record once, what it costs, and whether the memory stays flat.

import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { SerialPort } from "serialport/dist/serialport.js";
import { bound } from "../harness/bound.ts";
import { payload } from "./load.mjs";

const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const baudRate = 921_600;
/** Eight bits, a start and a stop. */
const bytesPerSecond = baudRate / 10;
const tickMs = 20;
/** Aims: of one core, and by how much the memory may grow after the first tenth of the time. */
const aims = { cpu: 0.1, growthMib: 20 };

/** @param seconds how long
 * @returns lines of the table, and the ratios */
export async function lineFigures(seconds) {
  if (process.platform === "win32" || spawnSync("socat", ["-V"]).error) throw new Error("this bench needs socat");
  const folder = mkdtempSync(join(tmpdir(), "plugside-bench-"));
  const [a, b] = [join(folder, "a"), join(folder, "b")];
  const wire = spawn(...bound("socat", [`pty,raw,echo=0,link=${a}`, `pty,raw,echo=0,link=${b}`]), { stdio: "ignore" });
  while (!existsSync(a) || !existsSync(b)) await wait(20);
  const data = join(folder, "data");
  const args = ["serve", "--json", "--no-ui", "--listen", "127.0.0.1:0", "--data", data];
  const core = spawn(
    ...bound(process.execPath, [cli, ...args, "--serial", `${a},baud=${baudRate},framing=lines,id=LINE-1,ocpp=1.6`]),
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  try {
    for await (const _line of createInterface({ input: core.stdout })) break;
    const { pid } = JSON.parse(readFileSync(join(data, "core.json"), "utf8"));
    const { sent, answered, samples, cpuSeconds, tookSeconds, bytes } = await speak(b, seconds, pid);
    const [state] = JSON.parse(execFileSync(process.execPath, [cli, "stations", "LINE-1", "--json", "--data", data]));
    const damaged = state.findings.filter(({ rule }) => rule.startsWith("line-")).length;
    const cpu = cpuSeconds / tookSeconds;
    const settled = samples[Math.floor(samples.length / 10)] ?? 0;
    const growth = (samples.at(-1) ?? 0) - settled;
    return {
      lines: [
        `${seconds} s at ${baudRate} baud: ${sent} messages, ${(bytes / tookSeconds / 1000).toFixed(0)} kB/s; ${answered} answered, ${state.frames.in} on record, ${damaged} kinds of damage`,
        `processor ${(100 * cpu).toFixed(1)} % of a core (aim ${100 * aims.cpu} %); memory ${samples.at(-1)?.toFixed(0)} MiB, ${growth.toFixed(1)} MiB more than after a tenth of the time (aim ${aims.growthMib})`,
        sent === answered && sent === state.frames.in && damaged === 0 ? "nothing was lost" : "SOMETHING WAS LOST",
      ],
      ratios: { "line full": bytes / tookSeconds / bytesPerSecond },
    };
  } finally {
    wire.kill("SIGKILL");
    core.kill("SIGTERM");
    // One that has ended already ends no more.
    if (core.exitCode === null && core.signalCode === null) await once(core, "exit");
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** Says messages at the line's own pace, and counts the answers. */
async function speak(path, seconds, pid) {
  const port = new SerialPort({ path, baudRate, autoOpen: false });
  await new Promise((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
  let answered = 0;
  let rest = "";
  port.on("data", (chunk) => {
    const lines = (rest + chunk.toString("latin1")).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.includes("[3,")) answered++;
  });
  const began = performance.now();
  const cpuBefore = cpuOf(pid);
  const samples = [];
  let sent = 0;
  let bytes = 0;
  let sampledAt = 0;
  for (;;) {
    const past = (performance.now() - began) / 1000;
    if (past >= seconds) break;
    while (bytes < past * bytesPerSecond) {
      const text = `[2,"${sent}","MeterValues",${payload(sent, 1)}]\n`;
      sent++;
      bytes += text.length;
      if (!port.write(text)) await new Promise((resolve) => port.once("drain", resolve));
    }
    if (past - sampledAt >= 1) {
      sampledAt = past;
      samples.push(rssOf(pid));
    }
    await wait(tickMs);
  }
  const tookSeconds = (performance.now() - began) / 1000;
  for (let left = 500; answered < sent && left > 0; left--) await wait(20);
  const cpuSeconds = cpuOf(pid) - cpuBefore;
  await new Promise((resolve) => port.close(resolve));
  return { sent, answered, samples, cpuSeconds, tookSeconds, bytes };
}

/** Seconds of processor time that a process has had (proc(5); 100 ticks a second on Linux). */
function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** MiB in memory. */
function rssOf(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
}
