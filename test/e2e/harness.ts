import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import { findBrowser } from "../../main/launch/find-browser.mjs";
import type { CoreClient } from "../../src/api/client.ts";
import { readContact } from "../../src/api/contact.ts";
import type { CallInput } from "../../src/api/contract.ts";
import type { SimulatorAction, VirtualStation } from "../../src/services/simulator/contract.ts";
import { bound } from "../harness/bound.ts";
import { connectTo, until } from "../harness/client.ts";

const browserFlags =
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";
const commandLine = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** None outlives the tests, however they end. */
const children = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of children) child.kill("SIGKILL");
});

/** A core as `plugside serve` runs it, in a process and a data folder of its own. */
export type RunningCore = {
  /** The contract, for what a test needs before it looks at the screen. */
  client: CoreClient;
  /** Where stations connect; ends in a slash. */
  stations: string;
  /** Every port that they connect to, in the order asked for. */
  ports: number[];
  folder: string;
  /** A link that opens the screens once. */
  link(): Promise<string>;
  /** Ends the core and what keeps it running, at once. */
  kill(): Promise<void>;
  /** Ends the core alone, as a crash does: it is started again. The client is for the one before. */
  crash(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts a core from the build.
 * @param listen where stations connect; a port of its own on this machine alone unless said otherwise
 * @param folder the data folder; a fresh one unless said otherwise */
export async function runCore(listen: string | string[] = "127.0.0.1:0", folder?: string): Promise<RunningCore> {
  const data = folder ?? (await mkdtemp(join(tmpdir(), "plugside-e2e-")));
  const places = [listen].flat().flatMap((place) => ["--listen", place]);
  const child = spawn(...bound(process.execPath, [commandLine, "serve", ...places, "--data", data, "--json"]), {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.add(child);
  const ended = once(child, "exit").finally(() => children.delete(child));
  const ready = JSON.parse(await firstLine(child)) as { ocpp: string[] };
  let client = connectTo(data);
  const pid = readContact(data)?.pid ?? 0;
  async function end(signal: NodeJS.Signals): Promise<void> {
    client.close();
    child.kill(signal);
    await ended;
  }
  return {
    get client() {
      return client;
    },
    stations: ready.ocpp[0] ?? "",
    ports: ready.ocpp.map((url) => Number(new URL(url).port)),
    folder: data,
    async link() {
      const { url } = await client.call("connection.link", {});
      if (url === null) throw new Error("the core has no screens");
      return url;
    },
    async crash() {
      process.kill(pid, "SIGKILL");
      await again(data, pid);
      client = connectTo(data);
    },
    async kill() {
      // The core first: the process above it has no turn to start another.
      process.kill(pid, "SIGKILL");
      await end("SIGKILL");
    },
    async stop() {
      await end("SIGTERM");
      if (folder === undefined) await rm(data, { recursive: true, force: true });
    },
  };
}

/** Waits until another core than this one answers for a folder. */
async function again(folder: string, pid: number): Promise<void> {
  await expect.poll(() => readContact(folder)?.pid ?? pid, { timeout: 10_000 }).not.toBe(pid);
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error("the core has no output");
  const lines = createInterface({ input: stdout });
  for await (const line of lines) return line;
  throw new Error("the core ended before it was ready; is dist built?");
}

/** A core for one test. */
export async function coreForTest(listen?: string | string[]): Promise<RunningCore> {
  const core = await runCore(listen);
  onTestFinished(() => core.stop());
  return core;
}

export type WindowOptions = Pick<BrowserContextOptions, "locale" | "colorScheme" | "viewport"> & {
  /** Where to begin, e.g. `messages`. */
  at?: string;
  /** Errors on the browser's console that the test means to cause. */
  expected?: RegExp;
};

/** What a test file does in its browser. */
export type Screens = {
  /** Opens the screens in a window that shares nothing with others. Fails the test on anything the browser calls an error. */
  open(core: RunningCore, options?: WindowOptions): Promise<Page>;
  browser(): Browser;
};

/** One browser for the file. */
export function browserForFile(): Screens {
  let browser: Browser | null = null;
  beforeAll(async () => {
    const executablePath = findBrowser({ platform: process.platform, env: process.env });
    if (!executablePath)
      throw new Error("There is no Chromium, Chrome or Edge here; install one, or name it with PLUGSIDE_BROWSER.");
    browser = await chromium.launch({ executablePath, args: browserFlags.split(" ") });
  });
  afterAll(() => browser?.close());

  function running(): Browser {
    if (!browser) throw new Error("the browser did not start");
    return browser;
  }

  return {
    browser: running,
    async open(core, { at, expected, ...options } = {}) {
      const context = await running().newContext({
        locale: "en-GB",
        timezoneId: "Europe/Stockholm",
        viewport: { width: 1366, height: 768 },
        reducedMotion: "reduce",
        permissions: ["clipboard-read", "clipboard-write"],
        ...options,
      });
      context.setDefaultTimeout(25_000);
      const page = await context.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.stack ?? error.message));
      page.on("console", (message) => {
        if (message.type() === "error" && !expected?.test(message.text())) errors.push(message.text());
      });
      onTestFinished(async () => {
        await context.close();
        expect(errors, "errors of the browser").toEqual([]);
      });
      await page.goto(await core.link());
      if (at !== undefined) await goTo(page, at);
      await page.getByRole("heading", { level: 1 }).waitFor({ state: "attached" });
      return page;
    },
  };
}

/** Goes to a screen by its route. */
export async function goTo(page: Page, route: string): Promise<void> {
  await page.goto(new URL(`/#/${route}`, page.url()).href);
}

type Start = CallInput<"simulator.start">;
type Wish = Partial<Start> & { identity: string };

/** Waits until the screen has what it asked the core for. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).waitFor({ state: "attached" });
  await expect.poll(() => page.locator("[data-busy]").count()).toBe(0);
}

/** Starts a virtual station: OCPP 1.6, one connector, idle, in real time, unless wished otherwise. */
export function startVirtual(core: RunningCore, wish: Wish): Promise<VirtualStation> {
  const usual = { ocpp: "1.6", scenario: "idle", speed: 1, seed: 1, connectors: 1 } as const;
  return core.client.call("simulator.start", { ...usual, ...wish });
}

/** Does to a virtual station what a hand can do. */
export function act(
  core: RunningCore,
  identity: string,
  action: SimulatorAction,
  value?: string,
  evse = 1,
): Promise<VirtualStation> {
  return core.client.call("simulator.act", { identity, action, value, evse });
}

/** Starts a virtual station, and waits until it has told the status of its connectors. */
export async function virtualStation(core: RunningCore, wish: Wish): Promise<void> {
  await startVirtual(core, wish);
  await untilStatus(core, wish.identity, "Available");
}

/** A virtual station with a car that charges. It lives fast, so that there is something to see. */
export async function chargingStation(core: RunningCore, wish: Wish): Promise<void> {
  await virtualStation(core, { speed: 20, ...wish });
  await act(core, wish.identity, "plug");
  await act(core, wish.identity, "tap", "04A1B2C3");
  await untilStatus(core, wish.identity, "Charging");
}

async function untilStatus(core: RunningCore, identity: string, status: string): Promise<void> {
  const reached = until(core.client, "stations.list", {}, (all) =>
    all.some((one) => one.identity === identity && one.status === status),
  );
  const late = new Promise<never>((_resolve, reject) => {
    AbortSignal.timeout(15_000).addEventListener("abort", () => reject(new Error(`${identity} is not yet ${status}`)));
  });
  await Promise.race([reached, late]);
}
