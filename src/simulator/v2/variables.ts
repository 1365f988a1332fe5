import { isJsonObject, type JsonObject } from "../../lib/json.ts";
import { isoTime } from "../../lib/units.ts";
import { integer, object, text } from "../../ocpp/read.ts";
import { mostCertificates } from "../certificates/certificates.ts";
import { profileLimits } from "../charging/profile-reader.ts";
import { measurable } from "../energy/measurands.ts";
import type { Machine, Outlet } from "../model.ts";
import type { Setting } from "../settings.ts";
import { type Networks, networkAttempts } from "./network.ts";
import { connectorStatus } from "./payloads.ts";

export const listLimits = { entries: 100, perMessage: 50 } as const;
export const itemsPerMessage = 50;

/** Where a component is. */
export type Place = { name: string; instance?: string; evse?: number; connector?: number };

/** One variable of the device model (2.0.1 part 1, 4). */
export type Variable = Setting & { component: Place; name: string; instance?: string; unit?: string };

/** What 2.x stations of this make measure: 2.0.1 has no measurand for the temperature. */
const measurable2 = measurable.filter((name) => name !== "Temperature");

const defaultSamples = "Energy.Active.Import.Register,Power.Active.Import,Current.Import,Voltage,Frequency,SoC";

/** The variables of the standard components (2.0.1 part 2, 2 "Referenced components and variables"). */
export function standardVariables(machine: Machine, version: "2.0.1" | "2.1", networks: Networks): Variable[] {
  const of =
    (component: string) =>
    (name: string, setting: Setting & { unit?: string }, instance?: string): Variable => ({
      ...setting,
      component: { name: component },
      name,
      ...(instance ? { instance } : {}),
    });
  const comm = of("OCPPCommCtrlr");
  const auth = of("AuthCtrlr");
  const tx = of("TxCtrlr");
  const sampled = of("SampledDataCtrlr");
  const aligned = of("AlignedDataCtrlr");
  const list = of("LocalAuthListCtrlr");
  const smart = of("SmartChargingCtrlr");
  const device = of("DeviceDataCtrlr");
  const security = of("SecurityCtrlr");
  const clock = of("ClockCtrlr");
  const station = of("ChargingStation");
  return [
    station("Model", constant("string", "Virtual AC 22")),
    station("VendorName", constant("string", "Plugside")),
    station("SerialNumber", constant("string", machine.identity.slice(0, 25))),
    station("FirmwareVersion", constant("string", "1.0.0")),
    station("SupplyPhases", constant("integer", "3")),
    station(
      "Available",
      live("boolean", () => "true"),
    ),
    station(
      "AvailabilityState",
      live("string", () => (machine.operative ? "Available" : "Unavailable")),
    ),
    station(
      "Problem",
      live("boolean", () => String(machine.outlets.some((outlet) => outlet.fault))),
    ),
    station("MaxCurrent", { ...whole(32, 32, 6, "A"), reboot: true }),
    ...machine.outlets.flatMap((outlet) => outletVariables(machine, outlet)),
    comm("HeartbeatInterval", whole(300, 86_400, 1, "s")),
    comm("WebSocketPingInterval", whole(60, 3600, 0, "s")),
    comm("MessageTimeout", constant("integer", "30", "s"), "Default"),
    comm("MessageAttempts", whole(3, 100, 1), "TransactionEvent"),
    comm("MessageAttemptInterval", whole(20, 3600, 1, "s"), "TransactionEvent"),
    comm("NetworkConfigurationPriority", networks.priority),
    comm("NetworkProfileConnectionAttempts", constant("integer", String(networkAttempts))),
    comm("OfflineThreshold", constant("integer", "0", "s")),
    comm("ResetRetries", constant("integer", "0")),
    comm("FileTransferProtocols", constant("string", "FTP,FTPS,HTTP,HTTPS,SFTP")),
    comm("UnlockOnEVSideDisconnect", constant("boolean", "true")),
    auth("Enabled", constant("boolean", "true")),
    auth("AuthorizeRemoteStart", yesNo(false)),
    auth("LocalAuthorizeOffline", yesNo(true)),
    auth("LocalPreAuthorize", yesNo(false)),
    auth("OfflineTxForUnknownIdEnabled", yesNo(false)),
    of("AuthCacheCtrlr")("Available", constant("boolean", "true")),
    of("AuthCacheCtrlr")("Enabled", yesNo(true)),
    list("Available", constant("boolean", "true")),
    list("Enabled", yesNo(true)),
    list("Entries", { ...live("integer", () => String(machine.authorizer.listLength)), max: listLimits.entries }),
    list("ItemsPerMessage", constant("integer", String(listLimits.perMessage))),
    list("BytesPerMessage", constant("integer", "65536")),
    tx("EVConnectionTimeOut", whole(60, 3600, 1, "s")),
    tx("StopTxOnEVSideDisconnect", yesNo(true)),
    tx("StopTxOnInvalidId", yesNo(true)),
    tx("TxStartPoint", constant("string", "PowerPathClosed")),
    tx("TxStopPoint", constant("string", "PowerPathClosed")),
    sampled("Enabled", constant("boolean", "true")),
    sampled("TxStartedMeasurands", samples("Energy.Active.Import.Register,SoC")),
    sampled("TxUpdatedInterval", whole(10, 86_400, 0, "s")),
    sampled("TxUpdatedMeasurands", samples(defaultSamples)),
    sampled("TxEndedInterval", constant("integer", "0", "s")),
    sampled("TxEndedMeasurands", samples("Energy.Active.Import.Register,SoC")),
    aligned("Enabled", constant("boolean", "true")),
    aligned("Interval", whole(0, 86_400, 0, "s")),
    aligned("Measurands", samples("Energy.Active.Import.Register")),
    of("ReservationCtrlr")("Available", constant("boolean", "true")),
    of("ReservationCtrlr")("Enabled", constant("boolean", "true")),
    smart("Available", constant("boolean", "true")),
    smart("Enabled", constant("boolean", "true")),
    smart("ProfileStackLevel", constant("integer", String(profileLimits.stackLevel))),
    smart("RateUnit", constant("string", "A,W")),
    smart("PeriodsPerSchedule", constant("integer", String(profileLimits.periods))),
    smart(
      "Entries",
      { ...live("integer", () => String(machine.profiles.length)), max: profileLimits.profiles },
      "ChargingProfiles",
    ),
    // 2.1 asks what of its smart charging a station has.
    ...(version === "2.1" ? [smart("SupportsDynamicProfiles", constant("boolean", "false"))] : []),
    ...["GetReport", "GetVariables", "SetVariables"].flatMap((action) => [
      device("ItemsPerMessage", constant("integer", String(itemsPerMessage)), action),
      device("BytesPerMessage", constant("integer", "65536"), action),
    ]),
    clock(
      "DateTime",
      live("time", () => isoTime(machine.clock.now())),
    ),
    clock("TimeSource", constant("string", "RealTimeClock")),
    security("OrganizationName", { value: "", kind: "string", access: "both", max: 255 }),
    security("Identity", constant("string", machine.identity)),
    security(
      "SecurityProfile",
      live("integer", () => String(machine.network.profile)),
    ),
    security("AllowSecurityProfileDowngrade", networks.downgrade),
    security("CertificateEntries", {
      ...live("integer", () => String(machine.certificates.size)),
      max: mostCertificates,
    }),
    security("BasicAuthPassword", {
      value: machine.password ?? "",
      kind: "string",
      access: "write",
      max: 64,
      check: (value) => (value.length < 16 ? "it takes 16 characters or more" : null),
      changed: machine.changePassword,
    }),
  ];
}

