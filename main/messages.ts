import type { CoreOptions } from "../src/core.ts";

/** The shell to the core's process. */
export type ToCore = { type: "link" } | { type: "stop" } | { type: "resumed" } | VaultAnswer;

/** About the system's key store. `text` is the secret for seal, base64 for open. */
export type VaultQuestion = { type: "vault"; id: number; ask: "available" | "seal" | "open"; text: string };

/** `text` is base64 for seal, the secret for open. */
export type VaultAnswer = { type: "vault"; id: number; available?: boolean; text?: string; error?: string };

/** The core's process to the shell. `link` is a one-time link to the screens. */
export type FromCore =
  | { type: "ready"; link: string }
  | { type: "link"; link: string | null }
  | { type: "busy"; on: boolean }
  | { type: "language"; language: "system" | "en" | "sv" }
  /** Somebody asks for the end of Plugside, by `plugside stop`. */
  | { type: "quit" }
  | VaultQuestion
  | { type: "failed"; reason: string };

/** What the shell tells the core's process at its start, as JSON in its first argument. */
export type CoreStart = Pick<CoreOptions, "dataFolder" | "listen" | "demo" | "screensFolder" | "version" | "again">;
