import { type Limit, limitAt } from "../energy/charging-profiles.ts";
import type { Measured, Moment } from "../energy/measurands.ts";
import { measure } from "../energy/measurands.ts";
import { createMeter, type Load } from "../energy/meter.ts";
import { fill, stateOfCharge, wantedCurrent } from "../energy/vehicle.ts";
import type { Machine, Outlet } from "../model.ts";
import type { Random } from "../random.ts";

/** OCPP 1.6's words (4.9); 2.x says Occupied for what lies between. */
export type OutletStatus =
  | "Available"
  | "Preparing"
  | "Charging"
  | "SuspendedEV"
  | "SuspendedEVSE"
  | "Finishing"
  | "Reserved"
  | "Unavailable"
  | "Faulted";

/** The longest stretch that the meter takes in one step, and the most steps that one look at it costs. */
const stepSeconds = 1;
const mostSteps = 3600;

/** An outlet in service with nothing in it, its meter somewhere in its life. */
export function createOutlet(evse: number, random: Random, now: number): Outlet {
  const meter = createMeter(random, Math.floor(random.between(100_000, 4_000_000)));
  return {
    evse,
    meter,
    vehicle: null,
    fault: null,
    operative: true,
    nextOperative: null,
    presented: null,
    asking: false,
    transaction: null,
    finished: false,
    reservation: null,
    reading: meter.reading(),
    steppedAt: now,
    told: null,
  };
}

/** The outlet's status, which follows from its state and is kept nowhere. */
export function statusOf(outlet: Outlet, station: { operative: boolean }): OutletStatus {
  if (outlet.fault) return "Faulted";
  const { transaction } = outlet;
  if (transaction) return transaction.state === "EVConnected" ? "Preparing" : transaction.state;
  if (!outlet.operative || !station.operative) return "Unavailable";
  if (outlet.vehicle) return outlet.finished ? "Finishing" : "Preparing";
  if (outlet.presented) return "Preparing";
  return outlet.reservation ? "Reserved" : "Available";
}

/** Lets the meter and the battery catch up with the clock. */
export function catchUp(outlet: Outlet, now: number, limit: Limit): void {
  let seconds = (now - outlet.steppedAt) / 1000;
  if (seconds <= 0) return;
  const step = Math.max(stepSeconds, seconds / mostSteps);
  while (seconds > 1e-9) {
    const span = Math.min(step, seconds);
    advance(outlet, span, limit);
    seconds -= span;
  }
  outlet.steppedAt = now;
  outlet.reading = outlet.meter.reading();
}

function advance(outlet: Outlet, seconds: number, limit: Limit): void {
  const charging = outlet.transaction?.state === "Charging" && outlet.vehicle && !outlet.fault;
  const load: Load = {
    current: charging && outlet.vehicle ? wantedCurrent(outlet.vehicle, limit.current) : 0,
    phases: limit.phases,
  };
  const energy = outlet.meter.step(seconds, load);
  if (outlet.vehicle) fill(outlet.vehicle, energy);
  if (outlet.transaction?.state === "Charging") outlet.transaction.secondsCharging += seconds;
}

/** What the outlet may give at this moment: what the hardware can, bounded by profiles and by a withdrawn blessing. */
export function offerOf(machine: Machine, outlet: Outlet): Limit {
  const ceiling = { current: machine.speaker.knobs().maxCurrent, phases: 3 };
  const { transaction } = outlet;
  if (transaction?.refused) return { current: 0, phases: 3 };
  const running = transaction && { id: transactionId(transaction), startedAt: transaction.startedAt };
  const ask = { time: machine.clock.now(), evse: outlet.evse, transaction: running ?? undefined };
  return limitAt(machine.profiles, ask, ceiling);
}

/** The id that the central system knows a transaction by. */
export function transactionId(transaction: { key: string; number?: number | bigint }): string {
  return transaction.number === undefined ? transaction.key : String(transaction.number);
}

/** The values of the wanted measurands, as the meter shows them now. */
export function valuesOf(machine: Machine, outlet: Outlet, wanted: readonly string[]): Measured[] {
  const moment: Moment = {
    reading: outlet.reading,
    soc: outlet.vehicle ? stateOfCharge(outlet.vehicle) : undefined,
    offered: offerOf(machine, outlet),
  };
  return measure(moment, wanted);
}

/** The outlet of a number. */
export function findOutlet(machine: Machine, evse: number | undefined): Outlet | undefined {
  return machine.outlets.find((outlet) => outlet.evse === evse);
}
