import type { Clock } from "../../lib/clock.ts";
import type { Emitter } from "../../lib/emitter.ts";
import type { Logger } from "../../lib/logger.ts";
import type { Spoken } from "../../lib/words.ts";
import { carryOut } from "../../session/commands.ts";
import type { Journal } from "../../session/journal.ts";
import type { Registry } from "../../session/registry.ts";
import type { StationEntry } from "../../session/station-entry.ts";
import type { CommandOutcome, SecurityCommand, SecurityFacts, StationCommand } from "../../station/commands.ts";
import { failure, whyOf } from "../../station/failure.ts";
import { closingText, words } from "../../station/phrases.ts";
import type { Plan, RunStore, StepTools } from "../../steps/plan.ts";
import { createRunner } from "../../steps/runner.ts";
import type { PasswordHash } from "../../store/access.ts";
import type { Admitted } from "../access/authentication.ts";
import type { AccessBook } from "../access/logic.ts";
import type { Procedure, ProcedureView, StepName, StepReason } from "./contract.ts";
import { advance, begin, type Effect, type ProcedureEvent, type StepCommand } from "./machine.ts";

/** What a check of a step found. */
export type CheckResult = { result: "ok" | "failed" | "skipped"; why?: StepReason; said?: Spoken };

export type GuardedChangeOptions = {
  registry: Registry;
  journal: Journal;
  clock: Clock;
  log: Logger;
  access: AccessBook;
  store: RunStore<Procedure>;
  check: (
    step: StepName,
    entry: StationEntry,
    procedure: Procedure,
    anyway: boolean,
  ) => CheckResult | Promise<CheckResult>;
};

/** What a running procedure needs and nobody may store. `stored`: the password that the station had and did not show. */
type Secrets = { password?: string; hash?: PasswordHash; anyway: boolean; stored?: PasswordHash };

type Tools = StepTools<Procedure, ProcedureEvent, Secrets>;

