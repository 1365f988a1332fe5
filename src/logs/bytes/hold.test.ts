import { expect, test } from "vitest";
import { wholeOf } from "../../../test/harness/bytes.ts";
import { hold } from "./hold.ts";
import type { Held } from "./source.ts";

async function* piecesOf(...pieces: string[]) {
  for (const piece of pieces) yield Buffer.from(piece);
}

test("so much is held as may be, and not a byte more", async () => {
  expect((await hold(piecesOf("ab", "c"), 3)).failed).toBe(undefined);
  const { failed, source } = await hold(piecesOf("ab", "c"), 2);
  expect(failed).toMatchObject({
    code: "invalid-input",
    words: { phrase: "log-entry-too-large", values: { limit: 2 } },
  });
  expect(source.size).toBe(0);
});

test("what came before an error is kept, and the error with it", async () => {
  async function* failing() {
    yield Buffer.alloc((1 << 20) + 5, "a");
    throw new Error("cut");
  }
  const { source, failed } = await hold(failing(), 1e9);
  expect([source.size, (failed as Error).message]).toEqual([(1 << 20) + 5, "cut"]);
  expect((await source.read((1 << 20) - 2, 100)).toString()).toBe("a".repeat(7));
});

test("of much that repeats itself little is held, past the first eight megabytes; of what does not, all", async () => {
  const mega = 1 << 20;
  async function* lines() {
    for (let at = 0; at < 20; at++) yield Buffer.alloc(mega, `meter: no answer ${at}\n`);
  }
  // Eight as they are and twelve packed to nearly nothing, and not twenty.
  const { source, failed } = await hold(lines(), 8.5 * mega);
  expect([failed, source.size]).toEqual([undefined, 20 * mega]);
  const { blocks } = source.place.in as Held;
  expect(blocks.map(({ packing }) => packing === "none")).toEqual(Array.from({ length: 20 }, (_, at) => at < 8));
  const whole = await wholeOf(source);
  expect(whole.toString("latin1", 11 * mega - 4, 11 * mega + 18)).toBe(
    `${Buffer.alloc(mega, "meter: no answer 10\n").subarray(-4)}meter: no answer 1`,
  );
  for (const [at, length] of [
    [mega - 5, 10],
    [9 * mega - 1, mega + 9],
    [19 * mega, 2 * mega],
    [20 * mega, 1],
  ] as const)
    expect((await source.read(at, length)).equals(whole.subarray(at, at + length))).toBe(true);
});
