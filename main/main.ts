import { fileURLToPath } from "node:url";
import * as electron from "electron";
import { systemClock } from "../src/lib/clock.ts";
import { runShell } from "./shell.ts";

// Not awaited: Electron holds back "ready", which the shell waits for, until this module has been run to its end.
runShell(electron, {
  argv: process.argv.slice(electron.app.isPackaged ? 1 : 2),
  platform: process.platform,
  clock: systemClock,
  coreEntry: fileURLToPath(new URL("core-process.js", import.meta.url)),
  screensFolder: fileURLToPath(new URL("../screens", import.meta.url)),
  execPath: process.execPath,
  parent: process,
  hold: (ms) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms),
}).catch((error: unknown) => {
  electron.dialog.showErrorBox("Plugside", error instanceof Error ? (error.stack ?? error.message) : String(error));
  electron.app.exit(1);
});
