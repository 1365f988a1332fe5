import { resolveImport, type Source } from "./sources.ts";

/** Which way imports may run. Every function takes the sources and gives a line for each break of its rule. */

/** What of the core the screens may know: it runs in a browser. */
const forScreens = [
  "src/lib/contract.ts",
  "src/lib/file-name.ts",
  "src/lib/markdown.ts",
  "src/lib/shown-text.ts",
  "src/lib/json.ts",
  "src/lib/text.ts",
  "src/lib/units.ts",
  "src/lib/words.ts",
  "src/words",
  "src/station",
  "src/lib/time",
  "src/lib/terminal",
  "src/logs/model.ts",
  "src/services/*/contract.ts",
  "src/services/*/filter.ts",
  "src/services/calls/variables.ts",
  "src/api/contract.ts",
  "src/api/client.ts",
  "src/api/notice-place.ts",
];

const words = ["src/lib", "src/words"];
const model = [...words, "src/station"];
const dialects = [...model, "src/redaction", "src/ocpp"];
const machinery = [...dialects, "src/store", "src/transports"];
const services = [...machinery, "src/logs", "src/modbus", "src/consoles", "src/session", "src/steps", "src/services"];
const widgets = [...forScreens, "renderer/i18n", "renderer/core", "renderer/navigation"];

/** What each part may know beside itself: folders and files of the repository. The arrow runs one way, so the list of a
 * part holds only what stands below it. */
const below: Record<string, readonly string[]> = {
  "src/lib": [],
  "src/words": ["src/lib"],
  "src/station": words,
  "src/redaction": model,
  "src/ocpp": [...model, "src/redaction"],
  "src/logs": dialects,
  "src/modbus": model,
  "src/consoles": model,
  "src/store": model,
  "src/transports": [...model, "src/redaction"],
  "src/simulator": [...model, "src/ocpp", "src/services/simulator/contract.ts", "src/transports/serial", "src/modbus"],
  "src/session": [...machinery, "src/modbus"],
  "src/steps": ["src/lib"],
  "src/services": services,
  "src/api": [...model, "src/ocpp", "src/store", "src/session", "src/services"],
  "src/core": [...model, "src/ocpp", "src/store", "src/transports", "src/session", "src/services", "src/simulator"],
  "src/core.ts": [...services, "src/simulator", "src/api", "src/core"],
  "src/cli": ["src", "package.json"],
  "src/cli.ts": ["src"],
  main: [...model, "src/services", "src/api", "src/core.ts"],
  "renderer/i18n": forScreens,
  "renderer/core": [...forScreens, "renderer/i18n"],
  "renderer/navigation": [...forScreens, "renderer/i18n", "renderer/core"],
  "renderer/ui": widgets,
  "renderer/features": [...widgets, "renderer/ui"],
  renderer: forScreens,
};

/** What the screens' bundle holds: it runs in a browser, and so must all that it imports. */
const browserSafe = forScreens;

/** Imports that run against the arrow. A test beside the code may know everything in src and the harness. */
export function againstTheArrow(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => {
    const part = partOf(source.path);
    if (part === undefined) return source.path.startsWith("src/") ? [`${source.path} belongs to no part of src`] : [];
    const allowed = [part, ...(below[part] ?? []), ...(isTest(source.path) ? ["src", "test"] : [])];
    return inRepository(source)
      .filter((target) => !allowed.some((place) => isIn(target, place)))
      .map((target) => `${source.path} imports ${target}`);
  });
}

/** Files for the browser that reach for what a browser does not have. */
export function notForTheBrowser(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path }) => !isTest(path) && (isIn(path, "renderer") || browserSafe.some((place) => isIn(path, place))))
    .flatMap((source) => {
      const builtIn = source.imports.filter((name) => name.startsWith("node:"));
      const inside = inRepository(source).filter(
        (target) => !isIn(target, "renderer") && !browserSafe.some((place) => isIn(target, place)),
      );
      return [...builtIn, ...inside].map((target) => `${source.path} imports ${target}`);
    });
}

/** Imports of a package (or of what is built in) outside of the places it may be used in. */
export function packageOutside(sources: readonly Source[], name: string, places: readonly string[]): string[] {
  return sources
    .filter(({ path }) => !places.some((place) => isIn(path, place)))
    .filter(({ imports }) => imports.some((item) => item === name || item.startsWith(`${name}/`)))
    .map(({ path }) => `${path} imports ${name}`);
}

/** What a file imports of the repository itself, as paths from its root. */
export function inRepository(source: Source): string[] {
  return source.imports
    .map((name) => resolveImport(source.path, name))
    .filter((target) => target !== undefined)
    .filter((target) => !target.startsWith(".."));
}

function partOf(path: string): string | undefined {
  return Object.keys(below).find((part) => isIn(path, part));
}

/** True for a test beside the code. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path);
}

/** True when a path is a place or lies in it; `*` in a place stands for one folder. */
export function isIn(path: string, place: string): boolean {
  const parts = path.split("/");
  const wanted = place.split("/");
  return wanted.length <= parts.length && wanted.every((part, index) => part === "*" || part === parts[index]);
}
