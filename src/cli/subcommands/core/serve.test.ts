import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import type { Core, CoreOptions } from "../../../core.ts";
import { createEmitter } from "../../../lib/emitter.ts";
import { silentLogger } from "../../../lib/logger.ts";
import { words } from "../../../station/phrases.ts";
import { usualSettings } from "../../../transports/serial/settings.ts";
import { coreRole } from "../../supervise.ts";
import { outputListeners, printed } from "../../testing/printed.ts";

/** What `serve` starts and follows, in the hands of the test. */
const seen = vi.hoisted(() => ({
  options: null as unknown as CoreOptions,
  core: null as unknown as Core,
  fails: null as Error | null,
  guard: null as unknown as { end(): void },
  stop: () => undefined as unknown,
  disposed: 0,
}));
vi.mock("../../../core.ts", () => ({
  async startCore(options: CoreOptions) {
    seen.options = options;
    if (seen.fails) throw seen.fails;
    return seen.core;
  },
}));
vi.mock("../../../lib/process-edge.ts", () => ({
  guardProcess(guard: { end(): void }) {
    seen.guard = guard;
  },
}));
vi.mock("../../stop-signal.ts", () => ({
  stopSignal: () =>
    new Promise<void>((resolve) => {
      seen.stop = resolve;
    }),
}));

function coreOf() {
  const feed = (snapshot: unknown) => () => ({ snapshot, close: () => undefined });
  const emitters = {
    recordProblem: createEmitter<unknown>(silentLogger),
    met: createEmitter<unknown>(silentLogger),
    stopAsked: createEmitter<void>(silentLogger),
    screens: createEmitter<number>(silentLogger),
  };
  const core = {
    ...emitters,
    ready: { ocpp: ["ws://h:1/", "wss://h:2/"], ui: "http://127.0.0.1:3/#k", data: "/data" },
    bugs: { met: emitters.met, log: {} },
    handlers: { "serial.lines": feed([]), "console.list": feed([]), "modbus.stations": feed([]) },
    dispose: async () => void seen.disposed++,
  };
  return { core, ...emitters };
}

let folder = "";
let made = coreOf();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plugside-serve-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  // Each time that it is served the terminal is outlived.
  outputListeners();
  made = coreOf();
  Object.assign(seen, { core: made.core as never, fails: null, disposed: 0, guard: null });
});

/** Serves while something is done, and gives what was printed. */
async function serving(args: string[], work: () => unknown): Promise<string> {
  seen.guard = null as never;
  const running = printed(["serve", ...args], ["--data", folder]);
  await expect.poll(() => seen.guard).not.toBeNull();
  await work();
  return (await running).replaceAll(folder, "FOLDER");
}

test("the central system is run as it was asked to be, told where it is, and closed at the end", async () => {
  const asked = ["--listen", "ws://127.0.0.1:9000", "--listen", "[::1]:0", "--serial", "/dev/a,id=CP1", "--demo"];
  const told = await serving(
    [...asked, "--console", "/dev/b,id=E1,profile=openevse-rapi", "--modbus", "h,id=W1,profile=wallbe,unit=7"],
    () => seen.stop(),
  );
  expect(told).toMatch(
    /\nStations connect to ws:\/\/h:1\/<identity>, wss:\/\/h:2\/<identity>\nScreens: http:\/\/127\.0\.0\.1:3\/#k\nRecord: \/data\n= 0\n$/,
  );
  const { log, screensFolder, ...options } = seen.options;
  expect(options).toEqual({
    ...{ dataFolder: folder, ownFolder: false, demo: true, again: false, version: expect.any(String) },
    listen: [
      { host: "127.0.0.1", port: 9000, mode: "ws" },
      { host: "::1", port: 0, mode: "both" },
    ],
    serialLines: [{ port: "/dev/a", settings: usualSettings, framing: "auto", identity: "CP1", ocpp: undefined }],
    consoles: [{ port: "/dev/b", settings: usualSettings, station: "E1", profile: "openevse-rapi" }],
    modbusStations: [{ place: "h", identity: "W1", profile: "wallbe", unit: 7 }],
    ui: { host: "127.0.0.1", port: 0 },
    logFile: join(folder, "plugside.log"),
  });
  expect(String(screensFolder).replaceAll("\\", "/")).toMatch(/\/screens$/);
  expect([log !== undefined, seen.disposed]).toEqual([true, 1]);
});

