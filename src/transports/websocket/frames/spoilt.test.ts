import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { keptHeadBytes } from "../../../station/bounds.ts";
import { words } from "../../../station/phrases.ts";
import { broken, crowdedOut, overLimit, partOf, tooSlow, unpackedOverLimit, unusable } from "./spoilt.ts";

const part = (head: string | Uint8Array, more: object = {}) => {
  const bytes = Buffer.from(head as string);
  return { binary: false, head: bytes, came: bytes.length, announced: bytes.length, ...more };
};
const finding = (rule: string, said: object, expected?: object) =>
  expect.objectContaining({ rule, where: "frame", said, ...(expected ? { expected } : {}) });
const atMost = words("at-most-bytes", { limit: 3 });

test.each([
  ["whole, and kept whole", part("abcd"), true, words("bytes", { count: 4 })],
  [
    "whole, and kept in part",
    part("ab", { came: 9, announced: 9, sha256: "f0" }),
    true,
    words("message-cut", { count: 9, kept: 2, sha256: "f0" }),
  ],
  [
    "not whole",
    part("ab", { came: 4, announced: 9, sha256: "f0" }),
    false,
    words("message-cut-short", { announced: 9, count: 4, kept: 2, sha256: "f0" }),
  ],
])("a message over the limit is told by what came of it: %s", (_, message, whole, said) => {
  expect(overLimit(message, whole, 3)).toEqual({
    data: message.head,
    binary: false,
    found: finding("over-limit", said, atMost),
  });
});

test("a message that was given up is told by how far it came, and why", () => {
  const message = part("ab", { announced: 9, binary: true });
  const said = words("message-part", { announced: 9, count: 2 });
  expect([tooSlow(message, 120), crowdedOut(message, 77)]).toEqual([
    { data: message.head, binary: true, found: finding("slow-frame", said, words("whole-in-time", { seconds: 120 })) },
    { data: message.head, binary: true, found: finding("slow-frame", said, words("unfinished-in-all", { limit: 77 })) },
  ]);
});

test("bytes that are no WebSocket go on record as they came", () => {
  expect(broken("unmasked", Uint8Array.of(1, 2))).toEqual({
    data: Uint8Array.of(1, 2),
    binary: true,
    found: finding("protocol-error", words("wire-unmasked")),
  });
});

test("what the library finds is told with its words, with the message where there is one", () => {
  const odd = finding("protocol-error", words("wire-library", { error: "odd" }));
  expect(unusable(null, "WS_ERR_X", "odd")).toEqual({ data: new Uint8Array(), binary: true, found: odd });
  expect(unusable(part("ab"), "WS_ERR_X", "odd")).toEqual({ data: Buffer.from("ab"), binary: false, found: odd });
  expect(unusable(null, "WS_ERR_TOO_MANY_BUFFERED_PARTS", "odd").found).toEqual(
    finding("protocol-error", words("wire-too-many-parts")),
  );
  expect(unpackedOverLimit(3)).toEqual({
    data: new Uint8Array(),
    binary: true,
    found: finding("over-limit", words("unpacked-too-large"), atMost),
  });
});

test("a whole message is known by its head, its length and its hash", () => {
  const data = Buffer.alloc(keptHeadBytes + 1, "x");
  expect(partOf(data, true)).toEqual({
    binary: true,
    head: data.subarray(0, keptHeadBytes),
    came: keptHeadBytes + 1,
    announced: keptHeadBytes + 1,
    sha256: createHash("sha256").update(data).digest("hex"),
  });
});

test.each([
  ["one byte of two", "a\u00e5", 2, "a"],
  ["three bytes of four", "a\u{1f600}", 4, "a"],
  ["nothing", "a\u00e5", 3, "a\u00e5"],
])("a text is cut before a letter that is not whole: %s", (_, text, kept, left) => {
  const head = Buffer.from(text).subarray(0, kept);
  expect(Buffer.from(tooSlow(part(head), 1).data).toString()).toBe(left);
});

test("what is no text is kept as it came, in text and in bytes", () => {
  const bytes = Uint8Array.of(0xff, 0x61, 0x61, 0x61, 0x61);
  expect([tooSlow(part(bytes), 1).data, tooSlow(part(bytes.subarray(0, 1), { binary: true }), 1).data]).toEqual([
    Buffer.from(bytes),
    Buffer.of(0xff),
  ]);
});
