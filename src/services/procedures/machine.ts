import type { Spoken } from "../../lib/words.ts";
import type { CommandOutcome, SecurityCommand, SecurityFacts, StationCommand } from "../../station/commands.ts";
import type { Advanced as AdvancedRun } from "../../steps/plan.ts";
import type { Procedure, ProcedureStep, StepName, StepReason } from "./contract.ts";

/** What happens to a procedure. */
export type ProcedureEvent =
  | { type: "checked"; step: StepName; result: "ok" | "failed" | "skipped"; why?: StepReason; said?: Spoken }
  /** `unsure`: it may have gone out, though no frame is known of it. */
  | { type: "answered"; step: StepName; outcome: CommandOutcome; facts?: SecurityFacts; unsure?: boolean }
  /** The station has connected anew. `unproven`: with a password, and not with the one that it is known to have. */
  | {
      type: "returned";
      which: "current" | "next" | null;
      securityProfile: number;
      connection: number;
      unproven?: boolean;
    }
  /** It is still on the link that it had. */
  | { type: "lingering" }
  | { type: "time-out" }
  | { type: "cancel" }
  /** Somebody has decided which password is good from now on. */
  | { type: "chosen"; kept: NonNullable<Procedure["kept"]> }
  /** The core was started anew in the middle. */
  | { type: "core-restarted" };

/** What the procedure wants done; each brings an event of its own, but for those that cannot fail. */
export type Effect =
  | { do: "check"; step: StepName }
  | { do: "send"; step: StepName; command: StepCommand }
  /** The new is good beside the old from here on; stored before anything goes out. */
  | { do: "keep-both" }
  /** The new alone. */
  | { do: "adopt" }
  /** The new is with a station that shows none: it is kept until it does, and none is asked for. */
  | { do: "store" }
  /** The old alone: nothing of the new is with the station. */
  | { do: "forget" }
  | { do: "wait"; untilReturn: number; untilRedial: number | null }
  | { do: "redial" };

/** A command of a step. The password is put in by whoever holds it. */
export type StepCommand =
  | Exclude<SecurityCommand, { name: "set-password" }>
  | StationCommand
  | { name: "set-password" };

export type Advanced = AdvancedRun<Procedure, Effect>;

/** Field notes, pain 12: redial gaps of 6 to 19 minutes are seen. */
export const returnWaitMs = 20 * 60_000;
/** A station that stays on its old link so long is made to dial anew. */
export const redialWaitMs = 20_000;

const checks = new Set<StepName>(["way-in", "tls", "root", "client-certificate", "password"]);

/** Begins: the first step is under way. */
export function begin(procedure: Procedure, now: number): Advanced {
  return proceed(procedure, now);
}

/** What an event makes of a procedure, and what is to be done then. Pure. */
export function advance(procedure: Procedure, event: ProcedureEvent, now: number): Advanced {
  switch (event.type) {
    case "checked":
      return isUnderWay(procedure, event.step) ? checked(procedure, event, now) : still(procedure);
    case "answered":
      return isUnderWay(procedure, event.step) ? answered(procedure, event, now) : still(procedure);
    case "returned":
      return returned(procedure, event, now);
    case "lingering":
      return isUnderWay(procedure, "return") ? { run: procedure, effects: [{ do: "redial" }] } : still(procedure);
    case "time-out":
      if (!isUnderWay(procedure, "return")) return still(procedure);
      return end(mark(procedure, "return", "failed", now, { why: "time-out" }), "timed-out", now);
    case "cancel":
      return cancel(procedure, now);
    case "chosen":
      return chosen(procedure, event.kept);
    case "core-restarted":
      return restarted(procedure, now);
  }
}

function checked(procedure: Procedure, event: Extract<ProcedureEvent, { type: "checked" }>, now: number): Advanced {
  const { step, result, why, said } = event;
  if (result === "failed") return end(mark(procedure, step, "failed", now, { why, said }), "failed", now);
  return proceed(mark(procedure, step, result === "ok" ? "done" : "skipped", now, { why, said }), now);
}