function outletVariables(machine: Machine, outlet: Outlet): Variable[] {
  const { evse } = outlet;
  const onEvse = (name: string, setting: Setting & { unit?: string }): Variable => ({
    ...setting,
    component: { name: "EVSE", evse },
    name,
  });
  const onConnector = (name: string, setting: Setting): Variable => ({
    ...setting,
    component: { name: "Connector", evse, connector: 1 },
    name,
  });
  const state = live("string", () => connectorStatus(machine, outlet));
  return [
    onEvse(
      "Available",
      live("boolean", () => "true"),
    ),
    onEvse("AvailabilityState", state),
    onEvse(
      "Problem",
      live("boolean", () => String(outlet.fault !== null)),
    ),
    onEvse("Power", { ...live("decimal", () => outlet.reading.power.toFixed(1)), unit: "W", max: 22_080 }),
    onEvse("SupplyPhases", constant("integer", "3")),
    onEvse("AllowReset", constant("boolean", "false")),
    onConnector(
      "Available",
      live("boolean", () => "true"),
    ),
    onConnector("AvailabilityState", state),
    onConnector(
      "Problem",
      live("boolean", () => String(outlet.fault !== null)),
    ),
    onConnector("ConnectorType", constant("string", "sType2")),
    onConnector("SupplyPhases", constant("integer", "3")),
  ];
}

/** Names are compared without regard to letter case; a place that is not named must not be there. */
export function sameComponent(place: Place, asked: JsonObject): boolean {
  const evse = object(asked, "evse");
  return (
    sameName(place.name, text(asked, "name")) &&
    sameName(place.instance, text(asked, "instance")) &&
    place.evse === integer(evse, "id") &&
    place.connector === integer(evse, "connectorId")
  );
}

export function sameVariable(variable: { name: string; instance?: string }, asked: JsonObject): boolean {
  return sameName(variable.name, text(asked, "name")) && sameName(variable.instance, text(asked, "instance"));
}

/** A component as it is written in a report. */
export function writePlace(place: Place): JsonObject {
  const evse: JsonObject | undefined =
    place.evse === undefined
      ? undefined
      : { id: place.evse, ...(place.connector === undefined ? {} : { connectorId: place.connector }) };
  return {
    name: place.name,
    ...(place.instance ? { instance: place.instance } : {}),
    ...(isJsonObject(evse) ? { evse } : {}),
  };
}

function sameName(one: string | undefined, other: string | undefined): boolean {
  return one?.toLowerCase() === other?.toLowerCase();
}

function whole(value: number, max: number, min = 0, unit?: string): Setting & { unit?: string } {
  return { value: String(value), kind: "integer", access: "both", min, max, unit };
}

function yesNo(value: boolean): Setting {
  return { value: String(value), kind: "boolean", access: "both" };
}

function samples(value: string): Setting {
  return { value, kind: "list", access: "both", allowed: measurable2 };
}

function constant(kind: Setting["kind"], value: string, unit?: string): Setting & { unit?: string } {
  return { value, kind, access: "read", unit };
}

function live(kind: Setting["kind"], read: () => string): Setting {
  return { value: "", kind, access: "read", read };
}
