import fc from "fast-check";
import { expect, it } from "vitest";
import { mask, unmask } from "./masking.ts";

const key = fc.uint8Array({ minLength: 4, maxLength: 4 });
const bytes = fc.uint8Array({ maxLength: 100 });

function byteByByte(source: Uint8Array, key: Uint8Array): Uint8Array {
  return source.map((byte, at) => byte ^ (key[at & 3] ?? 0));
}

it("unmasks as byte by byte does, wherever the bytes stand, and nothing beside them", () => {
  fc.assert(
    fc.property(bytes, key, fc.nat(9), (source, key, before) => {
      const all = new Uint8Array(before + source.length + 5).fill(7);
      all.set(source, before);
      unmask(all.subarray(before, before + source.length), key);
      const expected = new Uint8Array(all.length).fill(7);
      expected.set(byteByByte(source, key), before);
      expect(all).toEqual(expected);
    }),
  );
});

it("masks into another place, and leaves the source", () => {
  fc.assert(
    fc.property(bytes, key, fc.nat(9), (source, key, offset) => {
      const before = source.slice();
      const output = new Uint8Array(offset + source.length);
      mask(source, key, output, offset, source.length);
      expect(output.subarray(offset)).toEqual(byteByByte(source, key));
      expect(source).toEqual(before);
    }),
  );
});
