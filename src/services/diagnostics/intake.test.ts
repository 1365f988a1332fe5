import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { words } from "../../station/phrases.ts";
import { FileStore } from "../../store/files/file-store.ts";
import { FilesRepository } from "../../store/files/files.ts";
import type { Upload } from "../../transports/receivers/drop.ts";
import { openServices } from "../testing/open-services.ts";
import type { DiagnosticsRequest } from "./contract.ts";
import { createIntake } from "./intake.ts";

async function setUp(before: DiagnosticsRequest["files"] = []) {
  const { context, database, clock } = await openServices();
  const folder = mkdtempSync(join(tmpdir(), "plugside-files-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const files = new FileStore({ folder, repository: new FilesRepository(database), clock, log: context.log });
  const came = before;
  const changes: string[] = [];
  const make = () =>
    createIntake({
      files,
      station: "CP1",
      came,
      unnamed: () => "unnamed.log",
      changed: (what) => void changes.push(what),
    });
  const intake = make();
  const upload = (name: string, chunks: AsyncIterable<Uint8Array>, offset = 0): Upload => ({
    protocol: "ftp",
    name,
    offset,
    from: "192.0.2.7",
    chunks,
  });
  const send = (name: string, text: string, offset = 0) => intake.receive(upload(name, pieces(text), offset));
  const rows = () => came.map(({ name, bytes, state, protocol }) => ({ name, bytes, state, protocol }));
  const kept = () =>
    files
      .list("CP1")
      .map(({ name }) => name)
      .reverse();
  return { files, came, changes, make, intake, upload, send, rows, kept };
}

async function* pieces(...texts: (string | Error)[]) {
  for (const text of texts) {
    if (text instanceof Error) throw text;
    yield Buffer.from(text);
  }
}

const whole = (name: string, bytes: number) => ({ name, bytes, state: "whole", protocol: "ftp" });

test("a file is kept under the last part of its name, with its hash; one without a name has one of ours", async () => {
  const { intake, send, rows, kept, came, changes } = await setUp();
  expect(await send("logs/a.log", "12345")).toEqual({ size: 5 });
  expect(await send("upload", "123")).toEqual({ size: 3 });
  expect(await send("folder/", "12")).toEqual({ size: 2 });
  expect(rows()).toEqual([whole("logs/a.log", 5), whole("upload", 3), whole("folder/", 2)]);
  expect(kept()).toEqual(["a.log", "unnamed.log", "unnamed.log"]);
  expect(came[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect([intake.sizeOf("logs/a.log"), intake.sizeOf("b.log"), intake.coming]).toEqual([5, null, 0]);
  expect(changes.slice(0, 3)).toEqual(["file", "bytes", "file"]);
  expect(await intake.room()).toBeGreaterThan(0);
});

test("what comes grows as it comes; a second of its name meanwhile is refused", async () => {
  const { intake, upload, send, rows } = await setUp();
  const more = Promise.withResolvers<void>();
  const coming = intake.receive(
    upload(
      "a.log",
      (async function* () {
        yield Buffer.from("12");
        await more.promise;
        yield Buffer.from("345");
      })(),
    ),
  );
  await expect.poll(rows, { timeout: 10_000 }).toEqual([{ ...whole("a.log", 2), state: "coming" }]);
  expect(intake.coming).toBe(1);
  await expect(send("a.log", "x")).rejects.toMatchObject({ code: "conflict", words: words("upload-twice") });
  expect(intake.rename("a.log", "b.log")).toBe(false);
  expect(await send("b.log", "x")).toEqual({ size: 1 });
  expect(intake.rename("b.log", "a.log")).toBe(false);
  more.resolve();
  expect(await coming).toEqual({ size: 5 });
  expect([intake.coming, rows()]).toEqual([0, [whole("a.log", 5), whole("b.log", 1)]]);
});

test("what broke off is a part, is gone on with where its sender says, and is replaced by what is sent anew", async () => {
  const { intake, upload, send, rows, kept } = await setUp();
  await expect(intake.receive(upload("a.log", pieces("123", new Error("cut"))))).rejects.toThrow("cut");
  expect(rows()).toEqual([{ ...whole("a.log", 3), state: "partial" }]);
  expect(await send("a.log", "45", 3)).toEqual({ size: 5 });
  expect(rows()).toEqual([whole("a.log", 5)]);
  await expect(intake.receive(upload("b.log", pieces("9", new Error("cut"))))).rejects.toThrow("cut");
  expect(await send("b.log", "98765")).toEqual({ size: 5 });
  expect([rows(), kept()]).toEqual([
    [whole("a.log", 5), whole("b.log", 5)],
    ["a.log", "b.log"],
  ]);
  await expect(intake.receive(upload("c.log", pieces(new Error("cut"))))).rejects.toThrow("cut");
  expect(rows()).toHaveLength(2);
});

test("what is sent again and is the same stays once; what is another stays beside it", async () => {
  const { send, rows, kept } = await setUp();
  await send("a.log", "same");
  await send("a.log", "same");
  expect(rows()).toEqual([whole("a.log", 4)]);
  await send("a.log", "other");
  expect(rows()).toEqual([whole("a.log", 4), whole("a.log", 5)]);
  expect(kept()).toEqual(["a.log", "a.log"]);
});

test("a file is given another name, takes the place of the same under it, and none of another", async () => {
  const { intake, send, rows, kept } = await setUp();
  await send("a.part", "text");
  expect(intake.rename("none", "x")).toBe(false);
  expect(intake.rename("a.part", "a.log")).toBe(true);
  expect([rows(), kept()]).toEqual([[whole("a.log", 4)], ["a.log"]]);
  await send("b.part", "text");
  expect(intake.rename("b.part", "a.log")).toBe(true);
  expect(rows()).toEqual([whole("a.log", 4)]);
  await send("c.part", "another");
  expect(intake.rename("c.part", "a.log")).toBe(true);
  expect(rows()).toEqual([whole("a.log", 4), whole("a.log", 7)]);
  expect(intake.rename("a.log", "folder/")).toBe(true);
  expect(kept()).toEqual(["a.log", "a.log"]);
});

test("fifty files come in for one request, and no more", async () => {
  const many = Array.from(
    { length: 49 },
    (_, id) => ({ id, name: `${id}`, bytes: 1, state: "whole", protocol: "ftp" }) as const,
  );
  const { came, send } = await setUp();
  came.push(...many);
  expect(await send("50", "x")).toEqual({ size: 1 });
  await expect(send("51", "x")).rejects.toMatchObject({
    code: "unavailable",
    words: words("upload-many-files", { most: 50 }),
  });
});

test("after a restart what was coming is what the store has made of it, and what nothing came of is gone", async () => {
  const { came, make, send, rows, files } = await setUp();
  await send("a.log", "12345");
  const [row] = came;
  Object.assign(row ?? {}, { state: "coming", bytes: 1, sha256: undefined });
  came.push({ id: 999, name: "b.log", bytes: 0, state: "coming", protocol: "ftp" });
  make();
  expect(rows()).toEqual([whole("a.log", 5)]);
  expect(came[0]?.sha256).toBe(files.list("CP1")[0]?.sha256);
});
