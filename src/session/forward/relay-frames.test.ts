import { expect, test } from "vitest";
import type { WhenAway } from "../../station/forward.ts";
import { type Row, relayBench } from "./testing/relay-bench.ts";

const beat = '[2,"1","Heartbeat",{}]';
const marksOf = (rows: readonly Row[]) => rows.map(({ way, marks }) => [way, ...marks]);

test.each(["[4", "[3"])("an answer %s from above or from the station is that of its question, an error too", (type) => {
  const { fromStation, fromAbove, rows, down, up, told, relay } = relayBench();
  const answer = (id: string) => `${type},"${id}",${type === "[4" ? '"InternalError","",{}' : "{}"}]`;
  fromStation(beat);
  fromAbove(answer("1"));
  fromAbove('[2,"7","ClearCache",{}]');
  fromStation(answer("7"));
  expect([down, up]).toEqual([
    [answer("1"), '[2,"7","ClearCache",{}]'],
    [beat, answer("7")],
  ]);
  expect(rows.map(({ action, question }) => [action, question])).toEqual([
    ["Heartbeat", null],
    ["Heartbeat", 1],
    ["ClearCache", undefined],
    ["ClearCache", 3],
  ]);
  expect([told.at(-1), relay.awaitsAny]).toEqual(["facts of ClearCache", false]);
});

test("an error that is put in by hand is the answer to its question, whichever way it goes", () => {
  const { relay, fromStation, fromAbove, rows, down, up, go } = relayBench();
  fromStation(beat);
  relay.injectDown('[4,"1","InternalError","",{}]');
  fromAbove('[2,"7","ClearCache",{}]');
  relay.injectUp('[4,"7","InternalError","",{}]');
  go();
  expect([down[0], up[1]]).toEqual(['[4,"1","InternalError","",{}]', '[4,"7","InternalError","",{}]']);
  expect(rows.map(({ action, question, marks }) => [action, question, ...marks])).toEqual([
    ["Heartbeat", null, "to-upstream"],
    ["Heartbeat", 1, "injected"],
    ["ClearCache", undefined, "from-upstream"],
    ["ClearCache", 3, "injected"],
  ]);
  expect(relay.awaitsAny).toBe(false);
});

const stream = '[6,"9","NotifyPeriodicEventStream",{}]';

test("a message that asks nothing goes up with what it means, and no answer from above is its", () => {
  const { fromStation, fromAbove, rows, up, down, told } = relayBench();
  fromStation(stream);
  fromAbove('[3,"9",{}]');
  expect([up, down]).toEqual([[stream], ['[3,"9",{}]']]);
  expect(rows.map(({ action, question, marks }) => [action, question, ...marks])).toEqual([
    ["NotifyPeriodicEventStream", null, "to-upstream"],
    [null, undefined, "from-upstream"],
  ]);
  expect(told).toEqual(["meaning of NotifyPeriodicEventStream and no answer yet"]);
});

test.each<WhenAway>(["answer", "silent"])(
  "one that asks nothing is never answered, with nobody above: %s",
  (whenAway) => {
    const { relay, fromStation, lose, open, rows, answered, up } = relayBench(whenAway);
    fromStation(stream);
    lose();
    fromStation(stream);
    relay.dial();
    fromStation(stream);
    open();
    expect([answered, up]).toEqual([[], [stream, stream]]);
    expect(marksOf(rows)).toEqual([
      ["from station", "to-upstream"],
      ["from station", "not-passed"],
      ["from station", "to-upstream"],
    ]);
  },
);

test("what is binary goes on as that, and text as text, at once or after it was held; changed by hand it is text", () => {
  const { relay, fromStation, fromAbove, rows, binaries, down, up, go, lose, open } = relayBench();
  const bytes = Uint8Array.of(1, 2, 3);
  const binary = { bytes, binary: true, frame: null };
  fromStation("", binary);
  fromStation(beat);
  fromAbove(bytes, true, true);
  fromAbove('[2,"7","ClearCache",{}]');
  expect(binaries).toEqual({ up: [true, false], down: [true, false] });
  expect([up[0], down[0], rows[2]?.data]).toEqual([Buffer.from(bytes).toString(), up[0], Buffer.from(bytes)]);
  relay.hold({ up: true, down: true, actions: [] });
  fromStation("", binary);
  fromStation("", binary);
  fromAbove(bytes, true, true);
  relay.release(5);
  relay.release(6, beat);
  relay.hold({ up: false, down: false, actions: [] });
  go();
  expect([binaries.up.slice(2), binaries.down.slice(2)]).toEqual([[true, false], [true]]);
  // What waits while it is dialled goes as it came.
  lose();
  relay.dial();
  fromStation("", binary);
  fromStation(beat);
  open();
  expect(binaries.up.slice(4)).toEqual([true, false]);
});
