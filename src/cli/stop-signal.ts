import { asksToStop } from "../lib/stop-message.ts";

/** Resolves at the first thing that asks for an end: a signal (a closed console sends SIGHUP, Ctrl+Break of Windows SIGBREAK), or the
 * process above this one. Later ones change nothing: one key press may bring two, the terminal's own, and that of an older Node which
 * started this one in its stead. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"] as const) process.on(signal, () => resolve());
    process.on("message", (message) => asksToStop(message) && resolve());
    process.on("disconnect", () => resolve());
  });
}
