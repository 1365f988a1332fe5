import type { Clock, Timer } from "../../lib/clock.ts";
import type { Disposable } from "../../lib/disposable.ts";
import { createEmitter } from "../../lib/emitter.ts";
import type { Spoken } from "../../lib/words.ts";
import type { Attempt, Cause } from "../../station/attempts.ts";
import type { CloseCause, OcppVersion, RegistrationStatus } from "../../station/model.ts";
import type { CauseCode } from "../../words/en/causes.ts";
import type { AttemptStage } from "../../words/stages.ts";
import type { Ends } from "../ends.ts";
import { maskedStart } from "../http/mask.ts";
import { type Facts, judge, type ListenMode } from "./diagnose.ts";
import { Repeats } from "./groups.ts";
import { Reconnects } from "./reconnects.ts";

export type AttemptTrackerOptions = {
  clock: Clock;
  /** Attempts of earlier runs of the core, oldest first. */
  past: readonly Attempt[];
  /** The largest number given so far. */
  lastId: number;
  /** Whether a link that a station ends now ends after a change that we made in it. */
  ownChange?: (identity: string) => boolean;
  /** Identities whose attempts are nobody's business. */
  ignored?: (identity: string) => boolean;
  onError: (error: unknown) => void;
};

/** What else is known of an attempt as it goes on. */
export type Details = Partial<Pick<Attempt, "tls" | "http" | "identity" | "credentials">>;

/** One attempt while it lasts. */
export type Try = {
  readonly id: number;
  readonly facts: Facts;
  /** Takes in what is new. */
  learn(facts: Partial<Facts>, details?: Details): void;
  /** A stage is passed. */
  pass(stage: AttemptStage): void;
  /** It was no attempt to connect: nothing is told of it. */
  discard(): void;
  /** It ended before it opened. */
  stop(end: NonNullable<Facts["end"]>): void;
  /** It was open, and is over. `said`: what is known of its end. */
  closed(cause: CloseCause, said?: Spoken): void;
};

type Live = { attempt: Attempt; facts: Facts; shown: boolean; bootTimer: Timer | null };

/** Rows shown at most, and how long changes are gathered before they are told. */
export const attemptsShown = 200;
const tellMs = 100;
const bootWaitMs = 60_000;
const rawLimit = 2048;
/** An older handshake is not what a station speaks of. */
const longestExplainedMs = 24 * 60 * 60_000;

/** Keeps every attempt to connect from its first byte to its end. What repeats is counted in one row. */
export class AttemptTracker implements Disposable {
  readonly #options: AttemptTrackerOptions;
  readonly #live = new Map<number, Live>();
  /** Those that are over, the latest last. */
  readonly #rows = new Map<number, Attempt>();
  /** Where those that were shown by themselves were counted; for who still looks at one. */
  readonly #into = new Map<number, number>();
  readonly #changed = new Map<number, Attempt>();
  readonly #repeats = new Repeats();
  readonly #reconnects = new Reconnects();
  /** The latest open attempt of each identity. */
  readonly #open = new Map<string, number>();
  #timer: Timer | null = null;
  #lastId: number;

