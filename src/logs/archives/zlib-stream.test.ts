import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { gather } from "../../../test/harness/bytes.ts";
import { inflate } from "./zlib-stream.ts";

const text = Buffer.from(Array.from({ length: 60_000 }, (_, at) => `${at} ${Math.sin(at)}\n`).join(""));
const packed = deflateRawSync(text);

test.each([1, 2, 3, 5])("what is deflated is unpacked whole, in %i pieces", async (count) => {
  const size = Math.ceil(packed.length / count);
  const pieces = async function* () {
    for (let at = 0; at < packed.length; at += size) yield packed.subarray(at, at + size);
  };
  expect(Buffer.concat(await gather(inflate(pieces()))).equals(text)).toBe(true);
});

test("what is small is unpacked at once, whole, and nothing comes of nothing deflated", async () => {
  const pieces = async function* (bytes: Buffer) {
    yield bytes;
  };
  const small = await gather(inflate(pieces(deflateRawSync(Buffer.from("a line\n")))));
  expect(Buffer.concat(small).toString()).toBe("a line\n");
  expect(Buffer.concat(await gather(inflate(pieces(deflateRawSync(Buffer.alloc(0))))))).toHaveLength(0);
});
