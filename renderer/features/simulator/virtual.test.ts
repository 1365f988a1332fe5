import { expect, test } from "vitest";
import { freeIdentity, handsOn, isIdentity, stateOf, type VirtualConnector } from "./virtual.ts";

const still: VirtualConnector = { evse: 1, connector: 1, plugged: false, charging: false, power: 0, energy: 1000 };

test("a fault is said before charging, charging before plugged in", () => {
  const plugged = { ...still, plugged: true };
  expect([still, plugged, { ...plugged, charging: true }, { ...plugged, fault: "GroundFailure" }].map(stateOf)).toEqual([
    "free",
    "plugged",
    "charging",
    "faulted",
  ]);
});

test("a hand is offered what can be done now", () => {
  expect(handsOn(still)).toEqual(["plug", "tap", "fault"]);
  expect(handsOn({ ...still, plugged: true, fault: "OverVoltage" })).toEqual(["unplug", "tap", "clear-fault"]);
});

test("the name suggested is the first that is free", () => {
  expect(freeIdentity([])).toBe("VIRTUAL-1");
  expect(freeIdentity(["VIRTUAL-1", "VIRTUAL-3"])).toBe("VIRTUAL-2");
});

test("an identity is 1 to 48 characters that fit in a URL", () => {
  expect(["CP*1", " CP1 ", "", "a b", "a/b", "x".repeat(48), "x".repeat(49), "Å1"].map(isIdentity)).toEqual([
    true,
    true,
    false,
    false,
    false,
    true,
    false,
    false,
  ]);
});
