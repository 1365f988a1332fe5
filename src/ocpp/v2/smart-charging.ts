import type { JsonObject } from "../../lib/json.ts";
import type { Sample } from "../../station/model.ts";
import type { Handler } from "../dialect.ts";
import { number, object, text } from "../read.ts";
import { readTime } from "../times/times.ts";
import { type Handlers, notice, noticed, unsupportedRequest } from "./notice.ts";
import { placeNumber } from "./place.ts";

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
  "chargingNeeds.dcChargingParameters.energyAmount",
  "chargingNeeds.dcChargingParameters.evEnergyCapacity",
  "chargingNeeds.v2xChargingParameters.maxChargePower",
  "chargingNeeds.v2xChargingParameters.maxDischargePower",
];

const noProfile = "This central system sends no charging profile for the needs of a vehicle.";

/** K15: what a vehicle needs is noted, and the charge of its battery stands among its measured values.
 * @param time 2.1 tells when the vehicle said it */
function needs(reply: JsonObject, time?: "timestamp"): Handler {
  const action = "NotifyEVChargingNeeds";
  return {
    reply: () => reply,
    events(request, _reply, { at }) {
      const events = noticed(action, request, chargingNeeds, at, time);
      const evse = placeNumber(request, "evseId");
      const charge = readCharge(object(object(request, "chargingNeeds"), "dcChargingParameters"));
      if (!evse || !charge) return events;
      const { text: stationTime } = readTime(time && request[time], action, at);
      const group = stationTime === undefined ? {} : { stationTime };
      return [...events, { kind: "sampled", evse, groups: [{ ...group, samples: [charge] }] }];
    },
  };
}

/** DCChargingParametersType.stateOfCharge, 0 to 100 percent of the vehicle's battery; anything else is no measured value. */
function readCharge(parameters: JsonObject | undefined): Sample | undefined {
  const value = number(parameters, "stateOfCharge");
  if (value === undefined || value < 0 || value > 100) return undefined;
  return { measurand: "SoC", location: "EV", unit: "Percent", value, said: text(parameters, "stateOfCharge") ?? "" };
}

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
  NotifyEVChargingNeeds: needs({ status: "Rejected", statusInfo: unsupportedRequest(noProfile) }),
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
  NotifyEVChargingNeeds: needs({ status: "NoChargingProfile", statusInfo: unsupportedRequest(noProfile) }, "timestamp"),
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
