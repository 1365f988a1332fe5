import { expect, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import { silentLogger } from "../../lib/logger.ts";
import type { EventBody } from "../../station/events.ts";
import type { Fault } from "../../station/faults.ts";
import type { Journal } from "../journal.ts";
import type { StationEntry } from "../station-entry.ts";
import { createFaultBook } from "./fault-book.ts";

/** A book over a journal in memory; `cuts` is how often the link was cut. */
function setUp() {
  const clock = createManualClock();
  const written: string[] = [];
  const bodies: EventBody[] = [];
  const journal = {
    write(_entry: StationEntry, event: EventBody) {
      bodies.push(event);
      if (event.kind === "fault-injected") written.push(`${event.fault.kind} ${event.state}`);
    },
  } as unknown as Journal;
  const book = createFaultBook({ journal, clock, log: silentLogger });
  const counts = { cuts: 0 };
  const causes = new Set<string>();
  const cut = (cause: string) => causes.add(cause) && counts.cuts++;
  const entry = { identity: "CP1", session: { cut } } as unknown as StationEntry;
  const kinds = () => book.active("CP1").map(({ kind }) => kind);
  return { book, clock, written, bodies, counts, causes, entry, kinds };
}

const refuse: Fault = { kind: "refuse" };
const drop: Fault = { kind: "drop", everySeconds: 10 };

test("only a drop cuts the link again and again", () => {
  const { book, clock, counts, entry } = setUp();
  book.set(entry, { kind: "silence" }, 60);
  clock.advance(30_000);
  expect(counts.cuts).toBe(0);
  book.set(entry, drop, 60);
  clock.advance(30_000);
  expect(counts.cuts).toBe(3);
});

test("a fault is on for its time, and over by itself", () => {
  const { book, clock, written, entry, kinds } = setUp();
  const told: string[] = [];
  book.changed.on((identity) => told.push(identity));
  const since = clock.now();
  book.set(entry, refuse, 60);
  expect(book.active("CP1")).toEqual([{ kind: "refuse", since, until: since + 60_000 }]);
  expect([book.refuses("CP1"), book.refuses("CP2"), book.active("CP2")]).toEqual([true, false, []]);
  clock.advance(59_999);
  expect(kinds()).toEqual(["refuse"]);
  clock.advance(1);
  expect([kinds(), book.refuses("CP1"), written, told]).toEqual([
    [],
    false,
    ["refuse on", "refuse over"],
    ["CP1", "CP1"],
  ]);
});

test("one of the same kind is replaced, and its time begins anew", () => {
  const { book, clock, written, entry, kinds } = setUp();
  book.set(entry, refuse, 60);
  clock.advance(50_000);
  book.set(entry, refuse, 60);
  clock.advance(59_999);
  expect(kinds()).toEqual(["refuse"]);
  clock.advance(1);
  expect([kinds(), written]).toEqual([[], ["refuse on", "refuse on", "refuse over"]]);
});

test("one kind is turned off, or all", () => {
  const { book, written, entry, kinds } = setUp();
  book.set(entry, refuse, 60);
  book.set(entry, drop, 60);
  book.clear(entry, "refuse");
  expect(kinds()).toEqual(["drop"]);
  book.set(entry, refuse, 60);
  book.clear(entry);
  expect(kinds()).toEqual([]);
  expect(written.filter((what) => what.endsWith("off"))).toEqual(["refuse off", "drop off", "refuse off"]);
});

test("a link is cut at once where it is refused, once where that is asked for, or again and again", () => {
  const { book, clock, written, counts, entry, kinds } = setUp();
  book.set(entry, refuse, 60);
  expect(counts.cuts).toBe(1);
  book.clear(entry);
  book.set(entry, { kind: "drop" }, 60);
  expect([counts.cuts, kinds(), written.at(-1)]).toEqual([2, [], "drop once"]);
  book.set(entry, drop, 35);
  expect(counts.cuts).toBe(2);
  clock.advance(35_000);
  expect(counts.cuts).toBe(5);
  clock.advance(60_000);
  expect(counts.cuts).toBe(5);
});

test("with the process all of them end, and nothing more is written", () => {
  const { book, clock, written, counts, entry, kinds } = setUp();
  book.set(entry, drop, 60);
  void book.dispose();
  clock.advance(120_000);
  expect([kinds(), counts.cuts, written]).toEqual([[], 0, ["drop on"]]);
});

test("what is done to an answer is that of its station's faults, and nothing where it has none", () => {
  const { book, entry } = setUp();
  expect(book.onAnswer("CP1", "Heartbeat")).toBeNull();
  book.set(entry, { kind: "delay", ms: 500, actions: ["Heartbeat"] }, 60);
  book.set(entry, { kind: "silence", actions: ["Authorize"] }, 60);
  expect(book.onAnswer("CP1", "Heartbeat")).toEqual({ silent: false, delayMs: 500, offsetMs: 0 });
  expect(book.onAnswer("CP1", "Authorize")).toEqual({ silent: true, delayMs: 0, offsetMs: 0 });
  expect([book.onAnswer("CP1", "StatusNotification"), book.onAnswer("CP2", "Heartbeat")]).toEqual([null, null]);
});

test("what is on record of a fault says what it is and until when, and a cut that it was on purpose", () => {
  const { book, bodies, clock, causes, entry } = setUp();
  const delay: Fault = { kind: "delay", ms: 500, actions: ["Heartbeat"] };
  const until = clock.now() + 60_000;
  book.set(entry, delay, 60);
  book.clear(entry, "delay");
  book.set(entry, { kind: "drop" }, 60);
  expect(bodies).toEqual([
    { kind: "fault-injected", fault: delay, state: "on", until },
    { kind: "fault-injected", fault: delay, state: "off" },
    { kind: "fault-injected", fault: { kind: "drop" }, state: "once" },
  ]);
  expect([...causes]).toEqual(["fault"]);
});

test("each change is told with its station, and clearing what is not on tells nothing", () => {
  const { book, clock, entry } = setUp();
  const told: string[] = [];
  book.changed.on((identity) => told.push(identity));
  book.clear(entry);
  book.clear(entry, "drop");
  expect(told).toEqual([]);
  book.set(entry, refuse, 60);
  book.clear(entry, "drop");
  expect(told).toEqual(["CP1"]);
  clock.advance(60_000);
  expect([told, book.active("CP1")]).toEqual([["CP1", "CP1"], []]);
});
