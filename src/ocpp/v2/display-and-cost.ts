import type { JsonObject } from "../../lib/json.ts";
import type { EventBody } from "../../station/events.ts";
import { type Handlers, notice, noticed } from "./notice.ts";

/** Blocks I and O: what the station shows, and what it costs. */
export const displayHandlers: Handlers = {
  NotifyDisplayMessages: notice("NotifyDisplayMessages", [
    "requestId",
    "#messageInfo",
    "messageInfo.id",
    "messageInfo.priority",
    "messageInfo.state",
    "messageInfo.message.content",
    "tbc",
  ]),
};

/** 2.1 block I: the cost that the station reckoned by its tariff, in TransactionEvent. */
export function costEvents(request: JsonObject, action: string, at: number): EventBody[] {
  const fields = [
    "costDetails.totalCost.currency",
    "costDetails.totalCost.typeOfCost",
    "costDetails.totalCost.total.exclTax",
    "costDetails.totalCost.total.inclTax",
    "costDetails.totalUsage.energy",
    "costDetails.totalUsage.chargingTime",
    "costDetails.totalUsage.idleTime",
    "costDetails.failureToCalculate",
    "costDetails.failureReason",
  ];
  return noticed(action, request, fields, at);
}
