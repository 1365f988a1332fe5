import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** How long a test waits for what it has brought about: as long as a busy machine needs. */
const patience = { poll: { timeout: 10_000 } };
/** Much of these is waiting for a process, a socket or a browser: on two cores three go side by side. */
const sideBySide = Math.max(3, availableParallelism());

/** `unit` and `screens` run beside the code, those of the screens in a browser's stand-in; `scenarios` runs a core and virtual stations over loopback; `e2e` runs a browser on the build. */
export default defineConfig({
  test: {
    restoreMocks: true,
    projects: [
      {
        test: {
          name: "unit",
          include: ["src/**/*.test.ts", "main/**/*.test.ts", "test/*.test.ts"],
          testTimeout: 15_000,
          expect: patience,
          maxWorkers: "100%",
        },
      },
      {
        test: {
          name: "screens",
          include: ["renderer/**/*.test.{ts,tsx}"],
          testTimeout: 15_000,
          expect: patience,
          maxWorkers: "100%",
          // Each file has a world of its own in a process that has React already: half of the time that a process for each takes.
          pool: "vmForks",
        },
      },
      {
        test: {
          name: "scenarios",
          include: ["test/scenarios/**/*.test.ts", "test/shell/**/*.test.ts", "test/packaging/**/*.test.ts"],
          testTimeout: 40_000,
          expect: patience,
          maxWorkers: sideBySide,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.spec.ts"],
          testTimeout: 90_000,
          hookTimeout: 60_000,
          maxWorkers: sideBySide,
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
});
