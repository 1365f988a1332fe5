import { expect, test } from "vitest";
import { createManualClock } from "../lib/clock.ts";
import { silentLogger } from "../lib/logger.ts";
import { mostFindings } from "../station/bounds.ts";
import type { StationEvent } from "../station/events.ts";
import { finding, observed } from "../station/findings.ts";
import { newStation } from "../station/model.ts";
import type { FrameEntry } from "../store/recorder.ts";
import { Ledger, type LedgerOptions, type Meaning } from "./ledger.ts";
import { openBench } from "./testing/bench.ts";

/** A pen over a record and a registry by hand: what it puts down, in order. */
function penOf(faults: readonly ReturnType<typeof observed>[] = []) {
  const said: unknown[] = [];
  const frames: FrameEntry[] = [];
  const applied: StationEvent[][] = [];
  let next = 10;
  const entry = { id: 1, identity: "CP1", state: newStation("CP1", 0) };
  const clock = createManualClock(5000);
  const ledger = new Ledger({
    entry,
    connection: 7,
    clock,
    log: silentLogger,
    recorder: {
      take(count = 1) {
        said.push(`take ${count}`);
        next += count;
        return next - count;
      },
      frame(frame: FrameEntry, then?: () => void) {
        frames.push(frame);
        said.push("frame");
        then?.();
      },
      mark: (_frame: FrameEntry, marks: readonly string[]) => said.push(`mark ${marks.join()}`),
      event: ({ own }: { own: boolean }) => said.push(`event ${own}`),
    },
    registry: {
      count: () => said.push("count"),
      apply(_entry: unknown, events: StationEvent[]) {
        applied.push(events);
        return { news: events.filter(({ kind }) => kind !== "found"), faults: applied.length === 1 ? faults : [] };
      },
    },
  } as unknown as LedgerOptions);
  return { ledger, said, frames, applied, clock };
}

const nothing: Meaning = { action: null, question: null, findings: [], events: [], stationTime: null };

test("a frame of the station's has one number, and two with our answer; what follows comes once it is on record", () => {
  const { ledger, said, frames } = penOf();
  const answered = {
    ...nothing,
    action: "Heartbeat",
    question: 3,
    stationTime: "now",
    reply: "{}",
    marks: ["held"] as const,
  };
  ledger.received({ data: "x", at: 4000 }, answered, () => said.push("then"));
  ledger.received({ data: "y", at: 4500, compressed: true }, nothing);
  expect(said).toEqual(["take 2", "count", "frame", "then", "take 1", "count", "frame"]);
  expect(frames).toEqual([
    {
      ...{ seq: 10, station: expect.objectContaining({ id: 1 }), connection: 7, at: 4000, direction: "in", data: "x" },
      ...{ action: "Heartbeat", question: 3, stationTime: "now", findings: [], answer: { at: 5000, text: "{}" } },
      marks: ["held"],
    },
    expect.objectContaining({ seq: 12, at: 4500, action: null, question: null, answer: null, marks: ["compressed"] }),
  ]);
  expect(ledger.kept).toBe(2);
});

test("an action and a time of any length are kept cut", () => {
  const { ledger, frames } = penOf();
  ledger.received({ data: "x", at: 0 }, { ...nothing, action: "x".repeat(101), stationTime: "y".repeat(101) });
  expect([frames[0]?.action?.length, frames[0]?.stationTime?.length]).toEqual([100, 100]);
});

test("a frame to the station is of now, and what it completes is of when it was asked", () => {
  const { ledger, said, frames, applied } = penOf();
  const found = observed("too-long", "X", "y");
  ledger.sent({ data: "x", action: "Reset", marks: [] });
  ledger.sent({ data: "y", action: null, question: 4 }, undefined, {
    at: 300,
    events: [{ kind: "heartbeat" }],
    findings: [found],
  });
  expect(
    frames.map(({ direction, at, question, marks, findings, lane }) => [
      direction,
      at,
      question,
      marks,
      findings,
      lane,
    ]),
  ).toEqual([
    ["out", 5000, null, undefined, [], undefined],
    ["out", 5000, 4, undefined, [found], undefined],
  ]);
  expect(applied).toEqual([
    [
      { kind: "heartbeat", at: 300, seq: 11 },
      { kind: "found", finding: found, at: 300, seq: 11 },
    ],
  ]);
  expect([said, ledger.kept]).toEqual([["take 1", "count", "frame", "take 1", "event false", "count", "frame"], 0]);
});

test("a frame above is on its lane, changes no state, and its marks are told on", () => {
  const { ledger, said, frames } = penOf();
  const row = ledger.above("in", { data: "x", action: "Reset", marks: ["held"] }, () => said.push("then"));
  ledger.mark(row, ["held", "dropped"]);
  expect([said, ledger.kept]).toEqual([["take 1", "frame", "then", "mark held,dropped"], 1]);
  expect(frames[0]).toMatchObject({ direction: "in", lane: "upstream", at: 5000, marks: ["held"] });
});

test("a fault of ours in folding is found beside the rest, once, and folded by itself", () => {
  const fault = observed("own-fault", "heartbeat", "x");
  const { ledger, frames, applied } = penOf([fault, fault]);
  const found = finding("too-long", "X", "y");
  ledger.received({ data: "x", at: 1 }, { ...nothing, events: [{ kind: "heartbeat" }], findings: [found, found] });
  expect(frames[0]?.findings).toEqual([found, fault]);
  expect(applied.map((events) => events.map(({ kind }) => kind))).toEqual([["heartbeat", "found"], ["found"]]);
});

test("what findings say of a frame is none of its secrets, of a frame that was not read by its beginning alone", () => {
  const { ledger, frames } = penOf();
  const secret = '{"password":"hunter2"}';
  const say = (data: string, rule: "too-long" | "not-json") =>
    ledger.received({ data, at: 1 }, { ...nothing, findings: [finding(rule, "X", "hunter2")] });
  say(secret, "too-long");
  say(secret, "not-json");
  say(" ".repeat(4096) + secret, "too-long");
  say(" ".repeat(4096) + secret, "not-json");
  expect(frames.map(({ findings }) => findings[0]?.said)).toEqual(["•••", "•••", "•••", "hunter2"]);
});

test("of a message that is wrong everywhere as many findings are kept as are read, and the number of the others", async () => {
  const places = Array.from({ length: mostFindings + 7 }, (_, at) => `Heartbeat /${at}`);
  const bench = await openBench("1.6", {
    schemas: (schemas) => ({
      ...schemas,
      judge: (kind) => (kind === "request" ? places.map((place) => observed("wrong-type", place, "x")) : []),
    }),
  });
  bench.say('[2,"1","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]');
  bench.say('[2,"2","Heartbeat",{}]');
  const found = bench.frames()[1]?.findings ?? [];
  expect(found).toHaveLength(mostFindings);
  expect(found.at(-1)).toMatchObject({ rule: "more-findings", said: "8" });
  expect(found.at(-2)?.where).toBe(places[mostFindings - 2]);
});
