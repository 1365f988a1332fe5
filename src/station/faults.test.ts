import { expect, test } from "vitest";
import { type ActiveFault, type Fault, faultOn } from "./faults.ts";

const active = (...faults: Fault[]): ActiveFault[] => faults.map((fault) => ({ ...fault, since: 0, until: 1 }));

test("several faults meet in one answer", () => {
  const faults = active({ kind: "delay", ms: 5 }, { kind: "time", offsetSeconds: -2 }, { kind: "error", code: "X" });
  expect(faultOn(faults, "Heartbeat")).toEqual({
    silent: false,
    delayMs: 5,
    offsetMs: -2000,
    error: { code: "X", description: "" },
  });
  expect(faultOn(active({ kind: "error", code: "X", description: "why" }, { kind: "silence" }), "A")).toEqual({
    silent: true,
    delayMs: 0,
    offsetMs: 0,
    error: { code: "X", description: "why" },
  });
  expect(faultOn([], "Heartbeat")).toBeNull();
});

test("a fault for some actions leaves the others alone, letter case aside", () => {
  const faults = active({ kind: "silence", actions: ["MeterValues"] });
  expect(faultOn(faults, "metervalues")?.silent).toBe(true);
  expect(faultOn(faults, "Heartbeat")).toBeNull();
  expect(faultOn(active({ kind: "delay", ms: 7, actions: [] }), "Heartbeat")?.delayMs).toBe(7);
});

test("a cut link and a closed door do nothing to answers", () => {
  expect(faultOn(active({ kind: "drop", everySeconds: 5 }, { kind: "refuse" }), "Heartbeat")).toBeNull();
});
