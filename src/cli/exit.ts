import type { CommandOutcome } from "../station/commands.ts";

/** Exit codes of every subcommand. */
export const exitCodes = { ok: 0, failed: 1, refused: 2, noAnswer: 3, offline: 4, badInput: 5 } as const;

/** The exit code that tells an outcome. */
export function exitCodeOf(outcome: CommandOutcome): number {
  switch (outcome.result) {
    case "accepted":
    case "scheduled":
      return exitCodes.ok;
    case "rejected":
    case "unsupported":
      return exitCodes.refused;
    case "unreadable":
    case "no-answer":
      return exitCodes.noAnswer;
    case "offline":
      return exitCodes.offline;
  }
}
