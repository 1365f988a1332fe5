import { expect, test } from "vitest";
import { createManualClock } from "../lib/clock.ts";
import type { EventBody } from "../station/events.ts";
import { observed } from "../station/findings.ts";
import { words } from "../station/phrases.ts";
import type { Recorder } from "../store/recorder.ts";
import { createJournal } from "./journal.ts";
import type { Registry } from "./registry.ts";
import type { StationEntry } from "./station-entry.ts";

const fault = observed("slow-frame", "frame", words("link-closed"));

/** A journal whose registry cannot fold anything: what it puts on record. */
function journal() {
  const kept: { kind: string; seq: number; at: number; own: boolean | undefined }[] = [];
  const noted: number[] = [];
  let last = 0;
  const recorder = {
    take: () => ++last,
    event: ({ event, own }: Parameters<Recorder["event"]>[0]) =>
      kept.push({ kind: event.kind, seq: event.seq, at: event.at, own }),
  } as unknown as Recorder;
  const registry = {
    apply: () => ({ news: [], faults: [fault] }),
    noteOwn: (_entry: StationEntry, seq: number) => void noted.push(seq),
  } as unknown as Registry;
  return { kept, noted, journal: createJournal({ recorder, registry, clock: createManualClock(5000) }) };
}

const entry = {} as StationEntry;
const said: EventBody = { kind: "unplugged" } as unknown as EventBody;

test("a fault of ours in folding an entry is on record too, once, and does not begin another", () => {
  const { journal: made, kept, noted } = journal();
  expect(made.write(entry, said)).toBe(1);
  expect(kept).toEqual([
    { kind: "unplugged", seq: 1, at: 5000, own: true },
    { kind: "found", seq: 2, at: 5000, own: true },
  ]);
  expect(noted).toEqual([1, 2]);
});

test("an entry keeps the number and the time that it is given", () => {
  const { journal: made, kept } = journal();
  const seq = made.take();
  expect(made.write(entry, { kind: "found", finding: fault }, seq, 4000)).toBe(seq);
  expect(kept).toEqual([{ kind: "found", seq: 1, at: 4000, own: true }]);
});
