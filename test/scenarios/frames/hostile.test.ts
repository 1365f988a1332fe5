import { readdirSync, readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { type Clock, systemClock, type Timer } from "../../../src/lib/clock.ts";
import type { Attempt } from "../../../src/station/attempts.ts";
import { serveCli } from "../../harness/cli.ts";
import { connectTo, snapshot, until } from "../../harness/client.ts";
import { temporaryFolder } from "../../harness/core.ts";
import { hostileLoad } from "../../harness/hostile.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";
import { testCertificates } from "../../harness/test-certificates.ts";
import { wayIn } from "../../harness/way-in.ts";

const connections = 10_000;
const warmUp = 2000;
const limit = 512;

test("10,000 hostile connections leave a charging station untouched and the memory flat", async () => {
  const folder = await temporaryFolder();
  const { pid, url } = await serveCli(folder);
  const client = connectTo(folder);
  onTestFinished(() => client.close());
  await client.call("settings.change", { triggerAfterConnect: false });
  await until(client, "connection.status", {}, ({ secure }) => secure);
  const station = await rawStation(`${url}GOOD`);
  await station.ask("BootNotification", { chargePointVendor: "V", chargePointModel: "M" });

  const latencies: number[] = [];
  let charging = true;
  async function charge(): Promise<void> {
    while (charging) {
      const began = performance.now();
      await station.ask("MeterValues", meterValues(latencies.length));
      latencies.push(performance.now() - began);
    }
  }
  const filesBefore = openFiles(pid);
  const load = hostileLoad(Number(new URL(url).port));
  onTestFinished(() => load.end());
  const whole = charge();
  await load.run(warmUp);
  const before = residentMegabytes(pid);
  await load.run(connections - warmUp);
  const after = residentMegabytes(pid);
  charging = false;
  await whole;

  expect(station.socket.readyState).toBe(station.socket.OPEN);
  expect(latencies.length).toBeGreaterThan(100);
  latencies.sort((a, b) => a - b);
  expect(latencies[Math.floor(latencies.length * 0.99)]).toBeLessThan(500);
  expect(load.held).toBeLessThanOrEqual(limit + 64);
  // The heap is as large after 50,000 as after 10,000; what the system holds back for later is allowed for.
  expect(after - before).toBeLessThan(100);

  load.end();
  await expect.poll(() => openFiles(pid), { timeout: 10_000 }).toBeLessThanOrEqual(filesBefore + 8);

  const rows = await snapshot(client, "connection.attempts", {});
  const over = rows.filter(({ state }) => state === "stopped");
  expect(over.length).toBeLessThan(25);
  expect(sum(over)).toBeGreaterThan(connections - limit - 64);
  const codes = new Set(over.flatMap(({ causes }) => causes.map(({ code }) => code)));
  expect([...codes].filter((code) => !expected.has(code))).toEqual([]);
}, 90_000);

test("no timer and no socket is left of those who came and went", async () => {
  const { tls } = await testCertificates("CP1");
  const clock = countingClock();
  const { port, tracker, transport } = await wayIn({ tls, clock, halfOpenLimit: 64 });
  const idle = clock.running();
  const load = hostileLoad(port);
  onTestFinished(() => load.end());
  await load.run(1500);
  load.end();
  await expect.poll(() => tracker.recent().filter(({ state }) => state === "under-way").length).toBe(0);
  // A goodbye is waited for, and what has changed is told a moment later.
  await expect.poll(() => clock.running(), { timeout: 10_000 }).toBe(idle);
  expect(transport.listening()).toHaveLength(1);
});

/** The machine's clock, and how many of its timers run. */
function countingClock(): Clock & { running(): number } {
  const timers = new Set<Timer>();
  function counted(start: (ended: () => void) => Timer): Timer {
    const inner = start(() => timers.delete(timer));
    const timer: Timer = {
      stop() {
        timers.delete(timer);
        inner.stop();
      },
    };
    timers.add(timer);
    return timer;
  }
  return {
    ...systemClock,
    after: (ms, task) =>
      counted((ended) =>
        systemClock.after(ms, () => {
          ended();
          task();
        }),
      ),
    every: (ms, task) => counted(() => systemClock.every(ms, task)),
    running: () => timers.size,
  };
}

const expected = new Set<string>([
  "not-http",
  "closed-at-once",
  "crowded",
  "silence",
  "unknown-ca",
  "tls-closed",
  "tls-stalled",
  "head-cut-off",
  "slow-head",
  "header-too-large",
  "plain-request",
  "bad-request-line",
  "bad-handshake",
  "bad-header",
  "no-connection-upgrade",
  "no-identity",
]);

function sum(rows: readonly Attempt[]): number {
  return rows.reduce((total, { repeats }) => total + repeats, 0);
}

function meterValues(count: number) {
  const value = String(1000 + count);
  return {
    connectorId: 1,
    transactionId: 1,
    meterValue: [{ timestamp: "2026-07-01T12:00:00Z", sampledValue: [{ value }] }],
  };
}

/** Sockets and files that a process has open; 0 where the system does not tell. */
function openFiles(pid: number | undefined): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}

/** 0 where the system does not tell it in this way. */
function residentMegabytes(pid: number | undefined): number {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}
