import { expect, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import { readFrame } from "../../ocpp/frame.ts";
import type { WhenAway } from "../../station/forward.ts";
import type { FrameMark } from "../../station/marks.ts";
import type { FrameEntry } from "../../store/recorder.ts";
import type { UpstreamListener } from "../../transports/websocket/client.ts";
import type { Ledger } from "../ledger.ts";
import { ForwardRelay } from "./relay.ts";
import type { StationPort } from "./station-port.ts";

/** A relay between a central system and a station that are both made by hand, its leg open. `go` lets the record take what waits. */
function bench(whenAway: WhenAway = "answer") {
  const rows: { way: string; data: unknown; marks: readonly FrameMark[] }[] = [];
  const faults: string[] = [];
  const down: string[] = [];
  const up: string[] = [];
  const answered: string[] = [];
  const calls: string[] = [];
  let kept = 0;
  let broken = false;
  let busy = false;
  let waiting: (() => void)[] = [];
  function row(way: string, data: unknown, marks: readonly FrameMark[] = [], then?: () => void): FrameEntry {
    const entry = { way, data, marks };
    rows.push(entry);
    if (then) waiting.push(then);
    return { ...entry, seq: rows.length } as unknown as FrameEntry;
  }
  const ledger = {
    get kept() {
      return kept;
    },
    above(direction: "in" | "out", { data, marks }: { data: unknown; marks?: FrameMark[] }, then?: () => void) {
      kept++;
      return row(`above ${direction}`, data, marks, then);
    },
    sent({ data, marks }: { data: unknown; marks?: FrameMark[] }, then?: () => void) {
      if (broken) throw new RangeError("cannot pass");
      return row("to station", data, marks, then);
    },
    received: ({ data }: { data: unknown }, { marks }: { marks?: FrameMark[] }, then?: () => void) =>
      row("from station", data, marks, then),
    mark({ seq }: FrameEntry, marks: readonly FrameMark[]) {
      const marked = rows[seq - 1];
      if (marked) marked.marks = marks;
    },
  } as unknown as Ledger;
  const port = {
    ledger,
    send: (data: Uint8Array) => down.push(Buffer.from(data).toString()),
    meaningOf: () => ({ events: [], findings: [] }),
    factsOf: () => ({ events: [], findings: [] }),
    answer: ({ frame }: { frame: { id: string } }) => answered.push(frame.id),
    answered: () => undefined,
    calling: () => busy,
    resume: () => calls.push("resume"),
    failed: (where: string, error: unknown) => faults.push(`${where} ${String(error)}`),
    disconnect: () => calls.push("disconnect"),
  } as unknown as StationPort;
  let listener: UpstreamListener | undefined;
  const relay = new ForwardRelay(
    port,
    { url: "ws://a/CP1", insecure: false, messageLimit: 1000 },
    {
      clock: createManualClock(),
      dial(_address, given) {
        listener = given;
        return { send: (data) => void up.push(Buffer.from(data).toString()), close: () => undefined };
      },
      whenAway: () => whenAway,
      faults: () => [],
      answerMs: () => 30_000,
      onState: () => undefined,
      onHeld: () => undefined,
    },
  );
  relay.dial();
  listener?.open("ocpp1.6");
  function go(): void {
    const ready = waiting;
    waiting = [];
    for (const then of ready) then();
  }
  return {
    relay,
    rows,
    faults,
    down,
    up,
    answered,
    calls,
    go,
    breakDown: (value: boolean) => {
      broken = value;
    },
    beBusy: (value: boolean) => {
      busy = value;
    },
    fromAbove(text: string) {
      listener?.message(Buffer.from(text), false);
      go();
    },
    fromStation(text: string) {
      relay.fromStation({
        received: { data: text, at: 0 },
        bytes: Buffer.from(text),
        binary: false,
        text,
        frame: readFrame(text),
        findings: [],
        stationTime: null,
        again: false,
      });
      go();
    },
    lose: () => listener?.closed({ problem: "closed", detail: "" }),
  };
}

test("a message from above that fails in us is on record, answered and told, and both conversations go on", () => {
  const { relay, rows, up, down, faults, fromAbove, breakDown } = bench();
  const text = '[2,"1","Reset",{"type":"Soft"}]';
  breakDown(true);
  fromAbove(text);
  breakDown(false);
  fromAbove('[2,"2","ClearCache",{}]');
  expect(rows.map(({ way }) => way)).toEqual(["above in", "above out", "to station"]);
  expect(rows[0]?.data).toBe(text);
  expect(up.map((sent) => JSON.parse(sent).slice(0, 3))).toEqual([[4, "1", "InternalError"]]);
  expect(down).toEqual(['[2,"2","ClearCache",{}]']);
  expect(faults).toEqual(["upstream frame RangeError: cannot pass"]);
  relay.end();
});

test("one call is under way at a time: none of ours goes while the station has one from above", () => {
  const { relay, fromAbove, fromStation, calls } = bench();
  expect(relay.mayCall).toBe(true);
  fromAbove('[2,"1","ClearCache",{}]');
  expect(relay.mayCall).toBe(false);
  calls.length = 0;
  fromStation('[3,"1",{"status":"Accepted"}]');
  expect([relay.mayCall, calls]).toEqual([true, ["resume"]]);
});

test("one call is under way at a time: one from above waits for ours, goes before the next of ours, and in its order", () => {
  const { relay, fromAbove, down, beBusy } = bench();
  beBusy(true);
  fromAbove('[2,"1","ClearCache",{}]');
  fromAbove('[2,"2","Reset",{"type":"Soft"}]');
  expect([down, relay.mayCall]).toEqual([[], false]);
  relay.stationFree();
  expect(down).toEqual([]);
  beBusy(false);
  relay.stationFree();
  expect(down.map((text) => JSON.parse(text)[1])).toEqual(["1", "2"]);
});

test.each([
  { whenAway: "answer", answered: ["1", "2"], calls: [] },
  { whenAway: "silent", answered: [], calls: [] },
  { whenAway: "disconnect", answered: [], calls: ["disconnect"] },
] as const)("the leg is lost with questions open, $whenAway: what the station hears of them", (given) => {
  const { fromStation, fromAbove, lose, answered, calls } = bench(given.whenAway);
  fromStation('[2,"0","Heartbeat",{}]');
  fromStation('[2,"1","Heartbeat",{}]');
  fromStation('[2,"2","Heartbeat",{}]');
  fromAbove('[3,"0",{"currentTime":"2026-01-01T00:00:00Z"}]');
  lose();
  expect([answered, calls]).toEqual([given.answered, given.calls]);
});

test("what waits for the station when it ends is on record as not passed", () => {
  const { relay, rows, fromAbove, down, beBusy } = bench();
  beBusy(true);
  fromAbove('[2,"1","ClearCache",{}]');
  relay.end();
  beBusy(false);
  relay.stationFree();
  expect([down, rows.at(-1)?.marks]).toEqual([[], ["from-upstream", "not-passed"]]);
});

test.each([
  { whenAway: "answer", answered: ["7"] },
  { whenAway: "silent", answered: [] },
] as const)("what cannot go up is on record as not passed, $whenAway: what the station hears of it", (given) => {
  const { fromStation, lose, rows, answered, up, faults } = bench(given.whenAway);
  lose();
  fromStation('[2,"7","Heartbeat",{}]');
  fromStation('[3,"nobody asked",{}]');
  expect(rows.map(({ marks }) => marks)).toEqual([["not-passed"], ["not-passed"]]);
  expect([answered, up, faults]).toEqual([given.answered, [], []]);
});
