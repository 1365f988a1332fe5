import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A case that once failed, kept to be tried again for ever. */
export type Found<Input = unknown> = {
  kind: "frames" | "socket" | "api" | "rows" | "handshakes" | "logs";
  /** What went wrong, in its first line. */
  said: string;
  seed: number;
  input: Input;
};

const folder = fileURLToPath(new URL("./found/", import.meta.url));

/** Keeps a case as a file of its own; returns the file's name. */
export function keepFound(found: Found): string {
  mkdirSync(folder, { recursive: true });
  // What follows the first line names places of this machine.
  const said = found.said.split("\n", 1)[0] ?? "";
  const text = `${JSON.stringify({ ...found, said }, null, 1)}\n`;
  const name = `${found.kind}-${createHash("sha256").update(JSON.stringify(found.input)).digest("hex").slice(0, 10)}.json`;
  writeFileSync(`${folder}${name}`, text);
  return name;
}

/** The kept cases of a kind. */
export function foundCases<Input>(kind: Found["kind"]): { name: string; found: Found<Input> }[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${kind}-`) && name.endsWith(".json"))
    .sort()
    .map((name) => ({ name, found: JSON.parse(readFileSync(`${folder}${name}`, "utf8")) as Found<Input> }));
}
