import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { gather, sourceOf } from "../../../../test/harness/bytes.ts";
import { storedZip } from "../../../../test/harness/zip.ts";
import { words } from "../../../station/phrases.ts";
import { Budget, usualLimits } from "../limits.ts";
import { readZip } from "./zip.ts";

const longs = (...numbers: number[]) => Buffer.from(new Uint32Array(numbers).buffer);
const shorts = (...numbers: number[]) => Buffer.from(new Uint16Array(numbers).buffer);

/** A file that is stored as it is by one who cannot go back: its size and its sum stand behind its bytes. */
function streamed(name: string, text: string, { method = 0, flags = 8, tail = true } = {}): Buffer {
  const fields = Buffer.concat([shorts(20, flags, method, 0, (5 << 5) | 3), longs(0, 0, 0), shorts(name.length, 0)]);
  const descriptor = longs(0x08074b50, crc32(text), text.length, text.length);
  const parts = [longs(0x04034b50), fields, Buffer.from(name + text), ...(tail ? [descriptor] : [])];
  return Buffer.concat(parts);
}

/** Each file with its size and what it holds or why it cannot be had, and how the zip ends. */
async function read(bytes: Buffer): Promise<unknown[]> {
  const all: unknown[] = [];
  try {
    for await (const { name, size, problem, open } of readZip(await sourceOf(bytes), new Budget(usualLimits)))
      all.push([name, size, problem ?? Buffer.concat(await gather(open())).toString()]);
  } catch (error) {
    all.push((error as { why?: string }).why);
  }
  return all;
}

test("of a zip that is cut off each file is read by its own header, without what stands behind its bytes", async () => {
  const text = "a PK\x03\x04 that begins no file PK\x07\x08\n";
  const bytes = Buffer.concat([
    streamed("logs/", ""),
    streamed("logs/a.log", text),
    streamed("b.log", "two\n", { tail: false }),
    streamed("c.log", "three\n", { flags: 9 }),
    streamed("e.log", "cut", { tail: false }),
  ]);
  expect(await read(bytes)).toEqual([
    ["logs/a.log", undefined, text],
    ["b.log", undefined, "two\n"],
    ["c.log", undefined, words("log-encrypted")],
    ["e.log", undefined, "cut"],
    "cut",
  ]);
});

test("a file whose bytes are others than its sum is damage, and one that is packed as none is read is told by its number", async () => {
  const whole = storedZip("a.log", Buffer.from("hello\n"));
  expect(await read(whole)).toEqual([["a.log", 6, "hello\n"]]);
  const other = Buffer.from(whole);
  other.write("J", other.indexOf("hello"));
  expect(await read(other)).toEqual(["damaged"]);
  const packed = Buffer.from(whole);
  packed.writeUInt16LE(97, packed.indexOf(longs(0x02014b50)) + 10);
  expect(await read(packed)).toEqual([["a.log", 6, words("log-packing-unknown", { packing: "zip, 97" })]]);
});

test("where a file begins is told by its own header, which may be longer than the directory knows", async () => {
  const whole = storedZip("a.log", Buffer.from("hello\n"));
  const longer = Buffer.from(whole);
  longer.writeUInt16LE(2, 28);
  const [head, rest] = [longer.subarray(0, 35), longer.subarray(35)];
  const end = Buffer.from(rest);
  const at = end.length - 6;
  end.writeUInt32LE(end.readUInt32LE(at) + 2, at);
  expect(await read(Buffer.concat([head, Buffer.from("xx"), end]))).toEqual([["a.log", 6, "hello\n"]]);
  const none = Buffer.from(whole);
  none.writeUInt32LE(0, 0);
  expect(await read(none)).toEqual(["damaged"]);
});
