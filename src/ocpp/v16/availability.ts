import type { JsonObject } from "../../lib/json.ts";
import type { EventBody, StatusReported, TransactionUpdated } from "../../station/events.ts";
import { findEvse } from "../../station/evses.ts";
import { type Finding, finding } from "../../station/findings.ts";
import {
  type ChargingState,
  type ConnectorStatus,
  errorCodes,
  type Place,
  type StationState,
} from "../../station/model.ts";
import { words } from "../../station/phrases.ts";
import type { Handler } from "../dialect.ts";
import { foundEvents } from "../found.ts";
import { optionalText } from "../placeholders.ts";
import { integer, text } from "../read.ts";
import { readTime } from "../times/times.ts";
import { readPlace } from "./place.ts";

const where = "StatusNotification";

/** StatusNotification (1.6 4.9, 6.47). */
export const statusNotification: Handler = {
  reply: () => ({}),
  events(request, _reply, { at, station }) {
    const findings: Finding[] = [];
    const place = readPlace(request, where, findings);
    const time = readTime(request.timestamp, `${where} /timestamp`, at);
    findings.push(...time.findings);
    const said = text(request, "status") ?? "";
    const status = readStatus(said);
    if (!place) {
      const summary = words("told-status-nowhere", { status: said });
      return [{ kind: "noticed", action: where, summary, stationTime: time.text }, ...foundEvents(findings)];
    }
    if (!status) {
      const connector = place.evse;
      const summary =
        said === "" ? words("told-no-status", { connector }) : words("told-status", { connector, status: said });
      return [{ kind: "noticed", action: where, summary, stationTime: time.text }, ...foundEvents(findings)];
    }
    if (integer(request, "connectorId") === 0 && !ofStation.has(status)) {
      const expected = "Available, Unavailable, Faulted";
      findings.push(finding("station-status", `${where} /status`, said, expected));
    }
    const event: StatusReported = { kind: "status", evse: place.evse, connector: place.connector ?? 0, status };
    readError(request, event, findings);
    const vendorId = optionalText(request, "vendorId", `${where} /`, findings);
    const info = optionalText(request, "info", `${where} /`, findings);
    if (vendorId) event.vendorId = vendorId;
    if (info) event.info = info;
    if (time.text) event.stationTime = time.text;
    return [event, ...chargingStateEvents(place, status, station, time.text), ...foundEvents(findings)];
  },
};

/** What a connector's status says about the transaction on it; 1.6 has no other word for it. */
export function toChargingState(status: ConnectorStatus | undefined): ChargingState | undefined {
  return status === undefined ? undefined : chargingStates.get(status);
}

const chargingStates = new Map<ConnectorStatus, ChargingState>([
  ["Preparing", "EVConnected"],
  ["Charging", "Charging"],
  ["SuspendedEV", "SuspendedEV"],
  ["SuspendedEVSE", "SuspendedEVSE"],
  ["Finishing", "EVConnected"],
]);

const statuses: ConnectorStatus[] = [
  "Available",
  "Preparing",
  "Charging",
  "SuspendedEV",
  "SuspendedEVSE",
  "Finishing",
  "Reserved",
  "Unavailable",
  "Faulted",
  // 1.5's word; some 1.6 stations still say it.
  "Occupied",
];
const statusByName = new Map(statuses.map((status) => [status.toLowerCase(), status]));

/** What the station as a whole may say (1.6 4.9). */
const ofStation: ReadonlySet<ConnectorStatus> = new Set<ConnectorStatus>(["Available", "Unavailable", "Faulted"]);

function readStatus(said: string): ConnectorStatus | undefined {
  return statusByName.get(said.trim().toLowerCase());
}

/** ChargePointErrorCode (1.6 7.6). A code of the vendor's own is OtherError, and stands as the vendor's where that is free. */
function readError(request: JsonObject, event: StatusReported, findings: Finding[]): void {
  const said = text(request, "errorCode") ?? "";
  const vendorErrorCode = optionalText(request, "vendorErrorCode", `${where} /`, findings);
  if (vendorErrorCode) event.vendorErrorCode = vendorErrorCode;
  if (said === "" || said === "NoError") {
    if (event.status === "Faulted") findings.push(finding("faulted-without-error", `${where} /errorCode`, said));
  } else if (errorCodes.has(said)) {
    event.errorCode = said;
  } else {
    event.errorCode = "OtherError";
    event.vendorErrorCode ??= said;
    findings.push(finding("unknown-error-code", `${where} /errorCode`, said));
  }
}

function chargingStateEvents(
  place: Place,
  status: ConnectorStatus,
  station: StationState,
  stationTime: string | undefined,
): EventBody[] {
  const chargingState = toChargingState(status);
  const running = findEvse(station, place.evse)?.transaction;
  if (!chargingState || !running || running.state !== "running" || running.chargingState === chargingState) return [];
  const event: TransactionUpdated = { kind: "transaction-updated", id: running.id, ...place, chargingState };
  if (stationTime) event.stationTime = stationTime;
  return [event];
}
