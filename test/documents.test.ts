import { existsSync, globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const read = (path: string) => readFileSync(path, "utf8");
const mainOnes = ["README.md", ".github/CONTRIBUTING.md"];
const documents = [...new Set([...mainOnes, ...globSync(".github/*.md"), ...globSync("test/*/README.md")])];
const folders = /^(?:src|renderer|main|test|\.github)\//;

/** The paths that a text names between backticks, `{en,sv}` as both of them; what is to be filled in is cut before it. */
function pathsIn(text: string): string[] {
  const named = [...text.matchAll(/`([^`\s]+)`|\]\(([^)\s]+)\)/g)].map(([, code, link]) => code ?? link ?? "");
  const whole = named.filter((path) => folders.test(path)).map((path) => path.replace(/[^/]*[<*].*$/, ""));
  return whole.flatMap((path) => {
    const [, before = "", choices, after = ""] = /^(.*)\{(.*)\}(.*)$/.exec(path) ?? [];
    return choices === undefined ? [path] : choices.split(",").map((choice) => `${before}${choice}${after}`);
  });
}

describe.each(documents)("%s", (document) => {
  const text = read(document);

  test("names paths that are there", () => {
    const paths = pathsIn(text);
    if (mainOnes.includes(document)) expect(paths.length).toBeGreaterThan(5);
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });

  test("names commands that are there", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const runs = [...text.matchAll(/npm run ([a-z:]+)/g)].map(([, name]) => name ?? "");
    expect(runs.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
    const help = read("src/cli/told/help.txt");
    const commands = [...text.matchAll(/node dist\/cli\.js ([a-z-]+)/g)].map(([, name]) => name ?? "");
    expect(
      commands.filter((name) => name !== "help" && !help.includes(`\n  ${name} `) && !help.includes(`\n  ${name}\n`)),
    ).toEqual([]);
  });
});
