import type { Clock, Timer } from "../../lib/clock.ts";
import type { Disposable } from "../../lib/disposable.ts";
import { createEmitter, type Emitter } from "../../lib/emitter.ts";
import type { Logger } from "../../lib/logger.ts";
import { type ActiveFault, type AnswerFault, type Fault, type FaultKind, faultOn } from "../../station/faults.ts";
import type { Journal } from "../journal.ts";
import type { StationEntry } from "../station-entry.ts";

/** Faults on purpose, by station. They end by themselves, and with the process. */
export type FaultBook = Disposable & {
  /** A station's faults changed; its identity. */
  readonly changed: Emitter<string>;
  active(identity: string): readonly ActiveFault[];
  /** Turns a fault on for a while; one of the same kind is replaced. A link that is cut once is cut there and then.
   * @param seconds how long */
  set(entry: StationEntry, fault: Fault, seconds: number): void;
  /** Turns one kind off, or all. */
  clear(entry: StationEntry, kind?: FaultKind): void;
  /** What becomes of an answer to a station's call; null when nothing is done to it. */
  onAnswer(identity: string, action: string): AnswerFault | null;
  /** True while a station is not let in, on purpose. */
  refuses(identity: string): boolean;
};

type Running = { fault: ActiveFault; entry: StationEntry; timers: Timer[] };

/** Makes the book of faults. */
export function createFaultBook({ journal, clock, log }: { journal: Journal; clock: Clock; log: Logger }): FaultBook {
  const changed = createEmitter<string>(log);
  const running = new Map<string, Map<FaultKind, Running>>();
  const lists = new Map<string, readonly ActiveFault[]>();

  function relist(identity: string): void {
    const faults = [...(running.get(identity)?.values() ?? [])].map(({ fault }) => fault);
    if (faults.length > 0) lists.set(identity, faults);
    else lists.delete(identity);
    changed.emit(identity);
  }

  function active(identity: string): readonly ActiveFault[] {
    return lists.get(identity) ?? none;
  }

  function end(item: Running, state: "off" | "over" | null): void {
    const { entry, fault, timers } = item;
    for (const timer of timers) timer.stop();
    running.get(entry.identity)?.delete(fault.kind);
    if (state) journal.write(entry, { kind: "fault-injected", fault: plain(fault), state });
    relist(entry.identity);
  }

  function cut(entry: StationEntry): void {
    entry.session?.cut("fault");
  }

  return {
    changed,
    active,
    set(entry, fault, seconds) {
      const { identity } = entry;
      if (fault.kind === "drop" && fault.everySeconds === undefined) {
        journal.write(entry, { kind: "fault-injected", fault, state: "once" });
        cut(entry);
        return;
      }
      const since = clock.now();
      const until = since + seconds * 1000;
      const before = running.get(identity)?.get(fault.kind);
      if (before) end(before, null);
      const item: Running = { fault: { ...fault, since, until }, entry, timers: [] };
      item.timers.push(clock.after(seconds * 1000, () => end(item, "over")));
      if (fault.kind === "drop" && fault.everySeconds !== undefined) {
        item.timers.push(clock.every(fault.everySeconds * 1000, () => cut(entry)));
      }
      const own = running.get(identity) ?? new Map<FaultKind, Running>();
      running.set(identity, own.set(fault.kind, item));
      journal.write(entry, { kind: "fault-injected", fault, state: "on", until });
      relist(identity);
      if (fault.kind === "refuse") cut(entry);
    },
    clear(entry, kind) {
      for (const item of [...(running.get(entry.identity)?.values() ?? [])]) {
        if (kind === undefined || item.fault.kind === kind) end(item, "off");
      }
    },
    onAnswer(identity, action) {
      const faults = active(identity);
      return faults.length === 0 ? null : faultOn(faults, action);
    },
    refuses: (identity) => active(identity).some(({ kind }) => kind === "refuse"),
    dispose() {
      for (const own of running.values())
        for (const { timers } of own.values()) for (const timer of timers) timer.stop();
      running.clear();
      lists.clear();
    },
  };
}

const none: readonly ActiveFault[] = [];

function plain({ since: _since, until: _until, ...fault }: ActiveFault): Fault {
  return fault;
}
