import type { Clock, Timer } from "../../lib/clock.ts";
import { createEmitter, type Emitter } from "../../lib/emitter.ts";
import type { Logger } from "../../lib/logger.ts";
import type { Spoken } from "../../lib/words.ts";
import { carryOut } from "../../session/commands.ts";
import type { Journal } from "../../session/journal.ts";
import type { Registry } from "../../session/registry.ts";
import type { StationEntry } from "../../session/station-entry.ts";
import type { CommandOutcome, SecurityCommand, SecurityFacts, StationCommand } from "../../station/commands.ts";
import { failure, whyOf } from "../../station/failure.ts";
import { closingText, words } from "../../station/phrases.ts";
import type { PasswordHash } from "../../store/access.ts";
import type { ProceduresRepository } from "../../store/procedures.ts";
import type { Admitted } from "../access/authentication.ts";
import type { AccessBook } from "../access/logic.ts";
import type { Procedure, ProcedureView, StepName, StepReason } from "./contract.ts";
import { type Advanced, advance, begin, type Effect, type ProcedureEvent, type StepCommand } from "./machine.ts";

/** What a check of a step found. */
export type CheckResult = { result: "ok" | "failed" | "skipped"; why?: StepReason; said?: Spoken };

export type RunnerOptions = {
  registry: Registry;
  journal: Journal;
  clock: Clock;
  log: Logger;
  access: AccessBook;
  repository: ProceduresRepository<Procedure>;
  check: (
    step: StepName,
    entry: StationEntry,
    procedure: Procedure,
    anyway: boolean,
  ) => CheckResult | Promise<CheckResult>;
};

/** What a running procedure needs and nobody may store. `stored`: the password that the station had and did not show. */
type Held = { password?: string; hash?: PasswordHash; anyway: boolean; stored?: PasswordHash };

/** What changes the access of a station. */
const keeping = new Set<Effect["do"]>(["keep-both", "adopt", "store"]);

/** The guarded procedures of all stations, one at a time each. */
export type Procedures = {
  latest(identity: string): ProcedureView | null;
  underWay(identity: string): boolean;
  /** @throws FailureError conflict while another is under way */
  start(entry: StationEntry, procedure: Procedure, held: Held): ProcedureView;
  /** @throws FailureError not-found, or conflict when nothing is under way */
  cancel(identity: string): ProcedureView;
  /** Somebody has decided which password is asked for from now on. */
  chosen(identity: string, kept: NonNullable<Procedure["kept"]>): void;
  /** The access control has let a station in. */
  admitted(admitted: Admitted): void;
  /** Forgets the procedures of a station; none is under way. */
  forget(identity: string): void;
  readonly changed: Emitter<ProcedureView>;
  dispose(): void;
};

