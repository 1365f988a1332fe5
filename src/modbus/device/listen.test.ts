import { describe, expect, test } from "vitest";
import { writeRtu } from "../codec/framing.ts";
import { writeRequest } from "../codec/pdu.ts";
import { Eavesdropper, type Overheard } from "./listen.ts";

describe("overhearing another master", () => {
  const question = writeRtu(5, writeRequest({ kind: "read", table: "input", address: 10, count: 2 }));
  const answer = writeRtu(5, Uint8Array.of(4, 4, 0, 1, 0, 2));

  function hear(pieces: Uint8Array[]): Overheard[] {
    const heard: Overheard[] = [];
    const ear = new Eavesdropper((one) => heard.push(one));
    for (const piece of pieces) ear.hear(piece);
    ear.silent();
    return heard;
  }
  const asked = { kind: "read", table: "input", address: 10, count: 2 };

  test("question and answer are told apart without the silence between, whatever pieces they come in", () => {
    const all = Buffer.concat([question, answer, question, answer]);
    const whole = hear([all]);
    expect(whole.map(({ kind }) => kind)).toEqual(["question", "answer", "question", "answer"]);
    expect(whole[1]).toEqual({
      kind: "answer",
      unit: 5,
      request: asked,
      answer: { kind: "registers", registers: [1, 2] },
    });
    expect(hear([...all].map((byte) => Uint8Array.of(byte)))).toEqual(whole);
  });

  test("what is damaged is told, and what comes after it is read", () => {
    const noise = Uint8Array.of(9, 9, 9);
    expect(hear([noise, question, answer]).map(({ kind }) => kind)).toEqual(["damaged", "question", "answer"]);
    expect(hear([answer.subarray(0, 5)])).toEqual([{ kind: "damaged", bytes: new Uint8Array(answer.subarray(0, 5)) }]);
  });

  test.each([
    { kind: "read", table: "coil", address: 7, count: 9 },
    { kind: "write-coil", address: 258, on: true },
    { kind: "write-coil", address: 258, on: false },
    { kind: "write-register", address: 258, value: 772 },
    { kind: "write-registers", address: 258, registers: [1, 772] },
  ] as const)("a question is heard as it was put: %j", (request) => {
    expect(hear([writeRtu(5, writeRequest(request))])).toEqual([{ kind: "question", unit: 5, request }]);
  });

  test("a device that refuses is heard refusing, and noise without end is let go", () => {
    const refusal = writeRtu(5, Uint8Array.of(0x84, 2));
    expect(hear([question, refusal])[1]).toMatchObject({ kind: "answer", answer: { kind: "exception", code: 2 } });
    // A coil is on by FF00 alone.
    const odd = writeRtu(5, Uint8Array.of(5, 0, 1, 0, 1));
    expect(hear([odd])).toEqual([
      { kind: "question", unit: 5, request: { kind: "write-coil", address: 1, on: false } },
    ]);
    const noise = hear([new Uint8Array(513).fill(0x55), new Uint8Array(256).fill(0x55)]);
    expect(noise.map((one) => [one.kind, "bytes" in one && one.bytes.length])).toEqual([
      ["damaged", 257],
      ["damaged", 512],
    ]);
    // An answer that nobody asked for, as far as was heard.
    const strange = writeRtu(6, Uint8Array.of(4, 2, 0, 1));
    expect(hear([question, strange])[1]).toEqual({ kind: "frame", unit: 6, bytes: strange });
    // The answer to a write that was not heard: it writes nothing itself.
    const written = writeRtu(5, Uint8Array.of(16, 0, 1, 0, 2));
    expect(hear([written])).toEqual([{ kind: "frame", unit: 5, bytes: written }]);
  });
});
