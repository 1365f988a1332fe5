import type { Words } from "../../lib/words.ts";
import type { StationState } from "../model.ts";
import { words } from "../phrases.ts";

type Carrier = StationState["link"]["carrier"];

/** What is to be known before a log is asked for, where the station is on a wire; null where it is on a network. */
export function logWay(carrier: Carrier): Words | null {
  if (carrier === "serial") return words("log-over-wire");
  return takesLogRequests(carrier) ? null : words("log-without-ocpp");
}

/** False for a station that takes no OCPP, so that nothing can be asked of it. */
export function takesLogRequests(carrier: Carrier): boolean {
  return carrier !== "modbus" && carrier !== "console";
}
