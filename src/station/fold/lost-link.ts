import type { LinkClosed } from "../events.ts";
import type { StationState } from "../model.ts";

/** What ends the link of a station whose core is gone, at the time of the last thing heard; undefined when it was down already. */
export function lostLink({ link }: StationState): LinkClosed | undefined {
  if (link.state !== "online") return undefined;
  return { kind: "link-closed", connection: link.connection ?? 0, code: 1006, reason: "", cause: "own-end" };
}
