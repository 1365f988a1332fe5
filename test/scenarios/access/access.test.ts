import { describe, expect, test } from "vitest";
import { createManualClock, type ManualClock } from "../../../src/lib/clock.ts";
import type { OcppVersion } from "../../../src/station/model.ts";
import { words } from "../../../src/station/phrases.ts";
import { snapshot, type TestCore, testCore, until } from "../../harness/core.ts";
import {
  bench,
  dial,
  guarded,
  identity,
  look,
  oldPassword,
  reach,
  stepsOf,
  tickOn,
  untilSent,
} from "../../harness/guarded.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";

const newPassword = "the-new-password-2";
const versions = ["1.6", "2.0.1", "2.1"] as const satisfies readonly OcppVersion[];

describe("at the door", () => {
  test("an unknown station is let in, held, or refused, as the policy says", async () => {
    const core = await testCore();
    expect(await dial(core, undefined, "KNOWN")).toBe(101);
    await until(core.client, "stations.list", {}, (stations) => stations.length === 1);
    await core.client.call("settings.change", { unknownStations: "ask" });
    expect(await dial(core, undefined, "NEW")).toBe(503);
    expect(await dial(core, undefined, "NEW")).toBe(503);
    expect(await dial(core, undefined, "KNOWN")).toBe(101);
    await core.client.call("settings.change", { unknownStations: "refuse" });
    expect(await dial(core, undefined, "OTHER")).toBe(404);
    expect(await snapshot(core.client, "access.waiting", {})).toMatchObject([
      { identity: "NEW", state: "asked", tries: 2, remoteAddress: "127.0.0.1" },
      { identity: "OTHER", state: "refused", tries: 1 },
    ]);
  });

  test("one that waits is let in or refused by hand, and the decision outlives the core", async () => {
    const first = await testCore();
    await first.client.call("settings.change", { unknownStations: "ask" });
    for (const name of ["GOOD", "BAD"]) expect(await dial(first, undefined, name)).toBe(503);
    await first.client.call("access.decide", { identity: "GOOD", decision: "accepted" });
    await first.client.call("access.decide", { identity: "BAD", decision: "refused" });
    expect(await snapshot(first.client, "access.waiting", {})).toEqual([]);
    const core = await first.restart();
    expect([await dial(core, undefined, "GOOD"), await dial(core, undefined, "BAD")]).toEqual([101, 403]);
    expect((await snapshot(core.client, "access.station", { identity: "BAD" })).allowed).toBe("refused");
  });

  test("one that is expected is prepared before it comes, is let in whatever the policy, and can be forgotten", async () => {
    const core = await testCore();
    await core.client.call("settings.change", { unknownStations: "refuse" });
    for (const name of ["COMES", "STAYS-AWAY"]) {
      await core.client.call("access.decide", { identity: name, decision: "accepted" });
    }
    await core.client.call("access.setPassword", { identity: "COMES", form: "text", password: oldPassword });
    const expected = async () =>
      (await snapshot(core.client, "access.expected", {})).map((station) => station.identity).sort();
    expect(await expected()).toEqual(["COMES", "STAYS-AWAY"]);
    expect(await dial(core, undefined, "COMES")).toBe(401);
    expect(await dial(core, { password: oldPassword }, "COMES")).toBe(101);
    await until(core.client, "access.expected", {}, (stations) => stations.length === 1);
    await core.client.call("access.forget", { identity: "STAYS-AWAY" });
    expect(await expected()).toEqual([]);
    expect(await dial(core, undefined, "STAYS-AWAY")).toBe(404);
    await expect(core.client.call("access.forget", { identity: "COMES" })).rejects.toMatchObject({ code: "conflict" });
    await expect(core.client.call("access.forget", { identity: "NOBODY" })).rejects.toMatchObject({
      code: "not-found",
    });
  });

  test("refusing a station that is connected ends its connection", async () => {
    const core = await testCore();
    const station = await rawStation(`${core.url}${identity}`);
    await until(core.client, "stations.state", { identity }, (state) => state?.link.state === "online");
    await core.client.call("access.decide", { identity, decision: "refused" });
    expect(await station.closed).toEqual({ code: 1008, reason: "refused by the central system" });
    expect(await dial(core)).toBe(403);
  });

  test("a password set as text is good as text, and in hex with a finding; strict refuses hex", async () => {
    const core = await testCore();
    const hex = Buffer.from(oldPassword).toString("hex");
    await core.client.call("access.setPassword", { identity, form: "text", password: oldPassword });
    expect(await dial(core)).toBe(401);
    expect(await dial(core, { password: "" })).toBe(401);
    expect(await dial(core, { password: "another-password-1" })).toBe(401);
    expect(await dial(core, { password: oldPassword })).toBe(101);
    expect(await dial(core, { password: hex, user: "somebody" })).toBe(101);
    const state = await until(
      core.client,
      "stations.state",
      { identity },
      (value) => value?.findings.some(({ rule }) => rule === "user-name") ?? false,
    );
    // It dials faster than its last link is closed.
    const about = state?.findings.filter(({ rule }) => rule !== "second-connection");
    const told = about?.map(({ rule, where, said }) => [rule, where, said]).sort();
    expect(told).toEqual([
      ["credentials-hex", "link", words("password-digits", { count: hex.length })],
      ["user-name", "link", "somebody"],
    ]);
    await core.client.call("findings.behave", { station: identity, strict: true });
    expect(await dial(core, { password: hex })).toBe(401);
    expect(await dial(core, { password: oldPassword, user: "somebody" })).toBe(401);
    expect(await dial(core, { password: oldPassword })).toBe(101);
  });

  test("a password set in hex is good as its bytes, and as digits with a finding", async () => {
    const core = await testCore();
    const made = await core.client.call("access.setPassword", { identity, form: "hex" });
    expect(made.password).toMatch(/^[0-9a-f]{40}$/);
    const key = made.password ?? "";
    expect(await dial(core, { password: Buffer.from(key, "hex") })).toBe(101);
    expect(await dial(core, { password: key.toUpperCase() })).toBe(101);
    expect(await dial(core, { password: Buffer.from(key, "hex").subarray(1) })).toBe(401);
    const state = await until(
      core.client,
      "stations.state",
      { identity },
      (value) => value?.findings.some(({ rule }) => rule === "credentials-hex") ?? false,
    );
    expect(state?.findings.map(({ rule }) => rule)).not.toContain("user-name");
  });

  test("a lower profile than the one required is refused, and a password is never shown again", async () => {
    const core = await testCore();
    await core.client.call("access.setPassword", { identity, form: "text", password: oldPassword });
    await core.client.call("access.change", { identity, profile: 2, note: "by the gate" });
    expect(await dial(core, { password: oldPassword })).toBe(403);
    const access = await snapshot(core.client, "access.station", { identity });
    expect(access).toEqual({
      identity,
      allowed: "known",
      profile: 2,
      password: { form: "text", setAt: expect.any(Number) },
      nextPassword: null,
      unshownPassword: null,
      lastUsed: null,
      certificate: null,
      strict: false,
      bootStatus: null,
      bootInterval: null,
      bootPlan: [],
      note: "by the gate",
    });
    await core.client.call("access.change", { identity, profile: null });
    expect(await dial(core, { password: oldPassword })).toBe(101);
  });
});

