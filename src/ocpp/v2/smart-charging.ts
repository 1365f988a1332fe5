import { type Handlers, notice, unsupportedRequest } from "./notice.ts";

const schedule = ["chargingRateUnit", "chargingSchedulePeriod.startPeriod", "chargingSchedulePeriod.limit"];

const chargingNeeds = [
  "evseId",
  "chargingNeeds.requestedEnergyTransfer",
  "chargingNeeds.departureTime",
  "chargingNeeds.acChargingParameters.energyAmount",
  "chargingNeeds.acChargingParameters.evMinCurrent",
  "chargingNeeds.acChargingParameters.evMaxCurrent",
  "chargingNeeds.acChargingParameters.evMaxVoltage",
  "chargingNeeds.dcChargingParameters.evMaxCurrent",
  "chargingNeeds.dcChargingParameters.evMaxVoltage",
  "chargingNeeds.dcChargingParameters.evMaxPower",
  "chargingNeeds.dcChargingParameters.stateOfCharge",
  "chargingNeeds.v2xChargingParameters.maxChargePower",
  "chargingNeeds.v2xChargingParameters.maxDischargePower",
];

const noProfile = "This central system sends no charging profile for the needs of a vehicle.";

/** Block K. We give no charging profile of our own accord; what station and vehicle say is kept. */
export const smartChargingHandlers: Handlers = {
  ClearedChargingLimit: notice("ClearedChargingLimit", ["chargingLimitSource", "evseId"]),
  NotifyChargingLimit: notice("NotifyChargingLimit", [
    "evseId",
    "chargingLimit.chargingLimitSource",
    "chargingLimit.isGridCritical",
    "chargingLimit.isLocalGeneration",
    ...schedule.map((field) => `chargingSchedule.${field}`),
  ]),
  // K15: Rejected says that there is no such service here, and the vehicle charges within the station's own limits.
  NotifyEVChargingNeeds: notice("NotifyEVChargingNeeds", chargingNeeds, undefined, {
    status: "Rejected",
    statusInfo: unsupportedRequest(noProfile),
  }),
  NotifyEVChargingSchedule: notice(
    "NotifyEVChargingSchedule",
    ["evseId", ...schedule.map((field) => `chargingSchedule.${field}`), "selectedChargingScheduleId", "timeBase"],
    undefined,
    { status: "Accepted" },
  ),
  ReportChargingProfiles: notice("ReportChargingProfiles", [
    "requestId",
    "evseId",
    "chargingLimitSource",
    "chargingProfile.id",
    "chargingProfile.stackLevel",
    "chargingProfile.chargingProfilePurpose",
    "chargingProfile.chargingProfileKind",
    ...schedule.map((field) => `chargingProfile.chargingSchedule.${field}`),
    "tbc",
  ]),
};

/** What 2.1 adds: priority charging, dynamic schedules, grid codes (block R), and a word for "no profile needed". */
export const smartChargingAdded: Handlers = {
  NotifyEVChargingNeeds: notice("NotifyEVChargingNeeds", chargingNeeds, "timestamp", {
    status: "NoChargingProfile",
    statusInfo: unsupportedRequest(noProfile),
  }),
  NotifyPriorityCharging: notice("NotifyPriorityCharging", ["transactionId", "activated"]),
  PullDynamicScheduleUpdate: notice("PullDynamicScheduleUpdate", ["chargingProfileId"], undefined, {
    status: "Rejected",
    statusInfo: unsupportedRequest("This central system keeps no dynamic charging profiles."),
  }),
  NotifyDERAlarm: notice("NotifyDERAlarm", ["controlType", "gridEventFault", "alarmEnded", "extraInfo"], "timestamp"),
  NotifyDERStartStop: notice("NotifyDERStartStop", ["controlId", "started", "supersededIds"], "timestamp"),
  ReportDERControl: notice("ReportDERControl", [
    "requestId",
    "curve.id",
    "curve.curveType",
    "enterService.id",
    "fixedPFAbsorb.id",
    "fixedPFInject.id",
    "fixedVar.id",
    "freqDroop.id",
    "gradient.id",
    "limitMaxDischarge.id",
    "tbc",
  ]),
};