  /** Rows that are new or changed; the same id replaces. */
  readonly changed = createEmitter<Attempt[]>({ bug: (_message, { error }) => this.#options.onError(error) });

  constructor(options: AttemptTrackerOptions) {
    this.#options = options;
    this.#lastId = options.lastId;
    for (const attempt of options.past.slice(-attemptsShown)) {
      const row = ofEarlierLife(attempt);
      this.#rows.set(row.id, row);
      this.#repeats.remember(row);
    }
  }

  /** An attempt begins. */
  begin(ends: Ends, mode: ListenMode, tlsReady: boolean): Try {
    const id = ++this.#lastId;
    const at = this.#options.clock.now();
    const attempt: Attempt = {
      id,
      at,
      ...ends,
      passed: "tcp",
      state: "under-way",
      causes: [],
      times: { tcp: 0 },
      bytes: 0,
      repeats: 1,
      lastAt: at,
    };
    const facts: Facts = {
      mode,
      tlsReady,
      localAddress: ends.localAddress,
      start: new Uint8Array(),
      bytes: 0,
      opening: "nothing",
      secured: false,
      after: [],
    };
    const live: Live = { attempt, facts, shown: false, bootTimer: null };
    this.#live.set(id, live);
    this.#touch(live);
    return {
      id,
      facts,
      learn: (more, details) => {
        Object.assign(facts, more);
        Object.assign(attempt, details);
        if (details?.identity !== undefined && this.#options.ignored?.(details.identity)) this.#forget(live);
        this.#touch(live);
      },
      pass: (stage) => this.#pass(live, stage),
      discard: () => this.#forget(live),
      stop: (end) => this.#stop(live, end),
      closed: (cause, said) => this.#closed(live, cause, said),
    };
  }

  /** Somebody was turned away at a port that is not for OCPP: the attempt is over as it is told.
   * @param passed how far it came */
  turnedAway(ends: Ends, passed: AttemptStage, cause: Cause, details: Details = {}): void {
    const one = this.begin(ends, "both", true);
    one.learn({ after: [cause] }, details);
    one.pass(passed);
    one.stop("us");
  }

  /** The latest rows, oldest first, with those under way. */
  recent(): Attempt[] {
    const rows = [...this.#rows.values(), ...[...this.#live.values()].map(toRow)];
    return rows.sort((a, b) => a.lastAt - b.lastAt || a.id - b.id).slice(-attemptsShown);
  }

  /** Where the connection of an identity that is open comes from and leads to. */
  endsOf(identity: string): Ends | undefined {
    return this.#live.get(this.#open.get(identity) ?? 0)?.attempt;
  }

  /** A row by its number, or the one that it was counted in. */
  get(id: number): Attempt | undefined {
    const live = this.#live.get(id);
    return live ? toRow(live) : this.#rows.get(this.#into.get(id) ?? id);
  }

  /** The connection that came of an attempt is on record. */
  recorded(id: number, as: { connection: number; ocpp: OcppVersion }): void {
    const live = this.#live.get(id);
    if (!live) return;
    Object.assign(live.attempt, as);
    this.#touch(live);
  }

  /** A boot was answered on the open connection of an identity. */
  booted(identity: string, answered: RegistrationStatus): void {
    const live = this.#live.get(this.#open.get(identity) ?? 0);
    if (!live) return;
    live.bootTimer?.stop();
    live.attempt.boot = answered;
    const past = live.facts.after.filter(({ code }) => !answers.has(code));
    const cause =
      answered === "Accepted" ? [] : [{ code: answered === "Pending" ? "boot-pending" : "boot-rejected" } as const];
    live.facts.after = [...past, ...cause];
    this.#pass(live, "boot");
  }

  /** A station says what a handshake of its own failed of: the last one that failed from where it is connected now. */
  explained(identity: string, said: string): void {
    const address = this.#live.get(this.#open.get(identity) ?? 0)?.attempt.remoteAddress;
    const row = [...this.#rows.values()].findLast(
      ({ remoteAddress, passed, state, hello }) =>
        remoteAddress === address &&
        state === "stopped" &&
        hello !== undefined &&
        (passed === "tcp" || passed === "tls"),
    );
    if (!row || this.#options.clock.now() - row.lastAt > longestExplainedMs) return;
    const others = row.causes.filter(({ code }) => code !== "station-says");
    const explained: Attempt = { ...row, identity, causes: [...others, { code: "station-says", said }] };
    this.#rows.set(row.id, explained);
    this.#tell(explained);
  }

  /** Tells at once what there is to tell. */
  flush(): void {
    this.#timer?.stop();
    this.#timer = null;
    if (this.#changed.size === 0) return;
    const rows: Attempt[] = [];
    for (const id of this.#changed.keys()) {
      const live = this.#live.get(id);
      if (live) live.shown = true;
      const row = live ? toRow(live) : this.#changed.get(id);
      if (row) rows.push(row);
    }
    this.#changed.clear();
    this.changed.emit(rows);
  }

  dispose(): void {
    for (const live of [...this.#live.values()]) {
      live.bootTimer?.stop();
      if (live.attempt.state === "under-way") this.#stop(live, "us");
      else this.#end(live, "ended");
    }
    this.flush();
    this.#timer?.stop();
  }

  #pass(live: Live, stage: AttemptStage): void {
    if (!this.#live.has(live.attempt.id)) return;
    const { attempt } = live;
    attempt.passed = stage;
    attempt.times[stage] ??= Math.max(0, Math.round((this.#options.clock.now() - attempt.at) * 10) / 10);
    if (stage === "open") this.#opened(live);
    this.#touch(live);
  }

  #opened(live: Live): void {
    const { attempt, facts } = live;
    const { identity = "", id } = attempt;
    const now = this.#options.clock.now();
    attempt.state = "connected";
    const found = this.#reconnects.opened(attempt, facts.subprotocol ?? "", now);
    const rival = this.#live.get(this.#open.get(identity) ?? 0);
    const both = rival && `${rival.attempt.remoteAddress}, ${attempt.remoteAddress}`;
    facts.after = [...found.causes, ...(both ? [{ code: "same-identity", said: both } as const] : [])];
    if (found.gapMs !== undefined) attempt.gapMs = found.gapMs;
    this.#open.set(identity, id);
    live.bootTimer = this.#options.clock.after(bootWaitMs, () => this.#add(live, { code: "no-boot" }));
  }

  #closed(live: Live, ended: CloseCause, said: Spoken | undefined): void {
    const { attempt, facts } = live;
    const own = (ended === "station" || ended === "lost") && this.#options.ownChange?.(attempt.identity ?? "");
    const cause = own ? "own-change" : ended;
    if (!this.#live.has(attempt.id)) return;
    live.bootTimer?.stop();
    if (this.#open.get(attempt.identity ?? "") === attempt.id) this.#open.delete(attempt.identity ?? "");
    this.#reconnects.closed(attempt, this.#options.clock.now(), cause);
    const code = whenClosed[cause];
    if (code) this.#add(live, said === undefined ? { code } : { code, said });
    const waited = facts.after.some(({ code }) => code === "no-boot");
    const early = attempt.boot === undefined && !waited && (cause === "station" || cause === "lost");
    if (early) this.#add(live, { code: "closed-before-boot" });
    this.#end(live, early ? "stopped" : "ended");
  }

  #add(live: Live, cause: Cause): void {
    live.facts.after = [...live.facts.after, cause];
    this.#touch(live);
  }

  #stop(live: Live, end: NonNullable<Facts["end"]>): void {
    if (!this.#live.has(live.attempt.id)) return;
    live.facts.end ??= end;
    this.#end(live, "stopped");
  }

  #forget({ attempt, shown }: Live): void {
    this.#live.delete(attempt.id);
    this.#changed.delete(attempt.id);
    if (shown) this.#tell({ ...attempt, into: 0 });
  }

  /** It is over: it becomes a row, or is counted in the row of others like it. */
  #end(live: Live, state: Attempt["state"]): void {
    const { attempt } = live;
    this.#live.delete(attempt.id);
    attempt.state = state;
    attempt.endedAt = this.#options.clock.now();
    const own = toRow(live);
    const row = this.#repeats.count(own);
    this.#rows.delete(row.id);
    this.#rows.set(row.id, row);
    if (this.#rows.size > attemptsShown) this.#rows.delete(this.#rows.keys().next().value ?? 0);
    this.#tell(row);
    if (row.id === own.id) return;
    if (!live.shown) return void this.#changed.delete(own.id);
    this.#into.set(own.id, row.id);
    if (this.#into.size > attemptsShown) this.#into.delete(this.#into.keys().next().value ?? 0);
    this.#tell({ ...own, into: row.id });
  }

  #touch(live: Live): void {
    if (this.#live.has(live.attempt.id)) this.#tell(live.attempt);
  }

  #tell(row: Attempt): void {
    this.#changed.set(row.id, row);
    this.#timer ??= this.#options.clock.after(tellMs, () => this.flush());
  }
}

/** Ends that have a cause of their own, with a cure. */
const whenClosed: Partial<Record<CloseCause, CauseCode>> = {
  "ping-unanswered": "ping-unanswered",
  "not-reading": "not-reading",
  "over-limit": "over-limit",
  "slow-frame": "slow-frame",
  "protocol-error": "protocol-error",
};

const answers = new Set<Cause["code"]>(["no-boot", "boot-pending", "boot-rejected"]);

/** The row as it is now; made when it is looked at, not with every byte. */
function toRow({ attempt, facts }: Live): Attempt {
  const row: Attempt = { ...attempt, times: { ...attempt.times }, causes: judge(soFar(facts)), bytes: facts.bytes };
  if (facts.hello) row.hello = facts.hello;
  if (facts.tlsError !== undefined) row.tls = { ...row.tls, error: facts.tlsError.trim().slice(0, 500) };
  if (facts.offered) row.offered = [...facts.offered];
  if (facts.subprotocol !== undefined) row.subprotocol = facts.subprotocol;
  if (facts.start.length > 0) row.raw = maskedStart(facts.start, rawLimit);
  return row;
}

/** What stands still is judged as if it ended so, until it goes on. */
function soFar(facts: Facts): Facts {
  return facts.waiting ? { end: "time", ...facts } : facts;
}

/** What was going on when the last life of this program ended is over; when, nobody knows. */
function ofEarlierLife(attempt: Attempt): Attempt {
  if (attempt.state === "under-way") return { ...attempt, state: "stopped" };
  return attempt.state === "connected" ? { ...attempt, state: "ended" } : attempt;
}