async function asked(core: TestCore): Promise<unknown[]> {
  const state = await snapshot(core.client, "stations.state", { identity });
  return (state?.commands ?? []).map(({ name, args, outcome }) => ({ name, ...args, result: outcome?.result }));
}

describe.each(versions)("a station of OCPP %s", (version) => {
  test("is held by hand, and asked to boot again when it is accepted", async () => {
    const clock = createManualClock();
    const first = await testCore({ clock });
    await first.client.call("access.change", { identity, bootStatus: "Pending", bootInterval: 3600 });
    const { core, tick } = await bench(version, { core: first, clock });
    expect((await snapshot(core.client, "stations.state", { identity }))?.boot).toMatchObject({
      answered: "Pending",
      intervalSeconds: 3600,
    });
    await tick(2);
    await core.client.call("access.change", { identity, bootStatus: "Accepted" });
    const state = await look(core, (value) => value.boot?.answered === "Accepted");
    expect(state?.boot?.intervalSeconds).toBe(3600);
    expect(await asked(core)).toEqual([
      { name: "trigger", message: "BootNotification", by: "core", because: "now-accepted", result: "accepted" },
    ]);
  });

  test("is answered by plan, boot by boot, also over a restart of the core, and then as ever", async () => {
    const first = await testCore();
    const bootPlan = [
      { status: "Rejected", interval: 10, times: 2 },
      { status: "Pending", times: 1 },
    ] as const;
    await first.client.call("access.change", { identity, bootPlan: [...bootPlan], bootInterval: 77 });
    const request =
      version === "1.6"
        ? { chargePointVendor: "V", chargePointModel: "M" }
        : { reason: "PowerUp", chargingStation: { vendorName: "V", model: "M" } };
    const boot = async (core: TestCore) => {
      const station = await rawStation(`${core.url}${identity}`, [`ocpp${version}`]);
      const answer = (await station.ask("BootNotification", request)) as { status: string; interval: number };
      await station.close();
      return [answer.status, answer.interval];
    };
    expect(await boot(first)).toEqual(["Rejected", 10]);
    const left = (await snapshot(first.client, "access.station", { identity })).bootPlan;
    expect(left).toEqual([{ ...bootPlan[0], times: 1 }, bootPlan[1]]);
    const core = await first.restart();
    expect([await boot(core), await boot(core), await boot(core)]).toEqual([
      ["Rejected", 10],
      ["Pending", 77],
      ["Accepted", 77],
    ]);
    expect((await snapshot(core.client, "access.station", { identity })).bootPlan).toEqual([]);
  });

  test("is told the time with or without milliseconds", async () => {
    const core = await testCore({ clock: createManualClock(Date.UTC(2026, 5, 1, 8, 0, 0, 123)) });
    const station = await rawStation(`${core.url}${identity}`, [`ocpp${version}`]);
    expect(await station.ask("Heartbeat", {})).toEqual({ currentTime: "2026-06-01T08:00:00.123Z" });
    await core.client.call("settings.change", { timeMilliseconds: false });
    expect(await station.ask("Heartbeat", {})).toEqual({ currentTime: "2026-06-01T08:00:00Z" });
  });

  test("is asked for its boot and its status when they do not come after a connect, once", async () => {
    const { core, clock } = await silentStation(version);
    await tickOn(core, clock, 9);
    expect(await asked(core)).toEqual([]);
    await tickOn(core, clock, 12);
    expect(await asked(core)).toEqual([
      { name: "trigger", message: "BootNotification", by: "core", because: "no-boot", result: "accepted" },
      {
        name: "trigger",
        message: "StatusNotification",
        evse: 1,
        connector: 1,
        by: "core",
        because: "no-status",
        result: "accepted",
      },
    ]);
    await tickOn(core, clock, 60);
    expect(await asked(core)).toHaveLength(2);

    const { client } = await core.restart();
    const rows = await snapshot(client, "messages.live", { filter: { direction: "out" } });
    expect(rows.map(({ action, marks }) => [action, marks])).toEqual([
      ["TriggerMessage", ["no-boot"]],
      ["TriggerMessage", ["no-status"]],
    ]);
    const commands = await snapshot(client, "history.live", { station: identity, groups: ["commands"] });
    expect(commands.flatMap(({ event }) => (event.kind === "command-sent" ? event.args.because : []))).toEqual([
      "no-boot",
      "no-status",
    ]);
  });

  test("is left alone when it will not be asked, or when nobody wants it", async () => {
    const deaf = await silentStation(version, "NotImplemented");
    await tickOn(deaf.core, deaf.clock, 40);
    expect(await asked(deaf.core)).toEqual([
      { name: "trigger", message: "BootNotification", by: "core", because: "no-boot", result: "unsupported" },
    ]);
    const free = await silentStation(version);
    await free.core.client.call("settings.change", { triggerAfterConnect: false });
    await tickOn(free.core, free.clock, 40);
    expect(await asked(free.core)).toEqual([]);
  });

  test("changes its password under guard, and the old one is good until it is back", async () => {
    const clock = createManualClock(Date.now());
    const first = await testCore({ clock });
    await first.client.call("access.setPassword", { identity, form: "text", password: oldPassword });
    const { core } = await bench(version, { core: first, clock, password: oldPassword });
    const { procedure, password } = await core.client.call("procedures.start", {
      identity,
      kind: "password",
      form: "text",
      password: newPassword,
    });
    expect([procedure.state, password]).toEqual(["under-way", undefined]);
    const waiting = await untilSent(core);
    expect([waiting.valid, waiting.before.profile]).toEqual(["both", 1]);
    const done = await reach(core, clock, (view) => view.state === "done");
    expect(done.valid).toBe("new");
    expect(stepsOf(done)).toEqual([
      "way-in done",
      "snapshot done",
      "send done",
      "restart skipped not-needed",
      "return done",
      "settle done",
    ]);
    expect(await dial(core, { password: oldPassword })).toBe(401);
    expect(await dial(core, { password: newPassword })).toBe(101);

    const frame = await core.client.call("messages.frame", { seq: done.steps[2]?.frame ?? 0 });
    expect(frame.text).toContain(newPassword);
    const rows = await snapshot(core.client, "messages.live", { filter: {} });
    expect(
      JSON.stringify([
        rows,
        await asked(core),
        done,
        await snapshot(core.client, "history.live", { station: identity }),
      ]),
    ).not.toContain(newPassword);
  });

  test("from profile 0 a new password is stored at once, counts from profile 1 on, and locks nobody out", async () => {
    const { core, clock, station } = await bench(version);
    const online = async () => (await snapshot(core.client, "stations.state", { identity }))?.link;
    // Asked for by hand while it was connected without: the new one takes its place.
    await core.client.call("access.setPassword", { identity, form: "text", password: oldPassword });
    await core.client.call("procedures.start", { identity, kind: "password", form: "text", password: newPassword });
    const stored = await reach(core, clock, (view) => view.state !== "under-way");
    expect([stored.state, stored.valid, ...stepsOf(stored).slice(2)]).toEqual([
      "done",
      "stored",
      "send done",
      "restart skipped not-needed",
      "return skipped not-shown",
      "settle skipped not-needed",
    ]);
    // It dials anew by itself after such a change, and comes in as it came before.
    await tickOn(core, clock, 5);
    expect(await online()).toMatchObject({ state: "online", securityProfile: 0 });
    const access = () => snapshot(core.client, "access.station", { identity });
    expect(await access()).toMatchObject({ password: null, nextPassword: null, unshownPassword: { form: "text" } });
    station.act("drop-link", 1);
    expect(await dial(core)).toBe(101);
    station.act("restore-link", 1);
    await reach(core, clock, () => true);
    await look(core, ({ link }) => link.state === "online" && link.userAgent === "Plugside virtual station");

    await core.client.call("procedures.start", { identity, kind: "profile", profile: 1 });
    const raised = await reach(core, clock, (view) => view.kind === "profile" && view.state !== "under-way");
    expect([raised.state, raised.valid]).toEqual(["done", "new"]);
    expect(await access()).toMatchObject({ profile: 1, password: { form: "text" }, unshownPassword: null });
    station.act("drop-link", 1);
    expect([await dial(core), await dial(core, { password: newPassword })]).toEqual([401, 101]);
  });

  test("a station that is back with the old password can be left with it at once", async () => {
    const { core, station } = await guarded(version);
    await core.client.call("procedures.start", { identity, kind: "password", form: "text", password: newPassword });
    await untilSent(core);
    station.act("drop-link", 1);
    expect(await dial(core, { password: oldPassword })).toBe(101);
    await until(
      core.client,
      "procedures.state",
      { identity },
      (view) => !!view && stepsOf(view).includes("return under-way old-password"),
    );
    const ended = await core.client.call("procedures.cancel", { identity, keep: "old" });
    expect([ended.state, ended.valid, ended.kept]).toEqual(["cancelled", "old", "old"]);
    expect([await dial(core, { password: newPassword }), await dial(core, { password: oldPassword })]).toEqual([
      401, 101,
    ]);
  });

  test("keeps the old password good when it never comes back with the new one", async () => {
    const { core, clock, station } = await guarded(version);
    await core.client.call("procedures.start", { identity, kind: "password", form: "text", password: newPassword });
    await untilSent(core);
    station.act("drop-link", 1);
    clock.advance(21 * 60_000);
    const gone = await reach(core, clock, (view) => view.state !== "under-way");
    expect([gone.state, gone.valid, stepsOf(gone)[4]]).toEqual(["timed-out", "both", "return failed time-out"]);
    expect(await dial(core, { password: oldPassword })).toBe(101);
    await expect(
      core.client.call("procedures.start", { identity, kind: "password", form: "text" }),
    ).rejects.toMatchObject({ code: "conflict" });

    station.act("restore-link", 1);
    const late = await reach(core, clock, (view) => view.state === "done");
    expect(late.valid).toBe("new");
    expect(await dial(core, { password: oldPassword })).toBe(401);
  });

  test("tells what it last came in with when the wait is stopped, and keeps the one that is chosen", async () => {
    const { core, station } = await guarded(version);
    await core.client.call("procedures.start", { identity, kind: "password", form: "text", password: newPassword });
    await untilSent(core);
    station.act("drop-link", 1);
    const access = () => snapshot(core.client, "access.station", { identity });
    await core.client.call("procedures.cancel", { identity });
    expect((await access()).lastUsed).toBe(null);
    expect(await dial(core, { password: oldPassword })).toBe(101);
    expect((await access()).lastUsed).toEqual({ which: "old", at: expect.any(Number) });

    const later = await core.restart();
    expect((await snapshot(later.client, "access.station", { identity })).lastUsed?.which).toBe("old");
    await later.client.call("access.keepPassword", { identity, keep: "new" });
    const told = await snapshot(later.client, "procedures.state", { identity });
    expect([told?.state, told?.valid, told?.kept]).toEqual(["cancelled", "new", "new"]);
    expect([await dial(later, { password: oldPassword }), await dial(later, { password: newPassword })]).toEqual([
      401, 101,
    ]);
  });

  test("goes on with the change when the core is restarted in the middle", async () => {
    const { core, clock, station, relay } = await guarded(version);
    await core.client.call("procedures.start", { identity, kind: "password", form: "text", password: newPassword });
    await untilSent(core);
    station.act("drop-link", 1);
    const next = await core.restart();
    relay.lead(next.url);
    const waiting = await snapshot(next.client, "procedures.state", { identity });
    expect([waiting?.state, waiting?.valid]).toEqual(["under-way", "both"]);
    expect(await dial(next, { password: oldPassword })).toBe(101);
    station.act("restore-link", 1);
    const done = await reach(next, clock, (view) => view.state === "done");
    expect(done.valid).toBe("new");
    expect(await dial(next, { password: oldPassword })).toBe(401);
  });

  test("is not sent a password that its version cannot take, and nothing when it is offline", async () => {
    const { core, station, clock } = await guarded(version);
    await expect(
      core.client.call("procedures.start", { identity, kind: "password", form: "text", password: "short" }),
    ).rejects.toMatchObject({ code: "invalid-input" });
    station.act("drop-link", 1);
    await look(core, (state) => state.link.state === "offline");
    await core.client.call("procedures.start", { identity, kind: "password", form: "text", password: newPassword });
    const failed = await reach(core, clock, (view) => view.state === "failed");
    expect([failed.valid, stepsOf(failed)[0]]).toEqual(["old", "way-in failed offline"]);
    expect((await snapshot(core.client, "access.station", { identity })).nextPassword).toBe(null);
  });

  test("moves to security profile 2 under guard, and is then let in with no less", async () => {
    const { core, clock } = await guarded(version);
    await core.client.call("certificates.renewServer", {});
    const start = { identity, kind: "profile", profile: 2, url: core.url.replace(/^ws:/, "wss:") } as const;
    await core.client.call("procedures.start", start);
    const missing = await reach(core, clock, (view) => view.state === "failed");
    expect([missing.valid, stepsOf(missing)[2]]).toEqual(["old", "root failed root-missing"]);

    expect(await core.client.call("certificates.install", { identity })).toMatchObject({ result: "accepted" });
    await core.client.call("procedures.start", start);
    const done = await reach(core, clock, (view) => view.state !== "under-way");
    expect([done.state, done.valid, done.steps.map(({ why }) => why).filter((why) => why !== "not-needed")]).toEqual([
      "done",
      "new",
      done.steps.filter(({ why }) => why !== "not-needed").map(() => undefined),
    ]);
    const state = await snapshot(core.client, "stations.state", { identity });
    expect(state?.link).toMatchObject({ state: "online", secure: true, securityProfile: 2 });
    expect((await snapshot(core.client, "access.station", { identity })).profile).toBe(2);
    expect(await dial(core, { password: oldPassword })).toBe(403);
  });
});

/** A station that says nothing of its own, and accepts what is asked, or answers with an error. */
async function silentStation(version: OcppVersion, error?: string): Promise<{ core: TestCore; clock: ManualClock }> {
  const clock = createManualClock();
  const core = await testCore({ clock });
  const { socket } = await rawStation(`${core.url}${identity}`, [`ocpp${version}`]);
  socket.on("message", (data) => {
    const [type, id] = JSON.parse(String(data)) as [number, string];
    if (type === 2) socket.send(error ? `[4,"${id}","${error}","",{}]` : `[3,"${id}",{"status":"Accepted"}]`);
  });
  await look(core, (state) => state.link.state === "online");
  return { core, clock };
}
