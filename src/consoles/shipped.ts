/// <reference types="vite/types/importMeta.d.ts" />
import { type ConsoleProfile, readConsoleProfile } from "./profile.ts";

/** The texts of the profiles that are shipped, by their file names; bundled with the core. */
const texts: Record<string, string> = import.meta.glob("./profiles/*.yaml", {
  query: "?raw",
  import: "default",
  eager: true,
});

let read: ConsoleProfile[] | null = null;

/** The console profiles that are shipped. Read once, when first asked for. */
export function consoleProfiles(): readonly ConsoleProfile[] {
  read ??= Object.values(texts).map(readConsoleProfile);
  return read;
}
