import type { stations as en } from "../en/stations.ts";

export const stations: typeof en = {};
