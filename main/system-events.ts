import type * as Electron from "electron";

/** How long the answer to the system's goodbye is held back: what closes the record is another process, and is ended with this one. */
const holdMs = 2000;

export type SystemEventsOptions = {
  powerMonitor: Pick<Electron.PowerMonitor, "on">;
  /** Ends Plugside in good order. */
  quit(): void;
  /** Closes the record, without waiting for the end of it. */
  stop(): void;
  /** The computer has slept. */
  resumed(): void;
  /** Does nothing at all for so long. */
  hold(ms: number): void;
};

/** Follows what the system does with the whole session: shutdown and log-off, sleep and its end.
 * @returns what each window is to be given: Windows tells its goodbye to windows alone, and never asks the program to quit */
export function followSystem({ powerMonitor, quit, stop, resumed, hold }: SystemEventsOptions) {
  powerMonitor.on("shutdown", (event?: { preventDefault(): void }) => {
    event?.preventDefault();
    quit();
  });
  powerMonitor.on("resume", resumed);
  return (window: Pick<Electron.BrowserWindow, "on">): void => {
    window.on("session-end", () => {
      stop();
      hold(holdMs);
    });
  };
}
