import { expect, test } from "vitest";
import { createBugs } from "./bugs.ts";
import { createManualClock } from "./clock.ts";
import { type Logger, silentLogger } from "./logger.ts";

function setUp() {
  const logged: string[] = [];
  const clock = createManualClock(Date.UTC(2026, 10, 26, 9, 2, 3));
  const bugs = createBugs({ log: { ...silentLogger, bug: (text) => logged.push(text) }, clock, version: "1.2.3" });
  return { bugs, logged, clock };
}

test("tells a person of the first fault alone, with version, place, frame and stack", () => {
  const { bugs, clock } = setUp();
  const told: string[] = [];
  bugs.met.on(({ text }) => told.push(text));
  bugs.log.bug("a message could not be handled", { error: new RangeError("too deep"), frame: 42 });
  clock.advance(1000);
  bugs.log.bug("another", { error: "x" });
  expect(told).toHaveLength(1);
  expect(told[0]?.split("\n").slice(0, 2)).toEqual([
    "Plugside 1.2.3, 2026-11-26T09:02:03.000Z, a message could not be handled, frame 42",
    "RangeError: too deep",
  ]);
  expect(bugs.first?.at).toBe(Date.UTC(2026, 10, 26, 9, 2, 3));
});

test("logs a hundred faults whole, and of a flood only how large it is", () => {
  const { bugs, logged } = setUp();
  for (let count = 0; count < 10_000; count++) bugs.log.bug("again", { error: "x" });
  expect(logged.length).toBe(102);
  expect(new Set(logged.slice(0, 100))).toEqual(new Set(["again"]));
  expect(logged.slice(-2)).toEqual(["again (1000 faults by now)", "again (10000 faults by now)"]);
});

test("a fault that has no stack is told by its name and its words, and a long one is cut", () => {
  const told = (error: unknown) => {
    const { bugs } = setUp();
    bugs.log.bug("odd", { error });
    return bugs.first?.text.split("\n").slice(1).join("\n");
  };
  const bare = new RangeError("too deep");
  bare.stack = undefined;
  expect([told(bare), told("x"), told(undefined)]).toEqual(["RangeError: too deep", "x", "undefined"]);
  const { bugs } = setUp();
  expect(bugs.first).toBeNull();
  bugs.log.bug("long", { error: "x".repeat(5000) });
  expect(bugs.first?.text).toHaveLength(4000);
  expect(bugs.first?.text.split("\n")[0]).toBe("Plugside 1.2.3, 2026-11-26T09:02:03.000Z, long");
});

test("what is no fault is logged and nothing else", () => {
  const said: unknown[] = [];
  const log: Logger = {
    info: (...what) => said.push("info", ...what),
    warn: (...what) => said.push("warn", ...what),
    error: (...what) => said.push("error", ...what),
    bug: (...what) => said.push("bug", ...what),
  };
  const bugs = createBugs({ log, clock: createManualClock(), version: "1" });
  bugs.log.info("a", { n: 1 });
  bugs.log.warn("b", { n: 2 });
  bugs.log.error("c", { n: 3 });
  expect(said).toEqual(["info", "a", { n: 1 }, "warn", "b", { n: 2 }, "error", "c", { n: 3 }]);
  expect(bugs.first).toBeNull();
});
