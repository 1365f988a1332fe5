import { describe, expect, it, test } from "vitest";
import type { CommandOutcome } from "../../station/commands.ts";
import type { Procedure, ProcedureStep, StepName } from "./contract.ts";
import {
  type Advanced,
  advance,
  begin,
  type Effect,
  type ProcedureEvent,
  redialWaitMs,
  returnWaitMs,
} from "./machine.ts";

const start = Date.UTC(2026, 5, 1);
const accepted: CommandOutcome = { result: "accepted", frame: 11, answerFrame: 12 };

function procedure(part: Omit<Partial<Procedure>, "steps"> & { steps: (StepName | ProcedureStep)[] }): Procedure {
  const steps = part.steps.map(
    (step): ProcedureStep => (typeof step === "string" ? { name: step, state: "waiting" } : step),
  );
  return {
    kind: "password",
    form: "text",
    state: "under-way",
    valid: "old",
    startedAt: start,
    before: { hadPassword: true, shown: true },
    ...part,
    steps,
  };
}

const password = procedure({
  steps: ["way-in", "snapshot", "send", { name: "restart", state: "skipped", why: "not-needed" }, "return", "settle"],
});
const profile2 = procedure({
  kind: "profile",
  profile: 2,
  url: "wss://192.0.2.1:9000/",
  steps: ["way-in", "tls", "root", "password", "snapshot", "send", "activate", "restart", "return", "settle"],
});

/** Lets events happen a second apart. */
function play(from: Procedure, ...events: ProcedureEvent[]): Advanced & { all: Effect[] } {
  let now = start;
  let { run: at, effects } = begin(from, now);
  const all = [...effects];
  for (const event of events) {
    now += 1000;
    ({ run: at, effects } = advance(at, event, now));
    all.push(...effects);
  }
  return { run: at, effects, all };
}

const ok = (step: StepName): ProcedureEvent => ({ type: "checked", step, result: "ok" });
const said = (step: StepName, outcome = accepted): ProcedureEvent => ({ type: "answered", step, outcome });
const back = (which: "current" | "next" | null, securityProfile = 1): ProcedureEvent => ({
  type: "returned",
  which,
  securityProfile,
  connection: 50,
});
const sent = [ok("way-in"), said("snapshot"), said("send")];

function words({ run: { state, valid, steps } }: Advanced) {
  return { state, valid, steps: steps.map((step) => `${step.name} ${step.state}${step.why ? ` ${step.why}` : ""}`) };
}