test("with --json each event is a line; what a wire says and what the record's trouble is goes where it belongs", async () => {
  vi.stubEnv(coreRole, "again");
  const events = async (args: string[]) =>
    await serving(args, () => {
      made.recordProblem.emit(words("no-core"));
      made.recordProblem.emit(null);
      made.met.emit({ at: 1000, text: "a fault" });
      made.stopAsked.emit();
    });
  expect(await events(["--json", "--no-ui"])).toBe(
    [
      "$ serve --json --no-ui",
      '{"event":"ready","ocpp":["ws://h:1/","wss://h:2/"],"ui":"http://127.0.0.1:3/#k","data":"/data"}',
      '{"event":"record","problem":"no core runs on this folder"}',
      '{"event":"record","problem":null}',
      '{"event":"fault","at":"1970-01-01T00:00:01.000Z","text":"a fault"}',
      "= 0\n",
    ].join("\n"),
  );
  expect([seen.options.ui, seen.options.again]).toEqual([false, true]);
  made = coreOf();
  made.core.ready.ui = null as never;
  seen.core = made.core as never;
  expect(await events(["--ui", "localhost:8000"])).toMatch(
    /No screens \(--no-ui\)\.\nRecord: \/data\n! No station is answered: no core runs on this folder\n! Stations are answered again\.\n= 0\n$/,
  );
  expect(seen.options.ui).toEqual({ host: "localhost", port: 8000 });
});

test("what the core says of itself is kept, and told where that is asked for; what went wrong is told at once", async () => {
  const say = async (...args: string[]) =>
    await serving(args, () => {
      seen.options.log?.info("all is well");
      seen.options.log?.warn("careful");
      seen.stop();
    });
  const plain = await say();
  expect([plain.includes("all is well"), plain.includes(" warn careful")]).toEqual([false, true]);
  const verbose = await say("--verbose");
  expect([verbose.includes(" info all is well"), verbose.includes(" info the core is up")]).toEqual([true, true]);
  // What was said is written at the end of the process at the latest.
  for (const flush of process.listeners("exit").slice(-2)) flush(0);
  expect(readFileSync(join(folder, "plugside.log"), "utf8").match(/ info all is well$/gm)).toHaveLength(2);
});

test("the screens are for this machine alone", async () => {
  for (const host of ["localhost", "[::1]", "127.0.0.1", "127.9.8.7"]) {
    expect(await serving(["--ui", `${host}:1`], () => seen.stop())).toMatch(/= 0\n$/);
  }
  for (const host of ["0.0.0.0", "10.0.0.1", "[::]", "128.0.0.1", "x127.0.0.1"])
    expect(await printed(["serve", "--ui", `${host}:1`], ["--data", folder])).toContain(
      "--ui takes a loopback address",
    );
});

test("a core that is ended for its faults has three seconds to close its record, and ends with 1", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  let closes: (why: Error) => void = () => undefined;
  made.core.dispose = () =>
    new Promise((_, reject) => {
      closes = reject;
    }) as never;
  const running = printed(["serve"], ["--data", folder]);
  while (seen.guard === null) await new Promise((done) => setImmediate(done));
  seen.guard.end();
  await new Promise((done) => setImmediate(done));
  let code = "";
  void running.then((told) => {
    code = told.slice(-4);
  });
  vi.advanceTimersByTime(2999);
  await new Promise((done) => setImmediate(done));
  expect(code).toBe("");
  vi.advanceTimersByTime(1);
  await running;
  expect(code).toBe("= 1\n");
  vi.useRealTimers();
  const told = await serving([], async () => {
    seen.guard.end();
    await new Promise((done) => setImmediate(done));
    closes(new Error("the disk is gone"));
  });
  expect(told).toMatch(/= 1\n$/);
});

test("how a wire stands is told beside the result, with --json too", async () => {
  const view = { setup: { port: "COM5" }, path: "COM5\u0007", state: "open" };
  Object.assign(made.core.handlers, { "console.list": () => ({ snapshot: [view], close: () => undefined }) });
  const told = await serving(["--json"], () => seen.stop());
  expect(told).toMatch(/\n! COM5\\x07 is open: console\.\n= 0\n$/);
});

test("whoever started it hears once that it is up", async () => {
  const sent = vi.fn();
  vi.spyOn(process, "send").mockImplementation(sent.mockReturnValue(true));
  await serving([], () => seen.stop());
  expect(sent.mock.calls).toEqual([[{ type: "up" }]]);
});

test("a core that cannot start says why, and in its log", async () => {
  seen.fails = new Error("the port is taken");
  const once = vi.spyOn(process, "once").mockReturnValue(process);
  expect(await printed(["serve"], ["--data", folder])).toMatch(/! the port is taken\n= 1\n$/);
  const flush = once.mock.calls.find(([event]) => String(event) === "exit")?.[1] as () => void;
  flush();
  expect(readFileSync(join(folder, "plugside.log"), "utf8")).toMatch(/ error the core did not start /);
});

test("--until-closed ends it once its last screen has been gone for a while", async () => {
  const told = await serving(["--until-closed"], async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    made.screens.emit(1);
    made.screens.emit(0);
    vi.advanceTimersByTime(30_000);
    vi.useRealTimers();
  });
  expect(told).toMatch(/= 0\n$/);
});
