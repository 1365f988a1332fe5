import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** What must be handed on as it is and so cannot be kept as a digest: a file of its own that only its owner may read. */
export type Secrets = {
  get(name: string): string | undefined;
  /** `undefined` forgets it.
   * @throws the system's error when the file cannot be written */
  set(name: string, value: string | undefined): void;
};

const onlyMine = 0o600;

/** Opens the file of secrets; one that is missing or damaged holds none. */
export function openSecrets(path: string): Secrets {
  const values = read(path);
  return {
    get: (name) => values.get(name),
    set(name, value) {
      if (value === undefined && !values.has(name)) return;
      if (value === undefined) values.delete(name);
      else values.set(name, value);
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const draft = `${path}.new`;
      writeFileSync(draft, JSON.stringify(Object.fromEntries(values)), { mode: onlyMine });
      // A draft that was left behind keeps the mode it had.
      chmodSync(draft, onlyMine);
      renameSync(draft, path);
    },
  };
}

function read(path: string): Map<string, string> {
  try {
    const stored: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof stored !== "object" || stored === null) return new Map();
    return new Map(Object.entries(stored).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  } catch {
    return new Map();
  }
}
