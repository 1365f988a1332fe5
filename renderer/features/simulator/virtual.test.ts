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

test("a station runs from a tenth of the time to a thousand times as fast, with one to eight connectors", () => {
  const wrong = (speed: string, connectors = "1") => {
    const read = readStart({ ...emptyStart, identity: "A", speed, connectors }, []);
    return "problems" in read ? read.problems : { ...read.input };
  };
  for (const [speed, value] of [
    ["0,1", 0.1],
    [" 1000 ", 1000],
  ] as const)
    expect(wrong(speed, " 8 ")).toMatchObject({ speed: value, connectors: 8 });
  for (const speed of ["0.09", "1000.1", "-1", "x"]) expect(wrong(speed)).toEqual({ speed: "speedBad" });
  for (const connectors of ["0", "9", "1.5", "", "x"])
    expect(wrong("1", connectors)).toEqual({ connectors: "connectorsBad" });
});

test("the same name has the same seed, a positive one", () => {
  const seedOf = (identity: string) => {
    const read = readStart({ ...emptyStart, identity }, []);
    return "input" in read ? read.input.seed : null;
  };
  expect([seedOf("A"), seedOf("A"), seedOf("AB"), seedOf("x".repeat(48))]).toMatchInlineSnapshot(`
    [
      66,
      66,
      2082,
      416508,
    ]
  `);
});
