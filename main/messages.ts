import type { CoreOptions } from "../src/core.ts";

/** The shell to the core's process. */
export type ToCore = { type: "link" } | { type: "stop" };

/** The core's process to the shell. `link` is a one-time link to the screens. */
export type FromCore =
  | { type: "ready"; link: string }
  | { type: "link"; link: string | null }
  | { type: "busy"; on: boolean }
  | { type: "language"; language: "system" | "en" | "sv" }
  | { type: "failed"; reason: string };

/** What the shell tells the core's process at its start, as JSON in its first argument. */
export type CoreStart = Pick<CoreOptions, "dataFolder" | "listen" | "demo" | "screensFolder" | "version">;