function answered(procedure: Procedure, event: Extract<ProcedureEvent, { type: "answered" }>, now: number): Advanced {
  const { step, outcome, facts, unsure = false } = event;
  const { frame, answerFrame, why: said, result } = outcome;
  const frames = { frame, answerFrame };
  const accepted = result === "accepted" || result === "scheduled";
  if (step === "snapshot") {
    if (!accepted) return proceed(mark(procedure, step, "skipped", now, { ...frames, why: "not-told", said }), now);
    const before = { ...procedure.before, ...facts };
    return proceed({ ...mark(procedure, step, "done", now, frames), before }, now);
  }
  if (step === "restart" && result !== "offline") {
    // Some stations restart without an answer; one that will not can be restarted by hand.
    const lost = result === "no-answer" || result === "unreadable";
    if (accepted || lost)
      return proceed(mark(procedure, step, "done", now, { ...frames, why: lost ? result : undefined }), now);
    return proceed(mark(procedure, step, "skipped", now, { ...frames, why: "restart-by-hand", said }), now);
  }
  if (accepted) {
    const marked = mark(procedure, step, "done", now, { ...frames, said });
    return proceed(
      typeof said === "string" && said.startsWith("RebootRequired") ? wanting(marked, "restart") : marked,
      now,
    );
  }
  const lost = (result === "no-answer" || result === "unreadable") && (frame !== undefined || unsure);
  if (lost && isLastSend(procedure, step)) {
    // It may have taken the change all the same: both stay good, and it is waited for.
    return proceed(mark(procedure, step, "done", now, { ...frames, why: result }), now);
  }
  const why = result === "no-answer" && !lost ? "offline" : refusals[result];
  return end(mark(procedure, step, "failed", now, { ...frames, why, said }), "failed", now);
}

const refusals: Record<CommandOutcome["result"], StepReason> = {
  accepted: "refused",
  scheduled: "refused",
  rejected: "refused",
  unsupported: "not-supported",
  unreadable: "unreadable",
  "no-answer": "no-answer",
  offline: "offline",
};

function returned(procedure: Procedure, event: Extract<ProcedureEvent, { type: "returned" }>, now: number): Advanced {
  const waits = isUnderWay(procedure, "return");
  // Long after we gave up it may still come.
  const late = procedure.state !== "under-way" && (procedure.valid === "both" || procedure.valid === "stored");
  if (!waits && !late) return still(procedure);
  const reached = reaches(procedure, event.securityProfile);
  // Required of a station that has another password than we know, a profile would lock it out.
  const arrived = procedure.kind === "password" ? event.which === "next" : reached && !event.unproven;
  if (arrived) {
    const there = mark(procedure, "return", "done", now);
    // Whatever step we gave up before is not needed any more.
    const steps = there.steps.map(
      (step): ProcedureStep =>
        step.state === "waiting" && step.name !== "settle" ? { ...step, state: "skipped", why: "not-needed" } : step,
    );
    return settle({ ...there, steps }, now);
  }
  if (!waits) return still(procedure);
  const why = procedure.kind === "password" ? "old-password" : reached ? "other-password" : "old-profile";
  const said = procedure.kind === "password" ? undefined : String(event.securityProfile);
  return { run: mark(procedure, "return", "under-way", now, { why, said }), effects: [] };
}

/** From below a profile is reached by any that is no lower; from above by itself alone. */
function reaches({ profile = 0, before }: Procedure, now: number): boolean {
  return (before.profile ?? 0) > profile ? now === profile : now >= profile;
}

function cancel(procedure: Procedure, now: number): Advanced {
  const current = procedure.steps.find(({ state }) => state === "under-way");
  if (procedure.state !== "under-way" || !current) return still(procedure);
  return end(mark(procedure, current.name, "failed", now, { why: "cancelled" }), "cancelled", now);
}

function chosen(procedure: Procedure, kept: NonNullable<Procedure["kept"]>): Advanced {
  if (procedure.kind !== "password" || procedure.state === "under-way" || procedure.valid !== "both") {
    return still(procedure);
  }
  return { run: { ...procedure, valid: kept === "new" ? "new" : "old", kept }, effects: [] };
}

/** Nothing of what was under way is known any more but what is stored. */
function restarted(procedure: Procedure, now: number): Advanced {
  const current = procedure.steps.find(({ state }) => state === "under-way");
  if (procedure.state !== "under-way" || !current) return still(procedure);
  if (current.name === "return") {
    const until = procedure.deadline ?? now;
    if (until <= now) return advance(procedure, { type: "time-out" }, now);
    return { run: procedure, effects: [{ do: "wait", untilReturn: until - now, untilRedial: redialWaitMs }] };
  }
  if (current.name === "settle") return settle(procedure, now);
  if (isLastSend(procedure, current.name)) {
    return proceed(mark(procedure, current.name, "done", now, { why: "core-restarted" }), now);
  }
  return end(mark(procedure, current.name, "failed", now, { why: "core-restarted" }), "failed", now);
}

