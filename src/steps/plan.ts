/** One course of steps for a station, JSON-safe, and stored as it stands: never holds a secret. */
export type Run = { state: string };

/** A run with its number and its station. */
export type NumberedRun<R extends Run> = R & { id: number; identity: string };

/** What an event makes of a run, and what is to be done then. */
export type Advanced<R extends Run, Effect> = { run: R; effects: Effect[] };

/** What a plan has in hand while it does what a step wants. */
export type StepTools<R extends Run, Event, Secrets> = {
  run: NumberedRun<R>;
  /** Of this life of the core; none after a restart. */
  secrets: Secrets | undefined;
  holdSecrets(secrets: Secrets): void;
  /** Tells what came of it. Told of a run that is not the station's last any more, it is nothing. */
  happen(event: Event): void;
  /** Each event happens after so many ms, unless the run ends or another wait begins. */
  wait(alarms: readonly { after: number; event: Event }[]): void;
  /** Adds to the run what the next event stores with it. */
  remember(more: Partial<R>): void;
};

/** A kind of course. What happens is decided by a pure machine (`begin`, `advance`); what it wants done is done by `keep` and `carry`.
 * A run is under way while its `state` is "under-way". */
export type Plan<R extends Run, Event, Effect, Secrets> = {
  begin(run: R, now: number): Advanced<R, Effect>;
  advance(run: R, event: Event, now: number): Advanced<R, Effect>;
  /** Happens to each run when the core is started anew. */
  restarted: Event;
  /** Does what must be stored before the step that relies on it. */
  keep(effect: Effect, tools: StepTools<R, Event, Secrets>): void;
  /** Does the step itself, once the run is stored. What fails is told as an event. */
  carry(effect: Effect, tools: StepTools<R, Event, Secrets>): void;
};

/** Where runs are stored. */
export type RunStore<R extends Run> = {
  /** The last run of each station. */
  latest(): { id: number; identity: string; body: R }[];
  /** Gives a new run its number. */
  add(identity: string, body: R): number;
  save(id: number, body: R): void;
};
