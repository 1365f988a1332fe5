import type { simulator as en } from "../en/simulator.ts";

export const simulator: typeof en = {};
