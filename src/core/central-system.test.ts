import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { DisposableStore } from "../lib/disposable.ts";
import { createEmitter } from "../lib/emitter.ts";
import { silentLogger } from "../lib/logger.ts";
import { openAccess } from "../services/access/logic.ts";
import { openServices } from "../services/testing/open-services.ts";
import type { LinkAcceptorOptions } from "../session/accept.ts";
import type { ForwardingOptions } from "../session/forward/forwarding.ts";
import type { createTriggerAfterConnect } from "../session/trigger-after-connect.ts";
import { AccessRepository } from "../store/access.ts";
import { type CentralSystemOptions, createCentralSystem, upstreamLimit } from "./central-system.ts";

const made = vi.hoisted(() => ({
  acceptor: null as unknown,
  forwarding: null as unknown,
  trigger: null as unknown,
  forwards: false,
}));
vi.mock("../session/accept.ts", () => ({
  createLinkAcceptor: (options: unknown) => {
    made.acceptor = options;
    return "acceptor";
  },
}));
vi.mock("../session/forward/forwarding.ts", () => ({
  createForwarding: (options: unknown) => {
    made.forwarding = options;
    return { relay: () => (made.forwards ? "relay" : null) };
  },
}));
vi.mock("../session/trigger-after-connect.ts", () => ({
  createTriggerAfterConnect: (options: unknown) => {
    made.trigger = options;
    return { dispose: () => undefined };
  },
}));

async function setUp() {
  made.forwards = false;
  const bench = await openServices();
  const { context, database } = bench;
  const dataFolder = mkdtempSync(join(tmpdir(), "plugside-central-"));
  onTestFinished(() => rmSync(dataFolder, { recursive: true, force: true }));
  const access = openAccess(new AccessRepository(database), silentLogger);
  const closing = new DisposableStore();
  onTestFinished(() => closing.dispose());
  const reopened = createEmitter<{ folder: boolean }>(silentLogger);
  const central = createCentralSystem(
    {
      record: { ...context, database, file: { reopened } },
      settings: context.settings,
      access,
      tokens: context.tokens,
      dataFolder,
      clock: bench.clock,
      log: context.log,
    } as unknown as CentralSystemOptions,
    closing,
  );
  return {
    ...bench,
    access,
    central,
    dataFolder,
    reopened,
    acceptor: made.acceptor as LinkAcceptorOptions,
    forwarding: made.forwarding as ForwardingOptions,
    trigger: made.trigger as Parameters<typeof createTriggerAfterConnect>[0],
  };
}

const knock = (identity: string) => ({ identity, remoteAddress: "192.0.2.7", secure: false });

test("a boot is answered by the station's own choice, by its plan before that, and by the settings otherwise", async () => {
  const { central, access, context } = await setUp();
  const boot = () => central.policy.boot("CP1");
  context.settings.change({ bootStatus: "Pending", heartbeatSeconds: 77 });
  expect(boot()).toEqual({ status: "Pending", intervalSeconds: 77 });
  access.change("CP1", { bootStatus: "Rejected", bootInterval: 5 });
  expect(boot()).toEqual({ status: "Rejected", intervalSeconds: 5 });
  access.change("CP1", {
    bootPlan: [
      { status: "Accepted", times: 1 },
      { status: "Pending", times: 1, interval: 1 },
    ],
  });
  expect(boot()).toEqual({ status: "Accepted", intervalSeconds: 5 });
  access.change("CP1", { bootPlan: [{ status: "Pending", times: 1, interval: 9 }] });
  expect(boot()).toEqual({ status: "Pending", intervalSeconds: 9 });
  expect(central.policy.boot("CP2")).toEqual({ status: "Pending", intervalSeconds: 77 });
});

test("a card is decided on by the list, and by whether others are accepted", async () => {
  const { central, context, clock } = await setUp();
  context.tokens.save({ value: "BAD", status: "Blocked" });
  const decide = (value: string) =>
    central.policy.decide({ value } as never, clock.now(), context.registry.require("CP1").state).status;
  expect([decide("bad"), decide("other")]).toEqual(["Blocked", "Accepted"]);
  context.settings.setAcceptAll(false);
  expect(decide("other")).toBe("Invalid");
});

test("how strictly a station is taken is its own choice, or the settings'", async () => {
  const { acceptor, access, context } = await setUp();
  expect(acceptor.strictness("CP1")).toEqual({ strict: false, emptyAnswers: false });
  context.settings.change({ strict: true });
  expect(acceptor.strictness("CP1")).toEqual({ strict: true, emptyAnswers: false });
  access.change("CP1", { strict: false, emptyAnswers: true });
  expect(acceptor.strictness("CP1")).toEqual({ strict: false, emptyAnswers: true });
  const [first, second] = [acceptor.newTransactionId(), acceptor.newTransactionId()];
  expect([second - first, first]).toEqual([1, context.recorder.reached - 1]);
});

test("a station that connects is asked by itself where that is wanted, and never past a central system above", async () => {
  const { trigger, context } = await setUp();
  context.settings.change({ triggerAfterConnect: true });
  expect(trigger.wanted("CP1")).toBe(true);
  made.forwards = true;
  expect(trigger.wanted("CP1")).toBe(false);
  made.forwards = false;
  context.settings.change({ triggerAfterConnect: false });
  expect(trigger.wanted("CP1")).toBe(false);
});

test("the central system above is heard up to 16 MB, waited for as the settings say, and has the faults on purpose", async () => {
  const { forwarding, central, context } = await setUp();
  expect([forwarding.messageLimit(), upstreamLimit()]).toEqual([16 * 1024 * 1024, 16 * 1024 * 1024]);
  context.settings.change({ answerSeconds: 7 });
  expect(forwarding.answerMs()).toBe(7000);
  central.faults.set(context.registry.require("CP1"), { kind: "refuse" }, 5);
  expect(forwarding.faults("CP1")).toMatchObject([{ kind: "refuse" }]);
  expect(forwarding.faults("CP2")).toEqual([]);
});

test("who is let in is decided by what is known, by the settings, and by faults on purpose", async () => {
  const { central, context } = await setUp();
  const admit = (identity: string) => central.accessControl.admit(knock(identity) as never);
  expect(await admit("NEW")).toMatchObject({ allow: true });
  context.settings.change({ unknownStations: "ask" });
  expect(await admit("NEW")).toMatchObject({ allow: false, status: 503, causes: [{ code: "asked-first" }] });
  expect(central.waitingStations.list()).toMatchObject([{ identity: "NEW", state: "asked" }]);
  expect(await admit("CP1")).toMatchObject({ allow: true });
  const other = { user: "admin", password: Buffer.from("x") };
  const withOther = () => central.accessControl.admit({ ...knock("CP1"), credentials: other } as never);
  expect((await withOther()).allow).toBe(true);
  context.settings.change({ strict: true });
  expect(await withOther()).toMatchObject({ allow: false, status: 401, causes: [{ code: "user-name" }] });
  central.faults.set(context.registry.require("CP1"), { kind: "refuse" }, 5);
  expect(await admit("CP1")).toMatchObject({ allow: false, status: 503, causes: [{ code: "refused" }] });
});

test("the secrets of the central systems above are written again when their folder was made anew, and only then", async () => {
  const { forwarding, reopened, dataFolder } = await setUp();
  const file = join(dataFolder, "secrets.json");
  forwarding.secrets.set("CP1", "hemligt");
  rmSync(file);
  reopened.emit({ folder: false });
  expect(existsSync(file)).toBe(false);
  reopened.emit({ folder: true });
  expect(readFileSync(file, "utf8")).toContain("hemligt");
});
