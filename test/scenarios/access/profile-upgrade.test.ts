import { describe, expect, test } from "vitest";
import type { CallInput } from "../../../src/api/contract.ts";
import type { ProcedureView } from "../../../src/services/procedures/contract.ts";
import type { OcppVersion } from "../../../src/station/model.ts";
import { snapshot, type TestCore } from "../../harness/core.ts";
import {
  type Bench,
  dial,
  guarded,
  identity,
  look,
  oldPassword,
  reach,
  stepsOf,
  untilSent,
} from "../../harness/guarded.ts";

const versions = ["1.6", "2.0.1", "2.1"] as const satisfies readonly OcppVersion[];
const password = { password: oldPassword };

/** A station on security profile 1 that has our root, and a certificate of its own by the round trip of its request. */
async function equipped(version: OcppVersion): Promise<Bench & { wss: { url: string } }> {
  const all = await guarded(version);
  const { core } = all;
  await core.client.call("certificates.renewServer", {});
  expect(await core.client.call("certificates.install", { identity })).toMatchObject({ result: "accepted" });
  const command = { name: "trigger", message: "SignChargePointCertificate" } as const;
  expect(await core.client.call("stations.command", { identity, command })).toMatchObject({ result: "accepted" });
  await look(core, ({ commands }) =>
    commands.some(({ name, outcome }) => name === "certificate-signed" && outcome?.result === "accepted"),
  );
  return { ...all, wss: { url: core.url.replace(/^ws:/, "wss:") } };
}

type Wanted = Omit<Extract<CallInput<"procedures.start">, { kind: "profile" }>, "kind" | "identity">;

async function start(core: TestCore, wanted: Wanted): Promise<ProcedureView> {
  return (await core.client.call("procedures.start", { identity, kind: "profile", ...wanted })).procedure;
}

/** Raises the profile, and gives the procedure when it is over. */
async function raise({ core, clock, wss }: Awaited<ReturnType<typeof equipped>>, profile: number) {
  await start(core, { profile, url: wss.url });
  return reach(core, clock, (view) => view.state !== "under-way");
}

/** Another dialled in its name meanwhile: lets time pass until it is there itself. */
async function backAgain({ core, tick }: Bench): Promise<void> {
  for (;;) {
    const state = await snapshot(core.client, "stations.state", { identity });
    const { state: link, userAgent } = state?.link ?? {};
    if (link === "online" && userAgent === "Plugside virtual station") return;
    await tick();
  }
}

async function profileNow(core: TestCore): Promise<unknown> {
  const { link } = await look(core, (state) => state.link.state === "online");
  return [link.secure, link.securityProfile];
}

const restartOf: Record<OcppVersion, string[]> = {
  "1.6": ["send done", "restart skipped not-needed"],
  "2.0.1": ["send done", "activate done", "restart done"],
  "2.1": ["send done", "activate done", "restart done"],
};