/** Takes up the next step that waits. */
function proceed(procedure: Procedure, now: number): Advanced {
  const step = procedure.steps.find(({ state }) => state === "waiting");
  if (!step) return still(procedure);
  const { name } = step;
  const begun = mark(procedure, name, "under-way", now);
  if (checks.has(name)) return { run: begun, effects: [{ do: "check", step: name }] };
  switch (name) {
    case "snapshot":
      return { run: begun, effects: [{ do: "send", step: name, command: { name: "read-security" } }] };
    case "send": {
      const slot = procedure.slot ?? freeSlot(procedure.before.priority);
      const sending: Procedure = { ...begun, valid: "both", slot };
      return {
        run: sending,
        effects: [{ do: "keep-both" }, { do: "send", step: name, command: changeOf(sending) }],
      };
    }
    case "activate": {
      const { slot = 0, before } = procedure;
      const command: StepCommand = { name: "prefer-network-profile", slot, before: before.priority };
      return { run: begun, effects: [{ do: "send", step: name, command }] };
    }
    case "restart":
      return { run: begun, effects: [{ do: "send", step: name, command: { name: "reset", kind: "soft" } }] };
    case "return": {
      if (procedure.kind === "password" && !procedure.before.shown) return store(procedure, now);
      // A restart takes the link down by itself, as soon as no session is in its way.
      const restarts = procedure.steps.some((step) => step.name === "restart" && step.state === "done");
      const wait: Effect = { do: "wait", untilReturn: returnWaitMs, untilRedial: restarts ? null : redialWaitMs };
      return { run: { ...begun, deadline: now + returnWaitMs }, effects: [wait] };
    }
    default:
      return settle(procedure, now);
  }
}

/** The station is there with the new: it alone is good. */
function settle(procedure: Procedure, now: number): Advanced {
  const settled = mark(procedure, "settle", "done", now);
  return { run: { ...settled, state: "done", valid: "new", endedAt: now }, effects: [{ do: "adopt" }] };
}

/** A station that connects without a password (security profile 0 or 3) cannot prove a new one, however often it dials. */
function store(procedure: Procedure, now: number): Advanced {
  const told = mark(procedure, "return", "skipped", now, { why: "not-shown" });
  const unsure = procedure.steps.some((step) => step.name === "send" && isLost(step.why));
  const over = mark(told, "settle", "skipped", now, { why: "not-needed" });
  return {
    run: { ...over, state: unsure ? "failed" : "done", valid: "stored", endedAt: now },
    effects: [{ do: "store" }],
  };
}

function changeOf({ kind, profile = 0, url = "", slot = 0 }: Procedure): StepCommand {
  return kind === "password" ? { name: "set-password" } : { name: "set-security-profile", profile, url, slot };
}

/** The lowest configuration slot that is not in the order of connections (2.x B09). */
function freeSlot(priority = ""): number {
  const used = new Set(priority.split(",").map((slot) => Number(slot.trim())));
  let slot = 1;
  while (used.has(slot)) slot++;
  return slot;
}

/** Ends without the new: the old alone is good when nothing of the new can be with the station. */
function end(procedure: Procedure, state: Procedure["state"], now: number): Advanced {
  const ended = { ...procedure, state, endedAt: now };
  if (procedure.valid === "both" && mayHaveChanged(procedure)) return { run: ended, effects: [] };
  return { run: { ...ended, valid: "old" }, effects: [{ do: "forget" }] };
}

/** False as long as the station cannot act on a change: none went out, or it refused, or it was not yet told to use it. */
function mayHaveChanged({ steps }: Procedure): boolean {
  const sends = steps.filter(({ name }) => name === "send" || name === "activate");
  const last = sends.at(-1);
  return last !== undefined && (last.state === "done" || last.why === "cancelled" || isLost(last.why));
}

/** What was sent may have been taken, though nothing says so. */
function isLost(why: StepReason | undefined): boolean {
  return why === "no-answer" || why === "unreadable" || why === "core-restarted";
}

/** True for the message after which the station acts: what is lost there may have been heard. */
function isLastSend({ steps }: Procedure, name: StepName): boolean {
  return (
    steps.findLast((step) => step.name === "send" || step.name === "activate")?.name === name || name === "restart"
  );
}

function isUnderWay({ steps, state }: Procedure, name: StepName): boolean {
  return state === "under-way" && steps.some((step) => step.name === name && step.state === "under-way");
}

function still(procedure: Procedure): Advanced {
  return { run: procedure, effects: [] };
}

/** A step that was not needed is. */
function wanting(procedure: Procedure, name: StepName): Procedure {
  return {
    ...procedure,
    steps: procedure.steps.map((step) => (step.name === name ? { name, state: "waiting" } : step)),
  };
}

function mark(
  procedure: Procedure,
  name: StepName,
  state: ProcedureStep["state"],
  at: number,
  more: Partial<ProcedureStep> = {},
): Procedure {
  const said = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined));
  const steps = procedure.steps.map(
    (step): ProcedureStep => (step.name === name ? { name, state, at, ...said } : step),
  );
  return { ...procedure, steps };
}
