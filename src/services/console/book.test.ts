import { expect, test } from "vitest";
import { words } from "../../station/phrases.ts";
import { passingBook, toEntry, toldData } from "./book.ts";

const base = { id: 7, at: 5 };

test("bytes are told as they are, and what is told of them as what it is", () => {
  const bytes = Uint8Array.of(0, 255, 65);
  for (const kind of ["in", "out"] as const) {
    expect(toEntry({ ...base, kind, data: bytes })).toEqual({ ...base, kind, base64: "AP9B" });
  }
  const note = words("console-closed");
  const sign = { system: "esp32", sign: "reset", said: "rst" } as never;
  const frame = { type: "call", text: "[2]", direction: "in" } as never;
  expect(toEntry({ ...base, kind: "note", data: toldData(note) })).toEqual({ ...base, kind: "note", note });
  expect(toEntry({ ...base, kind: "sign", data: toldData(sign) })).toEqual({ ...base, kind: "sign", sign });
  expect(toEntry({ ...base, kind: "frame", data: toldData(frame) })).toEqual({ ...base, kind: "frame", frame });
  // A piece of a longer buffer.
  const piece = new Uint8Array(Buffer.from("xxABCxx")).subarray(2, 5);
  expect(toEntry({ ...base, kind: "in", data: piece })).toMatchObject({
    base64: Buffer.from("ABC").toString("base64"),
  });
});

test.each([
  ["sign", '{"system":"esp32","sign":"reset"}'],
  ["sign", '{"system":"esp32","said":"x"}'],
  ["sign", '{"sign":"reset","said":"x"}'],
  ["sign", "null"],
  ["frame", '{"type":"call"}'],
  ["frame", '{"text":"call"}'],
  ["note", '{"values":{}}'],
  ["note", "null"],
  ["note", "{"],
  ["sign", '{"phrase":"console-closed"}'],
] as const)("a %s of another release, or damaged, is shown as it stands: %s", (kind, text) => {
  expect(toEntry({ ...base, kind, data: Buffer.from(text) })).toEqual({
    ...base,
    kind: "note",
    note: words("system-says", { error: text }),
  });
});

test("a book that keeps nothing numbers what passes", () => {
  const book = passingBook();
  const piece = { port: "a", station: null, at: 0, kind: "in" as const, data: new Uint8Array() };
  expect([book.add([piece, piece]), book.add([piece])]).toEqual([[1, 2], [3]]);
});
