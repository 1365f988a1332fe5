import type { Booted } from "../events.ts";
import { type Finding, finding, observed } from "../findings.ts";
import type { BootState, StationInfo, StationState } from "../model.ts";
import { words } from "../phrases.ts";
import type { Stamped } from "../transactions/ledger.ts";

/** So many boots of the station's own accord in this time are a loop: one is a start, two are a power cut and its return, and a
 * firmware update takes three. */
const loopBoots = 4;
const loopMs = 10 * 60_000;
/** What we asked for comes within this time. */
const askedMs = 5 * 60_000;

/** Takes a boot into the state. What it does not say of the station stands as it was told before. */
export function foldBooted(state: StationState, event: Stamped<Booted>): StationState {
  const { at, seq, reason, answered, intervalSeconds } = event;
  const said = Object.entries(event.info).filter(([, value]) => value !== undefined);
  const info: StationInfo = { ...state.info, ...Object.fromEntries(said) };
  const before = lately(state, event);
  const asked = askedFor(state, event);
  return {
    ...state,
    info,
    boot: {
      at,
      frame: seq,
      reason,
      answered,
      intervalSeconds,
      ...(asked && { asked }),
      ...(before.length > 0 && { before }),
    },
  };
}

/** Names a station that boots again and again, and not because we asked it to; and one that gives another reason than our reset. */
export function judgeBooted(state: StationState, event: Stamped<Booted>): Finding[] {
  if (event.reason === "PowerUp" && askedFor(state, event) === "reset") {
    return [finding("boot-reason", "BootNotification /reason", event.reason, "RemoteReset, ScheduledReset")];
  }
  const before = lately(state, event);
  if (before.length + 1 < loopBoots || isOurs(state, event.at)) return [];
  const minutes = Math.max(1, Math.round((event.at - (before[0] ?? event.at)) / 60_000));
  return [observed("boot-loop", "BootNotification", words("boots-in", { count: before.length + 1, minutes }))];
}

/** When it booted lately, oldest first. A boot that was not accepted has to come again (1.6 4.2; 2.0.1 B02, B03), and one that we asked
 * for is no news. */
function lately({ boot, commands }: StationState, { at }: { at: number }): number[] {
  if (boot?.answered !== "Accepted") return [];
  const known = boot.asked || isOurs({ commands }, boot.at) ? [] : [...(boot.before ?? []), boot.at];
  return known.filter((time) => at - time <= loopMs).slice(-(loopBoots - 1));
}

/** True where a boot at this time follows a command of ours that brings one. */
function isOurs({ commands }: Pick<StationState, "commands">, at: number): boolean {
  return commands.some(({ name, args, sentAt }) => {
    const boots = name === "reset" || (name === "trigger" && args.message === "BootNotification");
    return boots && sentAt <= at && at - sentAt <= askedMs;
  });
}

/** What this boot follows. A station that restarts comes over a new link; one that only says again who it is has the link it had. */
function askedFor({ commands, link, boot }: StationState, { at }: { at: number }): BootState["asked"] {
  const asked = commands.findLast((command) => isOurs({ commands: [command] }, at));
  if (!asked || (boot && boot.at > asked.sentAt)) return undefined;
  const restarted = (link.since ?? 0) > asked.sentAt;
  return asked.name === "reset" ? (restarted ? "reset" : undefined) : restarted ? undefined : "trigger";
}
