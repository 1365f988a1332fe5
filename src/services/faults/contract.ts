import { z } from "zod";
import { call, feed } from "../../lib/contract.ts";
import { type ActiveFault, faultKinds } from "../../station/faults.ts";

/** What is on for a station. */
export type FaultsState = { active: ActiveFault[] };

const identity = z.string().min(1).max(255);
const actions = z.array(z.string().min(1).max(100)).max(50).optional();
const longestSeconds = 24 * 60 * 60;

/** A fault as it comes in: see station/faults.ts for what each means. */
const faultShape = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("delay"), ms: z.number().int().min(1).max(600_000), actions }),
  z.object({ kind: z.literal("silence"), actions }),
  z.object({
    kind: z.literal("error"),
    code: z.string().min(1).max(50),
    description: z.string().max(255).optional(),
    actions,
  }),
  z.object({ kind: z.literal("drop"), everySeconds: z.number().int().min(1).max(86_400).optional() }),
  z.object({
    kind: z.literal("time"),
    offsetSeconds: z
      .number()
      .int()
      .min(-100 * 366 * 86_400)
      .max(100 * 366 * 86_400),
  }),
  z.object({ kind: z.literal("refuse") }),
]);

export const faultsContract = {
  "faults.state": feed(z.object({ identity })).of<FaultsState>(),
  /** Turns a fault on for `seconds`; one of its kind is replaced. A drop without `everySeconds` is done once, at once. Fails with
   * not-found for an unknown station. */
  "faults.set": call(
    z.object({ identity, fault: faultShape, seconds: z.number().int().min(1).max(longestSeconds) }),
  ).returns<FaultsState>(),
  /** Turns one kind off, or all. */
  "faults.clear": call(z.object({ identity, kind: z.enum(faultKinds).optional() })).returns<FaultsState>(),
};
