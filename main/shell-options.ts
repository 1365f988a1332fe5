import { join } from "node:path";
import { parseArgs } from "node:util";
import { dataFolder, readListen, windowsFolders } from "../src/api/start-options.ts";

/** What the desktop window can be started with; the same flags as `plugside serve`. */
export type ShellOptions = { dataFolder: string; listen?: ReturnType<typeof readListen>[]; demo: boolean };

/** Reads the flags of the desktop window. Flags that are not ours (Chromium's, macOS's) are left alone.
 * @param argv without the program itself
 * @throws Error with a sentence for the user where a value makes no sense */
export function readShellOptions(argv: readonly string[]): ShellOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: { data: { type: "string" }, listen: { type: "string", multiple: true }, demo: { type: "boolean" } },
    strict: false,
  });
  return {
    // A flag without its value is `true` here; the empty text is what the readers refuse.
    dataFolder: dataFolder(typeof values.data === "boolean" ? "" : values.data),
    listen: values.listen === undefined ? undefined : [values.listen].flat().map((place) => readListen(String(place))),
    demo: values.demo === true,
  };
}

/** Where Chromium keeps what it can fetch again, where that is not beside the record; null where it is. What lies in the roaming profile
 * of Windows is copied to a server at log-off in companies. */
export function cacheFolder(
  dataFolder: string,
  platform: NodeJS.Platform,
  folders: { local: string; roaming: string } = windowsFolders(),
): string | null {
  // Beside the folder that a record is moved into: that one must be empty then.
  return platform === "win32" && dataFolder === folders.roaming ? join(folders.local, "..", "Plugside window") : null;
}
