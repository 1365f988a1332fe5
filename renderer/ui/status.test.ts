import { expect, test } from "vitest";
import type { StationSummary } from "../../src/services/stations/contract.ts";
import { isStateName, severityTones, stationWord, toneOf } from "./status.ts";

test("each state has its colour, and what is no state is grey", () => {
  const tones = {
    charging: ["Charging"],
    available: ["Available", "Online"],
    waiting: ["Preparing", "SuspendedEV", "SuspendedEVSE", "Finishing", "Reserved", "Occupied"],
    faulted: ["Faulted"],
    quiet: ["Unavailable", "Offline", "Never", "Unknown", "toString", ""],
  };
  for (const [tone, states] of Object.entries(tones)) {
    expect(states.map(toneOf)).toEqual(states.map(() => tone));
  }
  expect(["Charging", "toString", ""].map(isStateName)).toEqual([true, false, false]);
});

test("what is graver is redder", () => {
  expect(severityTones).toEqual({ error: "faulted", warning: "waiting", notice: "quiet" });
});

test.each([
  ["offline", "Charging", "Offline"],
  ["never", "Charging", "Never"],
  ["online", "Charging", "Charging"],
  ["online", "", "Online"],
  ["online", "Unknown", "Online"],
] as const)("a station that is %s and says %j is %s", (state, status, word) => {
  expect(stationWord({ link: { state }, status } as StationSummary)).toBe(word);
});
