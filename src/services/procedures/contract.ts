import { z } from "zod";
import { call, feed } from "../../lib/contract.ts";
import type { Spoken } from "../../lib/words.ts";

/** The steps of a guarded procedure, in the order they come; which of them there are hangs on the procedure and the station. */
export const stepNames = [
  "way-in",
  "tls",
  "root",
  "client-certificate",
  "password",
  "snapshot",
  "send",
  "activate",
  "restart",
  "return",
  "settle",
] as const;
export type StepName = (typeof stepNames)[number];

/** Why a step failed or was passed over, or what came instead; the screens have words for each. */
export const stepReasons = [
  "offline",
  "not-listening",
  "no-plan",
  "required-higher",
  "no-tls",
  "root-missing",
  "root-unknown",
  "certificate-missing",
  "certificate-unknown",
  "no-password",
  "not-told",
  "refused",
  "not-supported",
  "no-answer",
  "unreadable",
  "core-restarted",
  "not-needed",
  "restart-by-hand",
  "old-password",
  "old-profile",
  "other-password",
  "not-shown",
  "time-out",
  "cancelled",
] as const;
export type StepReason = (typeof stepReasons)[number];

export type ProcedureStep = {
  name: StepName;
  state: "waiting" | "under-way" | "done" | "failed" | "skipped";
  /** Our clock, when it came into this state. */
  at?: number;
  why?: StepReason;
  /** The station's own words, ours where it said none, or the number that `why` speaks of. */
  said?: Spoken;
  /** The frame that went out, and the one that came back. */
  frame?: number;
  answerFrame?: number;
};

/** What is good at the door now: as before; the old and the new; the new alone. `stored`: the station has a password that it does not
 * show yet, as it connects without one; none is asked for, and the new alone is good once it comes with it. */
export type Validity = "old" | "both" | "new" | "stored";

export type ProcedureState = "under-way" | "done" | "failed" | "cancelled" | "timed-out";

/** A change of password or of security profile, step by step. Never holds a password. */
export type Procedure = {
  kind: "password" | "profile";
  /** Of a password: how it is written into the station. */
  form?: "text" | "hex";
  /** Of a profile: the one to reach. */
  profile?: number;
  /** Of a profile: where the station shall connect, without its identity. */
  url?: string;
  /** 2.x: the configuration slot that is written. */
  slot?: number;
  state: ProcedureState;
  valid: Validity;
  /** Of a password, when both were good: which one somebody kept alone; `other`: one was set by hand, or none is asked for. */
  kept?: "old" | "new" | "other";
  steps: ProcedureStep[];
  /** The station as it was. `shown`: it connected with a password. */
  before: {
    profile?: number;
    priority?: string;
    secure?: boolean;
    path?: string;
    hadPassword: boolean;
    shown?: boolean;
  };
  startedAt: number;
  endedAt?: number;
  /** Until when the station is waited for. */
  deadline?: number;
  /** The connection that the change went out on. */
  connection?: number;
};

export type ProcedureView = Procedure & { id: number; identity: string };

const identity = z.string().min(1).max(255);

export const proceduresContract = {
  /** The last procedure of a station, live; null when there was none. */
  "procedures.state": feed(z.object({ identity })).of<ProcedureView | null>(),
  /** Starts a change. Without a password one is made, and given back this once. Fails with not-found for a station never heard of,
   * conflict while another one is under way or two passwords are valid, invalid-input for a password that the version cannot take. */
  "procedures.start": call(
    z.discriminatedUnion("kind", [
      z.object({
        kind: z.literal("password"),
        identity,
        form: z.enum(["text", "hex"]),
        password: z.string().min(1).max(64).optional(),
      }),
      z.object({
        kind: z.literal("profile"),
        identity,
        profile: z.number().int().min(1).max(3),
        /** By default the address that this station has reached us at, with the scheme that the profile needs. */
        url: z
          .url({ protocol: /^wss?$/ })
          .max(512)
          .optional(),
        slot: z.number().int().min(0).max(100).optional(),
        /** Goes on although it is not known whether the station has our root, or a certificate of its own. */
        anyway: z.boolean().optional(),
      }),
    ]),
  ).returns<{ procedure: ProcedureView; password?: string }>(),
  /** Stops waiting. What was sent stays sent: the old and the new are then both good, or with `keep` the old password alone. Fails with
   * not-found, or conflict when nothing is under way. */
  "procedures.cancel": call(z.object({ identity, keep: z.literal("old").optional() })).returns<ProcedureView>(),
};
