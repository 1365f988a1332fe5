import type { Clock, Timer } from "../lib/clock.ts";
import type { Disposable } from "../lib/disposable.ts";
import { stopOwedMs } from "../station/bounds.ts";
import { findEvse } from "../station/evses.ts";
import { missingStop } from "../station/fold/plausibility.ts";
import type { Transaction } from "../station/model.ts";
import type { Journal } from "./journal.ts";
import type { Registry } from "./registry.ts";
import type { StationEntry } from "./station-entry.ts";

/** Tells transactions that are over by what their connector says, and whose end does not come: a station may say first that the connector
 * is free. What a later start shows is told with that start. */
export function watchStops(options: { registry: Registry; journal: Journal; clock: Clock }): Disposable {
  const { registry, journal, clock } = options;
  const waiting = new Map<string, Timer>();
  /** The frame that the last one told on each EVSE rests on. */
  const told = new Map<string, number>();

  function look(entry: StationEntry): void {
    for (const { evse, transaction } of entry.state.evses) {
      const owed = transaction && owedSince(transaction);
      const place = `${entry.id} ${evse}`;
      if (owed === undefined || told.get(place) === owed || waiting.has(`${place} ${owed}`)) continue;
      wait(entry, evse, owed);
    }
  }

  function wait(entry: StationEntry, evse: number, owed: number): void {
    const timer = clock.after(stopOwedMs, () => tell(entry, evse, owed));
    waiting.set(`${entry.id} ${evse} ${owed}`, timer);
  }

  function tell(entry: StationEntry, evse: number, owed: number): void {
    const place = `${entry.id} ${evse}`;
    const { link, clockDoubt } = entry.state;
    waiting.delete(`${place} ${owed}`);
    const transaction = findEvse(entry.state, evse)?.transaction;
    // Offline it cannot tell the end: its next message after it is back is the next occasion.
    if (!transaction?.notEnded || owedSince(transaction) !== owed || link.state !== "online") return;
    // While a queue is worked off the end may still be in it.
    if (clockDoubt && clock.now() - clockDoubt.at < stopOwedMs) return wait(entry, evse, owed);
    told.set(place, owed);
    journal.write(entry, { kind: "found", finding: missingStop(transaction, transaction.notEnded) });
  }

  // Those of before this core began have been told.
  for (const entry of registry.all()) {
    for (const { evse, transaction } of entry.state.evses) {
      const owed = transaction && owedSince(transaction);
      if (owed !== undefined) told.set(`${entry.id} ${evse}`, owed);
    }
  }
  const following = registry.changed.on(look);
  return {
    dispose() {
      void following.dispose();
      for (const timer of waiting.values()) timer.stop();
      waiting.clear();
    },
  };
}

/** The frame that showed that a transaction is over; undefined where its end is not owed, or told as such otherwise. */
function owedSince({ state, notEnded }: Transaction): number | undefined {
  return state === "not-ended" && notEnded?.because !== "next-start" ? notEnded?.frame : undefined;
}
