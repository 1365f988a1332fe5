import { expect, test } from "vitest";
import { createManualClock } from "../lib/clock.ts";
import { silentLogger } from "../lib/logger.ts";
import type { Plan, StepTools } from "./plan.ts";
import { createRunner } from "./runner.ts";

type Walk = { state: "under-way" | "done" | "failed"; at: string[]; seen?: number };
type Event = "next" | "late" | "restarted" | "nothing";
type Effect = "carry" | "wait" | "keep";
type Secrets = { word: string };
type Tools = StepTools<Walk, Event, Secrets>;

/** A walk of three events: each asks for something, the third ends it. */
const walk = (log: string[], tools: Tools[] = []): Plan<Walk, Event, Effect, Secrets> => ({
  begin: (run) => ({ run: { ...run, at: ["begun"] }, effects: ["keep", "carry"] }),
  advance(run, event) {
    if (event === "nothing" || run.state !== "under-way") return { run, effects: [] };
    const at = [...run.at, event];
    if (event === "late") return { run: { ...run, at, state: "failed" }, effects: ["carry"] };
    return at.length < 4
      ? { run: { ...run, at }, effects: ["wait"] }
      : { run: { ...run, at, state: "done" }, effects: [] };
  },
  restarted: "restarted",
  keep: (effect) => void (effect === "keep" && log.push("kept")),
  carry(effect, given) {
    tools.push(given);
    if (effect === "keep") return;
    log.push(`${effect} ${given.run.id} ${given.secrets?.word ?? "-"}`);
    if (effect === "wait") given.wait([{ after: 1000, event: "late" }]);
  },
});

function store() {
  const rows: { id: number; identity: string; body: Walk }[] = [];
  return {
    rows,
    latest: () => rows.filter(({ id, identity }) => !rows.some((row) => row.identity === identity && row.id > id)),
    add(identity: string, body: Walk) {
      rows.push({ id: rows.length + 1, identity, body });
      return rows.length;
    },
    save(id: number, body: Walk) {
      const row = rows.find((one) => one.id === id);
      if (row) row.body = body;
    },
  };
}

const begun: Walk = { state: "under-way", at: [] };

function setUp(kept = store()) {
  const log: string[] = [];
  const tools: Tools[] = [];
  const clock = createManualClock(0);
  const told: string[] = [];
  const save = (id: number, body: Walk) => {
    log.push("stored");
    kept.save(id, body);
  };
  const runner = createRunner({ plan: walk(log, tools), store: { ...kept, save }, clock, log: silentLogger });
  runner.changed.on(({ identity, at }) => told.push(`${identity} ${at.join(" ")}`));
  return { log, tools, clock, told, runner, kept };
}

test("what a step relies on is kept, then the run is stored and told, then the step is done", () => {
  const { log, told, runner, kept } = setUp();
  expect(runner.start("A", begun, { word: "w" })).toEqual({ id: 1, identity: "A", state: "under-way", at: ["begun"] });
  expect(log).toEqual(["kept", "stored", "carry 1 w"]);
  expect(told).toEqual(["A begun"]);
  expect(kept.rows).toEqual([{ id: 1, identity: "A", body: { state: "under-way", at: ["begun"] } }]);
});

test("what changes nothing is neither stored nor told", () => {
  const { log, told, runner } = setUp();
  runner.start("A", begun, { word: "w" });
  expect(runner.happen("A", "nothing")?.at).toEqual(["begun"]);
  expect(runner.happen("B", "next")).toBeNull();
  expect([log.length, told.length]).toEqual([3, 1]);
});

test("an alarm rings once, and one wait takes the place of another", () => {
  const { clock, runner, log } = setUp();
  runner.start("A", begun, { word: "w" });
  runner.happen("A", "next");
  clock.advance(900);
  runner.happen("A", "next");
  clock.advance(900);
  expect(runner.latest("A")?.at).toEqual(["begun", "next", "next"]);
  clock.advance(100);
  expect(runner.latest("A")).toMatchObject({ state: "failed", at: ["begun", "next", "next", "late"] });
  expect(runner.underWay("A")).toBe(false);
  // Its last step still has the secrets.
  expect(log.at(-1)).toBe("carry 1 w");
});

