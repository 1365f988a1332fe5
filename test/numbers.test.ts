import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isTest } from "./harness/rules/layers.ts";
import { namedNumbers } from "./harness/rules/numbers.ts";
import { parseSource, readSources } from "./harness/rules/sources.ts";

const list = new URL("./told/numbers.txt", import.meta.url);

const sources = readSources().filter(({ path }) => /^(src|main|renderer)\//.test(path) && !isTest(path));

/** A bound that doubles, or a time that is lost, shows in no other test where nothing comes near it. New numbers need not be on the list:
 * where it is missing it is written anew, with all of them. */
test("a named number that is on the list is as it says there: who changes one changes it in both places", async () => {
  const now = namedNumbers(sources).sort();
  const values = new Map(now.map((line) => [nameOf(line), line]));
  const listed = linesOf(list) ?? now;
  await expect(listed.map((line) => `${values.get(nameOf(line)) ?? line}\n`).join("")).toMatchFileSnapshot(
    "told/numbers.txt",
  );
});

const nameOf = (line: string) => line.slice(0, line.indexOf(" = "));

function linesOf(file: URL): string[] | null {
  try {
    return readFileSync(file, "utf8").trim().split("\n");
  } catch {
    return null;
  }
}

test("numbers alone, sums of them, and tables of nothing else are named numbers", () => {
  const text = `const a = 5; export const b = 2 * 1024 - -1; const c = { d: 1, "e-f": 60 * 1000 } as const;
    const g = { h: 1, i: "x" }; const j = f(1); function k() { const l = 1; } const m = "1"; const n = 2 ** 3 / 4 + 1;`;
  expect(namedNumbers([parseSource("src/a.ts", text)])).toEqual([
    "src/a.ts a = 5",
    "src/a.ts b = 2049",
    "src/a.ts c.d = 1",
    "src/a.ts c.e-f = 60000",
    "src/a.ts n = 3",
  ]);
});
