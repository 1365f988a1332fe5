import type { CallInput } from "../api/contract.ts";
import { FailureError } from "../lib/contract.ts";
import type { CommandOutcome } from "../station/commands.ts";
import { words } from "../station/phrases.ts";
import { reachCore } from "./reach.ts";

/** Carries out a command through the running core. Without one, and for a station nobody has heard of, it is offline.
 * @throws FailureError `invalid-input` as the core says */
export async function command(
  folder: string,
  identity: string,
  wanted: CallInput<"stations.command">["command"],
): Promise<CommandOutcome> {
  const core = await reachCore(folder);
  if (!core) return { result: "offline", why: words("no-core") };
  try {
    return await core.call("stations.command", { identity, command: wanted });
  } catch (error) {
    if (error instanceof FailureError && error.code === "not-found")
      return { result: "offline", why: words("never-heard-of") };
    throw error;
  } finally {
    core.close();
  }
}
