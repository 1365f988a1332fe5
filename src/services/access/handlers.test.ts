import { expect, test } from "vitest";
import { createEmitter } from "../../lib/emitter.ts";
import { silentLogger } from "../../lib/logger.ts";
import { openBench } from "../../session/testing/bench.ts";
import type { RegistrationStatus } from "../../station/model.ts";
import { AccessRepository } from "../../store/access.ts";
import type { ServiceContext } from "../context.ts";
import { accessHandlers } from "./handlers.ts";
import { openAccess } from "./logic.ts";

/** A station that has booted and was answered so; the settings say how the next is answered. */
async function setUp(answered: RegistrationStatus) {
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
  const waitingStations = { list: () => [], forget: () => undefined, changed: createEmitter<void>(silentLogger) };
  const changing = { now: false };
  const handlers = accessHandlers(
    { ...bench.parts, settings } as unknown as ServiceContext,
    {
      access,
      waitingStations,
      passwords: {
        hash: async (_password: string, form: string, setAt: number) => ({
          form,
          setAt,
          hash: "h",
          salt: "s",
          layers: 0,
        }),
      },
      policy: { boot: () => ({ status: status.now, intervalSeconds: 300 }) },
      changing: () => changing.now,
      chosen: () => undefined,
    } as unknown as Parameters<typeof accessHandlers>[1],
  );
  bench.say('[2,"boot","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]');
  bench.sent.length = 0;
  function answerAll(now: RegistrationStatus): string[] {
    status.now = now;
    settings.changed.emit({ ...values, bootStatus: now });
    bench.parts.recorder.flush();
    return bench.sent.map((text) => JSON.parse(text)[3]?.requestedMessage);
  }
  return { bench, handlers, access, answerAll, changing };
}

test("stations that were held are asked to boot again when they are now accepted, and others are not", async () => {
  expect((await setUp("Pending")).answerAll("Accepted")).toEqual(["BootNotification"]);
  expect((await setUp("Rejected")).answerAll("Accepted")).toEqual(["BootNotification"]);
  expect((await setUp("Rejected")).answerAll("Pending")).toEqual([]);
  expect((await setUp("Accepted")).answerAll("Pending")).toEqual([]);
});

test("only one that was never heard of can be taken off the list of those that are expected", async () => {
  const { handlers, access } = await setUp("Accepted");
  access.change("CP1", { note: "here" });
  access.change("CP2", { note: "to come" });
  expect(handlers["access.expected"]({}, () => undefined).snapshot).toEqual([{ identity: "CP2", decision: null }]);
  const forget = (identity: string) => handlers["access.forget"]({ identity });
  expect(() => forget("CP1")).toThrow(expect.objectContaining({ code: "conflict" }));
  expect(() => forget("CP3")).toThrow(expect.objectContaining({ code: "not-found" }));
  expect(forget("CP2")).toBeNull();
  expect([access.find("CP1") !== undefined, access.find("CP2")]).toEqual([true, undefined]);
});

test("one that is refused is hung up on at once, and one that is let in is not", async () => {
  const { handlers, bench } = await setUp("Accepted");
  await handlers["access.decide"]({ identity: "CP1", decision: "accepted" });
  expect(bench.ended).toEqual([]);
  await handlers["access.decide"]({ identity: "CP1", decision: "refused" });
  expect(bench.ended).toEqual([1008]);
});

test("a password that is made is told once, one that was typed is not, and neither while a change is under way", async () => {
  const { handlers, changing } = await setUp("Accepted");
  const identity = "CP1";
  const made = await handlers["access.setPassword"]({ identity, form: "text", password: undefined });
  expect(made.password).toHaveLength(24);
  const typed = await handlers["access.setPassword"]({ identity, form: "hex", password: "00ff" });
  expect([typed.password, typed.access.password?.form]).toEqual([undefined, "hex"]);
  const odd = handlers["access.setPassword"]({ identity, form: "hex", password: "00f" });
  await expect(odd).rejects.toMatchObject({ code: "invalid-input" });
  expect((await handlers["access.removePassword"]({ identity })).password).toBeNull();
  changing.now = true;
  const late = handlers["access.setPassword"]({ identity, form: "text", password: "secret" });
  await expect(late).rejects.toMatchObject({ code: "conflict" });
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
