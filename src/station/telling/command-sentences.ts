import type { CommandOutcome } from "../commands.ts";
import { type OwnReason, ownReasons } from "../marks.ts";
import { shownToken } from "../views.ts";
import { cut, maybe, place, type Sentence, type SentenceKey, say, type Told } from "./sentence.ts";

/** The sentence for a command and what came of it, as one. `outcome` absent: nothing has come yet. */
export function tellCommand(name: string, args: Record<string, unknown>, outcome: CommandOutcome | undefined): Told {
  const asked = askedBy(args, command(name, args));
  if (!outcome) return { main: say("commandWaiting", { command: asked }), more: [] };
  return {
    main: say("commandDone", { command: asked, result: say(results[outcome.result]) }),
    more: outcomeDetails(outcome),
  };
}

/** A command with who sent it and why, where that was nobody at the screen. */
function askedBy({ by, because, message }: Record<string, unknown>, what: Sentence): Sentence {
  const own = ownReasons.find((reason) => reason === because);
  const told = typeof message === "string" ? message : "";
  if (own) return say(reasons[own], { command: what, message: told });
  // Records of before tell who, and not why.
  if (by === "core") return say("ownAlone", { command: what });
  return by === "procedure" ? say("ownGuarded", { command: what }) : what;
}

const reasons = {
  "no-boot": "ownNoBoot",
  "no-status": "ownNoStatus",
  "now-accepted": "ownNowAccepted",
  "asked-for": "ownAskedFor",
  "guarded-change": "ownGuarded",
} as const satisfies Record<OwnReason, SentenceKey>;

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
    case "reserve": {
      const [token, id] = [tokenIn(args), args.reservation];
      if (token === undefined || typeof id !== "number") return say("commandOther", { name: { command: name } });
      return where ? say("commandReserveAt", { place: where, token, id }) : say("commandReserve", { token, id });
    }
    case "cancel-reservation":
      return typeof args.reservation === "number"
        ? say("commandCancelReservation", { id: args.reservation })
        : say("commandOther", { name: { command: name } });
    case "certificates-list":
      return say("commandCertificates");
    case "certificate-install":
      return say("commandInstall");
    case "certificate-delete":
      return say("commandDelete");
    case "certificate-signed":
      return say("commandSigned");
    case "read-security":
      return say("commandReadSecurity");
    case "set-password":
      return say("commandPassword");
    case "set-security-profile":
      return typeof args.profile === "number"
        ? say("commandProfile", { profile: args.profile })
        : say("commandOther", { name });
    case "prefer-network-profile":
      return say("commandPrefer");
    case "raw":
      return typeof action === "string" ? say("commandRawOf", { action }) : say("commandRaw");
    default:
      return say("commandOther", { name: { command: name } });
  }
}

function tokenIn(args: Record<string, unknown>): string | undefined {
  const token = args.token;
  if (typeof token !== "object" || token === null || !("value" in token)) return undefined;
  if (typeof token.value !== "string") return undefined;
  return shownToken({
    value: token.value,
    ...("type" in token && typeof token.type === "string" && { type: token.type }),
  });
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
  unreadable: "resultUnreadable",
  "no-answer": "resultNoAnswer",
  offline: "resultOffline",
} as const satisfies Record<CommandOutcome["result"], SentenceKey>;