describe("a change of password", () => {
  it("checks, looks, sends, waits, and keeps the new alone when the station is back with it", () => {
    const whole = play(password, ...sent, back("next"));
    expect(words(whole)).toEqual({
      state: "done",
      valid: "new",
      steps: ["way-in done", "snapshot done", "send done", "restart skipped not-needed", "return done", "settle done"],
    });
    expect(whole.all).toEqual([
      { do: "check", step: "way-in" },
      { do: "send", step: "snapshot", command: { name: "read-security" } },
      { do: "keep-both" },
      { do: "send", step: "send", command: { name: "set-password" } },
      { do: "wait", untilReturn: returnWaitMs, untilRedial: redialWaitMs },
      { do: "adopt" },
    ]);
    expect(whole.run.steps[2]).toEqual({
      name: "send",
      state: "done",
      at: start + 3000,
      frame: 11,
      answerFrame: 12,
    });
    expect(whole.run.endedAt).toBe(start + 4000);
  });

  it("sends nothing when the way in is not ready", () => {
    const stopped = play(password, { type: "checked", step: "way-in", result: "failed", why: "not-listening" });
    expect(words(stopped)).toMatchObject({ state: "failed", valid: "old" });
    expect(stopped.all.some((effect) => effect.do === "send")).toBe(false);
  });

  it("goes on when the station does not tell how it is set", () => {
    const rejected: CommandOutcome = { result: "rejected", why: "Rejected" };
    const on = play(password, ok("way-in"), said("snapshot", rejected));
    expect(on.run.steps[1]).toMatchObject({ state: "skipped", why: "not-told", said: "Rejected" });
    expect(on.effects.map((effect) => effect.do)).toEqual(["keep-both", "send"]);
  });

  test.each([
    ["rejected", "refused"],
    ["unsupported", "not-supported"],
    ["offline", "offline"],
  ] as const)("forgets the new when the station answers %s", (result, why) => {
    const refused = play(password, ok("way-in"), said("snapshot"), said("send", { result, frame: 11 }));
    expect(words(refused)).toMatchObject({ state: "failed", valid: "old" });
    expect(refused.run.steps[2]?.why).toBe(why);
    expect(refused.effects).toEqual([{ do: "forget" }]);
  });

  it("forgets the new when it never went out", () => {
    const never = play(password, ok("way-in"), said("snapshot"), said("send", { result: "no-answer" }));
    expect(words(never)).toMatchObject({ state: "failed", valid: "old" });
    expect(never.run.steps[2]?.why).toBe("offline");
  });

  it("keeps both and waits when nobody knows whether it went out", () => {
    const outcome: CommandOutcome = { result: "no-answer" };
    const unsure = play(password, ok("way-in"), said("snapshot"), {
      type: "answered",
      step: "send",
      outcome,
      unsure: true,
    });
    expect(words(unsure)).toMatchObject({ state: "under-way", valid: "both" });
    expect(unsure.run.steps[2]).toMatchObject({ state: "done", why: "no-answer" });
  });

  it("keeps both and waits when the answer was lost", () => {
    const lost = play(password, ok("way-in"), said("snapshot"), said("send", { result: "no-answer", frame: 11 }));
    expect(words(lost)).toMatchObject({ state: "under-way", valid: "both" });
    expect(lost.run.steps[4]?.state).toBe("under-way");
  });

  it("restarts a station that says it needs it", () => {
    const needs: CommandOutcome = { ...accepted, why: "RebootRequired" };
    const on = play(password, ok("way-in"), said("snapshot"), said("send", needs));
    expect(on.effects).toEqual([{ do: "send", step: "restart", command: { name: "reset", kind: "soft" } }]);
    const waiting = advance(on.run, said("restart", { result: "no-answer", frame: 13 }), start);
    expect(waiting.effects).toEqual([{ do: "wait", untilReturn: returnWaitMs, untilRedial: null }]);
  });

  it.each(["RebootRequired", "RebootRequired: NewKey"])("takes %s for that, and no other word", (why) => {
    const on = (outcome: CommandOutcome) => play(password, ok("way-in"), said("snapshot"), said("send", outcome));
    expect(on({ ...accepted, why }).run.steps[3]).toMatchObject({ name: "restart", state: "under-way" });
    expect(on({ ...accepted, why: `no ${why}` }).run.steps[3]?.state).toBe("skipped");
  });

  it("keeps both where the station is gone before it could be restarted", () => {
    const needs: CommandOutcome = { ...accepted, why: "RebootRequired" };
    const gone = said("restart", { result: "offline" });
    const over = play(password, ok("way-in"), said("snapshot"), said("send", needs), gone);
    expect(words(over)).toMatchObject({ state: "failed", valid: "both" });
    expect(over.run.steps[3]).toMatchObject({ state: "failed", why: "offline" });
  });

  it("asks for a restart by hand where the station refuses one", () => {
    const needs: CommandOutcome = { ...accepted, why: "RebootRequired" };
    const on = play(
      password,
      ok("way-in"),
      said("snapshot"),
      said("send", needs),
      said("restart", { result: "rejected" }),
    );
    expect(on.run.steps[3]).toMatchObject({ state: "skipped", why: "restart-by-hand" });
    expect(on.effects[0]?.do).toBe("wait");
  });

  it("goes on waiting when the station is back with the old", () => {
    const old = play(password, ...sent, back("current"));
    expect(words(old)).toMatchObject({ state: "under-way", valid: "both" });
    expect(old.run.steps[4]).toMatchObject({ name: "return", state: "under-way", why: "old-password" });
  });

  it("makes a station dial anew that stays on its link", () => {
    expect(play(password, ...sent, { type: "lingering" }).effects).toEqual([{ do: "redial" }]);
  });

  it("leaves both good when the station does not come back, and takes it when it comes after all", () => {
    const gone = play(password, ...sent, { type: "time-out" });
    expect(words(gone)).toMatchObject({ state: "timed-out", valid: "both" });
    expect(gone.effects).toEqual([]);
    const late = advance(gone.run, back("next"), start + 3_600_000);
    expect(words(late)).toMatchObject({ state: "done", valid: "new" });
    expect(late.effects).toEqual([{ do: "adopt" }]);
    expect(late.run.endedAt).toBe(start + 3_600_000);
  });

  it("cancels without a trace before anything is sent, and keeps both after", () => {
    const early = play(password, ok("way-in"), { type: "cancel" });
    expect(words(early)).toMatchObject({ state: "cancelled", valid: "old" });
    expect(early.effects).toEqual([{ do: "forget" }]);
    const sending = play(password, ok("way-in"), said("snapshot"), { type: "cancel" });
    expect(words(sending)).toMatchObject({ state: "cancelled", valid: "both" });
    const late = play(password, ...sent, { type: "cancel" });
    expect(words(late)).toMatchObject({ state: "cancelled", valid: "both" });
    expect(late.effects).toEqual([]);
  });

  it("tells which of the two was kept, once the wait is over and as long as both are good", () => {
    const chosen = { type: "chosen", kept: "old" } as const;
    const waiting = play(password, ...sent).run;
    expect(advance(waiting, chosen, start)).toEqual({ run: waiting, effects: [] });
    const stopped = play(password, ...sent, { type: "cancel" }, chosen);
    expect([words(stopped).valid, stopped.run.kept, stopped.effects]).toEqual(["old", "old", []]);
    expect(advance(stopped.run, { type: "chosen", kept: "other" }, start).run).toBe(stopped.run);
    const kept = play(password, ...sent, { type: "time-out" }, { type: "chosen", kept: "new" });
    expect([words(kept).valid, kept.run.kept]).toEqual(["new", "new"]);
  });

  it("is over at once where the station connects without a password, and proves the new one when it comes with it", () => {
    const bare = { ...password, before: { hadPassword: false, shown: false } };
    const stored = play(bare, ...sent);
    expect(words(stored)).toEqual({
      state: "done",
      valid: "stored",
      steps: [
        "way-in done",
        "snapshot done",
        "send done",
        "restart skipped not-needed",
        "return skipped not-shown",
        "settle skipped not-needed",
      ],
    });
    expect(stored.effects).toEqual([{ do: "store" }]);
    expect(advance(stored.run, back(null, 0), start)).toEqual({ run: stored.run, effects: [] });
    const shown = advance(stored.run, back("next"), start);
    expect([words(shown).valid, words(shown).steps.slice(-2), shown.effects]).toEqual([
      "new",
      ["return done", "settle done"],
      [{ do: "adopt" }],
    ]);
  });

  it("does not claim to be done where the answer of such a station was lost", () => {
    const bare = { ...password, before: { hadPassword: false, shown: false } };
    const lost = play(bare, ok("way-in"), said("snapshot"), said("send", { result: "unreadable", frame: 11 }));
    expect(words(lost)).toMatchObject({ state: "failed", valid: "stored" });
    expect(lost.run.steps[2]).toMatchObject({ state: "done", why: "unreadable" });
  });

  it("has nothing to say to what does not concern it", () => {
    const waiting = play(password, ...sent).run;
    for (const event of [ok("way-in"), said("send"), said("snapshot")]) {
      expect(advance(waiting, event, start)).toEqual({ run: waiting, effects: [] });
    }
    const sending = play(password, ok("way-in"), said("snapshot")).run;
    for (const event of [{ type: "lingering" }, { type: "time-out" }, back("next")] as ProcedureEvent[]) {
      expect(advance(sending, event, start)).toEqual({ run: sending, effects: [] });
    }
    const done = play(password, ...sent, back("next")).run;
    for (const event of [back("current"), back("next"), { type: "cancel" }, { type: "time-out" }] as ProcedureEvent[]) {
      expect(advance(done, event, start)).toEqual({ run: done, effects: [] });
    }
  });
});

