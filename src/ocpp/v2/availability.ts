import type { JsonObject } from "../../lib/json.ts";
import type { EventBody } from "../../station/events.ts";
import { type Finding, finding } from "../../station/findings.ts";
import type { ConnectorStatus, Place } from "../../station/model.ts";
import type { EventContext } from "../dialect.ts";
import { foundEvents } from "../found.ts";
import { text } from "../read.ts";
import { readTime } from "../times/times.ts";
import { type Handlers, present } from "./notice.ts";
import { readPlaceNumber } from "./place.ts";

const action = "StatusNotification";

/** Block G. 2.1 prefers NotifyEvent with AvailabilityState: see diagnostics. */
export const availabilityHandlers: Handlers = {
  StatusNotification: { reply: () => ({}), events: statusEvents },
};

/** The five words of 2.x, and those of 1.6 for stations that mix them. */
const statuses = new Map<string, ConnectorStatus>(
  (
    [
      "Available",
      "Occupied",
      "Reserved",
      "Unavailable",
      "Faulted",
      "Preparing",
      "Charging",
      "SuspendedEV",
      "SuspendedEVSE",
      "Finishing",
    ] satisfies ConnectorStatus[]
  ).map((status) => [status.toLowerCase(), status]),
);

/** A status in the model's words, whatever its letter case; undefined for a word that is none. */
export function readStatus(word: string | undefined): ConnectorStatus | undefined {
  return word === undefined ? undefined : statuses.get(word.toLowerCase());
}

function statusEvents(request: JsonObject, _reply: JsonObject, context: EventContext): EventBody[] {
  const time = readTime(request.timestamp, `${action} /timestamp`, context.at);
  const findings = [...time.findings];
  const place = readPlace(request, findings);
  const status = readStatus(text(request, "connectorStatus") ?? text(request, "status"));
  if (!status || !place) return foundEvents(findings);
  const errorCode = text(request, "errorCode");
  const event: EventBody = present({
    kind: "status",
    ...place,
    status,
    errorCode: errorCode === "NoError" ? undefined : errorCode,
    vendorErrorCode: text(request, "vendorErrorCode"),
    vendorId: text(request, "vendorId"),
    info: text(request, "info"),
    stationTime: time.text,
  });
  return [...foundEvents(findings), event];
}

/** Where the status is. The message is for connectors, from 1 up (G01), but there are stations that say EVSE 0 or connector 0 of
 * themselves, and some that send what 1.6 has, a connector alone: there connector n is EVSE n. */
function readPlace(request: JsonObject, findings: Finding[]): Required<Place> | undefined {
  const evse = readPlaceNumber(request, "evseId", `${action} /`, findings);
  const connector = readPlaceNumber(request, "connectorId", `${action} /`, findings);
  const unnamed = request.evseId === undefined;
  if (unnamed || request.connectorStatus === undefined) {
    if (connector !== undefined && (unnamed || request.status !== undefined)) {
      const said = Object.keys(request).join(", ");
      findings.push(finding("other-version", action, said, "evseId, connectorId, connectorStatus, timestamp"));
    }
  }
  if (evse === undefined && connector === undefined) return undefined;
  if (evse === 0) findings.push(finding("odd-place", `${action} /evseId`, evse, ">= 1"));
  if (evse !== undefined && connector === 0) {
    findings.push(finding("odd-place", `${action} /connectorId`, connector, ">= 1"));
  }
  if (evse) return { evse, connector: connector || 1 };
  return connector ? { evse: connector, connector: 1 } : { evse: 0, connector: 0 };
}
