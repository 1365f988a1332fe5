import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** One short text for the state of some files and folders: it changes when a file comes, goes or is written.
 * Looks at names, sizes and times only, so that a start costs milliseconds. Tests, generated code and plain scripts in a folder do not count: none
 * of them is bundled.
 * @param {string} root
 * @param {string[]} inputs files and folders, relative to `root`; a missing one counts as missing */
export function fingerprint(root, inputs) {
  const hash = createHash("sha256");
  for (const input of inputs) for (const line of describe(root, input)) hash.update(`${line}\n`);
  return hash.digest("hex");
}

/** @param {string} root @param {string} path @returns {string[]} */
function describe(root, path) {
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stats) return [`${path} missing`];
  if (!stats.isDirectory()) return [`${path} ${stats.size} ${stats.mtimeMs}`];
  return readdirSync(join(root, path))
    .filter((name) => name !== "generated" && !/\.(test|spec)\.tsx?$|\.mjs$/.test(name))
    .sort()
    .flatMap((name) => describe(root, `${path}/${name}`));
}