describe("a change of profile", () => {
  const checks = [ok("way-in"), ok("tls"), ok("root"), ok("password")];
  const facts: ProcedureEvent = {
    type: "answered",
    step: "snapshot",
    outcome: accepted,
    facts: { profile: 1, priority: "1,2" },
  };

  it("writes a free slot, prefers it before those that were, restarts, and requires the new profile", () => {
    const whole = play(profile2, ...checks, facts, said("send"), said("activate"), said("restart"), back("current", 2));
    expect(words(whole)).toMatchObject({ state: "done", valid: "new" });
    expect(whole.all.filter((effect) => effect.do !== "check")).toEqual([
      { do: "send", step: "snapshot", command: { name: "read-security" } },
      { do: "keep-both" },
      {
        do: "send",
        step: "send",
        command: { name: "set-security-profile", profile: 2, url: "wss://192.0.2.1:9000/", slot: 3 },
      },
      { do: "send", step: "activate", command: { name: "prefer-network-profile", slot: 3, before: "1,2" } },
      { do: "send", step: "restart", command: { name: "reset", kind: "soft" } },
      { do: "wait", untilReturn: returnWaitMs, untilRedial: null },
      { do: "adopt" },
    ]);
    expect(whole.run.before).toEqual({ profile: 1, priority: "1,2", hadPassword: true, shown: true });
  });

  it("stays as it was when the station refuses to prefer it", () => {
    const refused = play(profile2, ...checks, facts, said("send"), said("activate", { result: "rejected", frame: 1 }));
    expect(words(refused)).toMatchObject({ state: "failed", valid: "old" });
  });

  it("stays as it was when the answer to the first half was lost: nothing makes the station use it", () => {
    const lost = play(profile2, ...checks, facts, said("send", { result: "no-answer", frame: 11 }));
    expect(words(lost)).toMatchObject({ state: "failed", valid: "old" });
    expect(lost.run.steps.find(({ name }) => name === "send")).toMatchObject({ state: "failed", why: "no-answer" });
    expect(lost.effects).toEqual([{ do: "forget" }]);
  });

  it("goes on waiting when the station falls back to its old profile", () => {
    const old = play(profile2, ...checks, facts, said("send"), said("activate"), said("restart"), back(null, 1));
    expect(old.run.steps.find(({ name }) => name === "return")).toMatchObject({
      state: "under-way",
      why: "old-profile",
      said: "1",
    });
  });

  it("requires no profile of a station that came with another password than it is known to have", () => {
    const other: ProcedureEvent = { type: "returned", which: null, securityProfile: 2, connection: 50, unproven: true };
    const whole = play(profile2, ...checks, facts, said("send"), said("activate"), said("restart"), other);
    expect(words(whole)).toMatchObject({ state: "under-way", valid: "both" });
    expect(whole.run.steps.find(({ name }) => name === "return")?.why).toBe("other-password");
  });

  it("goes on waiting when a station that shall have a lower one is back with what it had", () => {
    const from3: ProcedureEvent = { type: "answered", step: "snapshot", outcome: accepted, facts: { profile: 3 } };
    const sent3 = [...checks, from3, said("send"), said("activate"), said("restart")];
    expect(words(play(profile2, ...sent3, back(null, 3))).state).toBe("under-way");
    expect(words(play(profile2, ...sent3, back(null, 2)))).toMatchObject({ state: "done", valid: "new" });
  });

  it("sends no further message to a station that comes after the change was cancelled", () => {
    const cancelled = play(profile2, ...checks, facts, said("send"), said("activate"), { type: "cancel" });
    const late = advance(cancelled.run, back("current", 2), start);
    expect(words(late)).toMatchObject({ state: "done", valid: "new" });
    expect(late.effects).toEqual([{ do: "adopt" }]);
  });

  it("says of a step that was given up before the station came after all that it was not needed", () => {
    const cancelled = play(profile2, ...checks, facts, said("send"), { type: "cancel" });
    expect(words(cancelled)).toMatchObject({ state: "cancelled", valid: "both" });
    const late = advance(cancelled.run, back("current", 2), start);
    expect(words(late)).toEqual({
      state: "done",
      valid: "new",
      steps: [
        ...["way-in done", "tls done", "root done", "password done", "snapshot done", "send done"],
        ...["activate failed cancelled", "restart skipped not-needed", "return done", "settle done"],
      ],
    });
  });

  it("goes on past a check that could not be made, and says why", () => {
    const skipped: ProcedureEvent = { type: "checked", step: "root", result: "skipped", why: "not-told", said: "?" };
    const on = play(profile2, ok("way-in"), ok("tls"), skipped);
    expect(on.run.steps[2]).toEqual({ name: "root", state: "skipped", at: start + 3000, why: "not-told", said: "?" });
    expect(on.effects).toEqual([{ do: "check", step: "password" }]);
  });
});