test("of several alarms each rings at its time; a step is told when it is taken", () => {
  const { clock, tools, told, kept } = setUp();
  const times: number[] = [];
  const plan = walk([], tools);
  const runner = createRunner({
    plan: {
      ...plan,
      begin(run, now) {
        times.push(now);
        return plan.begin(run, now);
      },
      advance(run, event, now) {
        times.push(now);
        return plan.advance(run, event, now);
      },
    },
    ...{ store: kept, clock, log: silentLogger },
  });
  runner.changed.on(({ at }) => told.push(at.join(" ")));
  clock.advance(5);
  runner.start("A", begun, { word: "w" });
  tools[0]?.wait([
    { after: 200, event: "late" },
    { after: 100, event: "nothing" },
  ]);
  clock.advance(199);
  expect([times, told]).toEqual([[5, 105], ["begun"]]);
  clock.advance(1);
  expect([times, told]).toEqual([
    [5, 105, 205],
    ["begun", "begun late"],
  ]);
});

test("the end of a run stops its alarms and forgets its secrets; each station has its own", () => {
  const { clock, runner, tools, log } = setUp();
  runner.start("A", begun, { word: "a" });
  runner.start("B", begun, { word: "b" });
  for (let step = 0; step < 3; step++) runner.happen("A", "next");
  clock.advance(5000);
  expect(runner.latest("A")?.state).toBe("done");
  expect(runner.latest("B")?.at).toEqual(["begun"]);
  runner.start("A", begun, { word: "again" });
  expect(log.at(-1)).toBe("carry 3 again");
  // What comes late of an earlier run is not the new one's.
  tools[0]?.happen("next");
  expect(runner.latest("A")?.at).toEqual(["begun"]);
  tools[0]?.remember({ seen: 1 });
  expect(runner.latest("A")?.seen).toBeUndefined();
});

test("what is remembered is stored with the next event", () => {
  const { runner, tools, kept } = setUp();
  runner.start("A", begun, { word: "a" });
  tools[0]?.remember({ seen: 7 });
  expect([runner.latest("A")?.seen, kept.rows[0]?.body.seen]).toEqual([7, undefined]);
  runner.happen("A", "next");
  expect(kept.rows[0]?.body.seen).toBe(7);
});

test("secrets that are changed hold until the end", () => {
  const { runner, tools, log } = setUp();
  runner.start("A", begun, { word: "a" });
  tools[0]?.holdSecrets({ word: "other" });
  runner.happen("A", "next");
  expect(log.at(-1)).toBe("wait 1 other");
});

test("after a restart what was under way goes on, without its secrets, and what had ended stays", () => {
  const kept = store();
  const first = setUp(kept);
  first.runner.start("A", begun, { word: "a" });
  first.runner.start("B", begun, { word: "b" });
  for (let step = 0; step < 3; step++) first.runner.happen("B", "next");
  const ended = structuredClone(kept.rows[1]);
  void first.runner.dispose();
  const { runner, log } = setUp(kept);
  expect(runner.latest("A")?.at).toEqual(["begun"]);
  runner.resume();
  expect(runner.latest("A")?.at).toEqual(["begun", "restarted"]);
  expect(log.filter((line) => line.startsWith("wait"))).toEqual(["wait 1 -"]);
  expect(kept.rows[1]).toEqual(ended);
});

test("closed, no alarm rings; forgotten, a station has no run", () => {
  const { clock, runner } = setUp();
  runner.start("A", begun, { word: "a" });
  runner.happen("A", "next");
  void runner.dispose();
  clock.advance(5000);
  expect(runner.latest("A")?.state).toBe("under-way");
  runner.forget("A");
  expect(runner.latest("A")).toBeNull();
});