/** Makes the runner, and takes up what was under way when the core last ended. Each step is stored before it is done. */
export function createProcedures(options: RunnerOptions): Procedures {
  const { registry, journal, clock, log, access, repository } = options;
  const latest = new Map<string, ProcedureView>();
  const held = new Map<number, Held>();
  const timers = new Map<number, Timer[]>();
  const connections = new Map<StationEntry, number>();
  const changed = createEmitter<ProcedureView>(log);

  function happen(view: ProcedureView, event: ProcedureEvent): void {
    const current = latest.get(view.identity);
    if (current?.id === view.id) take(current, advance(current, event, clock.now()));
  }

  function take(view: ProcedureView, { procedure, effects }: Advanced): void {
    if (procedure === view && effects.length === 0) return;
    const { id, identity, ...body } = { ...procedure, id: view.id, identity: view.identity };
    const next: ProcedureView = { ...body, id, identity };
    latest.set(identity, next);
    if (next.state !== "under-way" || effects.some((effect) => effect.do === "wait")) stopTimers(id);
    for (const effect of effects) if (keeping.has(effect.do)) keep(next, effect);
    repository.save(id, body);
    changed.emit(next);
    for (const effect of effects) carry(next, effect);
    if (next.state !== "under-way") held.delete(id);
  }

  /** What is good at the door is stored before the step that relies on it. */
  function keep({ id, identity, kind, profile }: ProcedureView, effect: Effect): void {
    const row = access.find(identity);
    const shown = registry.get(identity)?.session?.password === "next";
    const adopted = { password: row?.nextPassword, nextPassword: undefined, unshown: undefined };
    if (effect.do === "store") access.change(identity, { password: undefined, unshown: true });
    else if (effect.do === "adopt") {
      const passwords = row?.nextPassword && (kind === "password" || shown) ? adopted : {};
      access.change(identity, kind === "profile" ? { ...passwords, profile } : passwords);
    } else {
      const secrets = held.get(id);
      if (kind !== "password" || !secrets?.hash) return;
      if (row?.unshown) held.set(id, { ...secrets, stored: row.nextPassword });
      access.change(identity, { nextPassword: secrets.hash });
    }
  }

  function carry(view: ProcedureView, effect: Effect): void {
    const entry = registry.get(view.identity);
    switch (effect.do) {
      case "check":
        return void checkStep(view, effect.step);
      case "send":
        return void sendStep(view, effect.step, effect.command);
      case "forget":
        if (view.kind === "password") forget(view);
        return;
      case "wait":
        return wait(view, effect);
      case "redial":
        if (entry?.session && entry.state.link.connection === view.connection) {
          entry.session.close(1012, closingText("close-come-back"), "asked");
        }
        return;
    }
  }

  /** Nothing of the new is with the station; what it had and did not show, it has. */
  function forget({ id, identity }: ProcedureView): void {
    const stored = held.get(id)?.stored;
    access.change(identity, { nextPassword: stored, unshown: stored && true });
  }

  function wait(view: ProcedureView, { untilReturn, untilRedial }: Extract<Effect, { do: "wait" }>): void {
    const running = [clock.after(untilReturn, () => happen(view, { type: "time-out" }))];
    if (untilRedial !== null) running.push(clock.after(untilRedial, () => happen(view, { type: "lingering" })));
    timers.set(view.id, running);
  }

  function stopTimers(id: number): void {
    for (const timer of timers.get(id) ?? []) timer.stop();
    timers.delete(id);
  }

  async function checkStep(view: ProcedureView, step: StepName): Promise<void> {
    const entry = registry.get(view.identity);
    const offline: CheckResult = { result: "failed", why: "offline" };
    const anyway = held.get(view.id)?.anyway ?? false;
    try {
      const found = entry?.session ? await options.check(step, entry, view, anyway) : offline;
      happen(view, { type: "checked", step, ...found });
    } catch (error) {
      log.bug("a step could not be checked", { station: view.identity, step, error });
      happen(view, { type: "checked", step, result: "failed", why: "refused", said: whyOf(error) });
    }
  }

  async function sendStep(view: ProcedureView, step: StepName, wanted: StepCommand): Promise<void> {
    const entry = registry.get(view.identity);
    let outcome: CommandOutcome = { result: "offline" };
    let facts: SecurityFacts | undefined;
    const command = entry?.session ? complete(view, wanted) : null;
    try {
      if (entry?.session && command) {
        const { dialect } = entry.session;
        const { connection } = entry.state.link;
        if (step === "send") latest.set(view.identity, { ...(latest.get(view.identity) ?? view), connection });
        outcome = await carryOut(journal, entry, command, "guarded-change");
        if (step === "snapshot" && outcome.answer) facts = dialect.readSecurity(JSON.parse(outcome.answer));
      }
    } catch (error) {
      log.bug("a step could not be sent", { station: view.identity, step, error });
      // Nobody knows how far it came: the machine keeps the way back open, as for a station that says nothing.
      outcome = { result: "no-answer" };
    }
    happen(view, { type: "answered", step, outcome, facts });
  }

  function complete(
    { id, form = "text" }: ProcedureView,
    wanted: StepCommand,
  ): StationCommand | SecurityCommand | null {
    if (wanted.name !== "set-password") return wanted;
    const password = held.get(id)?.password;
    return password === undefined ? null : { ...wanted, password, form };
  }

  const following = registry.changed.on((entry) => {
    const { link } = entry.state;
    if (link.state !== "online" || link.connection === undefined) return;
    if (connections.get(entry) === link.connection) return;
    connections.set(entry, link.connection);
    const view = latest.get(entry.identity);
    if (!view || link.connection === view.connection) return;
    const which = view.valid === "both" || view.valid === "stored" ? (entry.session?.password ?? null) : null;
    const { connection, securityProfile = 0 } = link;
    const row = access.find(entry.identity);
    const comesWithPassword = securityProfile === 1 || securityProfile === 2;
    const unproven = comesWithPassword && which === null && row?.nextPassword !== undefined;
    happen(view, { type: "returned", which, securityProfile, connection, unproven });
  });

  for (const { id, identity, body } of repository.latest()) latest.set(identity, { ...body, id, identity });
  for (const view of [...latest.values()]) happen(view, { type: "core-restarted" });

  return {
    latest: (identity) => latest.get(identity) ?? null,
    underWay: (identity) => latest.get(identity)?.state === "under-way",
    start(entry, procedure, secrets) {
      if (latest.get(entry.identity)?.state === "under-way") {
        throw failure("conflict", words("change-under-way", { identity: entry.identity }));
      }
      const { identity } = entry;
      const id = repository.add(identity, procedure);
      const view: ProcedureView = { ...procedure, id, identity };
      held.set(id, secrets);
      latest.set(identity, view);
      take(view, begin(procedure, clock.now()));
      return latest.get(identity) ?? view;
    },
    cancel(identity) {
      const view = latest.get(identity);
      if (!view) throw failure("not-found", words("never-changed", { identity }));
      if (view.state !== "under-way") throw failure("conflict", words("no-change-under-way", { identity }));
      happen(view, { type: "cancel" });
      return latest.get(identity) ?? view;
    },
    admitted(admitted) {
      const { identity, which } = admitted;
      if (access.find(identity)?.nextPassword) access.change(identity, { used: { which, at: clock.now() } });
    },
    chosen(identity, kept) {
      const view = latest.get(identity);
      if (view) happen(view, { type: "chosen", kept });
    },
    forget(identity) {
      latest.delete(identity);
    },
    changed,
    dispose() {
      void following.dispose();
      for (const id of [...timers.keys()]) stopTimers(id);
    },
  };
}
