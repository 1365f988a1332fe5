import { type ChildProcess, type ChildProcessByStdio, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { readContact } from "../../src/api/contact.ts";
import { inStead } from "../../src/cli/supervise.ts";
import { stopMessage } from "../../src/lib/stop-message.ts";
import { bound } from "./bound.ts";

/** The built command line; `npm test` builds it before. */
const cliPath = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** On Windows a signal ends a process the hard way: what asks for an end there comes over the channel. */
const noSignals = process.platform === "win32";

export type CliResult = { code: number; stdout: string; stderr: string };

/** Runs a subcommand to its end. */
export function runCli(...args: string[]): Promise<CliResult> {
  return runNode([cliPath, ...args]);
}

/** The same, with something on its standard input. */
export function runCliWith(input: string | null, ...args: string[]): Promise<CliResult> {
  return runNode([cliPath, ...args], input);
}

function runNode(args: string[], input: string | null = null): Promise<CliResult> {
  return new Promise((resolve) => {
    const options = { maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(process.execPath, args, options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : error ? -1 : 0, stdout, stderr });
    });
    if (input !== null) child.stdin?.end(input);
  });
}

/** Runs a subcommand to its end with a Node that says that it is an old one, and lacks what that lacks. */
export function runCliOnOldNode(...args: string[]): Promise<CliResult> {
  const older = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.0.0" } });
    delete process.getBuiltinModule;`;
  return runNode(["--import", `data:text/javascript,${encodeURIComponent(older)}`, cliPath, ...args]);
}

/** Runs a subcommand on a standard input to its end. */
export function feedCli(input: string, ...args: string[]): Promise<CliResult> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [cliPath, ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : error ? -1 : 0, stdout, stderr });
    });
    child.stdin?.end(input);
  });
}

/** Runs a subcommand and gives what it prints as JSON. Fails when it does not end with 0. */
export async function jsonOf(...args: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await runCli(...args);
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout);
}

/** A subcommand that runs until it is ended. */
export type RunningCli = {
  child: ChildProcess;
  /** The next line of stdout. Fails when it ends first. */
  line(): Promise<string>;
  stderr(): string;
  /** Resolves when it has ended and all that held its outputs have. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Signals it and waits for its end. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

/** Starts a subcommand that goes on. Killed when the test is over.
 * @param node the Node to run it with
 * @param channel with the channel that the launcher gives it, by which it can be asked to end */
export function startCli(args: string[], node = process.execPath, channel = false): RunningCli {
  const child = spawn(...bound(node, [cliPath, ...args]), {
    stdio: channel || noSignals ? ["ignore", "pipe", "pipe", "ipc"] : ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...(channel && { [inStead]: "1" }) },
  }) as ChildProcessByStdio<null, Readable, Readable>;
  onTestFinished(() => void child.kill("SIGKILL"));
  let said = "";
  child.stderr.on("data", (data) => {
    said += String(data);
  });
  const ended = once(child, "close").then(([code, signal]) => ({ code, signal }));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    async line() {
      const next = await lines.next();
      if (next.done) throw new Error(`${args.join(" ")} ended: ${said}`);
      return next.value;
    },
    stderr: () => said,
    ended,
    end(signal) {
      if (noSignals && signal !== "SIGKILL") child.send(stopMessage);
      else child.kill(signal);
      return ended;
    },
  };
}

export type Ready = { event: string; ocpp: string[]; ui: string | null; data: string };

export type ServingCli = RunningCli & {
  ready: Ready;
  url: string;
  /** Of the core itself; the process that was started keeps it running. */
  pid: number;
  /** Ends both at once, as a power cut does. */
  kill(): void;
};

/** Starts `serve` on a folder, on ports of its own, and waits for its first line. */
export async function serveCli(
  folder: string,
  args: string[] = ["--listen", "127.0.0.1:0"],
  node = process.execPath,
  channel = false,
): Promise<ServingCli> {
  const running = startCli(["serve", "--json", "--data", folder, ...args], node, channel);
  const ready = JSON.parse(await running.line()) as Ready;
  const pid = readContact(folder)?.pid ?? 0;
  return {
    ...running,
    ready,
    url: ready.ocpp[0] ?? "",
    pid,
    kill() {
      // The core first: the process above it has no turn to start another.
      process.kill(pid, "SIGKILL");
      running.child.kill("SIGKILL");
    },
  };
}
