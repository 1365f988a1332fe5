import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import type { CoreServiceOptions } from "./core-service.ts";
import type { ShellHost } from "./shell-host.ts";

/** What the entries hand on, and what they do with the processes. */
const seen = vi.hoisted(() => ({
  packaged: false,
  shells: [] as unknown[],
  services: [] as unknown[],
  cores: [] as Record<string, unknown>[],
  guards: [] as { end(): void }[],
  done: [] as unknown[],
  shell: (): Promise<void> => Promise.resolve(),
}));
vi.mock("electron", () => ({
  app: {
    get isPackaged() {
      return seen.packaged;
    },
    exit: (code: number) => seen.done.push(["exit", code]),
  },
  dialog: { showErrorBox: (title: string, text: string) => seen.done.push([title, text.split("\n")[0]]) },
}));
vi.mock("./shell.ts", () => ({
  runShell(_electron: unknown, host: unknown) {
    seen.shells.push(host);
    return seen.shell();
  },
}));
vi.mock("./core-service.ts", () => ({ serveShell: async (options: unknown) => void seen.services.push(options) }));
vi.mock("../src/core.ts", () => ({
  async startCore(options: Record<string, unknown>) {
    seen.cores.push(options);
    return { bugs: { log: "its log" }, dispose: async () => void seen.done.push("disposed") };
  },
}));
vi.mock("../src/lib/process-edge.ts", () => ({
  guardProcess: (guard: { end(): void }) => void seen.guards.push(guard),
}));

beforeEach(() => {
  vi.resetModules();
  Object.assign(seen, { shells: [], services: [], cores: [], guards: [], done: [], shell: () => Promise.resolve() });
});

/** What a process was started with. */
const startedWith = (...argv: string[]) => void vi.spyOn(process, "argv", "get").mockReturnValue(argv);

test("the window's process hands its arguments on: without its own name, and in sources without theirs", async () => {
  for (const [packaged, argv] of [
    [false, ["--demo"]],
    [true, [".", "--demo"]],
  ] as const) {
    vi.resetModules();
    seen.packaged = packaged;
    startedWith("/app/electron", ".", "--demo");
    await import("./main.ts");
    const host = seen.shells.at(-1) as ShellHost;
    expect(host).toMatchObject({ argv, platform: process.platform, execPath: process.execPath, parent: process });
    const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url));
    expect([host.coreEntry, host.screensFolder]).toEqual([beside("core-process.js"), beside("../screens")]);
    const begun = performance.now();
    host.hold(5);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(4);
  }
});

test("a window that cannot be made says why, and ends with 1", async () => {
  for (const [thrown, told] of [
    [Object.assign(new Error("no display"), { stack: "Error: no display\n at shell" }), "Error: no display"],
    [Object.assign(new Error("no stack"), { stack: undefined }), "no stack"],
    ["a word", "a word"],
  ] as const) {
    vi.resetModules();
    seen.done = [];
    seen.shell = () => Promise.reject(thrown);
    await import("./main.ts");
    await expect.poll(() => seen.done).toHaveLength(2);
    expect(seen.done).toEqual([
      ["Plugside", told],
      ["exit", 1],
    ]);
  }
});

test("the core's process starts a core as it was told, with a log of its own, and ends it for its faults", async () => {
  const folder = mkdtempSync(join(tmpdir(), "plugside-entry-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const start = { dataFolder: folder, demo: true, version: "1.2.3" };
  startedWith("node", "core-process.js", JSON.stringify(start));
  const once = vi.spyOn(process, "once").mockReturnValue(process);
  const exit = vi.spyOn(process, "exit").mockReturnValue(undefined as never);
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  await import("./core-process.ts");
  const [service] = seen.services as CoreServiceOptions[];
  await service?.start("the vault" as never);
  expect(seen.cores).toEqual([
    {
      ...{ ...start, ownFolder: false, keyVault: "the vault", log: expect.anything() },
      logFile: join(folder, "plugside.log"),
    },
  ]);
  const flush = once.mock.calls.find(([event]) => event === "exit")?.[1] as () => void;
  flush();
  expect(readFileSync(join(folder, "plugside.log"), "utf8")).toMatch(
    /^\S+ info the core is up \{"version":"1\.2\.3",.*"platform":"\w+"\}\n$/,
  );
  expect(seen.guards).toMatchObject([{ log: "its log" }]);

  vi.useFakeTimers({ toFake: ["setTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  seen.guards[0]?.end();
  await Promise.resolve();
  await Promise.resolve();
  expect([seen.done, exit.mock.calls]).toEqual([["disposed"], [[1]]]);
  vi.advanceTimersByTime(2999);
  expect(exit).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(exit).toHaveBeenCalledTimes(2);
  service?.exit(4);
  expect(exit).toHaveBeenLastCalledWith(4);
});
