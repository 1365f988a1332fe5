import { z } from "zod";
import { call, tableFeed } from "../../lib/contract.ts";

/** A call that somebody keeps to send it again. `payload` is its JSON text, with variables in double braces: `"{{idTag}}"`. */
export type SavedCall = { name: string; action: string; payload: string };

const name = z.string().trim().min(1).max(100);

export const callsContract = {
  /** All saved calls. */
  "calls.list": tableFeed("name", z.object({})).of<SavedCall>(),
  /** Keeps a call under a name, in place of the one that has it. Fails with conflict where there are too many. */
  "calls.save": call(
    z.object({ name, action: z.string().trim().min(1).max(100), payload: z.string().max(100_000) }),
  ).returns<SavedCall>(),
  /** Does nothing where there is none. */
  "calls.remove": call(z.object({ name })).returns<null>(),
};
