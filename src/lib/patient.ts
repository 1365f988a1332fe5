/** Where a file is worked on, and how to wait for it; given by tests. */
export type PatientHost = { platform: NodeJS.Platform; wait: (ms: number) => void };

const thisHost: PatientHost = { platform: process.platform, wait: block };
const passing = new Set(["EPERM", "EACCES", "EBUSY"]);
const tries = 10;
const waitMs = 100;

/** Does something to a file, again where it cannot be had for a moment: on Windows a virus scanner, an indexer or a backup holds a file
 * just written, and a rename over it or an open of it fails with a code that means "never" on other systems. At most a second.
 * @throws what the last try threw */
export function patiently<T>(work: () => T, host: PatientHost = thisHost): T {
  for (let left = tries - 1; ; left--) {
    try {
      return work();
    } catch (error) {
      if (left === 0 || host.platform !== "win32" || !passing.has((error as NodeJS.ErrnoException).code ?? ""))
        throw error;
      host.wait(waitMs);
    }
  }
}

function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
