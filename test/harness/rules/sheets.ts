import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Classes that a component names and its sheet does not have, and classes of a sheet that no component names. */
export function looseClasses(): string[] {
  const named = new Map<string, Set<string>>();
  const found: string[] = [];
  for (const path of globSync("renderer/**/*.module.css", { cwd: root })) named.set(path, new Set());
  for (const path of globSync("renderer/**/*.tsx", { cwd: root })) {
    const text = readFileSync(join(root, path), "utf8");
    for (const [, name, from] of text.matchAll(/^import (\w+) from "([^"]+\.module\.css)"/gm)) {
      const sheet = join(dirname(path), from ?? "");
      const classes = classesOf(sheet);
      for (const [, used = ""] of text.matchAll(new RegExp(`(?<![\\w/.])${name}\\.(\\w+)`, "g"))) {
        named.get(sheet)?.add(used);
        if (!classes.has(used)) found.push(`${path} names .${used}, which ${sheet} does not have`);
      }
    }
  }
  for (const [sheet, used] of named)
    for (const name of classesOf(sheet)) if (!used.has(name)) found.push(`${sheet} has .${name}, which nobody names`);
  return found;
}

function classesOf(sheet: string): Set<string> {
  const selectors = readFileSync(join(root, sheet), "utf8")
    .replace(/\/\*.*?\*\//gs, "")
    .replace(/\{[^{}]*\}/g, "{}");
  return new Set([...selectors.matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, name = ""]) => name));
}
