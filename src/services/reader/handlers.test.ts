import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, it, onTestFinished } from "vitest";
import { tarOf } from "../../../test/harness/tar.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { FileStore } from "../../store/files/file-store.ts";
import { readerContract } from "./contract.ts";
import { readerHandlers } from "./handlers.ts";
import { OpenLogs } from "./open-logs.ts";

const folder = mkdtempSync(join(tmpdir(), "plugside-reader-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lines = [
  '2026-05-03 12:00:01 INFO > [2,"a1","StatusNotification",{"timestamp":"2026-05-03T10:00:00Z"}]',
  "2026-05-03 12:00:02 ERROR no answer",
  "2026-05-03 12:00:03 ERROR no answer",
];
writeFileSync(
  join(folder, "1"),
  gzipSync(
    tarOf([
      ["messages", Buffer.from(`${lines.join("\n")}\n`)],
      ["firmware.bin", Buffer.from("0001020304ff".repeat(9), "hex")],
    ]),
  ),
);
writeFileSync(join(folder, "2"), `${"a".repeat(5000)}\n`);

function reader() {
  const files = {
    require(id: number) {
      if (id > 2) throw failure("not-found", words("no-file", { id }));
      return { id, name: id === 1 ? "log.tgz" : "a.log" };
    },
    placeOf: (id: number) => join(folder, String(id)),
  } as unknown as FileStore;
  const logs = new OpenLogs();
  onTestFinished(() => logs.dispose());
  const handlers = readerHandlers({ files, logs });
  const searchInput = (input: object) => readerContract["reader.search"].input.parse(input);
  return { handlers, logs, searchInput };
}

it("a part of a kept file is opened, read, searched and summed up", async () => {
  const { handlers, searchInput } = reader();
  const { parts, isAll } = await handlers["reader.parts"]({ file: 1 });
  expect([parts.map(({ id, name }) => [id, name]), isAll]).toEqual([
    [
      ["0.0.0", "messages"],
      ["0.0.1", "firmware.bin"],
    ],
    true,
  ]);
  const { log, text } = await handlers["reader.open"]({ file: 1, part: "0.0.0" });
  expect(text).toEqual({ encoding: "utf-8", lineEnds: "lf", lines: 3, zone: { minutes: 120, by: "inferred" } });
  expect(await handlers["reader.lines"]({ log, lines: { from: 2, count: 500 }, length: 100 })).toEqual([
    { number: 2, text: lines[1], level: "error", at: Date.UTC(2026, 4, 3, 10, 0, 2) },
    { number: 3, text: lines[2], level: "error", at: Date.UTC(2026, 4, 3, 10, 0, 3) },
  ]);
  expect(await handlers["reader.lines"]({ log, lines: [3, 1, 9], length: 100 })).toMatchObject([
    { number: 1 },
    { number: 3 },
  ]);
  expect(await handlers["reader.search"](searchInput({ log, text: "NO ANSWER", limit: 1 }))).toEqual({
    lines: [2],
    next: 3,
  });
  expect(await handlers["reader.moment"]({ log, at: Date.UTC(2026, 4, 3, 10, 0, 3) })).toBe(3);
  expect(await handlers["reader.summary"]({ log })).toMatchObject({ lines: 3, errors: [{ count: 2 }] });
  const since = Date.UTC(2026, 4, 3, 10, 0, 3);
  expect((await handlers["reader.search"](searchInput({ log, text: "answer", since }))).lines).toEqual([3]);
  expect((await handlers["reader.search"](searchInput({ log, until: since - 1 }))).lines).toEqual([1, 2]);
  expect((await handlers["reader.search"](searchInput({ log, text: "answer", from: 3 }))).lines).toEqual([3]);
  await handlers["reader.zone"]({ log, zone: 0 });
  expect(await handlers["reader.lines"]({ log, lines: [3], length: 9 })).toEqual([
    { number: 3, text: "2026-05-0", isCut: true },
  ]);
  expect(await handlers["reader.moment"]({ log, at: Date.UTC(2026, 4, 3, 12, 0, 2) })).toBe(2);
  await handlers["reader.close"]({ log });
  await expect(async () => handlers["reader.summary"]({ log })).rejects.toMatchObject({
    words: { phrase: "log-closed" },
  });
});

it("a zone and an encoding that are asked for are taken, whatever the text tells", async () => {
  const { handlers } = reader();
  const { log, text } = await handlers["reader.open"]({ file: 1, part: "0.0.0", zone: 60, encoding: "latin1" });
  expect(text).toMatchObject({ encoding: "latin1", zone: { minutes: 60, by: "told" } });
  expect(await handlers["reader.moment"]({ log, at: Date.UTC(2026, 4, 3, 11, 0, 3) })).toBe(3);
});

it("what is no text is read by its bytes", async () => {
  const { handlers } = reader();
  const { log, ...opened } = await handlers["reader.open"]({ file: 1, part: "0.0.1" });
  expect(opened).toEqual({ bytes: 54 });
  expect(await handlers["reader.bytes"]({ log, from: 48, rows: 5 })).toEqual([
    { at: 48, hex: "00 01 02 03 04 ff", letters: "......" },
  ]);
  await expect(async () => handlers["reader.summary"]({ log })).rejects.toMatchObject({
    words: { phrase: "log-no-text" },
  });
});

it("a text that tells no times has no line of a moment, and its zone is not known", async () => {
  const { handlers } = reader();
  const { log, text } = await handlers["reader.open"]({ file: 2, part: "0" });
  expect(text).toEqual({ encoding: "utf-8", lineEnds: "lf", lines: 1, zone: { minutes: 0, by: "unknown" } });
  expect(await handlers["reader.moment"]({ log, at: Date.UTC(2026, 4, 3) })).toBeNull();
});

it("few are open at a time, and none of a file that is gone", async () => {
  const { handlers, logs } = reader();
  const open = async () => (await handlers["reader.open"]({ file: 1, part: "0.0.0" })).log;
  const [first, second] = [await open(), await open()];
  await handlers["reader.moment"]({ log: first, at: 0 });
  const [third, fourth] = [await open(), await open()];
  expect(() => logs.require(second)).toThrow();
  for (const log of [first, third, fourth]) expect(logs.require(log).id).toBe(log);
  await logs.closeFile(1);
  for (const log of [first, third, fourth]) expect(() => logs.require(log)).toThrow();
});

it("a search ends the one before it, and closing ends them all", async () => {
  const { handlers, searchInput } = reader();
  const { log } = await handlers["reader.open"]({ file: 2, part: "0" });
  const endless = () => handlers["reader.search"](searchInput({ log, text: "(a+)+$b", isPattern: true }));
  const first = endless();
  const second = endless();
  const replaced = { code: "conflict", words: { phrase: "log-search-replaced" } };
  await expect(first).rejects.toMatchObject(replaced);
  const third = endless();
  await expect(second).rejects.toMatchObject(replaced);
  const ended = expect(third).rejects.toMatchObject({ code: "not-found", words: { phrase: "log-closed" } });
  await handlers["reader.close"]({ log });
  await ended;
});

it("a file or a part that there is not is refused", async () => {
  const { handlers } = reader();
  await expect(async () => handlers["reader.parts"]({ file: 3 })).rejects.toMatchObject({ code: "not-found" });
  await expect(handlers["reader.open"]({ file: 1, part: "0.9" })).rejects.toMatchObject({
    words: { phrase: "log-no-part" },
  });
});
