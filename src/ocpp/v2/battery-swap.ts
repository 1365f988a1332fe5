import { type Handlers, notice } from "./notice.ts";

/** 2.1 block S. */
export const batterySwapAdded: Handlers = {
  BatterySwap: notice("BatterySwap", [
    "requestId",
    "eventType",
    "idToken.idToken",
    "batteryData.evseId",
    "batteryData.serialNumber",
    "batteryData.soC",
    "batteryData.soH",
  ]),
};
