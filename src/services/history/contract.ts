import { z } from "zod";
import { call, logFeed } from "../../lib/contract.ts";
import type { StationEvent } from "../../station/events.ts";

/** One line of the time line: an event with the station it belongs to. Samples and heartbeats are not among them. */
export type HistoryEntry = { station: string; event: StationEvent };

/** Groups of event kinds that the time line is filtered by. */
export const historyGroups = {
  status: ["status", "firmware-status", "diagnostics-status"],
  errors: ["status", "security-event", "device-event"],
  boots: ["booted"],
  link: ["link-opened", "link-closed", "forward-changed", "own-clock-set"],
  commands: ["command-sent", "command-done", "fault-injected"],
  transactions: ["transaction-started", "transaction-updated", "transaction-ended"],
  tokens: ["token"],
  findings: ["found"],
  other: ["vendor-message", "noticed", "variables", "configuration", "signing-requested", "certificates-listed"],
} as const satisfies Record<string, readonly StationEvent["kind"][]>;

export type HistoryGroup = keyof typeof historyGroups;

const groups = z
  .array(z.enum(["status", "errors", "boots", "link", "commands", "transactions", "tokens", "findings", "other"]))
  .max(9)
  .optional();
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
