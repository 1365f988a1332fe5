import type { CommandRecord, StationState } from "../model.ts";

const minute = 60_000;

/** The commands after which a station dials anew, and how long after, at most. */
const breaks: Readonly<Record<string, number>> = {
  reset: 5 * minute,
  "set-password": 5 * minute,
  "set-security-profile": 5 * minute,
  "prefer-network-profile": 5 * minute,
  "certificate-signed": minute,
};

/** The same for calls that are sent raw. */
const rawBreaks: Readonly<Record<string, number>> = {
  Reset: 5 * minute,
  SetNetworkProfile: 5 * minute,
  ChangeConfiguration: minute,
  SetVariables: minute,
  UpdateFirmware: 30 * minute,
  SignedUpdateFirmware: 30 * minute,
};

/** The command of ours that a link's end at this time follows: one that was not refused. Undefined where there is none. */
export function ownChange({ commands, link }: StationState, at: number): string | undefined {
  return commands.findLast((command) => {
    if (refused(command) || command.sentAt > at) return false;
    // A restart that was put off comes when the station is free.
    if (command.outcome?.result === "scheduled" && command.sentAt >= (link.since ?? 0)) return lasts(command) > 0;
    return at - command.sentAt <= lasts(command);
  })?.name;
}

function lasts({ name, args }: CommandRecord): number {
  return (name === "raw" ? rawBreaks[String(args.action)] : breaks[name]) ?? 0;
}

function refused({ outcome }: CommandRecord): boolean {
  return outcome !== undefined && ["rejected", "unsupported", "offline"].includes(outcome.result);
}
