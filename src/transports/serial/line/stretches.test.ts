import { expect, test } from "vitest";
import { keptHeadBytes } from "../../../station/bounds.ts";
import { words } from "../../../station/phrases.ts";
import { damaged } from "../framing/framing.ts";
import { Stretches } from "./stretches.ts";

type Damaged = Parameters<Stretches["add"]>[0];
const piece = (why: Damaged["why"], text: string | Uint8Array, count?: number) =>
  damaged(why, Buffer.from(text as string), count) as Damaged;

test("pieces that follow one another are one stretch, as old as its first", () => {
  const stretches = new Stretches();
  expect([stretches.age(5000), stretches.take()]).toEqual([0, null]);
  stretches.add(piece("check", "ab"), 1000);
  stretches.add(piece("cut", "c", 10), 1500);
  expect(stretches.age(1700)).toBe(700);
  const said = words("line-stretch", { count: 12, pieces: 2, why: words("line-check") });
  expect(stretches.take()).toMatchObject({
    ...{ bytes: 12, text: false },
    spoilt: { data: Buffer.from("abc"), binary: true, found: { rule: "line-damaged", said } },
  });
  expect([stretches.age(9000), stretches.take()]).toEqual([0, null]);
});

test.each([
  [["text"], "line-text", "line-plain-text", true],
  [["text", "text"], "line-text", "line-plain-text", true],
  [["text", "coding"], "line-damaged", "line-coding", false],
  [["cut", "text"], "line-damaged", "line-cut", false],
] as const)("a stretch of %j is told as %s", (whys, rule, why, text) => {
  const stretches = new Stretches();
  for (const one of whys) stretches.add(piece(one, "x"), 0);
  const said = words("line-stretch", { count: whys.length, pieces: whys.length, why: words(why) });
  expect(stretches.take()).toMatchObject({ text, spoilt: { binary: !text, found: { rule, said } } });
});

test("of a stretch 64 KB are kept, whatever its pieces, and each stretch begins anew", () => {
  const stretches = new Stretches();
  for (let round = 0; round < 2; round++) {
    for (let count = 0; count < keptHeadBytes / 4096 + 2; count++)
      stretches.add(piece("check", new Uint8Array(4096).fill(count)), 0);
    const taken = stretches.take();
    expect([taken?.spoilt.data.length, taken?.bytes]).toEqual([keptHeadBytes, keptHeadBytes + 8192]);
    expect([taken?.spoilt.data[0], taken?.spoilt.data.at(-1)]).toEqual([0, keptHeadBytes / 4096 - 1]);
  }
});
