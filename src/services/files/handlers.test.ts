import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { words } from "../../station/phrases.ts";
import { FileStore } from "../../store/files/file-store.ts";
import { FilesRepository } from "../../store/files/files.ts";
import { openServices, watch } from "../testing/open-services.ts";
import { filesHandlers } from "./handlers.ts";
import { createFilePlaces } from "./places.ts";

async function setUp() {
  const { context, database, clock } = await openServices();
  const folder = mkdtempSync(join(tmpdir(), "plugside-files-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const files = new FileStore({ folder, repository: new FilesRepository(database), clock, log: context.log });
  const places = createFilePlaces(clock);
  const keep = (name: string, station?: string) =>
    files.keep(
      { name, station },
      (async function* () {
        yield Buffer.from(name);
      })(),
    );
  return { files, places, keep, handlers: filesHandlers({ files, places, registry: context.registry }) };
}

test("files are listed of all or of one station, and told as they come, change and go", async () => {
  const { handlers, keep } = await setUp();
  const [own, other] = [await keep("a.log", "CP1"), await keep("b.log")];
  const all = watch(handlers["files.list"], { station: undefined });
  const one = watch(handlers["files.list"], { station: "CP1" });
  expect([all.snapshot, one.snapshot].map((list) => list.map(({ name }) => name))).toEqual([
    ["b.log", "a.log"],
    ["a.log"],
  ]);
  const changed = handlers["files.change"]({ id: own.id, name: "c.log", note: "n" });
  expect(changed).toEqual({ ...own, name: "c.log", note: "n" });
  const noted = handlers["files.change"]({ id: other.id, note: "m" });
  expect(handlers["files.remove"]({ id: other.id })).toBeNull();
  const row = { key: String(own.id), row: changed };
  const gone = { key: String(other.id), row: null };
  expect(all.told).toEqual([row, { key: String(other.id), row: noted }, gone]);
  expect(one.told).toEqual([row, gone]);
  all.close();
  handlers["files.remove"]({ id: own.id });
  expect(all.told).toHaveLength(3);
});

test("a place leads to the file that was asked for, or to a new one of that station", async () => {
  const { handlers, keep, places } = await setUp();
  const { id } = await keep("a.log");
  const { path: down } = await handlers["files.download"]({ id });
  expect(places.take(down)).toEqual({ down: id });
  const { path: up } = await handlers["files.upload"]({ station: "CP1", name: "n" });
  expect(places.take(up)).toEqual({ up: { station: "CP1", name: "n" } });
  const { path: nobodys } = await handlers["files.upload"]({ station: undefined, name: "n" });
  expect(places.take(nobodys)).toEqual({ up: { station: undefined, name: "n" } });
  for (const ask of [
    () => handlers["files.upload"]({ station: "NOBODY", name: "n" }),
    () => handlers["files.download"]({ id: 99 }),
    () => handlers["files.change"]({ id: 99 }),
    () => handlers["files.remove"]({ id: 99 }),
  ]) {
    expect(ask).toThrow(expect.objectContaining({ code: "not-found" }));
  }
});

test("one that is coming is not taken away", async () => {
  const { handlers, files } = await setUp();
  const more = Promise.withResolvers<void>();
  const coming = files.keep(
    { name: "big.log", station: undefined },
    (async function* () {
      yield Buffer.from("a");
      await more.promise;
    })(),
  );
  const [file] = files.list();
  expect(() => handlers["files.remove"]({ id: file?.id ?? 0 })).toThrow(
    expect.objectContaining({ code: "conflict", words: words("file-coming", { name: "big.log" }) }),
  );
  more.resolve();
  await coming;
  expect(handlers["files.remove"]({ id: file?.id ?? 0 })).toBeNull();
  expect(files.list()).toEqual([]);
});
