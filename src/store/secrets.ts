import { readFileSync } from "node:fs";
import { patiently } from "../lib/patient.ts";
import { replaceFile } from "../lib/write-file.ts";

/** What must be handed on as it is and so cannot be kept as a digest: a file of its own that only its owner may read. */
export type Secrets = {
  get(name: string): string | undefined;
  /** `undefined` forgets it.
   * @throws the system's error when the file cannot be written */
  set(name: string, value: string | undefined): void;
  /** Writes them again: their folder was made anew.
   * @throws the system's error */
  writeAgain(): void;
};

/** Opens the file of secrets; one that is missing or damaged holds none. */
export function openSecrets(path: string): Secrets {
  const values = read(path);
  const write = () => replaceFile(path, JSON.stringify(Object.fromEntries(values)));
  return {
    get: (name) => values.get(name),
    set(name, value) {
      if (value === undefined && !values.has(name)) return;
      if (value === undefined) values.delete(name);
      else values.set(name, value);
      write();
    },
    writeAgain() {
      if (values.size > 0) write();
    },
  };
}

function read(path: string): Map<string, string> {
  try {
    const stored: unknown = JSON.parse(patiently(() => readFileSync(path, "utf8")));
    if (typeof stored !== "object" || stored === null) return new Map();
    return new Map(Object.entries(stored).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  } catch {
    return new Map();
  }
}
