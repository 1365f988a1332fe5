import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codecs } from "./codecs.ts";
import { crc16 } from "./crc16.ts";
import { framingNames, type Piece } from "./framing.ts";
import { recognise } from "./recognise.ts";

const limit = 64 * 1024;

/** The same numbers each time: mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const texts = (pieces: readonly Piece[]) =>
  pieces.flatMap((piece) => (piece.kind === "frame" ? [Buffer.from(piece.data).toString("utf8")] : []));

function message(number: number): Buffer {
  return Buffer.from(JSON.stringify([2, `m${number}`, "Heartbeat", { text: "å→✓".repeat(number % 40) }]));
}

test("the check is CRC-16/CCITT-FALSE", () => {
  expect(crc16(Buffer.from("123456789"))).toBe(0x29b1);
});

test("a line is framed in one of four ways", () => {
  expect(framingNames).toEqual(["lines", "length", "slip", "cobs"]);
});

describe.each(framingNames)("%s", (name) => {
  const codec = codecs[name];

  test("gives back what was put in, however it is cut into pieces", () => {
    const json = fc.json({ maxDepth: 3 }).map((text) => `[2,"1","A",${text}]`);
    fc.assert(
      fc.property(fc.array(json, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 97 }), (all, size) => {
        const wire = Buffer.concat(all.map((text) => codec.encode(Buffer.from(text), true)));
        const reader = codec.reader(limit);
        const pieces: Piece[] = [];
        for (let at = 0; at < wire.length; at += size) pieces.push(...reader.push(wire.subarray(at, at + size)));
        expect(texts(pieces)).toEqual(all);
        expect(pieces.length).toBe(all.length);
        expect(reader.flush()).toEqual([]);
      }),
    );
  });

  test("a long message that comes byte by byte is given back whole, and so is the next", () => {
    const all = [5000, 1025, 1].map((length) => `["${"å".repeat(length)}"]`);
    const wire = Buffer.concat(all.map((text) => codec.encode(Buffer.from(text), true)));
    const reader = codec.reader(limit);
    const pieces: Piece[] = [];
    for (let at = 0; at < wire.length; at++) pieces.push(...reader.push(wire.subarray(at, at + 1)));
    expect([texts(pieces), pieces.length]).toEqual([all, 3]);
  });

  test("is not put out by any bytes, and holds no more than a message", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (chunks) => {
        const reader = codec.reader(200);
        const pieces = [...chunks.flatMap((chunk) => reader.push(chunk)), ...reader.flush()];
        const good = Buffer.from('[2,"x","Heartbeat",{}]');
        expect(texts(reader.push(codec.encode(good, true))).at(-1)).toBe(good.toString());
        for (const piece of pieces) if (piece.kind === "damaged") expect(piece.head.length).toBeLessThanOrEqual(4096);
      }),
    );
  });

  test.each([1, 2, 3, 4, 5])(
    "with a hundredth of the bytes lost, doubled or flipped every frame is exact or told as damaged (seed %d)",
    (seed) => {
      const random = seeded(seed);
      const sent = new Map<string, number>();
      const reader = codec.reader(limit);
      const pieces: Piece[] = [];
      const clean: boolean[] = [];
      for (let number = 0; number < 2000; number++) {
        const text = message(number);
        sent.set(text.toString(), number);
        // Stretches of noise between stretches without, as a loose contact makes them.
        const noisy = number % 40 < 20;
        const wire: number[] = [];
        let spoilt = false;
        for (const byte of codec.encode(text, true)) {
          const hit = noisy && random() < 0.01;
          spoilt ||= hit;
          const how = hit ? random() : 1;
          if (how < 1 / 3) continue;
          wire.push(how < 2 / 3 ? byte ^ (1 << Math.floor(random() * 8)) : byte);
          if (how >= 2 / 3 && hit) wire.push(byte);
        }
        clean.push(!spoilt);
        pieces.push(...reader.push(Uint8Array.from(wire)));
      }
      pieces.push(...reader.flush());
      const got = texts(pieces).map((text) => sent.get(text));
      expect(got.filter((number) => number === undefined)).toEqual([]);
      const seen = new Set(got);
      expect(seen.size).toBe(got.length);
      // A frame that was left alone, behind another that was, always comes: the line recovers within one frame.
      const lost = clean.flatMap((ok, number) =>
        ok && clean[number - 1] !== false && !seen.has(number) ? [number] : [],
      );
      expect(lost).toEqual([]);
      expect(pieces.some((piece) => piece.kind === "damaged")).toBe(true);
    },
  );

  test("is recognised by itself, behind the noise of a board that starts", () => {
    const reader = recognise("auto", limit);
    const boot = Buffer.from("ets Jul 29 2019 12:21:46\r\n\r\nrst:0x1 (POWERON_RESET)\r\n");
    expect(texts(reader.push(boot))).toEqual([]);
    const text = '[2,"1","Heartbeat",{}]';
    const wire = Buffer.concat([codec.encode(Buffer.from(text), true), codec.encode(Buffer.from(text), true)]);
    expect(texts([...reader.push(wire)])).toContain(text);
    expect([reader.framing, reader.checks]).toEqual([name, true]);
  });
});

test("lines without checks are taken, until the first with one", () => {
  const reader = recognise("auto", limit);
  expect(texts(reader.push(Buffer.from('[2,"1","Heartbeat",{}]\r\n\n')))).toEqual(['[2,"1","Heartbeat",{}]']);
  expect([reader.framing, reader.checks]).toEqual(["lines", false]);
  reader.push(codecs.lines.encode(Buffer.from("[3]"), true));
  expect(reader.checks).toBe(true);
  expect(reader.push(Buffer.from("[4]\n"))).toMatchObject([{ kind: "damaged", why: "check" }]);
});

test("text that is no message, a line too long and a message cut off are named", () => {
  const reader = codecs.lines.reader(20);
  expect(reader.push(Buffer.from("\x1b[0;32mI (31) boot\x1b[0m\n"))).toMatchObject([{ kind: "damaged", why: "text" }]);
  expect(reader.push(Buffer.from(`[${"1,".repeat(30)}1]\n`))).toMatchObject([{ why: "too-long", count: 63 }]);
  expect(reader.push(Buffer.from("[1,2"))).toEqual([]);
  expect(reader.flush()).toMatchObject([{ why: "cut", count: 4 }]);
});

test("another board with another framing is recognised after some stretches that are no messages", () => {
  const reader = recognise("auto", limit);
  const text = Buffer.from('[2,"1","Heartbeat",{}]');
  reader.push(codecs.cobs.encode(text, true));
  expect(reader.framing).toBe("cobs");
  const noise = Buffer.concat(Array.from({ length: 8 }, () => Buffer.from([0, 5, 5, 5, 0])));
  reader.push(noise);
  expect(texts(reader.push(codecs.slip.encode(text, true)))).toEqual([text.toString()]);
  expect(reader.framing).toBe("slip");
});
