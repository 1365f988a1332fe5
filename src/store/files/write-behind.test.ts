import type { FileHandle } from "node:fs/promises";
import { expect, test } from "vitest";
import { WriteBehind } from "./write-behind.ts";

/** A disk that takes what it is told to, once it is let. */
function slowDisk() {
  const writes: { at: number; text: string; done: (bytes?: number) => void; fail: (error: Error) => void }[] = [];
  const file = {
    writev(pieces: Uint8Array[], at: number) {
      const text = Buffer.concat(pieces).toString();
      const { promise, resolve, reject } = Promise.withResolvers<{ bytesWritten: number }>();
      writes.push({ at, text, done: (bytes = text.length) => resolve({ bytesWritten: bytes }), fail: reject });
      return promise;
    },
  } as unknown as FileHandle;
  return { file, writes };
}

test("what comes during a write goes into the next, also where the disk took a part", async () => {
  const { file, writes } = slowDisk();
  const behind = new WriteBehind(file, 10);
  for (const text of ["ab", "cd", "ef"]) await behind.push(Buffer.from(text));
  expect(writes.map(({ at, text }) => [at, text])).toEqual([[10, "ab"]]);
  const end = behind.end();
  writes[0]?.done();
  await expect.poll(() => writes.length).toBe(2);
  expect(writes[1]).toMatchObject({ at: 12, text: "cdef" });
  writes[1]?.done(3);
  await expect.poll(() => writes.length).toBe(3);
  expect(writes[2]).toMatchObject({ at: 15, text: "f" });
  writes[2]?.done();
  await end;
  expect(behind.written).toBe(16);
});

test("it takes no more than it holds, and tells what the disk refused", async () => {
  const { file, writes } = slowDisk();
  const behind = new WriteBehind(file, 0);
  await behind.push(Buffer.alloc(10));
  let taken = false;
  const much = behind.push(Buffer.alloc(2 * 1024 * 1024)).then(() => {
    taken = true;
  });
  writes[0]?.done();
  await expect.poll(() => writes.length).toBe(2);
  expect(taken).toBe(false);
  writes[1]?.fail(new Error("ENOSPC"));
  await expect(much).rejects.toThrow("ENOSPC");
  await expect(behind.push(Buffer.from("x"))).rejects.toThrow("ENOSPC");
  await expect(behind.end()).rejects.toThrow("ENOSPC");
  expect(behind.written).toBe(10);
});
