import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { createRestarts, restartLimit } from "../lib/restarts.ts";
import { asksToStop, stopLimitMs, stopMessage } from "../lib/stop-message.ts";

/** What a process that was started in another's stead finds in its environment: that one's channel tells when it is gone. */
export const inStead = "PLUGSIDE_PARENT";
/** Set for the process that runs the core of `serve`; `again` where it follows one that ended by itself. */
export const coreRole = "PLUGSIDE_CORE";

/** What the core's process says to the one above it, once it is up. */
export type CoreUp = { type: "up" };

/** What V8 is told before the process begins; what can be told later is in core/heap.ts. Half of its young generation, megabytes: under a
 * flood of messages it takes threefold of this and more, and is not faster for it. And two threads to compile and collect beside the main
 * one: four take a tenth of a start's time from it, and with one alone the heap is some 10 MiB larger under a flood. */
export const engineFlags: readonly string[] = ["--max-semi-space-size=4", "--v8-pool-size=2"];

const running = "running";
const again = "again";

/** glibc gives each thread a store of its own, of which little is ever used; so few threads need no more than two. Other systems take no
 * notice. */
export const fewStores = { MALLOC_ARENA_MAX: "2" };

/** True in the process that runs the core after one that ended by itself. */
export function isStartedAgain(): boolean {
  return process.env[coreRole] === again;
}

/** Runs this very command in a process of its own; exit codes pass through, and whatever asks for an end. `serve` is kept running: a core that was up
 * and ended by itself is started again, with a limit, and every such end is told.
 * @param node the Node to run it with */
export function runBelow(node: string, script: string, args: readonly string[]): void {
  // The terminal may be gone before the core is.
  process.stderr.on("error", () => undefined);
  const restarts = createRestarts(() => performance.now());
  const kept = args[0] === "serve";
  let child = start(running);
  let wasUp = false;
  let stopping = false;
  let waiting: NodeJS.Timeout | undefined;

  function start(role: string): ChildProcess {
    const started = spawn(node, [...engineFlags, script, ...args], {
      // The channel tells the child when this process is gone, however it went.
      stdio: ["inherit", "inherit", "inherit", "ipc"],
      env: { ...fewStores, ...process.env, [inStead]: "1", [coreRole]: role },
      windowsHide: true,
    });
    started.on("message", () => {
      wasUp = true;
    });
    started.on("error", (error) => {
      process.stderr.write(`${node} cannot be started: ${error.message}\n`);
      process.exit(1);
    });
    started.on("exit", ended);
    return started;
  }

  function ended(code: number | null, signal: NodeJS.Signals | null): void {
    const passedOn = code ?? 128 + (signal ? constants.signals[signal] : 0);
    if (!kept || !wasUp || stopping || code === 0) process.exit(passedOn);
    const { wait, count, spent } = restarts.ended();
    const why = signal ?? `exit code ${code}`;
    if (spent) {
      tell(
        { event: "ended", why, count },
        `Plugside ended by itself again (${why}), ${count} times within ${restartLimit.minutes} minutes. It is not started again.`,
      );
      process.exit(passedOn);
    }
    tell(
      { event: "ended", why, count, startsInMs: wait },
      `Plugside ended by itself (${why}). It is started again; ${count} of at most ${restartLimit.most} times within ${restartLimit.minutes} minutes.`,
    );
    waiting = setTimeout(() => {
      child = start(again);
    }, wait);
  }

  function tell(event: Record<string, unknown>, words: string): void {
    process.stderr.write(`${words}\n`);
    if (args.includes("--json")) process.stdout.write(`${JSON.stringify(event)}\n`);
  }

  function stop(): void {
    if (stopping) return;
    stopping = true;
    // Between two cores there is none to ask.
    if (child.exitCode !== null || child.signalCode !== null) {
      clearTimeout(waiting);
      process.exit(0);
    }
    if (child.connected) child.send(stopMessage, () => undefined);
    setTimeout(() => child.kill("SIGKILL"), stopLimitMs).unref();
  }

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"] as const) {
    process.on(signal, () => {
      if (kept) stop();
      // On Windows a signal from us is the end at once; the console has told the child already.
      else if (process.platform !== "win32" && signal !== "SIGBREAK") child.kill(signal);
    });
  }
  if (!kept) return;
  process.on("message", (message) => asksToStop(message) && stop());
  process.on("disconnect", stop);
}
