import { expect, test, vi } from "vitest";
import { silentLogger } from "../../lib/logger.ts";
import { words } from "../../station/phrases.ts";
import { AccessRepository } from "../../store/access.ts";
import { ForgetRepository } from "../../store/forget.ts";
import { openAccess } from "../access/logic.ts";
import { openServices, type ServicesBench } from "../testing/open-services.ts";
import { createForgetter, type ForgetterOptions } from "./forget.ts";

/** A station that was here, with all that may be set for it, and is away. */
async function setUp(log = silentLogger) {
  const bench = await openServices();
  bench.tell("boot", "BootNotification", { chargePointVendor: "V", chargePointModel: "M", colour: "red" });
  const { registry, recorder } = bench.context;
  const entry = registry.require("CP1");
  const access = openAccess(new AccessRepository(bench.database), silentLogger);
  const facts = { underWay: false, files: [] as { id: number; name: string; state: string }[] };
  const calls: string[] = [];
  const noting = (name: string) => (what: unknown) => void calls.push(`${name} ${what}`);
  const repository = new ForgetRepository(bench.database);
  const options = {
    registry,
    recorder,
    repository,
    access,
    procedures: { underWay: () => facts.underWay, forget: noting("procedures") },
    forwarding: { settings: (identity: string) => (identity === "CP1" ? {} : undefined), forget: noting("forwarding") },
    faults: { clear: () => calls.push("faults") },
    waitingStations: { forget: noting("waiting") },
    files: { list: () => facts.files, remove: noting("file") },
    log,
  } as unknown as ForgetterOptions;
  return { ...bench, entry, access, facts, calls, repository, options };
}

/** It goes. */
function away({ closed, context }: Pick<ServicesBench, "closed" | "context">): void {
  closed();
  context.recorder.flush();
}

test("what would go is told, and why it cannot go now: it is connected, or a change or a file of it is under way", async () => {
  const bench = await setUp();
  const { entry, facts, options, access } = bench;
  const forgetter = createForgetter(options);
  const { state } = entry;
  const plain = {
    identity: "CP1",
    firstSeenAt: state.firstSeenAt,
    lastSeenAt: state.lastSeenAt,
    frames: 2,
    findings: 1,
    access: false,
    forward: true,
    files: 0,
  };
  expect(forgetter.report(entry)).toEqual({ ...plain, blocked: words("forget-connected", { identity: "CP1" }) });
  const { session } = entry;
  entry.session = null;
  expect(forgetter.report(entry).blocked).toEqual(words("forget-connected", { identity: "CP1" }));
  entry.session = session;
  away(bench);
  const free = { ...plain, lastSeenAt: entry.state.lastSeenAt };
  expect(forgetter.report(entry)).toEqual({ ...free, blocked: undefined });
  access.change("CP1", { note: "n" });
  facts.files = [
    { id: 1, name: "whole.log", state: "whole" },
    { id: 2, name: "b.log", state: "coming" },
  ];
  const coming = words("file-coming", { name: "b.log" });
  expect(forgetter.report(entry)).toEqual({ ...free, access: true, files: 2, blocked: coming });
  facts.underWay = true;
  const underWay = words("change-under-way", { identity: "CP1" });
  expect(forgetter.report(entry).blocked).toEqual(underWay);
  await expect(forgetter.forget(entry)).rejects.toMatchObject({ code: "conflict", words: underWay });
});

test("a station goes wholly: from all who know it, with its files and its frames", async () => {
  const bench = await setUp();
  const { entry, facts, options, access, calls, repository, frames, context } = bench;
  access.change("CP1", { note: "n" });
  facts.files = [
    { id: 4, name: "a", state: "whole" },
    { id: 5, name: "b", state: "partial" },
  ];
  const forgetter = createForgetter(options);
  away(bench);
  context.journal.write(entry, { kind: "own-clock-set", byMs: 5 } as never);
  const before = context.recorder.reached;
  const told = forgetter.report(entry);
  expect(await forgetter.forget(entry)).toEqual(told);
  expect(calls).toEqual(["faults", "forwarding CP1", "procedures CP1", "waiting CP1", "file 4", "file 5"]);
  expect([access.find("CP1"), context.registry.get("CP1"), frames(), repository.unfinished()]).toEqual([
    undefined,
    undefined,
    [],
    [],
  ]);
  context.recorder.flush();
  expect(context.events.newest(Number.MAX_SAFE_INTEGER, { station: entry.id }, 9)).toEqual([]);
  // A number is never given twice.
  expect(context.recorder.take()).toBeGreaterThan(before + 1);
});

test("while the record cannot be written nothing is forgotten", async () => {
  const bench = await setUp();
  const forgetter = createForgetter(bench.options);
  away(bench);
  vi.spyOn(bench.context.recorder, "trouble", "get").mockReturnValue(words("tls-left"));
  await expect(forgetter.forget(bench.entry)).rejects.toMatchObject({
    code: "unavailable",
    words: words("record-troubled", { why: words("tls-left") }),
  });
  expect(bench.context.registry.get("CP1")).toBe(bench.entry);
});

test("what the last life left half forgotten is taken away; that it cannot be is logged; an end in between is waited for", async () => {
  const failed = vi.fn();
  const { options, repository, entry } = await setUp({ ...silentLogger, error: failed });
  repository.begin(entry, 1);
  const purge = Promise.withResolvers<void>();
  const asked: { id: number; closed: () => boolean }[] = [];
  vi.spyOn(repository, "purge").mockImplementation((id, closed) => {
    asked.push({ id, closed });
    return purge.promise;
  });
  const forgetter = createForgetter(options);
  expect(asked).toMatchObject([{ id: entry.id }]);
  expect(asked[0]?.closed()).toBe(false);
  let ended = false;
  const end = Promise.resolve(forgetter.dispose()).then(() => {
    ended = true;
  });
  expect(asked[0]?.closed()).toBe(true);
  await Promise.resolve();
  expect(ended).toBe(false);
  purge.reject(new Error("disk"));
  await end;
  await expect.poll(() => failed).toHaveBeenCalledWith(expect.any(String), { error: new Error("disk") });
});
