import { expect, test, vi } from "vitest";
import { silentLogger } from "../../lib/logger.ts";
import type { StationEntry } from "../../session/station-entry.ts";
import { closingText } from "../../station/phrases.ts";
import { AccessRepository } from "../../store/access.ts";
import { ProceduresRepository } from "../../store/procedures.ts";
import { openAccess } from "../access/logic.ts";
import { openServices } from "../testing/open-services.ts";
import type { Procedure, ProcedureView, StepName } from "./contract.ts";
import { type CheckResult, createGuardedChanges } from "./guarded-change.ts";
import { redialWaitMs, returnWaitMs } from "./machine.ts";

const hash = (setAt: number) => ({ form: "text" as const, setAt, hash: `h${setAt}`, salt: "s", layers: 0 });
const [old, fresh] = [hash(1), hash(2)];
const waiting = (name: StepName) => ({ name, state: "waiting" as const });

/** A station of 1.6 with a password, and a change of it that a test carries on. */
async function setUp(log = silentLogger) {
  const bench = await openServices("1.6");
  bench.tell("boot", "BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
  const access = openAccess(new AccessRepository(bench.database), silentLogger);
  access.change("CP1", { password: old });
  const checks: [StepName, boolean][] = [];
  const found = { result: "ok" } as CheckResult;
  const store = new ProceduresRepository<Procedure>(bench.database);
  const open = () =>
    createGuardedChanges({
      ...bench.context,
      log,
      access,
      store,
      check(step, _entry, _procedure, anyway) {
        checks.push([step, anyway]);
        return found;
      },
    });
  const procedures = open();
  const entry = bench.context.registry.require("CP1");
  const procedure: Procedure = {
    kind: "password",
    form: "text",
    state: "under-way",
    valid: "old",
    startedAt: bench.clock.now(),
    before: { hadPassword: true, shown: true },
    steps: ["way-in", "snapshot", "send", "return", "settle"].map((name) => waiting(name as StepName)),
  };
  const start = (more: Partial<Procedure> = {}) =>
    procedures.start(entry, { ...procedure, ...more }, { password: "0123456789abcdef", hash: fresh, anyway: true });
  /** Answers the call that is under way, once it has gone out. */
  async function answer(payload: object | null): Promise<string> {
    for (let at = 0; at < 3; at++) await new Promise((resolve) => setImmediate(resolve));
    bench.context.recorder.flush();
    const [, id, action, asked] = JSON.parse(bench.sent.at(-1) ?? "[]");
    bench.say(JSON.stringify(payload ? [3, id, payload] : [4, id, "InternalError", "", {}]));
    for (let at = 0; at < 3; at++) await new Promise((resolve) => setImmediate(resolve));
    return `${action} ${asked.key ?? ""}`;
  }
  /** The station is back on another connection, let in with a password. */
  function back(which: "current" | "next" | null, connection = 99, securityProfile = 1): void {
    const session = { ...entry.session, password: which, isOpen: true, close: vi.fn() };
    entry.session = session as unknown as StationEntry["session"];
    entry.state = { ...entry.state, link: { ...entry.state.link, state: "online", connection, securityProfile } };
    bench.context.registry.changed.emit(entry);
  }
  const latest = (of = procedures) => of.latest("CP1");
  const steps = (view: ProcedureView | null = latest()) =>
    view?.steps.map(({ name, state, why }) => [name, state, why].filter(Boolean).join(" "));
  return { ...bench, access, checks, found, store, open, procedures, entry, start, answer, back, latest, steps };
}

test("a change goes step by step, both passwords are good once it is sent, and the new alone when the station is back with it", async () => {
  const { start, answer, back, access, checks, latest, steps, store, procedures } = await setUp();
  const told: (string[] | undefined)[] = [];
  procedures.changed.on((view) => told.push(steps(view)));
  expect(start()).toMatchObject({ identity: "CP1", state: "under-way", valid: "old" });
  expect(() => start()).toThrow(expect.objectContaining({ code: "conflict" }));
  expect(await answer({ configurationKey: [], unknownKey: [] })).toBe("GetConfiguration SecurityProfile");
  expect(checks).toEqual([["way-in", true]]);
  expect(access.find("CP1")).toMatchObject({ password: old, nextPassword: fresh });
  expect(latest()).toMatchObject({ valid: "both" });
  expect(JSON.stringify(store.latest())).not.toContain("0123456789abcdef");
  expect(await answer({ status: "Accepted" })).toBe("ChangeConfiguration AuthorizationKey");
  expect(steps()).toEqual(["way-in done", "snapshot done", "send done", "return under-way", "settle waiting"]);
  back("current", 98);
  expect(steps()?.[3]).toBe("return under-way old-password");
  back("next", 99);
  expect(steps()).toEqual(["way-in done", "snapshot done", "send done", "return done", "settle done"]);
  expect(latest()).toMatchObject({ state: "done", valid: "new" });
  expect(access.find("CP1")).toMatchObject({ password: fresh });
  expect(access.find("CP1")?.nextPassword).toBeUndefined();
  expect(told[0]).toEqual(["way-in under-way", "snapshot waiting", "send waiting", "return waiting", "settle waiting"]);
  expect(store.latest()).toMatchObject([{ identity: "CP1", body: { state: "done" } }]);
  expect(() => procedures.cancel("CP1")).toThrow(expect.objectContaining({ code: "conflict" }));
  expect(() => procedures.cancel("CP2")).toThrow(expect.objectContaining({ code: "not-found" }));
});

test("a station that refuses keeps its old password alone, and one that says nothing may have either", async () => {
  const refused = await setUp();
  refused.start();
  await refused.answer({ configurationKey: [], unknownKey: [] });
  await refused.answer({ status: "Rejected" });
  expect(refused.latest()).toMatchObject({ state: "failed", valid: "old" });
  expect(refused.access.find("CP1")?.nextPassword).toBeUndefined();
  const silent = await setUp();
  silent.start();
  await silent.answer(null);
  expect(silent.steps()?.[1]).toContain("snapshot skipped");
  silent.clock.advance(30_000);
  for (let at = 0; at < 3; at++) await new Promise((resolve) => setImmediate(resolve));
  expect(silent.steps()?.slice(2)).toEqual(["send done no-answer", "return under-way", "settle waiting"]);
  expect(silent.access.find("CP1")?.nextPassword).toEqual(fresh);
});

test("a station that stays on its link is made to dial anew after twenty seconds, and is waited for twenty minutes", async () => {
  const { start, answer, ended, clock, latest, access, steps, entry } = await setUp();
  const close = entry.session && vi.spyOn(entry.session, "close");
  start();
  await answer({ configurationKey: [], unknownKey: [] });
  await answer({ status: "Accepted" });
  clock.advance(redialWaitMs - 1);
  expect(ended).toEqual([]);
  clock.advance(1);
  expect(ended).toEqual([1012]);
  expect(close?.mock.calls).toEqual([[1012, closingText("close-come-back"), "asked"]]);
  clock.advance(returnWaitMs - redialWaitMs - 1);
  expect(latest()?.state).toBe("under-way");
  clock.advance(1);
  expect([latest()?.state, latest()?.valid, steps()?.[3]]).toEqual(["timed-out", "both", "return failed time-out"]);
  expect(access.find("CP1")).toMatchObject({ password: old, nextPassword: fresh });
});

test("one that is on another link by then is left alone; that it comes late with the new is taken all the same", async () => {
  const { start, answer, back, clock, latest, procedures, entry, access } = await setUp();
  access.change("CP1", { profile: 1 });
  start();
  await answer({ configurationKey: [], unknownKey: [] });
  await answer({ status: "Accepted" });
  back("current", 98);
  clock.advance(redialWaitMs);
  expect((entry.session as unknown as { close: unknown }).close).not.toHaveBeenCalled();
  clock.advance(returnWaitMs);
  expect(latest()?.state).toBe("timed-out");
  procedures.admitted({ identity: "CP1", which: "next", securityProfile: 1 });
  expect(access.find("CP1")?.used).toEqual({ which: "next", at: clock.now() });
  back("next", 99);
  expect(latest()).toMatchObject({ state: "done", valid: "new" });
  // A change of password is none of the profile that is asked for.
  expect(access.find("CP1")).toMatchObject({ password: fresh, profile: 1 });
  procedures.admitted({ identity: "CP1", which: "current", securityProfile: 1 });
  expect(access.find("CP1")?.used?.which).toBe("next");
});

test("a check that fails ends it, one that breaks is a fault of ours, and one of who is away is told as that", async () => {
  const bug = vi.fn();
  const failed = await setUp({ ...silentLogger, bug });
  Object.assign(failed.found, { result: "failed", why: "no-tls" });
  failed.start();
  await Promise.resolve();
  expect([failed.latest()?.state, failed.steps()?.[0]]).toEqual(["failed", "way-in failed no-tls"]);
  Object.defineProperty(failed.found, "result", {
    enumerable: true,
    get: () => {
      throw new Error("broken");
    },
  });
  failed.start();
  await Promise.resolve();
  expect([failed.latest()?.state, failed.steps()?.[0]]).toEqual(["failed", "way-in failed refused"]);
  expect(bug.mock.calls).toEqual([
    ["a step could not be checked", { station: "CP1", step: "way-in", error: new Error("broken") }],
  ]);
  const away = await setUp();
  away.closed();
  away.start();
  await Promise.resolve();
  expect([away.steps()?.[0], away.checks]).toEqual(["way-in failed offline", []]);
});

test("what fails in us after it was sent may be with the station: both passwords stay good, and it is waited for", async () => {
  const bug = vi.fn();
  const { start, answer, steps, latest, access, context } = await setUp({ ...silentLogger, bug });
  start();
  await answer({ configurationKey: [], unknownKey: [] });
  vi.spyOn(context.journal, "write").mockImplementationOnce(() => {
    throw new Error("broken");
  });
  await answer({ status: "Accepted" });
  expect(bug).toHaveBeenCalledWith("a step could not be sent", {
    ...{ station: "CP1", step: "send", error: new Error("broken") },
  });
  expect(steps()?.slice(2)).toEqual(["send done no-answer", "return under-way", "settle waiting"]);
  expect(latest()).toMatchObject({ state: "under-way", valid: "both" });
  expect(access.find("CP1")).toMatchObject({ password: old, nextPassword: fresh });
});

test("the next life of the core goes on waiting, and gives up what it cannot know any more", async () => {
  const { start, answer, open, procedures, clock, latest, steps, context, entry } = await setUp();
  start();
  await answer({ configurationKey: [], unknownKey: [] });
  await answer({ status: "Accepted" });
  procedures.dispose();
  clock.advance(60_000);
  const next = open();
  // The link that it had when it was asked is no return.
  context.registry.changed.emit(entry);
  expect([latest(next)?.state, steps(latest(next))?.[3]]).toEqual(["under-way", "return under-way"]);
  clock.advance(returnWaitMs - 60_000 - 1);
  expect(latest(next)?.state).toBe("under-way");
  clock.advance(1);
  expect(latest(next)?.state).toBe("timed-out");
  next.chosen("CP1", "old");
  expect(latest(next)).toMatchObject({ valid: "old", kept: "old" });
  next.forget("CP1");
  expect(latest(next)).toBeNull();
});

test("a station that shows no password has the new one stored, and the one that it had stays its own where that is refused", async () => {
  const { start, answer, access, latest } = await setUp();
  const before = { hadPassword: false, shown: false };
  const stored = hash(7);
  access.change("CP1", { password: undefined, nextPassword: stored, unshown: true });
  start({ before });
  await answer({ configurationKey: [], unknownKey: [] });
  expect(access.find("CP1")?.nextPassword).toEqual(fresh);
  await answer({ status: "Rejected" });
  expect(latest()?.state).toBe("failed");
  expect(access.find("CP1")).toMatchObject({ nextPassword: stored, unshown: true });
  start({ before });
  await answer({ configurationKey: [], unknownKey: [] });
  await answer({ status: "Accepted" });
  expect(latest()).toMatchObject({ state: "done", valid: "stored" });
  expect(access.find("CP1")).toMatchObject({ nextPassword: fresh, unshown: true });
  expect(access.find("CP1")?.password).toBeUndefined();
});

test.each([
  ["showed", "next", fresh, undefined],
  ["did not show", null, old, fresh],
] as const)(
  "a station that comes on its new profile has the new password made its own where it %s it",
  async (_did, which, password, nextPassword) => {
    const { start, answer, back, access, latest } = await setUp();
    access.change("CP1", { nextPassword: fresh });
    start({ kind: "profile", profile: 3 });
    await answer({ configurationKey: [], unknownKey: [] });
    expect(await answer({ status: "Accepted" })).toBe("ChangeConfiguration SecurityProfile");
    back(which, 99, 3);
    expect(latest()).toMatchObject({ state: "done", valid: "new" });
    expect(access.find("CP1")).toMatchObject({ password, profile: 3 });
    expect(access.find("CP1")?.nextPassword).toEqual(nextPassword);
  },
);

test.each([
  [1, null, "return under-way other-password"],
  [2, null, "return under-way other-password"],
  [1, "next", "return done"],
  [3, null, "return done"],
] as const)(
  "a station that comes on profile %i with the password %s, where it has one that it did not show, is %s",
  async (profile, which, step) => {
    const { start, answer, back, access, steps } = await setUp();
    access.change("CP1", { password: undefined, nextPassword: fresh, unshown: true });
    start({ kind: "profile", profile, before: { hadPassword: false, profile: 0 } });
    await answer({ configurationKey: [], unknownKey: [] });
    await answer({ status: "Accepted" });
    back(which, 99, profile);
    expect(steps()?.[3]).toBe(step);
  },
);
