import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import { silentLogger } from "../../lib/logger.ts";
import { longestFile, longestFileName, roomToLeave } from "../../station/bounds.ts";
import type { KeptFile } from "../../station/model.ts";
import { words } from "../../station/phrases.ts";
import { FileStore } from "./file-store.ts";
import type { FilesRepository } from "./files.ts";

/** Rows in memory: what the table does. */
function rows() {
  const kept = new Map<number, KeptFile>();
  const repository = {
    list: () => [...kept.values()].map((file) => ({ ...file })),
    get: (id: number) => kept.get(id) && { ...(kept.get(id) as KeptFile) },
    add(begun: Pick<KeptFile, "station" | "name" | "at">) {
      const file: KeptFile = { ...begun, id: kept.size + 1, bytes: 0, state: "coming" };
      kept.set(file.id, file);
      return { ...file };
    },
    put: (file: KeptFile) => void kept.set(file.id, { ...file }),
    remove: (id: number) => void kept.delete(id),
  } as unknown as FilesRepository;
  return { kept, repository };
}

function storeIn(repository: FilesRepository, folder?: string) {
  const home = mkdtempSync(join(tmpdir(), "plugside-files-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const place = folder ?? join(home, "files");
  return {
    home,
    place,
    store: new FileStore({ folder: place, repository, clock: createManualClock(5), log: silentLogger }),
  };
}

async function* pieces(...texts: (string | Error)[]) {
  for (const text of texts) {
    if (text instanceof Error) throw text;
    yield Buffer.from(text);
  }
}

test("a file is whole with its size and hash, and what is in it is on disk", async () => {
  const { kept, repository } = rows();
  const { store, place } = storeIn(repository);
  const told: (string | null)[] = [];
  store.changed.on(({ file }) => told.push(file?.state ?? null));
  const file = await store.keep({ station: "A", name: "log.txt" }, pieces("ab", "c"));
  expect(file).toMatchObject({ id: 1, station: "A", name: "log.txt", at: 5, bytes: 3, state: "whole" });
  expect(file.sha256).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(readFileSync(join(place, "1"), "utf8")).toBe("abc");
  expect(kept.get(1)).toEqual(file);
  expect(told).toEqual(["coming", "whole"]);
});

test("what came is on the disk before it is said to be whole", async () => {
  const { repository } = rows();
  const { store, home } = storeIn(repository);
  const some = await open(join(home, "some"), "w");
  const handles = Object.getPrototypeOf(some) as typeof some;
  await some.close();
  const order: string[] = [];
  const sync = handles.sync;
  vi.spyOn(handles, "sync").mockImplementation(async function (this: typeof some) {
    await sync.call(this);
    order.push("synced");
  });
  store.changed.on(({ file }) => order.push(file?.state ?? "gone"));
  await store.keep({ name: "log" }, pieces("a"));
  expect(order).toEqual(["coming", "synced", "whole"]);
});

test("how much of a large file has come is told on the way, every few megabytes, and listed", async () => {
  const { repository } = rows();
  const { store } = storeIn(repository);
  const told: [string | undefined, number | undefined][] = [];
  store.changed.on(({ file }) => told.push([file?.state, file?.bytes]));
  const mega = 1024 * 1024;
  const seen: number[] = [];
  async function* slowly() {
    for (const size of [4 * mega - 1, 1, 4 * mega - 1, 1]) {
      yield Buffer.alloc(size);
      seen.push(...store.list().map(({ bytes }) => bytes), store.require(1).bytes);
    }
  }
  await store.keep({ name: "log" }, slowly());
  expect(told).toEqual([
    ["coming", 0],
    ["coming", 4 * mega - 1],
    ["coming", 8 * mega - 1],
    ["whole", 8 * mega],
  ]);
  expect(seen).toEqual([0, 0, 4 * mega - 1, 4 * mega - 1, 4 * mega - 1, 4 * mega - 1, 8 * mega - 1, 8 * mega - 1]);
  expect(store.list().map(({ bytes, state }) => [bytes, state])).toEqual([[8 * mega, "whole"]]);
});

test("a file is gone for good, with its bytes, and everybody is told", async () => {
  const { kept, repository } = rows();
  const { store, place } = storeIn(repository);
  const { id } = await store.keep({ name: "log" }, pieces("a"));
  const told: unknown[] = [];
  store.changed.on((change) => told.push(change));
  store.remove(id);
  store.remove(99);
  expect([readdirSync(place), kept.size, told[0]]).toEqual([[], 0, { id, file: null }]);
  expect(() => store.require(id)).toThrow(
    expect.objectContaining({ code: "not-found", words: words("no-file", { id }) }),
  );
});

test("one that the disk does not let go of stays, and it is told", async () => {
  const { kept, repository } = rows();
  const { store, place } = storeIn(repository);
  const { id } = await store.keep({ name: "log" }, pieces("a"));
  const path = join(place, String(id));
  rmSync(path);
  mkdirSync(path);
  const told: unknown[] = [];
  store.changed.on((change) => told.push(change));
  expect(() => store.remove(id)).toThrow(
    expect.objectContaining({ code: "unavailable", words: expect.objectContaining({ phrase: "file-unwritten" }) }),
  );
  expect([kept.has(id), told]).toEqual([true, []]);
});

test("what is larger than may be is refused, as far as it came it is kept", async () => {
  const { kept, repository } = rows();
  const { store } = storeIn(repository);
  async function* large() {
    yield Buffer.from("ab");
    // As long as it says, which no memory holds.
    yield { length: longestFile - 1 } as Uint8Array;
  }
  await expect(store.keep({ name: "log" }, large())).rejects.toMatchObject({
    ...{ code: "invalid-input", words: words("file-too-large", { name: "log", most: longestFile }) },
  });
  expect(kept.get(1)).toMatchObject({ bytes: 2, state: "partial", sha256: expect.any(String) });
});

test.skipIf(process.platform !== "linux")(
  "where the disk has no room nothing is begun, and how little there is is told",
  async () => {
    const { kept, repository } = rows();
    // No byte can be written there.
    const { store } = storeIn(repository, "/proc/self");
    await expect(store.keep({ name: "log" }, pieces("a"))).rejects.toMatchObject({
      ...{ code: "unavailable", words: words("no-room-for-file", { free: 0 }) },
    });
    expect([kept.size, store.room()]).toEqual([0, 0]);
  },
);

test("what it is called, and what is said of it, while it comes stays", async () => {
  const { repository } = rows();
  const { store } = storeIn(repository);
  async function* slowly() {
    yield Buffer.from("a");
    store.change(1, { name: "better", note: "of the left one" });
    yield Buffer.from("b");
  }
  expect(await store.keep({ name: "log" }, slowly())).toMatchObject({
    name: "better",
    note: "of the left one",
    bytes: 2,
  });
});

test("what breaks off is kept as far as it came, and its sender's fault stays the sender's", async () => {
  const { kept, repository } = rows();
  const { store } = storeIn(repository);
  const reset = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET", syscall: "read" });
  await expect(store.keep({ name: "log" }, pieces("ab", reset))).rejects.toBe(reset);
  expect(kept.get(1)).toMatchObject({ bytes: 2, state: "partial" });
  expect(kept.get(1)?.sha256).toMatch(/^fb8e20fc/);
  await expect(store.keep({ name: "nothing" }, pieces(reset))).rejects.toBe(reset);
  expect([...kept.keys()]).toEqual([1]);
});

test("a disk that takes nothing is told in words, and leaves no row", async () => {
  const { kept, repository } = rows();
  const { home } = storeIn(repository);
  writeFileSync(join(home, "taken"), "");
  const { store } = storeIn(repository, join(home, "taken"));
  const failing = store.keep({ name: "log" }, pieces("a"));
  await expect(failing).rejects.toMatchObject({ code: "unavailable", words: { phrase: "file-unwritten" } });
  expect(kept.size).toBe(0);
});

test("a file of the disk is never written over", async () => {
  const { kept, repository } = rows();
  const { store, place } = storeIn(repository);
  await store.keep({ name: "first" }, pieces("a"));
  kept.clear();
  await expect(store.keep({ name: "other" }, pieces("b"))).rejects.toMatchObject({
    words: { phrase: "file-unwritten" },
  });
  expect(readFileSync(join(place, "1"), "utf8")).toBe("a");
  expect(kept.size).toBe(0);
});

test("what was coming when the core ended is partial, or gone where nothing had come", async () => {
  const { kept, repository } = rows();
  const { store, place } = storeIn(repository);
  await store.keep({ name: "some" }, pieces("abc"));
  await store.keep({ name: "none" }, pieces("abc"));
  for (const file of kept.values()) kept.set(file.id, { ...file, state: "coming", bytes: 0 });
  writeFileSync(join(place, "2"), "");
  storeIn(repository, place);
  expect([...kept.values()].map(({ id, state, bytes }) => [id, state, bytes])).toEqual([[1, "partial", 3]]);
  expect(readdirSync(place)).toEqual(["1"]);
});

test("a name is cut to what the record takes, and a note can be taken back", async () => {
  const { repository } = rows();
  const { store } = storeIn(repository);
  const { name, id } = await store.keep({ name: "x".repeat(longestFileName + 9) }, pieces("a"));
  expect(name.length).toBeLessThanOrEqual(longestFileName);
  expect(store.change(id, { note: "n" }).note).toBe("n");
  expect(store.change(id, { note: "" })).not.toHaveProperty("note");
  expect(() => store.change(9, {})).toThrow(expect.objectContaining({ code: "not-found" }));
});

test("what is on the record and not on the disk is told so", async () => {
  const { repository } = rows();
  const { store, place } = storeIn(repository);
  const { id } = await store.keep({ name: "log" }, pieces("a"));
  rmSync(join(place, String(id)));
  expect(() => store.read(id)).toThrow(expect.objectContaining({ code: "not-found" }));
});

test("the end waits for what is coming", async () => {
  const { repository } = rows();
  const { store } = storeIn(repository);
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  async function* slowly() {
    yield Buffer.from("a");
    await held;
    yield Buffer.from("b");
  }
  const order: string[] = [];
  const kept = store.keep({ name: "log" }, slowly()).then(() => order.push("kept"));
  const ended = store.dispose().then(() => order.push("ended"));
  await new Promise((resolve) => setImmediate(resolve));
  expect(order).toEqual([]);
  goOn();
  await Promise.all([kept, ended]);
});

test("what is gone on with is whole from its first byte, and its hash is of all of it", async () => {
  const { kept, repository } = rows();
  const { store, place } = storeIn(repository);
  let begun = 0;
  const gone = new Error("gone");
  const first = store.keep({ name: "log", begun: (id) => (begun = id) }, pieces("abXX", gone));
  await expect(first).rejects.toBe(gone);
  expect(kept.get(begun)).toMatchObject({ bytes: 4, state: "partial" });
  const file = await store.resume(begun, 2, pieces("c"));
  expect(file).toMatchObject({ bytes: 3, state: "whole" });
  expect(file.sha256).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(readFileSync(join(place, String(begun)), "utf8")).toBe("abc");
  await expect(store.resume(99, 0, pieces("a"))).rejects.toMatchObject({ code: "not-found" });
  expect(store.room()).toBeGreaterThan(0);
});

test("what is begun anew from its first byte has nothing of before", async () => {
  const { kept, repository } = rows();
  const { store, place } = storeIn(repository);
  const { id, sha256 } = await store.keep({ name: "log" }, pieces("abc"));
  const told: (number | undefined)[] = [];
  store.changed.on(({ file }) => told.push(file?.bytes));
  expect(await store.resume(id, 0, pieces("abc"))).toMatchObject({ bytes: 3, state: "whole", sha256 });
  expect([readFileSync(join(place, String(id)), "utf8"), told]).toEqual(["abc", [0, 3]]);
  expect(kept.get(id)).toMatchObject({ bytes: 3, state: "whole" });
});

test("where the disk does not let it be gone on with, what is there stays as it was", async () => {
  const { kept, repository } = rows();
  const { store, home, place } = storeIn(repository);
  const { id } = await store.keep({ name: "log", total: 5 }, pieces("ab"));
  const before = { ...kept.get(id) };
  const some = await open(join(home, "some"), "w");
  const handles = Object.getPrototypeOf(some) as typeof some;
  await some.close();
  const refusing = vi.spyOn(handles, "truncate").mockRejectedValueOnce(new Error("EIO"));
  onTestFinished(() => refusing.mockRestore());
  await expect(store.resume(id, 2, pieces("cde"), 5)).rejects.toMatchObject({
    ...{
      code: "unavailable",
      words: words("file-unwritten", { name: "log", why: words("system-says", { error: "EIO" }) }),
    },
  });
  expect([kept.get(id), readFileSync(join(place, String(id)), "utf8")]).toEqual([before, "ab"]);
});

test("a file that is shorter than its sender tells is a part, until the rest is there", async () => {
  const { repository } = rows();
  const { store, place } = storeIn(repository);
  const { id, ...part } = await store.keep({ name: "log", total: 5 }, pieces("ab"));
  expect(part).toMatchObject({ bytes: 2, state: "partial", sha256: expect.any(String) });
  expect(await store.resume(id, 2, pieces("cd"), 5)).toMatchObject({ bytes: 4, state: "partial" });
  expect(await store.resume(id, 4, pieces("e"), 5)).toMatchObject({ bytes: 5, state: "whole" });
  expect(readFileSync(join(place, String(id)), "utf8")).toBe("abcde");
});

test("where the disk does not say what is free, as much may come as may at all; else some of it is left", () => {
  const { home, store } = storeIn(rows().repository);
  const { bavail, bsize } = statfsSync(home);
  expect(store.room()).toBeLessThanOrEqual(
    Math.max(0, Math.min(longestFile, bavail * bsize - roomToLeave)) + roomToLeave / 2,
  );
  rmSync(home, { recursive: true });
  expect(store.room()).toBe(longestFile);
});
