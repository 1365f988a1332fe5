import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { createManualClock, type ManualClock } from "../../lib/clock.ts";
import { silentLogger } from "../../lib/logger.ts";
import { mostDestinations, mostInOutbox } from "../../station/bounds.ts";
import { failure } from "../../station/failure.ts";
import type { KeptFile } from "../../station/model.ts";
import { words } from "../../station/phrases.ts";
import { OutboxRepository } from "../../store/kept/outbox.ts";
import { Database } from "../../store/sqlite/database.ts";
import { Outbox } from "./outbox.ts";
import type { Delivery, Sender } from "./senders/sender.ts";

const sender = vi.hoisted(() => ({
  send: null as Sender["send"] | null,
  test: null as Sender["test"] | null,
  abandoned: [] as object[],
  opened: [] as { name: string; secret: unknown; learnHost(key: string): void }[],
}));
vi.mock("./senders/open.ts", () => ({
  openSender: ({ name }: { name: string }, tools: { secret: unknown; learnHost(key: string): void }) => {
    sender.opened.push({ name, ...tools });
    return {
      test: async (signal: AbortSignal) => sender.test?.(signal),
      send: (delivery: Delivery) => sender.send?.(delivery),
      abandon: async (left: object) => void sender.abandoned.push(left),
    };
  },
}));

const file: KeptFile = { id: 1, name: "log.txt", bytes: 1, sha256: "ab", at: 1, state: "whole" };
let clock: ManualClock;
let outbox: Outbox;
let open: () => Outbox;
let repository: OutboxRepository;
let database: Database;
let removed: string[];
beforeEach(async () => {
  Object.assign(sender, { send: null, test: null, abandoned: [], opened: [] });
  removed = [];
  const home = mkdtempSync(join(tmpdir(), "plugside-sending-"));
  database = new Database(join(home, "plugside.db"));
  clock = createManualClock();
  const files = { require: (id: number) => ({ ...file, id }), placeOf: () => join(home, "1") };
  const secrets = {
    read: async (name: string) => ({ password: `of ${name}` }),
    write: async () => undefined,
    remove: (name: string) => void removed.push(name),
  };
  repository = new OutboxRepository(database);
  open = () => new Outbox({ files, repository, secrets, clock, log: silentLogger } as never);
  outbox = open();
  await outbox.save({ name: "stick", kind: "folder", path: home });
  onTestFinished(async () => {
    await outbox.dispose();
    database.dispose();
    rmSync(home, { recursive: true, force: true });
  });
});

/** A sender that sends for ever, and what it was given. */
function endless(): Promise<Delivery> {
  return new Promise((begun) => {
    sender.send = (delivery) => {
      begun(delivery);
      return new Promise((_sent, failed) => {
        delivery.signal.addEventListener("abort", () => failed(new Error("aborted")));
      });
    };
  });
}

test("what is taken out while it is sent is broken off, and so is what is sent when the core ends", async () => {
  let begun = endless();
  const { id } = outbox.add(1, "stick");
  clock.advance(0);
  let { signal } = await begun;
  expect(signal.aborted).toBe(false);
  outbox.remove(id);
  expect(signal.aborted).toBe(true);
  begun = endless();
  await expect.poll(() => outbox.list()).toEqual([]);
  outbox.add(2, "stick");
  clock.advance(0);
  ({ signal } = await begun);
  const ended = outbox.dispose();
  expect(signal.aborted).toBe(true);
  await ended;
});

test("what goes elsewhere meanwhile is not broken off with it", async () => {
  await outbox.save({ name: "other", kind: "folder", path: "/x" });
  const signals = new Map<number, AbortSignal>();
  sender.send = ({ file: { id }, signal }) => {
    signals.set(id, signal);
    return new Promise((_sent, failed) => signal.addEventListener("abort", () => failed(new Error("aborted"))));
  };
  const [first] = [outbox.add(1, "stick"), outbox.add(2, "other")];
  await pass(0);
  outbox.remove(first.id);
  await pass(0);
  expect([...signals].map(([id, { aborted }]) => [id, aborted])).toEqual([
    [1, true],
    [2, false],
  ]);
  expect(outbox.list().map(({ file: id, state }) => [id, state])).toEqual([[2, "waiting"]]);
});

