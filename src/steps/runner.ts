import type { Clock, Timer } from "../lib/clock.ts";
import type { Disposable } from "../lib/disposable.ts";
import { createEmitter, type Emitter } from "../lib/emitter.ts";
import type { Logger } from "../lib/logger.ts";
import type { Advanced, NumberedRun, Plan, Run, RunStore } from "./plan.ts";

export type RunnerOptions<R extends Run, Event, Effect, Secrets> = {
  plan: Plan<R, Event, Effect, Secrets>;
  store: RunStore<R>;
  clock: Clock;
  log: Logger;
};

/** Runs the steps of one plan for all stations, one run at a time each. */
export type Runner<R extends Run, Event, Secrets> = Disposable & {
  /** The last run of a station. */
  latest(identity: string): NumberedRun<R> | null;
  underWay(identity: string): boolean;
  /** Begins a run; nothing of this station is under way.
   * @param secrets what its steps need and nobody may store; gone with the run's end, or the core's */
  start(identity: string, run: R, secrets: Secrets): NumberedRun<R>;
  /** Something has happened to the last run of a station; tells what became of it. */
  happen(identity: string, event: Event): NumberedRun<R> | null;
  /** Takes up what was under way when the core last ended. */
  resume(): void;
  /** Forgets the runs of a station; none is under way. */
  forget(identity: string): void;
  readonly changed: Emitter<NumberedRun<R>>;
};

/** Makes the runner of a plan: each step is stored before it is done, and what was stored is taken up after a restart. */
export function createRunner<R extends Run, Event, Effect, Secrets>(
  options: RunnerOptions<R, Event, Effect, Secrets>,
): Runner<R, Event, Secrets> {
  const { plan, store, clock, log } = options;
  const latest = new Map<string, NumberedRun<R>>();
  const secrets = new Map<number, Secrets>();
  const timers = new Map<number, Timer[]>();
  const changed = createEmitter<NumberedRun<R>>(log);
  for (const { id, identity, body } of store.latest()) latest.set(identity, { ...body, id, identity });

  function happenTo({ id, identity }: NumberedRun<R>, event: Event): void {
    const current = latest.get(identity);
    if (current?.id === id) take(current, plan.advance(current, event, clock.now()));
  }

  function take(before: NumberedRun<R>, { run, effects }: Advanced<R, Effect>): void {
    if (run === before && effects.length === 0) return;
    const { id, identity } = before;
    const next: NumberedRun<R> = { ...run, id, identity };
    latest.set(identity, next);
    if (next.state !== "under-way") stopTimers(id);
    for (const effect of effects) plan.keep(effect, tools(next));
    store.save(id, bodyOf(next));
    changed.emit(next);
    for (const effect of effects) plan.carry(effect, tools(next));
    if (next.state !== "under-way") secrets.delete(id);
  }

  function tools(run: NumberedRun<R>) {
    const { id, identity } = run;
    return {
      run,
      secrets: secrets.get(id),
      holdSecrets: (held: Secrets) => void secrets.set(id, held),
      happen: (event: Event) => happenTo(run, event),
      wait(alarms: readonly { after: number; event: Event }[]) {
        stopTimers(id);
        timers.set(
          id,
          alarms.map(({ after, event }) => clock.after(after, () => happenTo(run, event))),
        );
      },
      remember(more: Partial<R>) {
        const current = latest.get(identity);
        if (current?.id === id) latest.set(identity, { ...current, ...more });
      },
    };
  }

  function stopTimers(id: number): void {
    for (const timer of timers.get(id) ?? []) timer.stop();
    timers.delete(id);
  }

  return {
    latest: (identity) => latest.get(identity) ?? null,
    underWay: (identity) => latest.get(identity)?.state === "under-way",
    start(identity, run, held) {
      const id = store.add(identity, run);
      const view: NumberedRun<R> = { ...run, id, identity };
      secrets.set(id, held);
      latest.set(identity, view);
      take(view, plan.begin(run, clock.now()));
      return latest.get(identity) ?? view;
    },
    happen(identity, event) {
      const current = latest.get(identity);
      if (current) happenTo(current, event);
      return latest.get(identity) ?? null;
    },
    resume() {
      for (const run of [...latest.values()]) happenTo(run, plan.restarted);
    },
    forget: (identity) => void latest.delete(identity),
    changed,
    dispose() {
      for (const id of [...timers.keys()]) stopTimers(id);
    },
  };
}

/** What is stored of a run: its number and its station stand beside it. */
function bodyOf<R extends Run>({ id: _id, identity: _identity, ...body }: NumberedRun<R>): R {
  return body as unknown as R;
}
