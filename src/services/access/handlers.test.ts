import { expect, test, vi } from "vitest";
import { createEmitter } from "../../lib/emitter.ts";
import { silentLogger } from "../../lib/logger.ts";
import { openBench } from "../../session/testing/bench.ts";
import type { RegistrationStatus } from "../../station/model.ts";
import { closingText } from "../../station/phrases.ts";
import { AccessRepository } from "../../store/access.ts";
import type { ServiceContext } from "../context.ts";
import { watch } from "../testing/open-services.ts";
import { accessHandlers } from "./handlers.ts";
import { openAccess } from "./logic.ts";
import { createWaitingStations } from "./waiting-stations.ts";

/** A station that has booted and was answered so; the settings say how the next is answered. */
async function setUp(answered: RegistrationStatus, boots = true) {
  const status = { now: answered };
  const bench = await openBench("1.6", {
    options: {
      policy: {
        boot: () => ({ status: answered, intervalSeconds: 300 }),
        timeMilliseconds: () => true,
        decide: () => ({ status: "Accepted" }),
        answerMs: () => 30_000,
        signs: () => true,
      },
    },
  });
  const access = openAccess(new AccessRepository(bench.database), silentLogger);
  const values = { strict: false, bootStatus: answered };
  const settings = { values, changed: createEmitter<unknown>(silentLogger) };
  const waitingStations = createWaitingStations(silentLogger);
  const changing = { now: false };
  const chosen: string[] = [];
  const handlers = accessHandlers(
    { ...bench.parts, settings } as unknown as ServiceContext,
    {
      access,
      waitingStations,
      passwords: {
        hash: async (password: string, form: string, setAt: number) => ({
          form,
          setAt,
          hash: `of ${password}`,
          salt: "s",
          layers: 0,
        }),
      },
      policy: { boot: () => ({ status: status.now, intervalSeconds: 300 }) },
      changing: () => changing.now,
      chosen: (identity: string, kept: string) => void chosen.push(`${identity} ${kept}`),
    } as unknown as Parameters<typeof accessHandlers>[1],
  );
  if (boots) bench.say('[2,"boot","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]');
  bench.sent.length = 0;
  function answerAll(now: RegistrationStatus): string[] {
    status.now = now;
    settings.changed.emit({ ...values, bootStatus: now });
    bench.parts.recorder.flush();
    return bench.sent.map((text) => JSON.parse(text)[3]?.requestedMessage);
  }
  return { bench, handlers, access, answerAll, status, changing, chosen, waitingStations, settings };
}

test("stations that were held are asked to boot again when they are now accepted, and others are not", async () => {
  expect((await setUp("Pending")).answerAll("Accepted")).toEqual(["BootNotification"]);
  expect((await setUp("Rejected")).answerAll("Accepted")).toEqual(["BootNotification"]);
  expect((await setUp("Rejected")).answerAll("Pending")).toEqual([]);
  expect((await setUp("Accepted")).answerAll("Pending")).toEqual([]);
  expect((await setUp("Pending", false)).answerAll("Accepted")).toEqual([]);
});

