import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Clock, Timer } from "../lib/clock.ts";
import type { Disposable } from "../lib/disposable.ts";
import { patiently } from "../lib/patient.ts";
import { cutText } from "../lib/text.ts";

/** Where Plugside keeps what it says about itself, in the data folder. What came before it is in `earlierLogFile`. */
export const logFile = (dataFolder: string): string => join(dataFolder, "plugside.log");
export const earlierLogFile = (dataFolder: string): string => join(dataFolder, "plugside.1.log");

/** The most that each of the two files holds, bytes. */
export const mostLogBytes = 2 * 1024 * 1024;
/** A stack of ours is shorter. */
const longestLine = 16_384;
const gatherMs = 250;
const mostGathered = 256 * 1024;

export type LogFile = Disposable & {
  /** Takes one line, to be written with those of the next quarter of a second. Never throws. */
  write(line: string): void;
  /** Writes what has been gathered. */
  flush(): void;
};

/** Opens the log file of a data folder. It grows to `mostLogBytes`, then it takes the place of the one before it. A disk that takes no
 * lines costs these lines, and their number is told once it takes some again. Whoever ends the process flushes it. */
export function openLogFile(dataFolder: string, clock: Clock): LogFile {
  const path = logFile(dataFolder);
  let gathered: string[] = [];
  let bytes = 0;
  let lost = 0;
  let timer: Timer | null = null;

  function flush(): void {
    timer?.stop();
    timer = null;
    if (gathered.length === 0) return;
    const told = lost > 0 ? [`${new Date(clock.now()).toISOString()} warn ${lost} lines could not be written`] : [];
    const lines = gathered;
    gathered = [];
    bytes = 0;
    try {
      append(`${[...told, ...lines].join("\n")}\n`);
      lost = 0;
    } catch {
      lost += lines.length;
    }
  }

  function append(text: string): void {
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (size === 0) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    else if (size + Buffer.byteLength(text) > mostLogBytes) makeRoom();
    appendFileSync(path, text, { mode: 0o600 });
  }

  /** A file that cannot be moved is given up: it must not grow. */
  function makeRoom(): void {
    try {
      patiently(() => renameSync(path, earlierLogFile(dataFolder)));
    } catch {
      rmSync(path, { force: true });
    }
  }

  return {
    write(line) {
      const cut = cutText(line, longestLine);
      gathered.push(cut);
      bytes += cut.length;
      if (bytes > mostGathered) flush();
      else timer ??= clock.after(gatherMs, flush);
    },
    flush,
    dispose: flush,
  };
}
