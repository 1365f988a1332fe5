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
function server(there: Buffer) {
  let file = Buffer.from(there);
  const seen = { offsets: [] as number[], closed: 0 };
  const sftp = {
    open(_path: string, mode: number, done: (error: null, handle: Buffer) => void) {
      if (mode & OPEN_MODE.TRUNC) file = Buffer.alloc(0);
      queueMicrotask(() => done(null, Buffer.from("h")));
    },
    write(_handle: Buffer, from: Buffer, _at: number, length: number, place: number, done: (error: null) => void) {
      if (place + length > file.length) file = Buffer.concat([file, Buffer.alloc(place + length - file.length)]);
      from.copy(file, place, 0, length);
      seen.offsets.push(place);
      queueMicrotask(() => done(null));
    },
    close(_handle: Buffer, done: (error: null) => void) {
      seen.closed++;
      queueMicrotask(() => done(null));
    },
    ext_openssh_fsync: (_handle: Buffer, done: (error: null) => void) => queueMicrotask(() => done(null)),
  };
  const files = new RemoteFiles(sftp as unknown as SFTPWrapper, new Promise<never>(() => undefined));
  return { files, seen, file: () => file };
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
  expect(seen).toMatchObject({ closed: 1 });
  expect(seen.offsets[0]).toBe(from);
  expect(seen.offsets).toHaveLength(bytesOfPieces(from));
  expect(told.at(-1)).toBe(content.length);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
});
