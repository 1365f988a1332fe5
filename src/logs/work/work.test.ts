import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { archive, gather, sourceOf, wholeOf } from "../../../test/harness/bytes.ts";
import { tarOf } from "../../../test/harness/tar.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import { openText, readLines } from "../lines/text.ts";
import { listApart, openApart } from "./apart.ts";
import { doFileWork } from "./file-work.ts";
import { failureOf, tellFailure } from "./messages.ts";
import { workOn } from "./threads.ts";

const folder = mkdtempSync(join(tmpdir(), "plugside-work-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, "upload-17");
writeFileSync(
  path,
  tarOf([
    ["a.log", Buffer.from("one\ntwo\n")],
    ["b.bin", Buffer.from([1, 2, 3, 0])],
    ["c.log.gz", gzipSync(archive("station-log.txt")).subarray(0, 500)],
  ]),
);
const file = { path, name: "logs.tar" };

test("so many parts of a file are listed, and whether that was all", async () => {
  const list = async (most: number) => {
    const { parts, isAll } = (await doFileWork({ ...file, wish: { list: most } })) as { parts: []; isAll: boolean };
    return [parts.map(({ id, name, kind }) => [id, name, kind]), isAll];
  };
  const all = [
    ["0.0", "a.log", "text"],
    ["0.1", "b.bin", "binary"],
    ["0.2.0", "c.log", "text"],
  ];
  expect([await list(4), await list(3), await list(2)]).toEqual([
    [all, true],
    [all, true],
    [all.slice(0, 2), false],
  ]);
});

test("a part is opened in a form that another thread can be given, with what is wrong with it", async () => {
  const open = (id: string) => doFileWork({ ...file, wish: { open: id } });
  const changedAt = statSync(path).mtimeMs;
  expect(await open("0.0")).toEqual({
    place: { from: 512, size: 8, in: path },
    changedAt,
    text: {
      shape: { encoding: "utf-8", mark: 0, lineEnds: "lf" },
      index: { count: 2, marks: new Float64Array([0, 8]) },
    },
  });
  expect(await open("0.1")).toEqual({ place: { from: 1536, size: 4, in: path }, changedAt });
  expect(await doFileWork({ ...file, wish: { open: "0.0", encoding: "utf-16le" } })).toMatchObject({
    text: { shape: { encoding: "utf-16le" } },
  });
  expect(await open("0.2.0")).toMatchObject({ problem: words("log-cut", { format: "gz" }), text: {} });
  await expect(open("0.9")).rejects.toMatchObject({ code: "not-found" });
});

test("in a thread it is the same, and what went wrong there is told in its words", async () => {
  expect(await listApart(file, 1)).toMatchObject({ parts: [{ id: "0.0", name: "a.log" }], isAll: false });
  const { source, text, problem } = await openApart(file, { open: "0.2.0" });
  expect([problem, text?.source === source]).toEqual([words("log-cut", { format: "gz" }), true]);
  expect((await wholeOf(source)).equals(archive("station-log.txt").subarray(0, source.size))).toBe(true);
  expect(text && (await readLines(text, 1, 1))).toMatchObject([{ number: 1 }]);
  await expect(listApart({ path: join(folder, "none"), name: "none" }, 1)).rejects.toMatchObject({
    ...{ code: "not-found", words: words("log-no-file", { name: join(folder, "none") }) },
  });
});

test("who is called off hears so at once, also before it began", async () => {
  const ending = new AbortController();
  const listing = listApart(file, 9, ending.signal);
  ending.abort(new Error("enough"));
  await expect(listing).rejects.toThrow("enough");
  await expect(openApart(file, { open: "0.0" }, ending.signal)).rejects.toThrow("enough");
});

test("an error crosses over with its words, or with what it says", () => {
  const refused = failure("unavailable", words("log-search-stuck"));
  expect(tellFailure(refused)).toEqual({ code: "unavailable", words: words("log-search-stuck") });
  expect(failureOf(tellFailure(refused))).toMatchObject({ code: "unavailable", words: words("log-search-stuck") });
  expect([tellFailure(new TypeError("odd")), tellFailure("odd")]).toEqual([{ message: "odd" }, { message: "odd" }]);
  expect(failureOf({ message: "odd" })).toEqual(new Error("odd"));
});

test("work tells how far it is, here and in threads, begins where it was told to, and is called off", async () => {
  const said = "ERROR a\n".repeat(1000);
  const text = await openText(await sourceOf(said));
  for (const here of [true, false]) {
    let bytes = 0;
    const onProgress = (more: number) => {
      bytes += more;
    };
    const [counted] = await gather(workOn(text, { name: "count", input: null }, 0, { here, onProgress }));
    expect([here, bytes, counted?.levels.error]).toEqual([here, said.length, 1000]);
    // From a line on: by whole strides of 128 lines.
    const [later] = await gather(workOn(text, { name: "count", input: null }, 900, { here }));
    expect([here, later?.levels.error]).toEqual([here, 1000 - 896]);
    const over = { here, signal: AbortSignal.abort(new Error("enough")) };
    await expect(gather(workOn(text, { name: "count", input: null }, 0, over))).rejects.toThrow("enough");
  }
});
