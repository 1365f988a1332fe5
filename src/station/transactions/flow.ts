import type { SessionMeter, Transaction } from "../model.ts";

/** Power is taken to stand until it is told again, for so long, ms. */
const standsMs = 1_800_000;
/** Below so much the one of the two that is larger says nothing yet, Wh. */
const leastWh = 200;
/** What a unit that is off by 1000 makes of it, give or take what power does between two samples. */
const factor = { least: 300, most: 3000 } as const;
/** Power so long that even a register in whole kilowatt-hours has moved, Wh. */
const movesWh = 2500;

/** The meter with power over time counted on to a moment of our clock, before the power told then is taken.
 * @param meter the transaction's, or as it is to be */
export function flowWith(
  { powerW, powerAt, meterStart, meter: known }: Transaction,
  at: number,
  meter = known,
): SessionMeter {
  const register = meter.last?.value ?? meterStart;
  if (register === undefined) return meter;
  const passed = powerAt === undefined ? Number.POSITIVE_INFINITY : at - powerAt;
  if (!meter.flow || powerW === null || passed > standsMs) return { ...meter, flow: { since: at, wh: 0, register } };
  return { ...meter, flow: { ...meter.flow, wh: meter.flow.wh + (powerW * passed) / 3_600_000 } };
}

/** What power over time and the register say where they differ by about 1000, or the register stands still, Wh; else null. Physics: one
 * of the two has another unit than it says. */
export function flowDoubt({
  meter,
  meterStop,
}: Pick<Transaction, "meter" | "meterStop">): { wh: number; register: number } | null {
  const { flow, last } = meter;
  const now = meterStop ?? last?.value;
  if (!flow || now === undefined) return null;
  const register = now - flow.register;
  const [small, large] = flow.wh < register ? [flow.wh, register] : [register, flow.wh];
  const still = register === 0 && flow.wh >= movesWh;
  const far = large >= leastWh && small > 0 && large / small >= factor.least && large / small <= factor.most;
  return still || far ? { wh: Math.round(flow.wh * 10) / 10, register } : null;
}