test("a destination that something waits for stays", async () => {
  const begun = endless();
  outbox.add(1, "stick");
  clock.advance(0);
  await begun;
  expect(() => outbox.forget("stick")).toThrow();
  expect(outbox.destinations().map(({ name }) => name)).toEqual(["stick"]);
});

test("each try in vain is followed by a longer pause, ten minutes at most", async () => {
  sender.send = () => Promise.reject(failure("unavailable", words("no-core")));
  const pauses: number[] = [];
  outbox.changed.on(({ entry }) => {
    if (entry?.why !== undefined) pauses.push(((entry.nextAt ?? 0) - clock.now()) / 1000);
  });
  outbox.add(1, "stick");
  while (pauses.length < 9) {
    clock.advance(1000);
    await new Promise((turn) => setImmediate(turn));
  }
  expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 320, 600, 600]);
});

test("what only a person can put right is tried again in ten minutes", async () => {
  sender.send = () => Promise.reject(failure("not-allowed", words("no-core")));
  outbox.add(1, "stick");
  clock.advance(0);
  await expect.poll(() => outbox.list()[0]).toMatchObject({ tries: 1, nextAt: clock.now() + 600_000 });
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Lets the clock run, and what is due be done. */
async function pass(ms: number): Promise<void> {
  clock.advance(ms);
  for (let at = 0; at < 5; at++) await turn();
}

const folder = (name: string) => ({ name, kind: "folder" as const, path: "/x" });

test("what was sent is told with its place and proof, and how far it is on its way in steps of half a megabyte", async () => {
  const told: unknown[] = [];
  outbox.changed.on(({ entry }) => told.push(entry && { state: entry.state, done: entry.done, resume: entry.resume }));
  sender.send = async ({ progress, keep }) => {
    for (const done of [1, 524_287, 524_288, 524_289, 1_048_576, 1_048_577, 1]) progress(done);
    keep("half" as never);
    progress(1);
    return { place: "there", proof: "size" };
  };
  outbox.add(1, "stick");
  await pass(0);
  const waiting = (done?: number, resume?: string) => ({ state: "waiting", done, resume });
  expect(told).toEqual([
    waiting(),
    // The file has one byte in all.
    waiting(1),
    waiting(524_289),
    waiting(1_048_577),
    waiting(1),
    waiting(1, "half"),
    waiting(1, "half"),
    { state: "sent", done: undefined, resume: undefined },
  ]);
  expect(outbox.list()[0]).toEqual({
    id: 1,
    file: 1,
    name: "log.txt",
    destination: "stick",
    state: "sent",
    at: clock.now(),
    tries: 0,
    sentAt: clock.now(),
    place: "there",
    proof: "size",
  });
  expect(repository.entries()).toEqual(outbox.list());
});

test("to each destination one goes at a time, the one that waits longest first, and to several at once", async () => {
  await outbox.save(folder("other"));
  const order: number[] = [];
  const ends: (() => void)[] = [];
  sender.send = ({ file: { id } }) => {
    order.push(id);
    return new Promise((resolve) => ends.push(() => resolve({ place: `${id}`, proof: "size" })));
  };
  for (const [id, to] of [
    [1, "stick"],
    [2, "stick"],
    [3, "other"],
    [4, "stick"],
  ] as const) {
    outbox.add(id, to);
    clock.advance(1);
    await turn();
  }
  await pass(0);
  expect(order).toEqual([1, 3]);
  ends[0]?.();
  await pass(0);
  expect(order).toEqual([1, 3, 2]);
  ends[2]?.();
  await pass(0);
  expect(order).toEqual([1, 3, 2, 4]);
  for (const end of ends) end();
});

test("what is put there again is tried now if it waits or had stopped, and not twice while it is on its way", async () => {
  sender.send = () => Promise.reject(failure("unavailable", words("no-core")));
  outbox.add(1, "stick");
  await pass(0);
  expect(outbox.list()[0]).toMatchObject({ tries: 1, why: words("no-core") });
  await pass(100);
  expect(outbox.add(1, "stick")).toEqual({
    ...{ id: 1, file: 1, name: "log.txt", destination: "stick", state: "waiting" },
    ...{ at: expect.any(Number), tries: 0, nextAt: clock.now() },
  });
  const begun = endless();
  await pass(0);
  await begun;
  const entry = outbox.list()[0];
  expect(outbox.add(1, "stick")).toEqual(entry);
  outbox.run();
  expect(outbox.list()).toEqual([entry]);
  expect(outbox.add(2, "stick").id).toBe(2);
});

test("all that waits is tried now when somebody asks, and what went or stopped is not", async () => {
  let tried = 0;
  const gone = failure("not-found", words("no-file", { id: 2 }));
  sender.send = ({ file: { id } }) => {
    tried++;
    return Promise.reject(id === 2 ? gone : failure("unavailable", words("no-core")));
  };
  outbox.add(1, "stick");
  outbox.add(2, "stick");
  await pass(0);
  expect(outbox.list().map(({ state, nextAt }) => [state, nextAt])).toEqual([
    ["waiting", clock.now() + 5000],
    ["stopped", undefined],
  ]);
  outbox.run();
  await pass(0);
  expect([tried, outbox.list().map(({ tries }) => tries)]).toEqual([3, [1, 0]]);
});

test("a pause that only a clock set since can explain is none", async () => {
  sender.send = () => Promise.reject(failure("not-allowed", words("no-core")));
  outbox.add(1, "stick");
  await pass(0);
  let tried = 0;
  sender.send = () => {
    tried++;
    return Promise.reject(failure("not-allowed", words("no-core")));
  };
  await pass(15_000);
  expect(tried).toBe(0);
  clock.set(-3_600_000);
  await pass(14_999);
  expect(tried).toBe(0);
  await pass(1);
  expect(tried).toBe(1);
});

test("what cannot be noted in the record waits as it did, and is tried again in a quarter of a minute", async () => {
  let tried = 0;
  sender.send = async () => {
    tried++;
    return { place: "there", proof: "size" };
  };
  outbox.add(1, "stick");
  const logged = vi.spyOn(silentLogger, "error");
  const error = new Error("disk full");
  const put = vi.spyOn(repository, "put").mockImplementation(() => {
    throw error;
  });
  await pass(0);
  expect([tried, outbox.list()[0]?.state]).toEqual([1, "waiting"]);
  expect(logged.mock.calls).toEqual([["the outbox could not go on", { error }]]);
  await pass(14_999);
  expect(tried).toBe(1);
  put.mockRestore();
  await pass(1);
  await pass(0);
  expect([tried, outbox.list()[0]?.state]).toEqual([2, "sent"]);
});

test("a part that is there of what will not be sent is taken away, and nothing where there is none", async () => {
  sender.send = ({ keep }) => {
    keep("half" as never);
    return Promise.reject(failure("unavailable", words("no-core")));
  };
  outbox.add(1, "stick");
  await pass(0);
  outbox.remove(1);
  await pass(0);
  expect(sender.abandoned).toEqual([
    { file: { ...file, id: 1 }, sha256: "ab", resume: "half", signal: expect.any(AbortSignal) },
  ]);
  expect([outbox.list(), repository.entries()]).toEqual([[], []]);
  outbox.add(2, "stick");
  outbox.remove(2);
  await pass(0);
  expect(sender.abandoned).toHaveLength(1);
});

test("that a part of what will not be sent stays behind is logged", async () => {
  sender.send = ({ keep }) => {
    keep("half" as never);
    return Promise.reject(failure("unavailable", words("no-core")));
  };
  outbox.add(1, "stick");
  await pass(0);
  const warned = vi.spyOn(silentLogger, "warn");
  const error = new Error("the server is away");
  vi.spyOn(sender.abandoned, "push").mockImplementation(() => {
    throw error;
  });
  outbox.remove(1);
  await pass(0);
  expect(warned.mock.calls).toEqual([["a part of a file stays behind", { error }]]);
  expect(outbox.list()).toEqual([]);
});

test("a later try goes on from what the one before kept, over a restart as well", async () => {
  const given: unknown[] = [];
  sender.send = ({ resume, sha256, from, file: { id }, keep }) => {
    given.push({ id, resume, sha256, from: basename(from) });
    keep(`part ${given.length}` as never);
    return Promise.reject(failure("unavailable", words("no-core")));
  };
  outbox.add(1, "stick");
  await pass(0);
  await pass(5000);
  await outbox.dispose();
  outbox = open();
  await pass(10_000);
  const same = { id: 1, sha256: "ab", from: "1" };
  expect(given).toEqual([
    { ...same, resume: undefined },
    { ...same, resume: "part 1" },
    { ...same, resume: "part 2" },
  ]);
});

test("a destination is kept with what is known of its secrets, replaced, told, and forgotten with them", async () => {
  const told: unknown[] = [];
  outbox.destinationChanged.on((change) => told.push(change));
  const plain = folder("nas");
  const kept = { ...plain, kept: ["password", "headers"] };
  expect(await outbox.save(plain, { password: "p", headers: { a: "b" } })).toEqual(kept);
  expect(await outbox.save({ ...plain, path: "/y" })).toEqual({ ...kept, path: "/y" });
  expect(await outbox.test("nas")).toBeNull();
  expect(sender.opened.at(-1)).toMatchObject({ name: "nas", secret: { password: "of nas" } });
  expect(await outbox.save(plain, null)).toEqual(plain);
  await outbox.test("nas");
  expect(sender.opened.at(-1)?.secret).toEqual({});
  sender.opened.at(-1)?.learnHost("SHA256:k");
  expect(outbox.destinations().find(({ name }) => name === "nas")).toEqual({ ...plain, hostKey: "SHA256:k" });
  outbox.forget("nas");
  expect([removed, outbox.destinations().map(({ name }) => name)]).toEqual([["nas"], ["stick"]]);
  expect(told).toEqual([
    { name: "nas", destination: kept },
    { name: "nas", destination: { ...kept, path: "/y" } },
    { name: "nas", destination: plain },
    { name: "nas", destination: { ...plain, hostKey: "SHA256:k" } },
    { name: "nas", destination: null },
  ]);
  expect(() => outbox.forget("nas")).toThrow(expect.objectContaining({ code: "not-found" }));
  await expect(outbox.test("nas")).rejects.toMatchObject({ words: words("no-destination", { name: "nas" }) });
});

test("what waits for a destination is tried when that is saved anew", async () => {
  sender.send = () => Promise.reject(failure("not-allowed", words("no-core")));
  outbox.add(1, "stick");
  await pass(0);
  sender.send = async () => ({ place: "there", proof: "size" });
  await outbox.save(folder("stick"));
  await pass(0);
  expect(outbox.list()[0]?.state).toBe("sent");
});

test("a test of a destination tells what is wrong, and that it takes too long", async () => {
  sender.test = () => Promise.reject(failure("unavailable", words("no-core")));
  expect(await outbox.test("stick")).toEqual(words("no-core"));
  sender.test = (signal) =>
    new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const asked = outbox.test("stick");
  await turn();
  clock.advance(89_999);
  expect(await Promise.race([asked, turn().then(() => "still")])).toBe("still");
  clock.advance(1);
  expect(await asked).toEqual(words("away-still", { host: "stick", seconds: 90 }));
});

test("fifty destinations are kept; one of them can be changed all the same", async () => {
  database.transaction(() => {
    for (let at = 1; at < mostDestinations; at++) repository.saveDestination(folder(`d${at}`));
  });
  await expect(outbox.save(folder("more"))).rejects.toMatchObject({
    code: "conflict",
    words: words("too-many-destinations", { count: mostDestinations }),
  });
  expect(await outbox.save({ ...folder("stick"), path: "/z" })).toMatchObject({ path: "/z" });
});

test("ten thousand files are in the outbox at most, those that went among them", () => {
  const went = Array.from({ length: mostInOutbox }, (_, id) => ({ id, file: id, destination: "stick", state: "sent" }));
  const added: unknown[] = [];
  const full = (entries: object[]) =>
    new Outbox({
      files: { require: (id: number) => ({ ...file, id }) },
      repository: {
        entries: () => entries,
        destinations: () => [folder("stick")],
        add: (entry: object) => {
          added.push(entry);
          return { id: 99_999, ...entry };
        },
      },
      clock,
      log: silentLogger,
    } as never);
  expect(() => full(went).add(99_999, "stick")).toThrow(
    expect.objectContaining({ code: "conflict", words: words("too-many-in-outbox", { count: mostInOutbox }) }),
  );
  expect(full(went.slice(1)).add(99_999, "stick")).toMatchObject({ state: "waiting" });
  expect(added).toHaveLength(1);
});
