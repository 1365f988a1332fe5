import type { JsonObject } from "../../lib/json.ts";
import { isoTime } from "../../lib/units.ts";
import { object, text } from "../../ocpp/read.ts";
import type { Card, CardInfo } from "../authorizer.ts";
import { statusOf, valuesOf } from "../charging/outlet.ts";
import type { Measured } from "../energy/measurands.ts";
import type { Fault } from "../faults.ts";
import type { Machine, Outlet, SampleContext, StartCause, StopCause } from "../model.ts";

/** Why a transaction began, in 2.x's words. */
export const startTriggers: Record<StartCause, string> = {
  card: "Authorized",
  plug: "CablePluggedIn",
  remote: "RemoteStart",
};

/** Why it ended: the event's trigger and the transaction's reason. */
export function stopWords(cause: StopCause, fault: Fault | undefined): { trigger: string; reason: string } {
  switch (cause) {
    case "local":
      return { trigger: "StopAuthorized", reason: "Local" };
    case "unplugged":
      return { trigger: "EVCommunicationLost", reason: "EVDisconnected" };
    case "remote":
      return { trigger: "RemoteStop", reason: "Remote" };
    case "soft-reset":
    case "hard-reset":
      return { trigger: "ResetCommand", reason: "ImmediateReset" };
    case "deauthorised":
      return { trigger: "Deauthorized", reason: "DeAuthorized" };
    case "unlock":
      return { trigger: "UnlockCommand", reason: "Other" };
    case "fault":
      return { trigger: "AbnormalCondition", reason: fault?.stoppedReason ?? "Other" };
  }
}

export const sampleTriggers: Record<SampleContext, string> = {
  "Sample.Periodic": "MeterValuePeriodic",
  "Sample.Clock": "MeterValueClock",
  Trigger: "Trigger",
};

/** 2.x tells no more of a connector than these five. A card alone does not occupy it: the plug does. */
export function connectorStatus(machine: Machine, outlet: Outlet): string {
  const status = statusOf(outlet, machine);
  if (status === "Available" || status === "Faulted" || status === "Unavailable" || status === "Reserved")
    return status;
  return outlet.vehicle || outlet.transaction ? "Occupied" : "Available";
}

/** The meter's values of this moment; an empty list when none of the wanted is known. */
export function meterValues(
  machine: Machine,
  outlet: Outlet,
  wanted: readonly string[],
  context: string,
): JsonObject[] {
  const sampledValue = valuesOf(machine, outlet, wanted).map((measured) => sampled(measured, context));
  return sampledValue.length === 0 ? [] : [{ timestamp: isoTime(machine.clock.now()), sampledValue }];
}

function sampled(measured: Measured, context: string): JsonObject {
  return {
    value: measured.value,
    context,
    measurand: measured.measurand,
    ...(measured.phase ? { phase: measured.phase } : {}),
    location: measured.location ?? "Outlet",
    ...(measured.unit ? { unitOfMeasure: { unit: measured.unit } } : {}),
  };
}

/** The type of a card that was held to the reader. */
/** What is typed in place of a card's number is an id of the station's own (IdTokenEnumType). */
export function writeCard(card: Card): JsonObject {
  const type = /^[0-9a-f]+$/i.test(card.value) ? "ISO14443" : "Local";
  return { idToken: card.value, type: card.type ?? type };
}

export function readToken(token: JsonObject | undefined): Card {
  return { value: text(token, "idToken") ?? "", type: text(token, "type") };
}

/** idTokenInfo as it comes in answers and in local lists. */
export function readCardInfo(info: JsonObject | undefined): CardInfo {
  const expiry = Date.parse(text(info, "cacheExpiryDateTime") ?? "");
  return {
    status: text(info, "status") ?? "Invalid",
    expiry: Number.isNaN(expiry) ? undefined : expiry,
    group: text(object(info, "groupIdToken"), "idToken"),
  };
}

/** statusInfo, in the length that its schema allows. */
export function because(reasonCode: string, additionalInfo?: string): JsonObject {
  return {
    statusInfo: {
      reasonCode: reasonCode.slice(0, 20),
      ...(additionalInfo ? { additionalInfo: additionalInfo.slice(0, 512) } : {}),
    },
  };
}
