import { z } from "zod";
import { call, feed, logFeed } from "../../lib/contract.ts";
import type { TokenPresented } from "../../station/events.ts";

export const tokenStatuses = ["Accepted", "Blocked", "Expired", "Invalid", "ConcurrentTx"] as const;

/** One line of the list that answers Authorize and transaction starts. */
export type TokenEntry = {
  /** Compared without regard to letter case (1.6 CiString20). */
  value: string;
  status: (typeof tokenStatuses)[number];
  /** ISO 8601 UTC; past it the answer is Expired. */
  expiry?: string;
  /** parentIdTag, groupIdToken. */
  group?: string;
  /** The technician's own words. */
  note?: string;
  lastSeenAt?: number;
};

/** `acceptAll`: tokens that are not in the list are accepted; off, they are Invalid. Listed ones keep their status. */
export type TokenList = { acceptAll: boolean; tokens: TokenEntry[] };

/** A decision on record. */
export type TokenDecisionEntry = { station: string; at: number; seq: number; presented: TokenPresented };

export const tokensContract = {
  "tokens.list": feed(z.object({})).of<TokenList>(),
  /** Adds or replaces by value. */
  "tokens.save": call(
    z.object({
      value: z.string().trim().min(1).max(255),
      status: z.enum(tokenStatuses),
      expiry: z.iso.datetime({ offset: true }).optional(),
      group: z.string().trim().max(255).optional(),
      note: z.string().trim().max(500).optional(),
    }),
  ).returns<TokenList>(),
  /** Fails with not-found. */
  "tokens.remove": call(z.object({ value: z.string().min(1).max(255) })).returns<TokenList>(),
  "tokens.acceptAll": call(z.object({ on: z.boolean() })).returns<TokenList>(),
  /** The last 100 decisions, then those that come. */
  "tokens.decisions": logFeed(z.object({})).of<TokenDecisionEntry>(),
};
