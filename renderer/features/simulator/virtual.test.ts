import { expect, test } from "vitest";
import { emptyStart, freeIdentity, readStart, stateOf, type VirtualConnector } from "./virtual.ts";

const still: VirtualConnector = { evse: 1, connector: 1, plugged: false, charging: false, power: 0, energy: 1000 };

test("a fault is said before charging, charging before plugged in", () => {
  const plugged = { ...still, plugged: true };
  expect([still, plugged, { ...plugged, charging: true }, { ...plugged, fault: "GroundFailure" }].map(stateOf)).toEqual(
    ["free", "plugged", "charging", "faulted"],
  );
});

test("the name suggested is the first that is free", () => {
  expect(freeIdentity([])).toBe("VIRTUAL-1");
  expect(freeIdentity(["VIRTUAL-1", "VIRTUAL-3"])).toBe("VIRTUAL-2");
});

test("a form is read with a decimal comma, and each name has its own seed", () => {
  const read = readStart({ ...emptyStart, identity: " CP*1 ", ocpp: "2.0.1", speed: "2,5", connectors: "8" }, []);
  expect(read).toEqual({
    input: {
      identity: "CP*1",
      ocpp: "2.0.1",
      scenario: "day",
      speed: 2.5,
      connectors: 8,
      quirks: [],
      seed: expect.any(Number),
    },
  });
  const other = readStart({ ...emptyStart, identity: "CP*2" }, []);
  expect("input" in read && "input" in other && read.input.seed !== other.input.seed).toBe(true);
});

test("an identity is 1 to 48 characters that fit in a URL", () => {
  const names = ["", "a b", "a/b", "x".repeat(49), "Å1"];
  const refused = { problems: { identity: "identityBad" } };
  expect(names.map((identity) => readStart({ ...emptyStart, identity }, []))).toEqual(names.map(() => refused));
});

test("what is wrong is said for each field", () => {
  expect(readStart({ ...emptyStart, identity: "A", speed: "0", connectors: "1.5" }, ["A"])).toEqual({
    problems: { identity: "identityTaken", speed: "speedBad", connectors: "connectorsBad" },
  });
  expect(readStart({ ...emptyStart, identity: "A", speed: "", connectors: "9" }, [])).toEqual({
    problems: { speed: "speedBad", connectors: "connectorsBad" },
  });
});
