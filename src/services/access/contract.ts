import { z } from "zod";
import { call, feed } from "../../lib/contract.ts";
import type { RegistrationStatus } from "../../station/model.ts";

/** A password as it may be told: that there is one, in which form, since when. */
export type KnownPassword = { form: "text" | "hex"; setAt: number };

/** What is asked of a station at the door, and how its boot is answered. null: left to the settings, or not asked for. */
export type StationAccess = {
  identity: string;
  /** `known`: it was let in before, without a decision of yours. */
  allowed: "accepted" | "refused" | "waiting" | "known" | "unknown";
  /** The lowest security profile that is let in. */
  profile: number | null;
  password: KnownPassword | null;
  /** One that a change has sent: good beside the other until the station comes back with it. */
  nextPassword: KnownPassword | null;
  /** One that a change has put into a station that connects without: none is asked for until it comes with this one. */
  unshownPassword: KnownPassword | null;
  /** While two are good: what the station was last let in with since, our clock; null: it has not connected anew since then. */
  lastUsed: { which: "old" | "new" | "none"; at: number } | null;
  /** SHA-256 of the only client certificate that is taken; null: any that we signed for this identity. */
  certificate: string | null;
  /** Refuses what is otherwise tolerated with a finding; by the setting until it is chosen with `findings.behave`. */
  strict: boolean;
  bootStatus: RegistrationStatus | null;
  /** Seconds. */
  bootInterval: number | null;
  /** What is left of the plan for its next boots; empty: there is none. */
  bootPlan: { status: RegistrationStatus; interval?: number; times: number }[];
  note: string;
};

/** A station that is not on the list and stands at the door. */
export type WaitingAtDoor = {
  identity: string;
  /** `asked`: held until somebody decides; `refused`: turned away by the policy. */
  state: "asked" | "refused";
  remoteAddress: string;
  firstAt: number;
  lastAt: number;
  tries: number;
};

const identity = z.string().min(1).max(255);
const form = z.enum(["text", "hex"]);

/** A station that was never heard of, prepared for. */
export type ExpectedStation = { identity: string; decision: "accepted" | "refused" | null };

export const accessContract = {
  /** Those that something is asked of, or decided on, before they were ever heard of. */
  "access.expected": feed(z.object({})).of<ExpectedStation[]>(),
  /** Forgets what was prepared for a station. Fails with not-found, or conflict for one that was heard of. */
  "access.forget": call(z.object({ identity })).returns<null>(),
  "access.station": feed(z.object({ identity })).of<StationAccess>(),
  "access.waiting": feed(z.object({})).of<WaitingAtDoor[]>(),
  /** Lets a station in, or refuses it; one that is refused while it is connected is disconnected. */
  "access.decide": call(z.object({ identity, decision: z.enum(["accepted", "refused"]) })).returns<StationAccess>(),
  /** What is left out stays; null leaves it to the settings. Counts from the next connection, the boot answer at once: a station that
   * was held is asked to boot again when it is now accepted. */
  "access.change": call(
    z.object({
      identity,
      profile: z.number().int().min(0).max(3).nullable().optional(),
      certificate: z
        .string()
        .regex(/^([0-9A-Fa-f]{2}:?){32}$/, "a SHA-256 fingerprint: 64 hex digits")
        .nullable()
        .optional(),
      bootStatus: z.enum(["Accepted", "Pending", "Rejected"]).nullable().optional(),
      bootInterval: z.number().int().min(0).max(86_400).nullable().optional(),
      /** Answers to its next boots, in this order; counted off as they come. Empty ends the plan. */
      bootPlan: z
        .array(
          z.object({
            status: z.enum(["Accepted", "Pending", "Rejected"]),
            interval: z.number().int().min(0).max(86_400).optional(),
            times: z.number().int().min(1).max(100),
          }),
        )
        .max(20)
        .optional(),
      note: z.string().trim().max(500).optional(),
    }),
  ).returns<StationAccess>(),
  /** Sets the password that is asked for here; nothing is sent to the station. Without one, one is made and given back this once.
   * Fails with invalid-input for hex that is none. */
  "access.setPassword": call(z.object({ identity, form, password: z.string().min(1).max(64).optional() })).returns<{
    access: StationAccess;
    password?: string;
  }>(),
  /** Asks for no password any more. */
  "access.removePassword": call(z.object({ identity })).returns<StationAccess>(),
  /** Ends a time in which two passwords are good. Fails with conflict when there is one, or while the change is under way. */
  "access.keepPassword": call(z.object({ identity, keep: z.enum(["old", "new"]) })).returns<StationAccess>(),
};
