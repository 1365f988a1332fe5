import type { Clock } from "../lib/clock.ts";
import type { EventBody, StationEvent } from "../station/events.ts";
import { boundEvents } from "../station/reading/bound-events.ts";
import type { Recorder } from "../store/recorder.ts";
import type { Registry } from "./registry.ts";
import type { StationEntry } from "./station-entry.ts";

/** The core's own entries in the record: what happened to a link, what was commanded. */
export type Journal = {
  /** A number of the record to come, for an entry that names itself. */
  take(): number;
  /** Puts an entry on record and folds it into the station's state. Returns its number.
   * @param at our clock, when it happened; by default now */
  write(entry: StationEntry, body: EventBody, seq?: number, at?: number): number;
};

/** Makes the journal. */
export function createJournal(options: { registry: Registry; recorder: Recorder; clock: Clock }): Journal {
  const { registry, recorder, clock } = options;
  return {
    take: () => recorder.take(),
    write(entry, body, seq = recorder.take(), at = clock.now()) {
      const [bounded = body] = body.kind === "found" ? [body] : boundEvents([body], body.kind).events;
      const event: StationEvent = { ...bounded, at, seq };
      const { faults } = registry.apply(entry, [event]);
      registry.noteOwn(entry, seq);
      // Kept even when it is no news: a restart folds these from the record.
      recorder.event({ station: entry, event, own: true });
      if (body.kind !== "found") for (const finding of faults) this.write(entry, { kind: "found", finding });
      return seq;
    },
  };
}