/** The guarded changes of all stations, one at a time each. */
export type Procedures = {
  latest(identity: string): ProcedureView | null;
  underWay(identity: string): boolean;
  /** @throws FailureError conflict while another is under way */
  start(entry: StationEntry, procedure: Procedure, secrets: Secrets): ProcedureView;
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

/** Makes the guarded changes, and takes up what was under way when the core last ended. */
export function createGuardedChanges(options: GuardedChangeOptions): Procedures {
  const { registry, access, clock, log } = options;
  const runner = createRunner({ plan: guardedChange(options), store: options.store, clock, log });
  const connections = new Map<StationEntry, number>();

  const following = registry.changed.on((entry) => {
    const { link } = entry.state;
    if (link.state !== "online" || link.connection === undefined) return;
    if (connections.get(entry) === link.connection) return;
    connections.set(entry, link.connection);
    const view = runner.latest(entry.identity);
    if (!view || link.connection === view.connection) return;
    const which = view.valid === "both" || view.valid === "stored" ? (entry.session?.password ?? null) : null;
    const { connection, securityProfile = 0 } = link;
    const comesWithPassword = securityProfile === 1 || securityProfile === 2;
    const unproven = comesWithPassword && which === null && access.find(entry.identity)?.nextPassword !== undefined;
    runner.happen(entry.identity, { type: "returned", which, securityProfile, connection, unproven });
  });
  runner.resume();

  return {
    latest: runner.latest,
    underWay: runner.underWay,
    start({ identity }, procedure, secrets) {
      if (runner.underWay(identity)) throw failure("conflict", words("change-under-way", { identity }));
      return runner.start(identity, procedure, secrets);
    },
    cancel(identity) {
      const view = runner.latest(identity);
      if (!view) throw failure("not-found", words("never-changed", { identity }));
      if (view.state !== "under-way") throw failure("conflict", words("no-change-under-way", { identity }));
      return runner.happen(identity, { type: "cancel" }) ?? view;
    },
    admitted({ identity, which }) {
      if (access.find(identity)?.nextPassword) access.change(identity, { used: { which, at: clock.now() } });
    },
    chosen: (identity, kept) => void runner.happen(identity, { type: "chosen", kept }),
    forget: runner.forget,
    changed: runner.changed,
    dispose() {
      void following.dispose();
      void runner.dispose();
    },
  };
}

/** The change of a password or a security profile, as a plan of steps. */
function guardedChange(options: GuardedChangeOptions): Plan<Procedure, ProcedureEvent, Effect, Secrets> {
  const { registry, journal, log, access } = options;

  /** What is good at the door is stored before the step that relies on it. */
  function keep(effect: Effect, { run, secrets, holdSecrets }: Tools): void {
    const { identity, kind, profile } = run;
    const row = access.find(identity);
    switch (effect.do) {
      case "store":
        return void access.change(identity, { password: undefined, unshown: true });
      case "adopt": {
        const shown = registry.get(identity)?.session?.password === "next";
        const adopted = { password: row?.nextPassword, nextPassword: undefined, unshown: undefined };
        const passwords = row?.nextPassword && (kind === "password" || shown) ? adopted : {};
        return void access.change(identity, kind === "profile" ? { ...passwords, profile } : passwords);
      }
      case "keep-both":
        if (kind !== "password" || !secrets?.hash) return;
        if (row?.unshown) holdSecrets({ ...secrets, stored: row.nextPassword });
        return void access.change(identity, { nextPassword: secrets.hash });
    }
  }

  function carry(effect: Effect, tools: Tools): void {
    const { run, secrets, wait } = tools;
    const entry = registry.get(run.identity);
    switch (effect.do) {
      case "check":
        return void check(effect.step, entry, tools);
      case "send":
        return void send(effect.step, effect.command, entry, tools);
      case "forget":
        // Nothing of the new is with the station; what it had and did not show, it has.
        if (run.kind === "password")
          access.change(run.identity, { nextPassword: secrets?.stored, unshown: secrets?.stored && true });
        return;
      case "wait": {
        const { untilReturn, untilRedial } = effect;
        const over = { after: untilReturn, event: { type: "time-out" } } as const;
        const lingering = { type: "lingering" } as const;
        return wait(untilRedial === null ? [over] : [over, { after: untilRedial, event: lingering }]);
      }
      case "redial":
        if (entry?.session && entry.state.link.connection === run.connection) {
          entry.session.close(1012, closingText("close-come-back"), "asked");
        }
    }
  }

  async function check(step: StepName, entry: StationEntry | undefined, tools: Tools): Promise<void> {
    const { run, secrets, happen } = tools;
    const offline: CheckResult = { result: "failed", why: "offline" };
    try {
      const found = entry?.session ? await options.check(step, entry, run, secrets?.anyway ?? false) : offline;
      happen({ type: "checked", step, ...found });
    } catch (error) {
      log.bug("a step could not be checked", { station: run.identity, step, error });
      happen({ type: "checked", step, result: "failed", why: "refused", said: whyOf(error) });
    }
  }

  async function send(
    step: StepName,
    wanted: StepCommand,
    entry: StationEntry | undefined,
    tools: Tools,
  ): Promise<void> {
    const { run, secrets, happen, remember } = tools;
    let outcome: CommandOutcome = { result: "offline" };
    let facts: SecurityFacts | undefined;
    let unsure = false;
    const command = entry?.session ? complete(wanted, run, secrets) : null;
    try {
      if (entry?.session && command) {
        const { dialect } = entry.session;
        if (step === "send") remember({ connection: entry.state.link.connection });
        outcome = await carryOut(journal, entry, command, "guarded-change");
        if (step === "snapshot" && outcome.answer) facts = dialect.readSecurity(JSON.parse(outcome.answer));
      }
    } catch (error) {
      log.bug("a step could not be sent", { station: run.identity, step, error });
      // Nobody knows how far it came: the machine keeps the way back open, as for a station that says nothing.
      outcome = { result: "no-answer" };
      unsure = true;
    }
    happen({ type: "answered", step, outcome, facts, unsure });
  }

  return { begin, advance, restarted: { type: "core-restarted" }, keep, carry };
}

/** A command as it goes out; null where the password that it needs is not known any more. */
function complete(
  wanted: StepCommand,
  { form = "text" }: Procedure,
  secrets: Secrets | undefined,
): StationCommand | SecurityCommand | null {
  if (wanted.name !== "set-password") return wanted;
  const password = secrets?.password;
  return password === undefined ? null : { ...wanted, password, form };
}