/** The same with its return done, and its last step under way. */
function settlingNow(run: Procedure): Procedure {
  const states: Partial<Record<StepName, ProcedureStep["state"]>> = { return: "done", settle: "under-way" };
  return { ...run, steps: run.steps.map((step) => ({ ...step, state: states[step.name] ?? step.state })) };
}

describe("a restart of the core in the middle", () => {
  const restart: ProcedureEvent = { type: "core-restarted" };

  it("ends what had not gone out", () => {
    const early = play(password, ok("way-in"), restart);
    expect(words(early)).toMatchObject({ state: "failed", valid: "old" });
    expect(early.run.steps[1]?.why).toBe("core-restarted");
    expect(early.effects).toEqual([{ do: "forget" }]);
  });

  it("waits for a station that may have heard it", () => {
    const sending = play(password, ok("way-in"), said("snapshot"), restart);
    expect(words(sending)).toMatchObject({ state: "under-way", valid: "both" });
    expect(sending.run.steps[2]).toMatchObject({ state: "done", why: "core-restarted" });
    expect(sending.effects[0]?.do).toBe("wait");
  });

  it("waits for what is left of the time", () => {
    const waiting = play(password, ...sent).run;
    const later = advance(waiting, restart, start + 3000 + 60_000);
    expect(later.effects).toEqual([{ do: "wait", untilReturn: returnWaitMs - 60_000, untilRedial: redialWaitMs }]);
  });

  it("gives up when the time has passed meanwhile", () => {
    const waiting = play(password, ...sent).run;
    expect(words(advance(waiting, restart, start + 86_400_000))).toMatchObject({ state: "timed-out", valid: "both" });
  });

  it("ends what only had to be settled", () => {
    const settling = settlingNow(play(password, ...sent).run);
    const over = advance(settling, restart, start + 60_000);
    expect([words(over), over.effects]).toMatchObject([{ state: "done", valid: "new" }, [{ do: "adopt" }]]);
  });

  it("writes no second half of a profile whose first half may be lost", () => {
    const checks = [ok("way-in"), ok("tls"), ok("root"), ok("password")];
    const half = play(profile2, ...checks, said("snapshot"), restart);
    expect(words(half)).toMatchObject({ state: "failed", valid: "old" });
  });
});
