import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";

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

/** The built screens by URL path. Only what was there at the start is served, so that no path can lead anywhere else.
 * Files are read when first asked for. */
export function openScreens(folder: string): { get(path: string): ScreenFile | undefined; readonly size: number } {
  const paths = new Map<string, string>();
  const cache = new Map<string, ScreenFile>();
  for (const entry of listFiles(folder)) {
    paths.set(`/${relative(folder, entry).split(sep).join("/")}`, entry);
  }
  return {
    get(path) {
      const key = path === "/" ? "/index.html" : path;
      const file = paths.get(key);
      if (!file) return undefined;
      let found = cache.get(key);
      if (!found) {
        const type = types[extname(file)] ?? "application/octet-stream";
        found = { body: readFileSync(file), type, immutable: key.startsWith("/assets/") };
        cache.set(key, found);
      }
      return found;
    },
    get size() {
      return paths.size;
    },
  };
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}
