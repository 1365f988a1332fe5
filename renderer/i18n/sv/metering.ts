import type { metering as en } from "../en/metering.ts";

export const metering: typeof en = {};
