import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { readContact } from "../api/contact.ts";
import { type CoreOptions, startCore } from "../core.ts";
import { createManualClock } from "../lib/clock.ts";
import { silentLogger } from "../lib/logger.ts";
import { Outbox } from "../services/outbox/outbox.ts";
import { OpenLogs } from "../services/reader/open-logs.ts";
import { watch } from "../services/testing/open-services.ts";
import { words } from "../station/phrases.ts";
import { openNotices } from "../store/notices.ts";
import { SettingsRepository } from "../store/settings.ts";
import { Database } from "../store/sqlite/database.ts";

const loaded = vi.hoisted(() => [] as string[]);
vi.mock("../ocpp/schemas.ts", async (importActual) => {
  const actual = await importActual<typeof import("../ocpp/schemas.ts")>();
  return {
    ...actual,
    loadSchemas(version: Parameters<typeof actual.loadSchemas>[0]) {
      loaded.push(version);
      return actual.loadSchemas(version);
    },
  };
});

const settling = vi.hoisted(() => ({ settle: () => undefined as unknown }));
vi.mock("./heap.ts", () => ({ settleHeap: () => settling.settle() }));

/** A core on a clock that is turned by hand, on ports of its own. */
async function start(options: Partial<CoreOptions> = {}, dataFolder = mkdtempSync(join(tmpdir(), "plugside-core-"))) {
  onTestFinished(() => rmSync(dataFolder, { recursive: true, force: true, maxRetries: 10 }));
  const clock = createManualClock();
  const core = await startCore({
    listen: { host: "127.0.0.1", port: 0 },
    ui: false,
    log: silentLogger,
    clock,
    dataFolder,
    ...options,
  });
  let over = false;
  const end = async () => {
    if (!over) await core.dispose();
    over = true;
  };
  onTestFinished(end);
  return { core, clock, dataFolder, end };
}

test("a core tells where it is reached, and leaves its contact for as long as it runs", async () => {
  const { core, dataFolder, end } = await start();
  const status = watch(core.handlers["connection.status"], {}).snapshot;
  expect(core.ready).toEqual({
    ocpp: [`ws://127.0.0.1:${status.listening[0]?.port}/`],
    ui: null,
    data: dataFolder,
    notices: [],
  });
  expect(readContact(dataFolder)).toEqual({
    url: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\/api$/),
    secret: expect.stringMatching(/^.{43}$/),
    pid: process.pid,
    ports: status.listening.map(({ port }) => port),
  });
  expect(status).toMatchObject({ version: "0", dataFolder, secure: expect.any(Boolean), notices: [] });
  expect([core.newLink(), core.bugs.first]).toEqual([null, null]);
  await end();
  expect(readContact(dataFolder)).toBeNull();
});

test("the engine is told how to work once all is loaded and the core is reached", async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), "plugside-core-"));
  const reached = vi.spyOn(settling, "settle").mockImplementation(() => readContact(dataFolder)?.pid);
  onTestFinished(() => reached.mockRestore());
  await start({}, dataFolder);
  expect(reached.mock.results).toEqual([{ type: "return", value: process.pid }]);
});

test("one that is told to stop says so once its answer is out; what is told of the record stands in its notices", async () => {
  const folder = mkdtempSync(join(tmpdir(), "plugside-core-"));
  const database = new Database(join(folder, "plugside.db"));
  openNotices(new SettingsRepository(database), silentLogger).add(words("root-key-lost"), 5);
  database.dispose();
  const { core, clock } = await start(
    { ui: { host: "127.0.0.1", port: 0 }, screensFolder: folder, version: "1.2.3", again: true },
    folder,
  );
  expect(core.ready.notices).toHaveLength(1);
  expect(core.ready.ui).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/open\//);
  const { snapshot } = watch(core.handlers["connection.status"], {});
  expect(snapshot).toMatchObject({
    version: "1.2.3",
    startedAgain: true,
    startedAt: clock.now(),
    notices: [{ at: 5 }],
  });
  const stopped: string[] = [];
  core.stopAsked.on(() => stopped.push("asked"));
  await core.handlers["connection.stop"]({});
  expect(stopped).toEqual([]);
  clock.advance(0);
  expect(stopped).toEqual(["asked"]);
  expect((await core.handlers["connection.link"]({})).url).toMatch(/\/open\//);
});

test("after a sleep what failed for the want of a network is tried again", async () => {
  const run = vi.spyOn(Outbox.prototype, "run");
  const { core } = await start();
  core.resumed();
  expect(run).toHaveBeenCalledTimes(1);
});

test("the demo is one virtual station that lives through a day; its version's schemas are at hand soon after the next start", async () => {
  const { core, dataFolder, end } = await start({ demo: true });
  const { snapshot } = watch(core.handlers["simulator.list"], {});
  expect(snapshot).toMatchObject([
    { identity: "DEMO-1", ocpp: "1.6", scenario: "day", speed: 1, connectors: [{ evse: 1 }, { evse: 2 }], quirks: [] },
  ]);
  const heard = () => watch(core.handlers["stations.state"], { identity: "DEMO-1" }).snapshot?.ocpp;
  await expect.poll(heard, { timeout: 10_000 }).toBe("1.6");
  await end();
  loaded.length = 0;
  const next = await start({}, dataFolder);
  expect(watch(next.core.handlers["simulator.list"], {}).snapshot).toEqual([]);
  next.clock.advance(1999);
  expect(loaded).toEqual([]);
  next.clock.advance(1);
  expect(loaded).toEqual(["1.6"]);
});

test("a log that is open goes with its file", async () => {
  const closed = vi.spyOn(OpenLogs.prototype, "closeFile").mockResolvedValue();
  const { core, dataFolder } = await start();
  const { path } = await core.handlers["files.upload"]({ station: undefined, name: "a.log" });
  const answer = await fetch(`http://${new URL(readContact(dataFolder)?.url ?? "").host}${path}`, {
    method: "PUT",
    body: "text",
  });
  const { id } = (await answer.json()) as { id: number };
  expect(readFileSync(join(dataFolder, "files", String(id)), "utf8")).toBe("text");
  await core.handlers["files.change"]({ id, note: "n" });
  expect(closed).not.toHaveBeenCalled();
  await core.handlers["files.remove"]({ id });
  expect(closed.mock.calls).toEqual([[id]]);
});

test("a start that fails leaves nothing behind: the folder is free again", async () => {
  const first = await start();
  const port = Number(new URL(first.core.ready.ocpp[0] ?? "").port);
  const folder = mkdtempSync(join(tmpdir(), "plugside-core-"));
  const taken = { ui: { host: "127.0.0.1", port } };
  await expect(start(taken, folder)).rejects.toMatchObject({ code: "unavailable" });
  expect((await start({}, folder)).core.ready.data).toBe(folder);
});
