import { dirname } from "node:path";
import { expect, test, vi } from "vitest";
import { openBench } from "../../../session/testing/bench.ts";
import { framesCommand } from "./frames.ts";

const printed = vi.hoisted(() => [] as string[]);
vi.mock("../../output.ts", async (original) => ({
  ...(await original<typeof import("../../output.ts")>()),
  printLines: async (lines: readonly string[]) => void printed.push(...lines),
}));

/** More rows than are read at once. */
const rows = 1100;

test("a record that no core runs on is printed whole, each frame once, in its order, from where one says", async () => {
  const bench = await openBench("1.6");
  for (let id = 0; id < rows; id++) bench.say(`[2,"${id}","Heartbeat",{}]`);
  const folder = dirname(bench.database.path);
  async function framesOf(...args: string[]): Promise<{ seq: number; direction: string }[]> {
    printed.length = 0;
    expect(await framesCommand.run(["--data", folder, "--json", ...args])).toBe(0);
    return printed
      .join("")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  }
  const all = await framesOf();
  const seqs = all.map(({ seq }) => seq);
  expect(seqs).toHaveLength(2 * rows);
  expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
  const middle = seqs[1500] ?? 0;
  expect((await framesOf("--since", String(middle))).map(({ seq }) => seq)).toEqual(seqs.slice(1501));
  expect(await framesOf("--station", "CP1", "--since", String(seqs.at(-3)))).toHaveLength(2);
  expect(await framesOf("--station", "NOBODY")).toEqual([]);
  await expect(framesCommand.run(["--data", folder, "--follow"])).rejects.toThrow("No core runs on this folder");
});

test("a frame that was made worse on purpose says so behind its text, and behind what is found in it", async () => {
  const bench = await openBench("1.6");
  bench.say('[2,"1","Heartbeat",{"colour":"red"}]');
  bench.parts.recorder.flush();
  bench.database.prepare("UPDATE frames SET marks = ? WHERE findings IS NOT NULL").run('["late","twice"]');
  printed.length = 0;
  await framesCommand.run(["--data", dirname(bench.database.path)]);
  expect(
    printed
      .join("")
      .split("\n")
      .map((line) => line.split("\t").slice(4)),
  ).toEqual([
    ['[2,"1","Heartbeat",{"colour":"red"}]', "! early-call, unknown-field", "# late, twice"],
    [expect.stringContaining('[3,"1",')],
    [],
  ]);
});
