import { expect, test } from "vitest";
import { openServices } from "../testing/open-services.ts";
import { searchMessages } from "./search.ts";

/** A record whose first message is followed by one at each of these distances, counted in its numbers. */
async function spaced(...distances: number[]) {
  const { context, tell, frames } = await openServices();
  tell("0", "Heartbeat", {});
  const first = frames()[0]?.seq ?? 0;
  for (const distance of distances) {
    while (context.recorder.take() < first + distance - 1);
    tell(String(distance), "Heartbeat", {});
  }
  const { search, walk } = searchMessages(context);
  const numbers = (seqs: readonly number[]) => seqs.map((seq) => seq - first);
  return {
    found: async (limit: number, before = Number.MAX_SAFE_INTEGER) =>
      numbers((await search(before, {}, limit)).map(({ seq }) => seq)),
    walked: async () => {
      const seqs: number[] = [];
      for await (const records of walk({ select: {}, tests: [] })) seqs.push(...records.map(({ seq }) => seq));
      return numbers(seqs);
    },
  };
}

test("a search goes on where there is nothing for long, until it has as many as are wanted, the newest first", async () => {
  const { found } = await spaced(5, 10, 25_000);
  expect(await found(2)).toEqual([25_000, 10]);
  expect(await found(3)).toEqual([25_000, 10, 5]);
  expect(await found(9)).toEqual([25_000, 10, 5, 0]);
});

test("all of a record is gone through, each question with its answer: one alone, and where a stretch begins and ends", async () => {
  expect(await (await spaced()).walked()).toEqual([0, 1]);
  expect(await (await spaced(1999, 2002, 4000)).walked()).toEqual([0, 1, 1999, 2000, 2002, 2003, 4000, 4001]);
  expect(await (await spaced(2000)).walked()).toEqual([0, 1, 2000, 2001]);
});
