import { expect, test } from "vitest";
import { hold } from "./hold.ts";

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
