import { expect, onTestFinished, test, vi } from "vitest";
import { words } from "../../station/phrases.ts";
import { DiagnosticsRepository } from "../../store/diagnostics.ts";
import type { Drop, ReceiverEvent } from "../../transports/receivers/drop.ts";
import { openServices, watch } from "../testing/open-services.ts";
import type { UploadWay } from "./contract.ts";
import { diagnosticsHandlers } from "./handlers.ts";
import { createDiagnostics, type RequestWish } from "./logic.ts";
import type { RequestBody } from "./run.ts";

const turn = async () => {
  for (let at = 0; at < 4; at++) await new Promise((resolve) => setImmediate(resolve));
};
const wish: RequestWish = { kind: "diagnostics", protocol: "http", wait: 1800 };

async function setUp() {
  const bench = await openServices();
  bench.tell("boot", "BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
  const repository = new DiagnosticsRepository<RequestBody>(bench.database);
  const drops: Drop[] = [];
  const closed: string[] = [];
  const ways = { open: new Set<UploadWay>(["http", "ftp"]) };
  const bug = vi.fn();
  const logged = vi.fn();
  const open = () => {
    const diagnostics = createDiagnostics({
      ...bench.context,
      log: { ...bench.context.log, bug, error: logged },
      files: { list: () => [], room: () => 1 } as never,
      receivers: {
        async open(way: string, drop: Drop) {
          drops.push(drop);
          return { port: null, close: () => void closed.push(way) };
        },
      } as never,
      repository,
      ourEnd: () => ({ address: "192.0.2.1", port: 9000 }),
      openWays: () => ways.open,
      waits: { sign: 5000 },
    });
    onTestFinished(() => diagnostics.dispose());
    return diagnostics;
  };
  const diagnostics = open();
  const entry = bench.context.registry.require("CP1");
  /** Answers what was asked last. */
  async function answer(payload: object): Promise<string> {
    await turn();
    bench.context.recorder.flush();
    const [, id, action] = JSON.parse(bench.sent.at(-1) ?? "[]");
    bench.say(JSON.stringify([3, id, payload]));
    await turn();
    return action;
  }
  const results = (of = diagnostics) =>
    of
      .list()
      .map(({ rungs, verdict }) => [rungs.map(({ protocol, result }) => `${protocol} ${result}`).join(" "), verdict]);
  return { ...bench, repository, drops, closed, ways, bug, logged, open, diagnostics, entry, answer, results };
}

test("a request is kept, told, and ends the one before it of the same station, not that of another", async () => {
  const { diagnostics, entry, context, repository, results, clock } = await setUp();
  const handlers = diagnosticsHandlers({ diagnostics, registry: context.registry });
  const [all, own, other] = [undefined, "CP1", "CP2"].map((station) =>
    watch(handlers["diagnostics.list"], { station }),
  );
  const request = handlers["diagnostics.request"]({
    station: "CP1",
    ...wish,
    from: "2026-01-01T00:00:00Z",
    retries: 2,
  });
  expect(request).toMatchObject({
    ...{ id: 1, station: "CP1", kind: "diagnostics", protocol: "http", from: "2026-01-01T00:00:00Z", retries: 2 },
    ...{ at: clock.now(), until: clock.now() + 1_800_000, rungs: expect.any(Array), files: [] },
  });
  expect(request).not.toHaveProperty("wait");
  context.registry.ensure("CP2", 0);
  const away = diagnostics.start(context.registry.require("CP2"), wish);
  expect(diagnostics.list("CP2")).toEqual([expect.objectContaining({ id: away.id, verdict: "offline" })]);
  await turn();
  diagnostics.start(entry, wish);
  await turn();
  expect(results().map(([, verdict]) => verdict)).toEqual(["superseded", "offline", undefined]);
  expect(repository.newest(500).map(({ id, body }) => [id, body.request.verdict])).toEqual(
    expect.arrayContaining([
      [1, "superseded"],
      [2, "offline"],
      [3, undefined],
    ]),
  );
  const keys = (feed: typeof all) => [...new Set(feed?.told.map((change) => (change as { key: string }).key))];
  expect([all, own, other].map(keys)).toEqual([["1", "2", "3"], ["1", "3"], ["2"]]);
  const told = all?.told.length;
  for (const feed of [all, own]) feed?.close();
  expect(handlers["diagnostics.cancel"]({ id: 3 })).toMatchObject({ id: 3, verdict: "canceled" });
  expect(all?.told.length).toBe(told);
  expect(() => handlers["diagnostics.cancel"]({ id: 3 })).toThrow(
    expect.objectContaining({ code: "conflict", words: words("log-over") }),
  );
  expect(() => handlers["diagnostics.cancel"]({ id: 9 })).toThrow(
    expect.objectContaining({ code: "not-found", words: words("no-log-request", { id: 9 }) }),
  );
  expect(() => handlers["diagnostics.request"]({ station: "NOBODY", ...wish })).toThrow(
    expect.objectContaining({ code: "not-found" }),
  );
});

test("what a station tells of its upload is for its own request, and who belongs to no request for those of the same way", async () => {
  const { diagnostics, entry, answer, tell, drops } = await setUp();
  diagnostics.start(entry, wish);
  expect(await answer({ fileName: "log.tgz" })).toBe("GetDiagnostics");
  tell("d", "DiagnosticsStatusNotification", { status: "Uploading" });
  const [request] = diagnostics.list("CP1");
  expect(request?.rungs[0]).toMatchObject({ status: "Uploading", fileName: "log.tgz" });
  const stray = (protocol: "http" | "ftp"): ReceiverEvent => ({
    type: "wrong-login",
    user: "u",
    protocol,
    from: "192.0.2.9",
  });
  diagnostics.stray(stray("ftp"));
  diagnostics.stray(stray("http"));
  expect(request?.rungs[0]?.seen.map(({ words: { phrase } }) => phrase)).toEqual(["seen-status", "seen-wrong-login"]);
  expect(drops).toHaveLength(1);
});

test("by itself it tries what the station says it can, and asks once where that is not on record", async () => {
  const { diagnostics, entry, answer, results, ways } = await setUp();
  diagnostics.start(entry, { ...wish, protocol: "auto" });
  const asked = await answer({
    configurationKey: [{ key: "SupportedFileTransferProtocols", readonly: true, value: "FTP,SFTP" }],
    unknownKey: [],
  });
  expect(asked).toBe("GetConfiguration");
  expect(results()).toEqual([["ftp asked", undefined]]);
  await answer({});
  ways.open = new Set(["http"]);
  diagnostics.start(entry, { ...wish, protocol: "auto" });
  expect(await answer({})).toBe("GetDiagnostics");
  expect(results().at(-1)).toEqual(["http asked", undefined]);
});

test("the next life of the core goes on with what was open, waits as it is told to, and takes nothing up that is over", async () => {
  const { diagnostics, entry, answer, open, results, clock, context } = await setUp();
  diagnostics.start(entry, wish);
  await answer({});
  await diagnostics.dispose();
  expect(diagnostics.list()[0]?.verdict).toBeUndefined();
  const next = open();
  await turn();
  expect(results(next)).toEqual([["http asked", undefined]]);
  clock.advance(4999);
  await turn();
  expect(results(next)).toEqual([["http asked", undefined]]);
  clock.advance(1);
  await turn();
  expect(results(next)).toEqual([["http silent", "nothing-came"]]);
  const third = open();
  await turn();
  expect(results(third)).toEqual([["http silent", "nothing-came"]]);
  context.registry.forgotten.emit(entry);
  expect([next.list(), open().list()]).toEqual([[], []]);
});

test("with a station that is forgotten goes what is under way of it: its doors are shut, and nothing of it is kept anew", async () => {
  const { diagnostics, entry, answer, context, closed, clock, repository, tell } = await setUp();
  diagnostics.start(entry, wish);
  await answer({});
  context.registry.ensure("CP2", 0);
  const { id } = diagnostics.start(context.registry.require("CP2"), wish);
  const left = () => [diagnostics.list(), repository.newest(9)].map((all) => all.map((one) => one.id));
  context.registry.forgotten.emit(entry);
  expect([closed, left()]).toEqual([["http"], [[id], [id]]]);
  tell("d", "DiagnosticsStatusNotification", { status: "Uploading" });
  clock.advance(1_800_000);
  await turn();
  expect(left()).toEqual([[id], [id]]);
});

test("what came last from one of the same make is tried first, and a station that is here by TLS is asked by it", async () => {
  const { repository, open, entry, answer, results, ways } = await setUp();
  ways.open = new Set(["http", "https", "ftp"]);
  const known = {
    ...{ id: 1, station: "CP1", kind: "diagnostics" as const, protocol: "auto" as const, at: 0, until: 1, rungs: [] },
    ...{ verdict: "received" as const, endedAt: 1 },
    files: [{ id: 1, name: "a", bytes: 1, state: "whole" as const, sha256: "s", protocol: "ftp" as const }],
  };
  const first = async () => {
    const diagnostics = open();
    diagnostics.start(entry, { ...wish, protocol: "auto" });
    await answer({ unknownKey: ["SupportedFileTransferProtocols"] });
    await turn();
    const told = results(diagnostics).at(-1);
    await diagnostics.dispose();
    return told;
  };
  expect(await first()).toEqual(["http asked", undefined]);
  entry.state = { ...entry.state, link: { ...entry.state.link, secure: true } };
  expect(await first()).toEqual(["https asked", undefined]);
  repository.add("CP1", { request: known });
  expect(await first()).toEqual(["ftp asked", undefined]);
});

test("a station that is read in another way than OCPP has no log to send", async () => {
  const { diagnostics, context, results } = await setUp();
  const meter = context.registry.ensure("METER", 0);
  meter.state = { ...meter.state, link: { ...meter.state.link, carrier: "modbus" } };
  diagnostics.start(meter, wish);
  await turn();
  expect(results()).toEqual([["", "unsupported"]]);
});

test("one that cannot be kept goes on all the same, and that is logged", async () => {
  const { diagnostics, entry, repository, logged, results } = await setUp();
  const error = new Error("disk full");
  vi.spyOn(repository, "save").mockImplementation(() => {
    throw error;
  });
  diagnostics.start(entry, wish);
  await turn();
  expect(logged).toHaveBeenCalledWith("a request for a log could not be kept", { error });
  expect(results()).toEqual([["http asked", undefined]]);
});

test("a request that breaks by a fault of ours ends in words, and the fault is told", async () => {
  const { diagnostics, entry, results, bug, ways, answer } = await setUp();
  Object.defineProperty(ways, "open", {
    get: () => {
      throw new Error("broken");
    },
  });
  diagnostics.start(entry, { ...wish, protocol: "auto" });
  await answer({});
  expect(results()).toEqual([["", "nothing-came"]]);
  expect(bug).toHaveBeenCalledWith("a request for a log failed", { error: expect.any(Error) });
});
