import type { CommandOutcome } from "../../../src/station/commands.ts";
import { cut, maybe, place, type Sentence, type SentenceKey, say, type Told } from "./sentence.ts";

/** The sentence for a command and what came of it, as one. `outcome` absent: nothing has come yet. */
export function tellCommand(name: string, args: Record<string, unknown>, outcome: CommandOutcome | undefined): Told {
  if (!outcome) return { main: say("commandWaiting", { command: command(name, args) }), more: [] };
  return {
    main: say("commandDone", { command: command(name, args), result: say(results[outcome.result]) }),
    more: outcomeDetails(outcome),
  };
}

/** A command in words, as far as its arguments are known. */
export function command(name: string, args: Record<string, unknown>): Sentence {
  const { kind, evse, connector, transaction, operative, message, action } = args;
  const where =
    typeof evse === "number" ? place(evse, typeof connector === "number" ? connector : undefined) : undefined;
  switch (name) {
    case "reset":
      if (kind === "soft") return say("commandResetSoft");
      return kind === "hard" ? say("commandResetHard") : say("commandReset");
    case "unlock":
      return where ? say("commandUnlockAt", { place: where }) : say("commandUnlock");
    case "start": {
      const token = tokenIn(args);
      return token === undefined ? say("commandStart") : say("commandStartWith", { token });
    }
    case "stop":
      return typeof transaction === "string" ? say("commandStopOf", { id: transaction }) : say("commandStop");
    case "availability":
      if (!where || typeof operative !== "boolean") return say("commandAvailability");
      return say(operative ? "commandOperative" : "commandInoperative", { place: where });
    case "trigger":
      return typeof message === "string" ? say("commandTriggerOf", { message }) : say("commandTrigger");
    case "raw":
      return typeof action === "string" ? say("commandRawOf", { action }) : say("commandRaw");
    default:
      return say("commandOther", { name });
  }
}

function tokenIn(args: Record<string, unknown>): string | undefined {
  const token = args.token;
  if (typeof token !== "object" || token === null || !("value" in token)) return undefined;
  return typeof token.value === "string" ? token.value : undefined;
}

/** Why, and how long it took. */
export function outcomeDetails(outcome: CommandOutcome): Sentence[] {
  return [
    ...(outcome.error
      ? [say("callError", { code: outcome.error.code, text: cut(outcome.error.description) })]
      : maybe("why", outcome.why)),
    ...(outcome.latencyMs === undefined ? [] : [say("after", { time: { milliseconds: outcome.latencyMs } })]),
  ];
}

/** The word for what came of a command. */
export const results = {
  accepted: "resultAccepted",
  scheduled: "resultScheduled",
  rejected: "resultRejected",
  unsupported: "resultUnsupported",
  "no-answer": "resultNoAnswer",
  offline: "resultOffline",
} as const satisfies Record<CommandOutcome["result"], SentenceKey>;
