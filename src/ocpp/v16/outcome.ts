import type { JsonObject } from "../../lib/json.ts";
import type { CommandOutcome } from "../../station/commands.ts";
import { words } from "../../station/phrases.ts";
import { integer, text } from "../read.ts";

type Outcome = Pick<CommandOutcome, "result" | "why">;

/** Actions whose answer has no status: to answer is to accept. */
const withoutStatus = new Set(["GetConfiguration", "GetDiagnostics", "GetLocalListVersion", "UpdateFirmware"]);

/** The status words that are not a refusal, over all actions: Core, Local Auth List, Reservation, Smart Charging, Remote Trigger
 * (1.6 chapter 7) and the security whitepaper. No word means different things in two actions but NotFound. */
const results = new Map<string, Outcome["result"]>([
  ["Accepted", "accepted"],
  // GetLog, SignedUpdateFirmware: accepted, and one that was under way is given up.
  ["AcceptedCanceled", "accepted"],
  ["RebootRequired", "accepted"],
  ["Unlocked", "accepted"],
  ["Scheduled", "scheduled"],
  ["NotSupported", "unsupported"],
  ["NotImplemented", "unsupported"],
  ["UnknownVendorId", "unsupported"],
  ["UnknownMessageId", "unsupported"],
]);

/** What the station's answer to one of our requests means. `why` is its own word where that says more than Accepted. */
export function outcome(action: string, answer: JsonObject): Outcome {
  const status = text(answer, "status");
  if (status === undefined) {
    // -1: the station keeps no list (1.6 6.28).
    if (action === "GetLocalListVersion" && integer(answer, "listVersion") === -1) {
      return { result: "unsupported", why: "listVersion -1" };
    }
    return withoutStatus.has(action) ? { result: "accepted" } : { result: "rejected", why: words("no-status") };
  }
  if (status === "Accepted") return { result: "accepted" };
  // An empty list is an answer, too.
  if (action === "GetInstalledCertificateIds" && status === "NotFound") return { result: "accepted", why: status };
  return { result: results.get(status) ?? "rejected", why: status };
}
