import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cachedDataVersionTag } from "node:v8";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { stopMessage } from "../lib/stop-message.ts";
import { coreRole, engineFlags, inStead, isStartedAgain, runBelow } from "./supervise.ts";
import { terminal } from "./testing/printed.ts";

/** A process below, in the hands of a test. */
type Below = import("node:events").EventEmitter & {
  exitCode: number | null;
  signalCode: string | null;
  connected: boolean;
  send: ReturnType<typeof vi.fn>;
  kill: ReturnType<typeof vi.fn>;
};
const spawned = vi.hoisted(() => ({
  asked: [] as [string, string[], { env: NodeJS.ProcessEnv }][],
  all: [] as Below[],
}));
vi.mock("node:child_process", async (original) => {
  const { EventEmitter } = await import("node:events");
  return {
    ...(await original<object>()),
    spawn(...asked: (typeof spawned.asked)[number]) {
      const process = { exitCode: null, signalCode: null, connected: true, send: vi.fn(), kill: vi.fn() };
      const child = Object.assign(new EventEmitter(), process);
      spawned.asked.push(asked);
      spawned.all.push(child);
      return child;
    },
  };
});

const supervise = new URL("./supervise.ts", import.meta.url).href;

/** Runs a command below another process; its exit code and what it printed. */
function below(program: string, ...args: string[]): Promise<{ code: number; stdout: string }> {
  const folder = mkdtempSync(join(tmpdir(), "plugside-below-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [above, child] = [join(folder, "above.mjs"), join(folder, "child.mjs")];
  writeFileSync(child, program);
  writeFileSync(
    above,
    `import { runBelow } from ${JSON.stringify(supervise)};
    runBelow(process.execPath, ${JSON.stringify(child)}, ${JSON.stringify(args)});`,
  );
  return new Promise((resolve) => {
    execFile(process.execPath, [above], (error, stdout) => {
      resolve({ code: typeof error?.code === "number" ? error.code : error ? -1 : 0, stdout });
    });
  });
}

test("the exit code of what runs below is its own, and arguments go down as they are", async () => {
  const tell = "console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 5;";
  expect(await below(tell, "stations", "--json", "a b")).toEqual({ code: 5, stdout: '["stations","--json","a b"]\n' });
  expect((await below("", "stations")).code).toBe(0);
});

test("what V8 is told before the start leaves what was compiled ahead in use", () => {
  const program = 'process.stdout.write(String(require("node:v8").cachedDataVersionTag()))';
  const told = execFileSync(process.execPath, [...engineFlags, "-e", program], { encoding: "utf8" });
  expect(Number(told)).toBe(cachedDataVersionTag());
});

test.skipIf(process.platform === "win32")("one that was ended by a signal is told as a shell tells it", async () => {
  expect((await below('process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1000);', "stations")).code).toBe(
    143,
  );
});

test("a core that never was up is not started again", async () => {
  const { code, stdout } = await below("console.log('began'); process.exit(3);", "serve");
  expect([code, stdout]).toEqual([3, "began\n"]);
});

test("a core that was up and ended by itself is started again, and one that ended in good order is not", async () => {
  const program = `const again = process.env.PLUGSIDE_CORE === "again";
    console.log(again ? "again" : "first");
    process.send({ type: "up" }, () => process.exit(again ? 0 : 7));`;
  expect(await below(program, "serve")).toEqual({ code: 0, stdout: "first\nagain\n" });
});

describe("a process above", () => {
  class Exit extends Error {
    readonly code: unknown;
    constructor(code: unknown) {
      super(`exit ${code}`);
      this.code = code;
    }
  }
  /** What this process hears: signals, messages of the one above it, and that it is gone. */
  const heard = new Map<string, (message?: unknown) => void>();
  let said: ReturnType<typeof terminal>;
  beforeEach(() => {
    Object.assign(spawned, { asked: [], all: [] });
    heard.clear();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    vi.spyOn(process, "exit").mockImplementation((code) => {
      throw new Exit(code);
    });
    vi.spyOn(process, "on").mockImplementation(((event: string, hear: () => void) => heard.set(event, hear)) as never);
    said = terminal();
    return () => {
      said.end();
      vi.useRealTimers();
    };
  });

  /** What this process ends with as something is done; null: it goes on. */
  function endOf(work: () => unknown): unknown {
    try {
      work();
      return null;
    } catch (error) {
      if (error instanceof Exit) return error.code;
      throw error;
    }
  }
  const below = () => spawned.all.at(-1) as Below;
  /** The process below ends, after it said that it is up. */
  function ends(code: number | null, signal: NodeJS.Signals | null = null): unknown {
    Object.assign(below(), { exitCode: code, signalCode: signal });
    return endOf(() => below().emit("exit", code, signal));
  }
  const hears = (event: string, message?: unknown) => endOf(() => heard.get(event)?.(message));

  test("starts the one below with what the engine is told, what the system is told, and a way to hear that it is gone", () => {
    vi.stubEnv("MALLOC_ARENA_MAX", undefined);
    runBelow("/node", "/cli.js", ["stations", "--json"]);
    expect(spawned.asked).toEqual([
      [
        ...["/node", [...engineFlags, "/cli.js", "stations", "--json"]],
        {
          stdio: ["inherit", "inherit", "inherit", "ipc"],
          env: { ...process.env, MALLOC_ARENA_MAX: "2", [inStead]: "1", [coreRole]: "running" },
          windowsHide: true,
        },
      ],
    ]);
    expect(isStartedAgain()).toBe(false);
    vi.stubEnv(coreRole, "again");
    expect(isStartedAgain()).toBe(true);
    vi.stubEnv("MALLOC_ARENA_MAX", "7");
    runBelow("/node", "/cli.js", []);
    expect(spawned.asked[1]?.[2].env).toMatchObject({ MALLOC_ARENA_MAX: "7", [coreRole]: "running" });
  });

  test("a core that was up is started again, a little later each time, five times within ten minutes; each end is told", () => {
    runBelow("/node", "/cli.js", ["serve", "--json"]);
    for (const [at, wait] of [500, 1000, 2000, 4000, 8000].entries()) {
      below().emit("message", { type: "up" });
      expect(ends(at === 0 ? null : 7, at === 0 ? "SIGSEGV" : null)).toBe(null);
      const why = at === 0 ? "SIGSEGV" : "exit code 7";
      expect([said.out(), said.err()]).toEqual([
        `{"event":"ended","why":"${why}","count":${at + 1},"startsInMs":${wait}}\n`,
        `Plugside ended by itself (${why}). It is started again; ${at + 1} of at most 5 times within 10 minutes.\n`,
      ]);
      said.clear();
      vi.advanceTimersByTime(wait - 1);
      expect(spawned.all).toHaveLength(at + 1);
      vi.advanceTimersByTime(1);
      expect(spawned.all).toHaveLength(at + 2);
      expect(spawned.asked.at(-1)?.[2].env[coreRole]).toBe("again");
    }
    below().emit("message", { type: "up" });
    expect(ends(7)).toBe(7);
    expect([said.out(), said.err()]).toEqual([
      '{"event":"ended","why":"exit code 7","count":6}\n',
      "Plugside ended by itself again (exit code 7), 6 times within 10 minutes. It is not started again.\n",
    ]);
  });

  test("without --json an end is told in words alone; in good order it is no end to be told", () => {
    runBelow("/node", "/cli.js", ["serve"]);
    below().emit("message", { type: "up" });
    expect([ends(1), said.out()]).toEqual([null, ""]);
    vi.advanceTimersByTime(500);
    said.clear();
    expect([ends(0), said.out() + said.err()]).toEqual([0, ""]);
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK", "message", "disconnect"])(
    "%s asks the core for an end, once, and it is killed when it does not come within ten seconds",
    (event) => {
      runBelow("/node", "/cli.js", ["serve"]);
      const { send, kill } = below();
      below().emit("message", { type: "up" });
      hears("message", { type: "other" });
      expect(send).not.toHaveBeenCalled();
      for (let time = 0; time < 2; time++) expect(hears(event, stopMessage)).toBe(null);
      expect(send.mock.calls).toEqual([[stopMessage, expect.any(Function)]]);
      vi.advanceTimersByTime(9999);
      expect(kill).not.toHaveBeenCalled();
      vi.advanceTimersByTime(1);
      expect(kill.mock.calls).toEqual([["SIGKILL"]]);
      expect([ends(null, "SIGKILL"), said.err()]).toEqual([137, ""]);
    },
  );

  test("a core whose way is closed is asked for nothing; between two cores there is none to ask", () => {
    runBelow("/node", "/cli.js", ["serve"]);
    below().connected = false;
    expect([hears("SIGTERM"), below().send.mock.calls]).toEqual([null, []]);
    runBelow("/node", "/cli.js", ["serve"]);
    below().emit("message", { type: "up" });
    expect(ends(7)).toBe(null);
    expect([hears("SIGTERM"), below().send.mock.calls]).toEqual([0, []]);
    vi.advanceTimersByTime(60_000);
    expect(spawned.all).toHaveLength(2);
  });

  test("any other command hears the signals itself, and of nothing else", () => {
    runBelow("/node", "/cli.js", ["stations"]);
    expect([...heard.keys()]).toEqual(["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"]);
    for (const signal of heard.keys()) hears(signal);
    const passed = process.platform === "win32" ? [] : [["SIGINT"], ["SIGTERM"], ["SIGHUP"]];
    expect([below().kill.mock.calls, below().send.mock.calls]).toEqual([passed, []]);
    below().emit("message", { type: "up" });
    expect([ends(7), said.err(), spawned.all.length]).toEqual([7, "", 1]);
  });

  test("a Node that cannot be started is told", () => {
    runBelow("/node", "/cli.js", ["serve"]);
    expect(endOf(() => below().emit("error", new Error("ENOENT")))).toBe(1);
    expect(said.err()).toBe("/node cannot be started: ENOENT\n");
  });
});
