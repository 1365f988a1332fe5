import { z } from "zod";
import { call, logFeed } from "../../lib/contract.ts";
import type { EventKind, StationEvent } from "../../station/events.ts";

/** One line of the time line: an event with the station it belongs to. Samples and heartbeats are not among them. */
export type HistoryEntry = { station: string; event: StationEvent };

/** Groups of event kinds that the time line is filtered by. */
export const historyGroups = [
  "status",
  "errors",
  "boots",
  "link",
  "commands",
  "transactions",
  "tokens",
  "findings",
  "other",
] as const;

export type HistoryGroup = (typeof historyGroups)[number];

/** The groups of each kind; a kind without a group does not compile. What has none is not in the time line. */
export const groupsOf: Readonly<Record<EventKind, readonly HistoryGroup[]>> = {
  status: ["status", "errors"],
  "firmware-status": ["status"],
  "diagnostics-status": ["status"],
  "security-event": ["errors"],
  "device-event": ["errors"],
  booted: ["boots"],
  "console-boot": ["boots"],
  "console-fault": ["errors"],
  "console-noted": ["other"],
  "console-heard": ["link"],
  identified: ["other"],
  "link-opened": ["link"],
  "link-closed": ["link"],
  "forward-changed": ["link"],
  "own-clock-set": ["link"],
  "command-sent": ["commands"],
  "command-done": ["commands"],
  "fault-injected": ["commands"],
  "transaction-started": ["transactions"],
  "transaction-updated": ["transactions"],
  "transaction-ended": ["transactions"],
  token: ["tokens"],
  found: ["findings"],
  "vendor-message": ["other"],
  "reservation-over": ["status"],
  noticed: ["other"],
  variables: ["other"],
  configuration: ["other"],
  "signing-requested": ["other"],
  "certificates-listed": ["other"],
  sampled: [],
  heartbeat: [],
};

const groups = z.array(z.enum(historyGroups)).max(historyGroups.length).optional();
const station = z.string().max(255).optional();

export const historyContract = {
  /** The newest entries before `before` (an entry's seq), or, where `after` is named instead, the oldest ones after it (0: from the
   * beginning); oldest first. `more`: there are further ones that way. `groups` absent = all. Entries of one frame stay together:
   * a page holds a few more than `limit` where the border lies among them. */
  "history.page": call(
    z.object({
      station,
      groups,
      before: z.number().int().optional(),
      after: z.number().int().min(0).optional(),
      limit: z.number().int().min(1).max(500),
    }),
  ).returns<{ entries: HistoryEntry[]; more: boolean }>(),
  /** The last 100 entries, then those that come. */
  "history.live": logFeed(z.object({ station, groups })).of<HistoryEntry>(),
};
