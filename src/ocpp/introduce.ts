import type { JsonObject } from "../lib/json.ts";
import type { OcppVersion } from "../station/model.ts";
import { readFrame } from "./frame.ts";

/** What the first message of a station tells, where nothing was agreed on before it. */
export type Introduction = { identity?: string; subprotocol: string };

/** Messages that 1.6 does not have. */
const newer = new Set([
  "TransactionEvent",
  "NotifyEvent",
  "NotifyReport",
  "ReportChargingProfiles",
  "NotifyMonitoringReport",
]);
const longestIdentity = 48;

/** Guesses version and identity by a first message: BootNotification has both, others one or none (1.6 4.2; 2.0.1 B01).
 * @param known the version that the station spoke before */
export function introductionIn(text: string, known: OcppVersion | null): Introduction {
  const frame = readFrame(text);
  if (frame.type !== "call") return { subprotocol: `ocpp${known ?? "1.6"}` };
  const { action, payload } = frame;
  const station = payload.chargingStation;
  if (action === "BootNotification" && isObject(station)) {
    return { subprotocol: `ocpp${known === "2.1" ? known : "2.0.1"}`, ...named(station.serialNumber) };
  }
  if (action === "BootNotification" && "chargePointVendor" in payload) {
    return { subprotocol: "ocpp1.6", ...named(payload.chargeBoxSerialNumber ?? payload.chargePointSerialNumber) };
  }
  if (known) return { subprotocol: `ocpp${known}` };
  const isNewer = newer.has(action) || (action === "StatusNotification" && "connectorStatus" in payload);
  return { subprotocol: isNewer ? "ocpp2.0.1" : "ocpp1.6" };
}

function named(serial: unknown): { identity?: string } {
  if (typeof serial !== "string") return {};
  const identity = serial
    .trim()
    .replace(/[^A-Za-z0-9*_=:+|@.-]/g, "-")
    .slice(0, longestIdentity);
  return identity === "" ? {} : { identity };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
