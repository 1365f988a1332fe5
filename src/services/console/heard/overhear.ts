import { cutText } from "../../../lib/text.ts";
import type { Words } from "../../../lib/words.ts";
import type { Journal } from "../../../session/journal.ts";
import type { Registry } from "../../../session/registry.ts";
import { longestName } from "../../../station/bounds.ts";
import type { EventBody } from "../../../station/events.ts";
import type { ConsoleSetup } from "../../../station/serial/console.ts";
import { isFaultSign } from "../../../station/serial/signs.ts";
import { noStation, type Recorder } from "../../../store/recorder.ts";
import { Allowance } from "./allowance.ts";
import type { HeardFrame } from "./conversation.ts";
import type { Recognised } from "./reading.ts";

export type OverhearParts = { registry: Registry; recorder: Recorder; journal: Journal };

/** Entries of a console's port, and of what a person does on it, in the time line at once, and in a second for long: an adapter may come and
 * go without end, and a script may type. */
const mostNotes = 60;
const notesASecond = 0.5;

/** Puts what consoles print on record. Boots and faults, and what is done by hand, come into the time line of the station that is named for
 * the console. Messages of
 * OCPP come among the frames, on the lane of the console: shown and searched as any other, and folded into no state. They may be half
 * of a talk, in a version that nobody tells, cut off by the log, or the log of yesterday: whoever wants to know how a station is asks
 * the station. For the same reasons nothing is found wrong with them, and none is answered. */
export function createOverhearing({ registry, recorder, journal }: OverhearParts) {
  /** The entry that tells of messages on a console, by its setup: one for each time that it is opened. */
  const connections = new WeakMap<ConsoleSetup, number>();
  const numbers = new WeakMap<HeardFrame, number>();
  const notes = new WeakMap<ConsoleSetup, Allowance>();

  function tell({ station }: ConsoleSetup, body: EventBody, at: number): number {
    if (station !== undefined) return journal.write(registry.ensure(station, at), body, undefined, at);
    const seq = recorder.take();
    recorder.event({ station: noStation, event: { ...body, at, seq }, own: true });
    return seq;
  }

  function takeFrame(setup: ConsoleSetup, at: number, frame: HeardFrame): void {
    const connection = connections.get(setup) ?? tell(setup, { kind: "console-heard", port: setup.port }, at);
    connections.set(setup, connection);
    const seq = recorder.take();
    numbers.set(frame, seq);
    recorder.frame({
      seq,
      station: setup.station === undefined ? noStation : registry.ensure(setup.station, at),
      connection,
      at,
      direction: frame.direction,
      data: frame.text,
      action: frame.action === undefined ? null : cutText(frame.action, longestName),
      question: (frame.answers && numbers.get(frame.answers)) ?? null,
      stationTime: null,
      findings: [],
      answer: null,
      lane: "console",
    });
  }

  /** A name that is only typed in makes no station: what its console tells does. */
  function takeNote(setup: ConsoleSetup, at: number, note: Words): void {
    if (setup.station === undefined || !registry.get(setup.station)) return;
    const allowance = notes.get(setup) ?? new Allowance(mostNotes, notesASecond);
    notes.set(setup, allowance);
    if (allowance.take(at) === "taken") tell(setup, { kind: "console-noted", port: setup.port, note }, at);
  }

  /** It is on record when this returns, unless the record cannot be written. */
  return (setup: ConsoleSetup, recognised: readonly Recognised[]): void => {
    for (const one of recognised) {
      const { port, station } = setup;
      if ("frame" in one) takeFrame(setup, one.at, one.frame);
      else if ("note" in one) takeNote(setup, one.at, one.note);
      else if (station !== undefined)
        tell(setup, { kind: isFaultSign(one.sign) ? "console-fault" : "console-boot", port, ...one.sign }, one.at);
    }
    recorder.flush();
  };
}
