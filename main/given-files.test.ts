import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { givenFiles } from "./given-files.ts";

it("are the words that lead to a file: no flag, no folder, nothing that is missing, and not the program itself", () => {
  const folder = mkdtempSync(join(tmpdir(), "plugside-given-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ["a.plugside", "-b", "program"]) writeFileSync(join(folder, name), "");
  mkdirSync(join(folder, "visits"));
  const [first, program] = ["a.plugside", "program"].map((name) => join(folder, name)) as [string, string];
  const given = (...argv: string[]) => givenFiles(argv, folder, program);
  expect(given(program, "a.plugside", first, "./visits/../a.plugside")).toEqual([first, first, first]);
  expect(given("program", "", "-b", "--a.plugside", "visits", "missing.plugside")).toEqual([]);
});
