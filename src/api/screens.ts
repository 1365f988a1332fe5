import { readFileSync } from "node:fs";
import { extname, join } from "node:path";

/** A file of the screens, ready to be sent. */
export type ScreenFile = { body: Buffer; type: string; immutable: boolean };

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
};

/** The list of the screens' files, which the build writes beside them: in a packed program they lie in an archive, where reading a
 * file is all that may be counted on. */
const listName = "files.json";

/** The built screens by URL path. Only what the build has listed is served, so that no path can lead anywhere else.
 * Files are read when first asked for.
 * @param read how a file is read; given by tests */
export function openScreens(
  folder: string,
  read: (path: string) => Buffer = (path) => readFileSync(path),
): { get(path: string): ScreenFile | undefined; readonly size: number } {
  const paths = new Map(listFiles(folder, read).map((name) => [`/${name}`, join(folder, ...name.split("/"))]));
  const cache = new Map<string, ScreenFile>();
  return {
    get(path) {
      const key = path === "/" ? "/index.html" : path;
      const file = paths.get(key);
      if (!file) return undefined;
      let found = cache.get(key);
      if (!found) {
        const type = types[extname(file)] ?? "application/octet-stream";
        found = { body: read(file), type, immutable: key.startsWith("/assets/") };
        cache.set(key, found);
      }
      return found;
    },
    get size() {
      return paths.size;
    },
  };
}

/** None where the screens are not built. */
function listFiles(folder: string, read: (path: string) => Buffer): string[] {
  try {
    return JSON.parse(read(join(folder, listName)).toString("utf8"));
  } catch {
    return [];
  }
}