describe.each(versions)("a station of OCPP %s", (version) => {
  test("goes from profile 1 to 3, and the password alone is good until it is back with its certificate", async () => {
    const all = await equipped(version);
    const { core, clock, wss } = all;
    expect(await profileNow(core)).toEqual([false, 1]);
    await start(core, { profile: 3, url: wss.url });
    await untilSent(core);
    expect([await dial({ url: core.url }, password, identity)]).toEqual([101]);
    const done = await reach(core, clock, (view) => view.state !== "under-way");
    expect([done.state, done.valid]).toEqual(["done", "new"]);
    expect(stepsOf(done)).toEqual([
      "way-in done",
      "tls done",
      "root done",
      "client-certificate done",
      "snapshot done",
      ...restartOf[version],
      "return done",
      "settle done",
    ]);
    expect(await profileNow(core)).toEqual([true, 3]);
    expect((await snapshot(core.client, "access.station", { identity })).profile).toBe(3);
    expect([await dial(core, password), await dial(wss, password)]).toEqual([403, 403]);
  });

  test("goes from 1 to 2 to 3, a step at a time", async () => {
    const all = await equipped(version);
    const { core, wss } = all;
    expect((await raise(all, 2)).state).toBe("done");
    expect(await profileNow(core)).toEqual([true, 2]);
    expect([await dial(core, password), await dial(wss, password)]).toEqual([403, 101]);
    await backAgain(all);
    expect((await raise(all, 3)).state).toBe("done");
    expect(await profileNow(core)).toEqual([true, 3]);
    expect(await dial(wss, password)).toBe(403);
  });

  test("keeps the old way in when it never comes back, says so, and takes it when it comes after all", async () => {
    const all = await equipped(version);
    const { core, clock, wss, station } = all;
    await start(core, { profile: 3, url: wss.url });
    await untilSent(core);
    station.act("drop-link", 1);
    clock.advance(21 * 60_000);
    const gone = await reach(core, clock, (view) => view.state !== "under-way");
    expect([gone.state, gone.valid, gone.before.profile]).toEqual(["timed-out", "both", 1]);
    expect(stepsOf(gone).slice(-2)).toEqual(["return failed time-out", "settle waiting"]);
    expect((await snapshot(core.client, "access.station", { identity })).profile).toBe(null);
    expect(await dial(core, password)).toBe(101);

    station.act("restore-link", 1);
    const late = await reach(core, clock, (view) => view.state === "done");
    expect(late.valid).toBe("new");
    expect(await profileNow(core)).toEqual([true, 3]);
    expect(await dial(core, password)).toBe(403);
  });

  test("is not told to go to 3 before it has a certificate of its own", async () => {
    const { core, clock } = await guarded(version);
    await core.client.call("certificates.renewServer", {});
    await core.client.call("certificates.install", { identity });
    await start(core, { profile: 3, url: core.url.replace(/^ws:/, "wss:") });
    const failed = await reach(core, clock, (view) => view.state !== "under-way");
    expect([failed.state, failed.valid]).toEqual(["failed", "old"]);
    expect(stepsOf(failed)[3]).toBe("client-certificate failed certificate-unknown");
    expect(await profileNow(core)).toEqual([false, 1]);
  });

  test("does not go back to a lower profile: the demand goes first, then the station refuses", async () => {
    const all = await equipped(version);
    const { core, clock, wss } = all;
    await raise(all, 2);
    const higher = await raise(all, 1).catch((error: { code: string }) => error.code);
    expect(higher).toBe("invalid-input");
    await start(core, { profile: 1, url: core.url });
    const held = await reach(core, clock, (view) => view.state !== "under-way");
    expect([held.valid, stepsOf(held)[0]]).toEqual(["old", "way-in failed required-higher"]);
    await core.client.call("access.change", { identity, profile: null });
    await start(core, { profile: 1, url: core.url });
    const refused = await reach(core, clock, (view) => view.state !== "under-way");
    expect([refused.state, refused.valid]).toEqual(["failed", "old"]);
    expect(refused.steps.find(({ name }) => name === "send")).toMatchObject({ state: "failed", why: "refused" });
    expect(await dial(wss, password)).toBe(101);
  });
});

describe.each(["2.0.1", "2.1"] as const)("a station of OCPP %s", (version) => {
  test("goes back from 3 to 2 where the station allows it, and no further", async () => {
    const all = await equipped(version);
    const { core, wss } = all;
    expect((await raise(all, 3)).state).toBe("done");
    const allow = {
      component: { name: "SecurityCtrlr" },
      variable: { name: "AllowSecurityProfileDowngrade" },
      attributeValue: "true",
    };
    const payload = JSON.stringify({ setVariableData: [allow] });
    const command = { name: "raw", action: "SetVariables", payload } as const;
    expect(await core.client.call("stations.command", { identity, command })).toMatchObject({ result: "accepted" });
    await core.client.call("access.change", { identity, profile: 2 });
    const done = await raise(all, 2);
    expect([done.state, done.valid, done.before.profile]).toEqual(["done", "new", 3]);
    expect(await profileNow(core)).toEqual([true, 2]);
    expect(await dial(wss, password)).toBe(101);
    await backAgain(all);
    await core.client.call("access.change", { identity, profile: null });
    await start(core, { profile: 1, url: core.url });
    const refused = await reach(core, all.clock, (view) => view.state !== "under-way");
    expect(refused.steps.find(({ name }) => name === "send")).toMatchObject({ state: "failed", why: "refused" });
  });

  test("falls back to its old connection by itself where the new one leads nowhere", async () => {
    const all = await equipped(version);
    const { core, clock } = all;
    // Nobody listens on port 1 of this machine.
    await start(core, { profile: 3, url: "wss://127.0.0.1:1/" });
    const isBack = ({ steps }: ProcedureView) => steps.some(({ why }) => why === "old-profile");
    const back = await reach(core, clock, isBack);
    expect([back.state, back.valid]).toEqual(["under-way", "both"]);
    expect(back.steps.find(({ name }) => name === "return")).toMatchObject({ why: "old-profile", said: "1" });
    expect(await profileNow(core)).toEqual([false, 1]);
    const stopped = await core.client.call("procedures.cancel", { identity });
    expect([stopped.state, stopped.valid]).toEqual(["cancelled", "both"]);
  });
});