test("that one cannot be asked is a fault of ours, and keeps nothing up", async () => {
  const { bench, answerAll } = await setUp("Pending");
  const told = vi.spyOn(bench.parts.log, "bug");
  const error = new Error("no number");
  vi.spyOn(bench.parts.journal, "take").mockImplementation(() => {
    throw error;
  });
  expect(answerAll("Accepted")).toEqual([]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(told.mock.calls).toEqual([["a station could not be asked to boot", { station: "CP1", error }]]);
});

test("only one that was never heard of can be taken off the list of those that are expected", async () => {
  const { handlers, access } = await setUp("Accepted");
  access.change("CP1", { note: "here" });
  access.change("CP2", { note: "to come" });
  expect(handlers["access.expected"]({}, () => undefined).snapshot).toEqual([{ identity: "CP2", decision: null }]);
  const forget = (identity: string) => handlers["access.forget"]({ identity });
  const { told } = watch(handlers["access.expected"], {});
  expect(() => forget("CP1")).toThrow(expect.objectContaining({ code: "conflict" }));
  expect(() => forget("CP3")).toThrow(expect.objectContaining({ code: "not-found" }));
  expect(told).toEqual([]);
  expect(forget("CP2")).toBeNull();
  expect(told).toEqual([[]]);
  expect([access.find("CP1") !== undefined, access.find("CP2")]).toEqual([true, undefined]);
});

test("one that is refused is hung up on at once, and one that is let in is not", async () => {
  const { handlers, bench } = await setUp("Accepted");
  await handlers["access.decide"]({ identity: "CP1", decision: "accepted" });
  expect(bench.ended).toEqual([]);
  const session = bench.parts.registry.require("CP1").session;
  const closed = session && vi.spyOn(session, "close");
  await handlers["access.decide"]({ identity: "CP1", decision: "refused" });
  expect(bench.ended).toEqual([1008]);
  expect(closed?.mock.calls).toEqual([[1008, closingText("close-refused"), "asked"]]);
});

test("a password that is made is told once, one that was typed is not, and neither while a change is under way", async () => {
  const { handlers, changing, access, chosen } = await setUp("Accepted");
  const identity = "CP1";
  const made = await handlers["access.setPassword"]({ identity, form: "text", password: undefined });
  expect(made.password).toHaveLength(24);
  const typed = await handlers["access.setPassword"]({ identity, form: "hex", password: "00ff" });
  expect([typed.password, typed.access.password?.form]).toEqual([undefined, "hex"]);
  expect(access.find(identity)?.password?.hash).toBe("of 00ff");
  const odd = handlers["access.setPassword"]({ identity, form: "hex", password: "00f" });
  await expect(odd).rejects.toMatchObject({ code: "invalid-input" });
  expect((await handlers["access.removePassword"]({ identity })).password).toBeNull();
  changing.now = true;
  const late = handlers["access.setPassword"]({ identity, form: "text", password: "secret" });
  await expect(late).rejects.toMatchObject({ code: "conflict" });
  changing.now = false;
  const overtaken = handlers["access.setPassword"]({ identity, form: "text", password: "secret" });
  changing.now = true;
  await expect(overtaken).rejects.toMatchObject({ code: "conflict" });
  expect([access.find(identity)?.password, chosen]).toEqual([undefined, ["CP1 other", "CP1 other", "CP1 other"]]);
});

test("what is set to nothing is left to the settings again", async () => {
  const { handlers, access } = await setUp("Accepted");
  const change = (part: object) => handlers["access.change"]({ identity: "CP1", ...part });
  await change({
    profile: 2,
    bootStatus: "Pending",
    bootInterval: 60,
    bootPlan: [{ status: "Rejected", times: 1 }],
    note: "n",
  });
  expect(access.find("CP1")).toMatchObject({ profile: 2, bootStatus: "Pending", bootInterval: 60, note: "n" });
  const after = await change({ profile: null, bootStatus: null, bootInterval: null, bootPlan: [] });
  expect(after).toMatchObject({ profile: null, bootStatus: null, bootInterval: null, bootPlan: [], note: "n" });
});

test("a setting that says nothing of the boot asks nobody to boot", async () => {
  const { settings, bench, status } = await setUp("Pending");
  // As by a plan of its own: the next boot of that station is accepted, whatever the settings say.
  status.now = "Accepted";
  settings.changed.emit({ strict: true, bootStatus: "Pending" });
  bench.parts.recorder.flush();
  expect(bench.sent).toEqual([]);
});

test("the settings ask nobody to boot who was not held, is not here, or is still held", async () => {
  const pending = await setUp("Pending");
  pending.settings.changed.emit({ strict: true, bootStatus: "Pending" });
  expect(pending.answerAll("Pending")).toEqual([]);
  pending.bench.closed();
  expect(pending.answerAll("Accepted")).toEqual([]);
  const held = await setUp("Pending");
  const change = (bootStatus: RegistrationStatus | null) =>
    held.handlers["access.change"]({ identity: "CP1", bootStatus });
  held.answerAll("Pending");
  await change(null);
  held.bench.parts.recorder.flush();
  expect(held.bench.sent).toEqual([]);
});

test("one station that was held is asked to boot again when its own answer becomes another, and only then", async () => {
  const { handlers, answerAll, bench } = await setUp("Pending");
  answerAll("Accepted");
  bench.sent.length = 0;
  await handlers["access.change"]({ identity: "CP1", note: "n" });
  await handlers["access.change"]({ identity: "CP2", bootStatus: "Accepted" });
  bench.parts.recorder.flush();
  expect(bench.sent).toEqual([]);
  await handlers["access.change"]({ identity: "CP1", bootStatus: "Accepted" });
  bench.parts.recorder.flush();
  const commands = bench.events.newest(Number.MAX_SAFE_INTEGER, { kinds: ["command-sent"] }, 10);
  expect(commands.map(({ event }) => event)).toMatchObject([
    { name: "trigger", args: { message: "BootNotification", by: "core", because: "now-accepted" } },
    { name: "trigger", args: { message: "BootNotification", by: "core", because: "now-accepted" } },
  ]);
});

test("who looks at a station's access is told of it alone, and who looks no more of nothing", async () => {
  const { handlers, waitingStations } = await setUp("Accepted");
  const own = watch(handlers["access.station"], { identity: "CP9" });
  const waiting = watch(handlers["access.waiting"], {});
  expect([own.snapshot.allowed, waiting.snapshot]).toEqual(["unknown", []]);
  await handlers["access.change"]({ identity: "CP2", note: "other" });
  expect(own.told).toEqual([]);
  waitingStations.note({ identity: "CP9", remoteAddress: "192.0.2.9" }, "asked", 5);
  const atDoor = { identity: "CP9", state: "asked", remoteAddress: "192.0.2.9", firstAt: 5, lastAt: 5, tries: 1 };
  expect([own.told, waiting.told]).toEqual([[expect.objectContaining({ allowed: "waiting" })], [[atDoor]]]);
  expect(await handlers["access.decide"]({ identity: "CP9", decision: "accepted" })).toMatchObject({
    allowed: "accepted",
  });
  expect(own.told.at(-1)).toMatchObject({ identity: "CP9", allowed: "accepted" });
  expect(waiting.told.at(-1)).toEqual([]);
  await handlers["access.change"]({ identity: "CP9", note: "by itself" });
  expect(own.told.at(-1)).toMatchObject({ note: "by itself" });
  const told = [own.told.length, waiting.told.length];
  own.close();
  waiting.close();
  waitingStations.note({ identity: "CP9", remoteAddress: "192.0.2.9" }, "asked", 6);
  await handlers["access.change"]({ identity: "CP9", note: "n" });
  expect([own.told.length, waiting.told.length]).toEqual(told);
});

test("one that is expected is told when it is prepared for, and when it comes at last", async () => {
  const { handlers, bench } = await setUp("Accepted");
  const { told, close } = watch(handlers["access.expected"], {});
  await handlers["access.decide"]({ identity: "CP2", decision: "refused" });
  expect(told).toEqual([[{ identity: "CP2", decision: "refused" }]]);
  bench.say('[2,"beat","Heartbeat",{}]');
  expect(told).toHaveLength(1);
  const entry = bench.parts.registry.ensure("CP2", 0);
  bench.parts.registry.changed.emit(entry);
  expect(told.at(-1)).toEqual([]);
  close();
  await handlers["access.decide"]({ identity: "CP3", decision: "refused" });
  expect(told).toHaveLength(2);
});

test("of two passwords one is kept, and it is told which; while a change is under way, or where there is one, none", async () => {
  const { handlers, access, chosen, changing } = await setUp("Accepted");
  const identity = "CP1";
  const hash = (setAt: number) => ({ form: "text" as const, setAt, hash: `h${setAt}`, salt: "s", layers: 0 });
  const both = (more = {}) => access.change(identity, { password: hash(1), nextPassword: hash(2), ...more });
  const keep = (which: "old" | "new") => handlers["access.keepPassword"]({ identity, keep: which });
  const conflict = (phrase: string) =>
    expect.objectContaining({ code: "conflict", words: { phrase, values: { identity } } });
  expect(() => keep("new")).toThrow(conflict("no-two-passwords"));
  both({ unshown: true });
  expect(() => keep("new")).toThrow(conflict("no-two-passwords"));
  both({ unshown: undefined });
  changing.now = true;
  expect(() => keep("new")).toThrow(conflict("change-under-way"));
  expect(() => handlers["access.removePassword"]({ identity })).toThrow(conflict("change-under-way"));
  changing.now = false;
  expect(await keep("new")).toMatchObject({ password: { setAt: 2 }, nextPassword: null });
  both();
  expect(await keep("old")).toMatchObject({ password: { setAt: 1 }, nextPassword: null });
  both();
  const set = await handlers["access.setPassword"]({ identity, form: "text", password: "0123456789abcdef" });
  expect(set).toMatchObject({ access: { password: { form: "text" }, nextPassword: null } });
  both();
  expect(await handlers["access.removePassword"]({ identity })).toMatchObject({ password: null, nextPassword: null });
  expect(chosen).toEqual(["CP1 new", "CP1 old", "CP1 other", "CP1 other"]);
});

test("what is left out of a change stays, each by itself", async () => {
  const { handlers, access } = await setUp("Accepted");
  const whole = {
    profile: 3,
    certificate: "aa",
    bootStatus: "Rejected" as const,
    bootInterval: 60,
    bootPlan: [{ status: "Pending" as const, times: 2 }],
    note: "n",
  };
  const change = (part: object) => handlers["access.change"]({ identity: "CP1", ...part });
  expect(await change(whole)).toMatchObject(whole);
  expect(await change({})).toMatchObject(whole);
  for (const key of ["profile", "certificate", "bootStatus", "bootInterval"] as const) {
    expect(await change({ [key]: null })).toMatchObject({ ...whole, [key]: null });
    await change({ [key]: whole[key] });
  }
  expect(await change({ bootPlan: [] })).toMatchObject({ ...whole, bootPlan: [] });
  expect(access.find("CP1")?.bootPlan).toBeUndefined();
});
