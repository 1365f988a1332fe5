import { expect, it } from "vitest";
import type { StationSummary } from "../../../src/services/stations/contract.ts";
import { newsOf } from "./use-notices.ts";

function station(identity: string, status: string, state: "online" | "offline" = "online", errorCode?: string) {
  return { identity, status, link: { state }, errorCode } as StationSummary;
}
const before = (entries: Record<string, string>) => new Map(Object.entries(entries));

it("what a station was at the first look is no news", () => {
  expect(newsOf(null, [station("A", "Faulted")])).toEqual([]);
});

it("a fault is told once, with its error", () => {
  const faulted = station("A", "Faulted", "online", "GroundFailure");
  expect(newsOf(before({ A: "Charging" }), [faulted])).toEqual([
    { identity: "A", what: "faulted", error: "GroundFailure" },
  ]);
  expect(newsOf(before({ A: "Faulted" }), [faulted])).toEqual([]);
});

it("who goes and who comes is told, and no other change", () => {
  expect(newsOf(before({ A: "Charging" }), [station("A", "Charging", "offline")])).toEqual([
    { identity: "A", what: "offline" },
  ]);
  expect(newsOf(before({ A: "Offline" }), [station("A", "Available")])).toEqual([{ identity: "A", what: "back" }]);
  expect(newsOf(before({ A: "Never" }), [station("A", "Available")])).toEqual([{ identity: "A", what: "back" }]);
  expect(newsOf(before({ A: "Never" }), [station("A", "Available", "offline")])).toEqual([
    { identity: "A", what: "offline" },
  ]);
  expect(newsOf(before({}), [station("NEW", "Available", "offline")])).toEqual([]);
  expect(newsOf(before({}), [station("NEW", "Available")])).toEqual([{ identity: "NEW", what: "back" }]);
  expect(newsOf(before({ A: "Available" }), [station("A", "Charging")])).toEqual([]);
});
