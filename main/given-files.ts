import { statSync } from "node:fs";
import { resolve } from "node:path";

/** The files that somebody named on a command line: words that are no flags and lead to a file, the program itself left out. Chromium
 * puts flags of its own among them, in an order of its own.
 * @param folder where a relative path begins */
export function givenFiles(argv: readonly string[], folder: string, program: string): string[] {
  return argv
    .filter((word) => word !== "" && !word.startsWith("-"))
    .map((word) => resolve(folder, word))
    .filter((path) => path !== program && statSync(path, { throwIfNoEntry: false })?.isFile() === true);
}
