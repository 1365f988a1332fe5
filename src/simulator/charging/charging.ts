import { randomUUID } from "node:crypto";
import type { Timer } from "../../lib/clock.ts";
import type { Card, CardInfo } from "../authorizer.ts";
import { withProfile } from "../energy/charging-profiles.ts";
import { isFull, leastOffer } from "../energy/vehicle.ts";
import type { Fault } from "../faults.ts";
import type {
  ActiveTransaction,
  ChargingState,
  Machine,
  Outlet,
  Presented,
  SampleContext,
  StartCause,
  StopCause,
  TransactionStep,
} from "../model.ts";
import { catchUp, offerOf } from "./outlet.ts";

/** Transactions: their start and end, the contactor, and the samples between. */
export type Charging = {
  start(outlet: Outlet, presented: Presented, cause: StartCause): ActiveTransaction;
  end(outlet: Outlet, cause: StopCause, by?: { fault?: Fault; card?: Card }): void;
  /** Brings the meter and the charging state of every outlet up to now. */
  tick(): void;
  /** The central system's word on a card whose transaction runs already. */
  answered(transaction: ActiveTransaction, info: CardInfo): void;
  sample(outlet: Outlet, context: SampleContext): void;
  /** Intervals may have changed. */
  rearm(): void;
};

/** Seconds from authorisation to current: the pilot is answered and the contactor closes. */
const contactorSeconds = 1;

/** Makes the charging half of a station. */
export function createCharging(machine: Machine): Charging {
  const { clock, mail } = machine;
  const sampling = new Map<Outlet, Timer>();
  let aligned: Timer | null = null;

  function step(outlet: Outlet, transaction: ActiveTransaction, what: TransactionStep): void {
    for (const message of machine.speaker.transaction(outlet, transaction, what)) mail.queue(message);
  }

  function rearmSampling(outlet: Outlet): void {
    sampling.get(outlet)?.stop();
    sampling.delete(outlet);
    const seconds = machine.speaker.knobs().sampleSeconds;
    if (!outlet.transaction || seconds <= 0) return;
    sampling.set(
      outlet,
      clock.after(seconds * 1000, () => {
        sample(outlet, "Sample.Periodic");
        rearmSampling(outlet);
      }),
    );
  }

  function rearmAligned(): void {
    aligned?.stop();
    aligned = null;
    const everyMs = machine.speaker.knobs().alignedSeconds * 1000;
    if (everyMs <= 0) return;
    // Aligned to midnight UTC, which is a multiple of a day since 1970 (1.6 ClockAlignedDataInterval).
    aligned = clock.after(everyMs - (clock.now() % everyMs), () => {
      for (const outlet of machine.outlets) sample(outlet, "Sample.Clock");
      rearmAligned();
    });
  }

  function sample(outlet: Outlet, context: SampleContext): void {
    if (!machine.powered) return;
    catchUp(outlet, clock.now(), offerOf(machine, outlet));
    if (outlet.transaction) step(outlet, outlet.transaction, { kind: "sample", context });
    else mail.tell(machine.speaker.values(outlet, context));
  }

  function stateNow(outlet: Outlet, transaction: ActiveTransaction): ChargingState {
    if (clock.now() - transaction.startedAt < contactorSeconds * 1000) return "EVConnected";
    if (!outlet.vehicle) return "SuspendedEV";
    if (offerOf(machine, outlet).current < leastOffer) return "SuspendedEVSE";
    return isFull(outlet.vehicle) ? "SuspendedEV" : "Charging";
  }

  function end(outlet: Outlet, cause: StopCause, by: { fault?: Fault; card?: Card } = {}): void {
    const { transaction } = outlet;
    if (!transaction) return;
    catchUp(outlet, clock.now(), offerOf(machine, outlet));
    step(outlet, transaction, { kind: "ended", cause, ...by });
    outlet.transaction = null;
    outlet.finished = outlet.vehicle !== null;
    machine.profiles = machine.profiles.filter(
      (profile) => profile.purpose !== "transaction" || profile.evse !== outlet.evse,
    );
    rearmSampling(outlet);
    if (outlet.nextOperative !== null) outlet.operative = outlet.nextOperative;
    outlet.nextOperative = null;
    if (machine.nextOperative !== null && machine.outlets.every((each) => !each.transaction)) {
      machine.operative = machine.nextOperative;
      machine.nextOperative = null;
    }
    machine.refresh();
  }

  return {
    end,
    start(outlet, presented, cause) {
      const now = clock.now();
      catchUp(outlet, now, offerOf(machine, outlet));
      const reserved = outlet.reservation;
      const transaction: ActiveTransaction = {
        key: randomUUID(),
        card: presented.card,
        startedAt: now,
        meterStart: Math.floor(outlet.reading.register),
        remoteStartId: presented.remoteStartId,
        reservation: reserved?.id,
        state: "EVConnected",
        refused: false,
        sequence: 0,
        secondsCharging: 0,
      };
      outlet.transaction = transaction;
      outlet.presented = null;
      outlet.finished = false;
      outlet.reservation = null;
      if (presented.profile) {
        machine.profiles = withProfile(machine.profiles, { ...presented.profile, evse: outlet.evse });
      }
      step(outlet, transaction, { kind: "started", cause });
      rearmSampling(outlet);
      machine.refresh();
      return transaction;
    },
    tick() {
      let changed = false;
      for (const outlet of machine.outlets) {
        catchUp(outlet, clock.now(), offerOf(machine, outlet));
        const { transaction } = outlet;
        if (!transaction) continue;
        changed = true;
        const state = stateNow(outlet, transaction);
        if (state === transaction.state) continue;
        transaction.state = state;
        step(outlet, transaction, { kind: "state" });
      }
      if (changed) machine.refresh();
    },
    answered(transaction, info) {
      const outlet = machine.outlets.find((each) => each.transaction === transaction);
      if (!outlet || info.status === "Accepted") return;
      // ConcurrentTx on a running transaction means another one of this card; the card itself is good, but not here.
      machine.log(`EVSE ${outlet.evse}: the central system says ${info.status} of the card that is charging`);
      transaction.refused = true;
      if (machine.speaker.knobs().stopOnInvalid) end(outlet, "deauthorised");
    },
    sample,
    rearm() {
      for (const outlet of machine.outlets) rearmSampling(outlet);
      rearmAligned();
    },
  };
}
