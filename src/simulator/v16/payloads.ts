import type { JsonObject } from "../../lib/json.ts";
import { isoTime } from "../../lib/units.ts";
import { object, text } from "../../ocpp/read.ts";
import type { CardInfo } from "../authorizer.ts";
import { statusOf, valuesOf } from "../charging/outlet.ts";
import type { Measured } from "../energy/measurands.ts";
import type { Machine, Outlet, StopCause } from "../model.ts";

const vendorId = "se.plugside";

/** 1.6's reason in StopTransaction. */
export const stopReasons: Record<StopCause, string> = {
  local: "Local",
  unplugged: "EVDisconnected",
  remote: "Remote",
  "soft-reset": "SoftReset",
  "hard-reset": "HardReset",
  deauthorised: "DeAuthorized",
  fault: "Other",
  unlock: "UnlockCommand",
};

/** The meter's values of this moment; null when none of the wanted is known. */
export function meterValue(
  machine: Machine,
  outlet: Outlet,
  wanted: readonly string[],
  context: string,
): JsonObject | null {
  const sampledValue = valuesOf(machine, outlet, wanted).map((measured) => sampled(measured, context));
  return sampledValue.length === 0 ? null : { timestamp: isoTime(machine.clock.now()), sampledValue };
}

function sampled(measured: Measured, context: string): JsonObject {
  return {
    value: measured.value.toFixed(measured.digits),
    context,
    measurand: measured.measurand,
    ...(measured.phase ? { phase: measured.phase } : {}),
    location: measured.location ?? "Outlet",
    // 1.6 has no word for hertz: a frequency goes without a unit.
    ...(measured.unit && measured.unit !== "Hz" ? { unit: measured.unit } : {}),
  };
}

export function outletStatus(machine: Machine, outlet: Outlet): JsonObject {
  const { fault } = outlet;
  return {
    connectorId: outlet.evse,
    errorCode: fault?.code ?? "NoError",
    status: statusOf(outlet, machine),
    timestamp: isoTime(machine.clock.now()),
    ...(fault ? { info: fault.info, vendorId, vendorErrorCode: fault.vendorCode } : {}),
  };
}

/** Connector 0: the station's main controller (1.6 4.9). */
export function stationStatus(machine: Machine): JsonObject {
  return {
    connectorId: 0,
    errorCode: "NoError",
    status: machine.operative ? "Available" : "Unavailable",
    timestamp: isoTime(machine.clock.now()),
  };
}

/** idTagInfo as it comes in Authorize.conf, StartTransaction.conf and in local lists. */
export function readCard(answer: JsonObject): CardInfo {
  return readCardInfo(object(answer, "idTagInfo") ?? {});
}

export function readCardInfo(info: JsonObject): CardInfo {
  const expiry = Date.parse(text(info, "expiryDate") ?? "");
  return {
    status: text(info, "status") ?? "Invalid",
    expiry: Number.isNaN(expiry) ? undefined : expiry,
    group: text(info, "parentIdTag"),
  };
}
