import { expect, test } from "vitest";
import { createFaultBook } from "../../session/faults/fault-book.ts";
import { openServices, watch } from "../testing/open-services.ts";
import { faultsContract } from "./contract.ts";
import { faultsHandlers } from "./handlers.ts";

test("faults are turned on for a station, one kind off, and all; who looks at it is told", async () => {
  const { context, clock } = await openServices();
  const { registry, journal, log } = context;
  const faults = createFaultBook({ journal, clock, log });
  const handlers = faultsHandlers({ registry, faults });
  registry.ensure("CP2", 0);
  const [own, other] = ["CP1", "CP2"].map((identity) => watch(handlers["faults.state"], { identity }));
  const since = clock.now();
  const delay = { kind: "delay" as const, ms: 500, since, until: since + 60_000 };
  const silence = { kind: "silence" as const, since, until: since + 5000 };
  const set = (fault: object, seconds: number) =>
    handlers["faults.set"]({ identity: "CP1", fault: fault as { kind: "silence" }, seconds });
  expect(set({ kind: "delay", ms: 500 }, 60)).toEqual({ active: [delay] });
  expect(set({ kind: "silence" }, 5)).toEqual({ active: [delay, silence] });
  expect(watch(handlers["faults.state"], { identity: "CP1" }).snapshot).toEqual({ active: [delay, silence] });
  expect(handlers["faults.clear"]({ identity: "CP1", kind: "delay" })).toEqual({ active: [silence] });
  set({ kind: "delay", ms: 500 }, 60);
  expect(handlers["faults.clear"]({ identity: "CP1" })).toEqual({ active: [] });
  own?.close();
  set({ kind: "silence" }, 5);
  expect(own?.snapshot).toEqual({ active: [] });
  expect(own?.told).toEqual([
    { active: [delay] },
    { active: [delay, silence] },
    { active: [silence] },
    { active: [silence, delay] },
    { active: [delay] },
    { active: [] },
  ]);
  expect(other?.told).toEqual([]);
  for (const ask of [
    () => handlers["faults.set"]({ identity: "NOBODY", fault: { kind: "silence" }, seconds: 1 }),
    () => handlers["faults.clear"]({ identity: "NOBODY" }),
  ]) {
    expect(ask).toThrow(expect.objectContaining({ code: "not-found" }));
  }
});

test.each([
  [{ kind: "delay", ms: 1 }, true],
  [{ kind: "delay", ms: 0 }, false],
  [{ kind: "delay", ms: 600_000, actions: ["Heartbeat"] }, true],
  [{ kind: "delay", ms: 600_001 }, false],
  [{ kind: "delay", ms: 1.5 }, false],
  [{ kind: "silence", actions: Array.from({ length: 50 }, () => "A") }, true],
  [{ kind: "silence", actions: Array.from({ length: 51 }, () => "A") }, false],
  [{ kind: "silence", actions: [""] }, false],
  [{ kind: "error", code: "InternalError", description: "d".repeat(255) }, true],
  [{ kind: "error", code: "InternalError", description: "d".repeat(256) }, false],
  [{ kind: "error", code: "" }, false],
  [{ kind: "error", code: "c".repeat(51) }, false],
  [{ kind: "drop" }, true],
  [{ kind: "drop", everySeconds: 1 }, true],
  [{ kind: "drop", everySeconds: 0 }, false],
  [{ kind: "drop", everySeconds: 86_401 }, false],
  [{ kind: "time", offsetSeconds: -100 * 366 * 86_400 }, true],
  [{ kind: "time", offsetSeconds: -100 * 366 * 86_400 - 1 }, false],
  [{ kind: "time", offsetSeconds: 100 * 366 * 86_400 }, true],
  [{ kind: "time", offsetSeconds: 100 * 366 * 86_400 + 1 }, false],
  [{ kind: "refuse" }, true],
  [{ kind: "burn" }, false],
])("a fault %j is taken: %s", (fault, taken) => {
  const asked = (seconds: number) =>
    faultsContract["faults.set"].input.safeParse({ identity: "CP1", fault, seconds }).success;
  expect([0, 1, 86_400, 86_401].map(asked)).toEqual([false, taken, taken, false]);
});
