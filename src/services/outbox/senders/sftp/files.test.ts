import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SFTPWrapper } from "ssh2";
import ssh2 from "ssh2";
import { expect, onTestFinished, test } from "vitest";
import { RemoteFiles } from "./files.ts";

const { OPEN_MODE } = ssh2.utils.sftp;
const content = Buffer.from(Array.from({ length: 800_000 }, (_, index) => index % 251));
const windowBytes = 512 * 1024;
const bytesOfPieces = (from: number) => Math.ceil((content.length - from) / (32 * 1024));

/** A server that keeps one file in memory, and how it was written to. */
function server(there: Buffer, sync: (done: (error: Error | null) => void) => void = (done) => done(null)) {
  let file = Buffer.from(there);
  const seen = { offsets: [] as number[], underWay: 0, ends: [] as string[] };
  /** Answers a write, in a while. */
  const later: { tell(answer: () => void): void } = { tell: (answer) => void setImmediate(answer) };
  const sftp = {
    open(_path: string, mode: number, done: (error: null, handle: Buffer) => void) {
      if (mode & OPEN_MODE.TRUNC) file = Buffer.alloc(0);
      queueMicrotask(() => done(null, Buffer.from("h")));
    },
    write(_handle: Buffer, from: Buffer, _at: number, length: number, place: number, done: (error: null) => void) {
      if (place + length > file.length) file = Buffer.concat([file, Buffer.alloc(place + length - file.length)]);
      from.copy(file, place, 0, length);
      seen.offsets.push(place);
      seen.underWay++;
      later.tell(() => {
        seen.underWay--;
        done(null);
      });
    },
    close(_handle: Buffer, done: (error: null) => void) {
      seen.ends.push("closed");
      queueMicrotask(() => done(null));
    },
    ext_openssh_fsync(_handle: Buffer, done: (error: Error | null) => void) {
      seen.ends.push(`synced with ${seen.underWay} under way`);
      sync(done);
    },
  };
  const files = new RemoteFiles(sftp as unknown as SFTPWrapper, new Promise<never>(() => undefined));
  return { files, seen, later, file: () => file };
}

function localFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "plugside-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "a"), content);
  return join(folder, "a");
}

test.each([
  ["nothing lies there", Buffer.alloc(0), 0],
  [
    "the beginning lies there, its last writes with holes",
    Buffer.from(content.subarray(0, 700_000)).fill(0, 600_000),
    700_000 - windowBytes,
  ],
  ["less lies there than may be under way", content.subarray(0, 1000), 0],
  ["something longer lies there", Buffer.alloc(900_000, 1), 0],
  [
    "something as long lies there, of which the last writes may be missing",
    Buffer.from(content).fill(0, 790_000),
    content.length - windowBytes,
  ],
])("a file arrives whole where %s, and from there on alone", async (_what, there, from) => {
  const { files, seen, file } = server(Buffer.from(there));
  const told: number[] = [];
  await files.upload(localFile(), "/up/a", content.length, there.length, (done) => told.push(done));
  expect(file().equals(content)).toBe(true);
  expect(seen.ends).toEqual(["synced with 0 under way", "closed"]);
  expect(seen.offsets[0]).toBe(from);
  expect(seen.offsets).toHaveLength(bytesOfPieces(from));
  expect(told.at(-1)).toBe(content.length);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
});

test("no more than sixteen writes are under way: the next goes out when one is answered", async () => {
  const { files, seen, later } = server(Buffer.alloc(0));
  const answers: (() => void)[] = [];
  later.tell = (answer) => void answers.push(answer);
  const sent = files.upload(localFile(), "/up/a", content.length, 0, () => undefined);
  await expect.poll(() => answers.length).toBe(16);
  answers.shift()?.();
  await expect.poll(() => answers.length).toBe(16);
  expect([seen.offsets.length, seen.ends]).toEqual([17, []]);
  later.tell = (answer) => answer();
  for (const answer of answers) answer();
  await sent;
});

test("a server that cannot put a file on its disk at once does without; one that could not has failed", async () => {
  const upload = (sync: (done: (error: Error | null) => void) => void) => {
    const { files, seen } = server(Buffer.alloc(0), sync);
    return files.upload(localFile(), "/up/a", content.length, 0, () => undefined).then(() => seen.ends.at(-1));
  };
  const without = () => {
    throw new Error("Server does not support this extended request");
  };
  expect(await upload(without)).toBe("closed");
  expect(await upload((done) => done(new Error("Operation unsupported")))).toBe("closed");
  await expect(upload((done) => done(new Error("No space left on device")))).rejects.toThrow("No space left");
});

/** Files of a server that answers each request so; `asked` is what it was asked. */
function answering(answer: (path: string) => Error | null) {
  const asked: string[] = [];
  const ask = (name: string) => (path: string, done: (error: Error | null, value: object) => void) => {
    asked.push(`${name} ${path}`);
    done(answer(path), { size: 7 });
  };
  const sftp = { mkdir: ask("mkdir"), stat: ask("stat"), unlink: ask("unlink") } as unknown as SFTPWrapper;
  return { asked, files: new RemoteFiles(sftp, new Promise<never>(() => undefined)) };
}
const coded = (code: number) => Object.assign(new Error("refused"), { code });

test("a folder is made with those that it lies in; that one is there already is no end, and a lost link is", async () => {
  const there = answering((path) => (path === "/a" ? coded(4) : null));
  await there.files.makeFolder("/a//b/c/");
  expect(there.asked).toEqual(["mkdir /a", "mkdir /a/b", "mkdir /a/b/c"]);
  const own = answering(() => null);
  await own.files.makeFolder("a/b");
  expect(own.asked).toEqual(["mkdir a", "mkdir a/b"]);
  const lost = answering(() => new Error("the link is gone"));
  await expect(lost.files.makeFolder("/a/b")).rejects.toThrow("the link is gone");
  expect(lost.asked).toEqual(["mkdir /a"]);
});

test("a file that is not there has no size, and one that may not be looked at is told as that", async () => {
  expect(await answering(() => null).files.sizeOf("/a")).toBe(7);
  expect(await answering(() => coded(2)).files.sizeOf("/a")).toBeNull();
  await expect(answering(() => coded(3)).files.sizeOf("/a")).rejects.toMatchObject({ code: 3 });
  await expect(answering(() => coded(2)).files.remove("/a")).rejects.toMatchObject({ code: 2 });
});
