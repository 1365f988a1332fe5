import type { HistoryEntry } from "../../../../src/services/history/contract.ts";
import type { StationEvent } from "../../../../src/station/events.ts";
import type { CommandRecord } from "../../../../src/station/model.ts";

/** What followed a command, as the record tells it. `back` carries the time away; `connected-anew`: before the end of the old link was known. */
export type FollowUp =
  | { what: "offline"; at: number }
  | { what: "back"; at: number; awayMs: number }
  | { what: "connected-anew"; at: number }
  | { what: "booted"; at: number }
  | { what: "session-started"; at: number }
  | { what: "session-ended"; at: number }
  | { what: "told"; at: number };

/** Finds what followed a command that was taken, or of which nobody knows: the restart after a reset, the session after a start, its
 * end after a stop, what was asked for after a trigger.
 * Events before the next command of the same kind count, so that a later one keeps its own. */
export function followUps(
  record: CommandRecord,
  entries: readonly HistoryEntry[],
  until = Number.POSITIVE_INFINITY,
): FollowUp[] {
  const result = record.outcome?.result;
  if (!result || result === "rejected" || result === "unsupported" || result === "offline") return [];
  const events = entries
    .map((entry) => entry.event)
    .filter((event) => event.at >= record.sentAt && event.at < until)
    .sort((a, b) => a.seq - b.seq);
  if (record.name === "reset") return restart(events);
  if (record.name === "start") {
    const started = events.find((event) => event.kind === "transaction-started" && samePlace(event.evse, record));
    return started ? [{ what: "session-started", at: started.at }] : [];
  }
  if (record.name === "stop") {
    const ended = events.find((event) => event.kind === "transaction-ended" && event.id === record.args.transaction);
    return ended ? [{ what: "session-ended", at: ended.at }] : [];
  }
  return record.effect ? [{ what: "told", at: record.effect.at }] : [];
}

function samePlace(evse: number, record: CommandRecord): boolean {
  return record.args.evse === undefined || record.args.evse === evse;
}

function restart(events: readonly StationEvent[]): FollowUp[] {
  const found: FollowUp[] = [];
  const up = events.find((event) => event.kind === "link-opened");
  const down = events.find((event) => event.kind === "link-closed" && (!up || event.seq < up.seq));
  if (down) found.push({ what: "offline", at: down.at });
  if (down && up) found.push({ what: "back", at: up.at, awayMs: up.at - down.at });
  else if (up) found.push({ what: "connected-anew", at: up.at });
  const boot = events.find((event) => event.kind === "booted" && (!up || event.seq > up.seq));
  if (boot) found.push({ what: "booted", at: boot.at });
  return found;
}

/** The last command that concerns an EVSE: by its place, or by the transaction that runs or ran there. */
export function lastCommandAt(
  commands: readonly CommandRecord[],
  evse: number,
  transaction?: string,
): CommandRecord | undefined {
  return commands.findLast((command) => {
    if (command.name === "stop") return transaction !== undefined && command.args.transaction === transaction;
    return (
      command.name !== "reset" && command.name !== "trigger" && command.name !== "raw" && command.args.evse === evse
    );
  });
}

/** The last command to the station as a whole that was given by hand. */
export function lastStationCommand(commands: readonly CommandRecord[]): CommandRecord | undefined {
  return commands.findLast(
    (command) =>
      command.args.by === undefined &&
      (command.name === "reset" ||
        command.name === "trigger" ||
        command.name === "raw" ||
        command.name === "clear-cache" ||
        (command.name === "availability" && command.args.evse === 0)),
  );
}
