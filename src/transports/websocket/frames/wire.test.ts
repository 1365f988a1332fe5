import { createHash, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { keptHeadBytes, pieceCost } from "../../../station/bounds.ts";
import { WireReader } from "./wire.ts";

const limit = 200_000;

function reader(): WireReader {
  return new WireReader({ masked: true, limit: () => limit });
}

/** With memory of its own, as a socket gives it. */
function own(bytes: Buffer): Buffer {
  const copy = Buffer.from(new ArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}

/** A frame as a client sends it (RFC 6455 5.2). `announced`: another length than it has. */
function frame(first: number, payload: Uint8Array | string, announced?: number): Buffer {
  const bytes = Buffer.from(payload as string);
  const length = announced ?? bytes.length;
  const mask = randomBytes(4);
  let size = Buffer.from([0x80 | length]);
  if (length > 0xffff) {
    size = Buffer.alloc(9, 0xff);
    size.writeBigUInt64BE(BigInt(length), 1);
  } else if (length > 125) size = Buffer.from([0xfe, length >> 8, length & 0xff]);
  const masked = bytes.map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  return Buffer.concat([Buffer.from([first]), size, mask, masked]);
}

const text = 0x81;
const firstPart = 0x01;
const middlePart = 0x00;
const lastPart = 0x80;
const ping = 0x89;
const close = 0x88;

describe("what is whole", () => {
  test.each([
    ["a text", frame(text, "hello")],
    ["an empty text", frame(text, "")],
    ["a ping without a word", frame(ping, "")],
    ["texts of every form of length", Buffer.concat([frame(text, "x".repeat(125)), frame(text, "x".repeat(70_000))])],
    [
      "a message in parts, with a ping between",
      Buffer.concat([frame(firstPart, "he"), frame(ping, ""), frame(middlePart, "l"), frame(lastPart, "lo")]),
    ],
  ])("is handed on and leaves nothing behind: %s", (_about, bytes) => {
    const whole = reader();
    expect(whole.read(bytes, 1)).toBe(bytes.length);
    expect({ end: whole.end, begun: whole.begun, held: whole.held }).toEqual({ end: null, begun: null, held: 0 });
    const dripping = reader();
    for (let at = 0; at < bytes.length; at++) expect(dripping.read(bytes.subarray(at, at + 1), at)).toBe(1);
    expect({ end: dripping.end, begun: dripping.begun, held: dripping.held }).toEqual({
      end: null,
      begun: null,
      held: 0,
    });
  });
});

describe("a text that is alone in its chunk", () => {
  test.each([2, 3, 125, 126, 300, 0xffff])("is had at once, with its mask off: %i bytes", (length) => {
    const wire = reader();
    const said = "\u00e5".repeat(length).slice(0, length >> 1) + "y".repeat(length & 1);
    expect(wire.soleText(frame(text, said))?.toString()).toBe(said);
    expect({ end: wire.end, begun: wire.begun, held: wire.held }).toEqual({ end: null, begun: null, held: 0 });
  });

  test("is had up to the limit of the moment", () => {
    let most = 9;
    const wire = new WireReader({ masked: true, limit: () => most });
    expect(wire.soleText(frame(text, "x".repeat(10)))).toBeNull();
    most = 10;
    expect(wire.soleText(frame(text, "x".repeat(10)))?.length).toBe(10);
  });

  const two = Buffer.concat([frame(text, "one"), frame(text, "two")]);
  const whole = frame(text, "hello");
  test.each([
    ["bytes", frame(0x82, "hello")],
    ["the first part of one", frame(firstPart, "hello")],
    ["the last part of one", frame(lastPart, "hello")],
    ["a ping", frame(ping, "hello")],
    ["a goodbye", frame(close, Buffer.from([0x03, 0xe8, 0x68, 0x69]))],
    ["reserved bits", frame(0xc1, "hello")],
    ["no mask", Buffer.concat([Buffer.from([text, 10]), Buffer.from("hellohello")])],
    ["not all of it", whole.subarray(0, -1)],
    ["more than it", Buffer.concat([whole, Buffer.from([text])])],
    ["two at once", two],
    ["a header alone", frame(text, "x".repeat(300)).subarray(0, 8)],
    ["the beginning of a header", Buffer.from([text])],
    ["a length of eight bytes", frame(text, "x".repeat(0x10000))],
  ])("and nothing else is: %s", (_about, bytes) => {
    const before = Buffer.from(bytes);
    const wire = reader();
    expect(wire.soleText(bytes)).toBeNull();
    // It is to be read as it came.
    expect(bytes.equals(before)).toBe(true);
    expect({ end: wire.end, begun: wire.begun, held: wire.held }).toEqual({ end: null, begun: null, held: 0 });
  });

  test.each<[string, WireReader, Buffer[]]>([
    ["within a message", reader(), [frame(firstPart, "a")]],
    ["between its parts, after a ping", reader(), [frame(firstPart, "a"), frame(ping, "")]],
    ["within a frame", reader(), [frame(text, "half", 100)]],
    ["within a header", reader(), [Buffer.from([text])]],
    ["after a goodbye", reader(), [frame(close, Buffer.from([0x03, 0xe8]))]],
    ["after what is no WebSocket", reader(), [frame(0xc1, "x")]],
    ["where messages may come compressed", new WireReader({ masked: true, limit: () => limit, compressed: true }), []],
    ["from a server", new WireReader({ masked: false, limit: () => limit }), []],
  ])("is read like all else %s", (_about, wire, before) => {
    for (const piece of before) wire.read(piece, 0);
    expect(wire.soleText(frame(text, "hello"))).toBeNull();
  });
});

test("tells since when a message is not whole, what it holds, and how it began", () => {
  const wire = reader();
  const part = own(Buffer.concat([frame(text, "before"), frame(text, "half", 5000)]));
  expect(wire.read(part, 7)).toBe(part.length);
  expect(wire.begun).toBe(7);
  expect(wire.held).toBe(part.length + pieceCost + 4);
  expect(wire.part()).toEqual({ binary: false, head: Buffer.from("half"), came: 4, announced: 5000 });
});

test("does not count time in which nothing was read", () => {
  const wire = reader();
  wire.read(frame(text, "half", 5000), 7);
  wire.postpone(1000);
  expect(wire.begun).toBe(1007);
});

test("counts what several pieces were cut from once", () => {
  const wire = reader();
  const whole = own(Buffer.concat([frame(text, "x".repeat(100), 5000)]));
  for (let at = 0; at < whole.length; at += 27) wire.read(whole.subarray(at, at + 27), 0);
  expect(wire.held).toBe(whole.length + 4 * pieceCost + 100);
});

test("counts a whole piece for the few bytes of a message that keep it alive", () => {
  const wire = reader();
  const piece = Buffer.concat([frame(firstPart, "x"), ...Array.from({ length: 1000 }, () => frame(ping, ""))]);
  wire.read(piece, 0);
  wire.read(Buffer.concat([frame(middlePart, "x"), ...Array.from({ length: 1000 }, () => frame(ping, ""))]), 1);
  expect(wire.held).toBeGreaterThanOrEqual(2 * piece.length);
});

describe("over the limit", () => {
  const large = randomBytes(limit + 1);
  const sha256 = createHash("sha256").update(large).digest("hex");

  test("in one frame, behind one that is not: head, length and hash, and no byte goes on", () => {
    const wire = reader();
    const before = frame(text, "before");
    const bytes = Buffer.concat([before, frame(0x82, large)]);
    const pieces = [bytes.subarray(0, 1000), bytes.subarray(1000, 150_000), bytes.subarray(150_000)];
    expect(pieces.map((piece, at) => wire.read(piece, at))).toEqual([before.length, 0, 0]);
    expect(wire.end).toEqual({ kind: "over-limit" });
    expect(wire.whole).toBe(true);
    expect(wire.part()).toEqual({
      binary: true,
      head: large.subarray(0, keptHeadBytes),
      came: large.length,
      announced: large.length,
      sha256,
    });
  });

  test("in parts: hashed from its first byte", () => {
    const wire = reader();
    const parts = [frame(0x02, large.subarray(0, 150_000)), frame(lastPart, large.subarray(150_000))];
    expect(parts.map((piece, at) => wire.read(piece, at))).toEqual([parts[0]?.length, 0]);
    expect(wire.part()).toMatchObject({ came: large.length, announced: large.length, sha256 });
  });

  test("announced alone: what came is known, and that it is not whole", () => {
    const wire = reader();
    wire.read(frame(text, "abc", 2 ** 40), 3);
    expect({ whole: wire.whole, begun: wire.begun, part: wire.part() }).toEqual({
      whole: false,
      begun: 3,
      part: {
        binary: false,
        head: Buffer.from("abc"),
        came: 3,
        announced: 2 ** 40,
        sha256: createHash("sha256").update("abc").digest("hex"),
      },
    });
  });

  test("the answer to our goodbye is seen behind it", () => {
    const wire = reader();
    wire.read(Buffer.concat([frame(0x82, large), frame(close, Buffer.from([0x03, 0xf1]))]), 0);
    expect({ whole: wire.whole, closedAfter: wire.closedAfter }).toEqual({ whole: true, closedAfter: true });
  });
});

describe("no WebSocket", () => {
  const unmasked = Buffer.from([text, 2, 0x68, 0x69]);
  const endless = Buffer.concat([Buffer.from([text, 0xff]), Buffer.alloc(12, 0xff)]);
  test.each([
    ["reserved-bits", frame(0xc1, "x")],
    ["unknown-opcode", frame(0x83, "x")],
    ["unknown-opcode", frame(0x8b, "x")],
    ["unmasked", unmasked],
    ["stray-continuation", frame(lastPart, "x")],
    ["interleaved", Buffer.concat([frame(firstPart, "x"), frame(text, "y")])],
    ["control-fragment", frame(0x09, "x")],
    ["control-length", frame(ping, "x".repeat(126))],
    ["control-length", frame(close, "x")],
    ["length", endless],
  ])("%s: what came before goes on, the rest is kept", (problem, bytes) => {
    const wire = reader();
    const before = frame(text, "before");
    const passed = wire.read(Buffer.concat([before, bytes]), 0);
    const start = problem === "interleaved" ? 7 : 0;
    expect(wire.end).toEqual({ kind: "broken", problem, raw: bytes.subarray(start) });
    expect(passed).toBe(before.length + start);
    expect(wire.read(before, 1)).toBe(0);
  });
});

test("hands nothing on after the other end's goodbye", () => {
  const wire = reader();
  const goodbye = frame(close, Buffer.from([0x03, 0xe8]));
  expect(wire.read(Buffer.concat([goodbye, frame(text, "late")]), 0)).toBe(goodbye.length);
  expect(wire.end).toEqual({ kind: "closed" });
});

describe("where messages may come compressed", () => {
  const packed = 0xc1;
  const make = () => new WireReader({ masked: true, limit: () => limit, compressed: true });

  test("each whole message is known as one that was, or not, in the order that they come", () => {
    const wire = make();
    const parts = [frame(0x41, "a"), frame(ping, ""), frame(lastPart, "b")];
    const bytes = Buffer.concat([frame(text, "plain"), frame(packed, "x"), frame(0xc2, "y"), ...parts]);
    expect(wire.read(bytes, 1)).toBe(bytes.length);
    expect(Array.from({ length: 5 }, () => wire.takePacked())).toEqual([false, true, true, true, false]);
  });

  test.each([
    ["reserved-bits", frame(0xd1, "x")],
    ["reserved-bits", frame(0xe1, "x")],
    ["reserved-bits", frame(0xc9, "x")],
    ["reserved-bits", Buffer.concat([frame(0x41, "a"), frame(0xc0, "b")])],
  ])("no other bit is taken for it, and none on another frame: %s", (problem, bytes) => {
    const wire = make();
    wire.read(bytes, 1);
    expect(wire.end).toMatchObject({ kind: "broken", problem });
  });

  test("the head of one that is not whole is bytes and no text", () => {
    const wire = make();
    wire.read(frame(packed, "half", 5000), 1);
    expect(wire.part()).toMatchObject({ binary: true, came: 4 });
  });
});

describe("what a server says", () => {
  const server = () => new WireReader({ masked: false, limit: () => 10 });
  const plain = (first: number, body: string) => Buffer.concat([Buffer.from([first, body.length]), Buffer.from(body)]);

  test("comes without a mask", () => {
    const wire = server();
    const half = plain(firstPart, "abc");
    expect(wire.read(half, 5)).toBe(half.length);
    expect([wire.part(), wire.begun]).toMatchObject([{ head: Buffer.from("abc"), came: 3, announced: 3 }, 5]);
    expect(wire.read(frame(text, "x"), 6)).toBe(0);
    expect(wire.end).toMatchObject({ kind: "broken", problem: "masked" });
    expect([wire.part(), wire.begun, wire.held]).toEqual([null, null, 0]);
  });

  test.each([
    [10, null],
    [11, { kind: "over-limit" }],
  ])("is over the limit with one byte more: %i", (length, end) => {
    const wire = server();
    wire.read(plain(text, "x".repeat(length)), 1);
    expect(wire.end).toEqual(end);
  });

  test("is over the limit with all its parts together, and a ping between is none of it", () => {
    const wire = server();
    const before = Buffer.concat([plain(firstPart, "123456"), plain(ping, "x".repeat(100))]);
    expect(wire.read(Buffer.concat([before, plain(lastPart, "12345")]), 1)).toBe(before.length);
    expect([wire.end, wire.whole, wire.part()]).toMatchObject([
      { kind: "over-limit" },
      true,
      { head: Buffer.from("12345612345"), came: 11, announced: 11 },
    ]);
  });
});

test("a header in pieces is one, and what is begun begins with its first byte", () => {
  const wire = reader();
  const bytes = frame(text, "x".repeat(70_000));
  for (let at = 0; at < 14; at++) wire.read(bytes.subarray(at, at + 1), 100 + at);
  expect([wire.begun, wire.end]).toEqual([100, null]);
  wire.read(bytes.subarray(14), 200);
  expect([wire.begun, wire.held, wire.part()]).toEqual([null, 0, null]);
  wire.read(frame(text, "y").subarray(0, 1), 300);
  expect(wire.begun).toBe(300);
  wire.read(frame(text, "y").subarray(1), 301);
  wire.postpone(50);
  expect(wire.begun).toBeNull();
});

test("a message of whole frames is not held for those that are past", () => {
  const wire = reader();
  wire.read(own(frame(firstPart, "abc")), 0);
  const held = wire.held;
  wire.read(own(frame(lastPart, "def")), 1);
  expect([held > 0, wire.held, wire.begun]).toEqual([true, 0, null]);
});

test("of a message 64 KB are kept at its head, however it comes", () => {
  const wire = reader();
  const body = randomBytes(keptHeadBytes + 5000);
  wire.read(frame(0x02, body.subarray(0, 60_000)), 0);
  wire.read(frame(middlePart, body.subarray(60_000)), 0);
  expect(wire.part()).toEqual({
    ...{ binary: true, came: body.length, announced: body.length, head: body.subarray(0, keptHeadBytes) },
    sha256: createHash("sha256").update(body).digest("hex"),
  });
});
