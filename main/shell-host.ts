import { mkdirSync } from "node:fs";
import type * as Electron from "electron";
import type { Clock } from "../src/lib/clock.ts";
import { whyOf } from "../src/station/failure.ts";
import { words } from "../src/station/phrases.ts";
import { spokenText } from "../src/words/spoken.ts";
import { readShellOptions } from "./shell-options.ts";
import { chooseLanguage } from "./words.ts";

/** The parts of Electron the shell stands on. */
export type ElectronParts = Pick<
  typeof Electron,
  | "app"
  | "BrowserWindow"
  | "crashReporter"
  | "dialog"
  | "Menu"
  | "nativeTheme"
  | "powerMonitor"
  | "powerSaveBlocker"
  | "safeStorage"
  | "screen"
  | "session"
  | "shell"
  | "utilityProcess"
>;

/** Where the shell runs. */
export type ShellHost = {
  argv: readonly string[];
  platform: NodeJS.Platform;
  clock: Clock;
  /** The built entry of the core's process. */
  coreEntry: string;
  /** The built screens. */
  screensFolder: string;
  /** The program that runs. */
  execPath: string;
  /** The process above this one, if there is one: it asks for an end by a message, or by its own. */
  parent: Pick<NodeJS.Process, "on">;
  /** Blocks for so many milliseconds. */
  hold(ms: number): void;
};

/** What Windows groups windows, pins and shortcuts by; the same as in electron-builder.yml. */
export const appId = "org.plugside.app";

/** False where it cannot be made, which is said. */
export function makeFolder({ app, dialog }: ElectronParts, folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    return true;
  } catch (error) {
    const why = words("folder-unusable", { folder, why: whyOf(error) });
    dialog.showErrorBox("Plugside", spokenText(why, chooseLanguage(app.getPreferredSystemLanguages())));
    app.exit(1);
    return false;
  }
}

/** The flags of the desktop window; null where they make no sense, which is said. */
export function readOptions(
  { app, dialog }: ElectronParts,
  argv: readonly string[],
): ReturnType<typeof readShellOptions> | null {
  try {
    return readShellOptions(argv);
  } catch (error) {
    dialog.showErrorBox("Plugside", error instanceof Error ? error.message : String(error));
    app.exit(5);
    return null;
  }
}
