import { execFile } from "node:child_process";

/** What a program of the system said, and how it ended; null where there is none, or none that ends in time. */
export type Answer = { code: number; text: string } | null;

/** Asks a program of the system. Its arguments go to it as they are: no shell reads them. */
export type Ask = (program: string, args: readonly string[]) => Promise<Answer>;

const longestMs = 20_000;
const mostBytes = 1024 * 1024;

/** Asks a program of this system, for 20 s and 1 MiB at most. Never rejects. */
export const askSystem: Ask = (program, args) =>
  new Promise((resolve) => {
    execFile(
      program,
      [...args],
      { timeout: longestMs, maxBuffer: mostBytes, windowsHide: true, killSignal: "SIGKILL" },
      (error, stdout) => {
        if (!error) resolve({ code: 0, text: stdout });
        // A number is an exit code; anything else, and a kill, is a program that did not answer.
        else resolve(typeof error.code === "number" && !error.killed ? { code: error.code, text: stdout } : null);
      },
    );
  });
