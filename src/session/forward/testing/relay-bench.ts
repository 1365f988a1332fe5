import { createManualClock } from "../../../lib/clock.ts";
import { type CallFrame, type Frame, readFrame } from "../../../ocpp/frame.ts";
import type { ActiveFault } from "../../../station/faults.ts";
import type { WhenAway } from "../../../station/forward.ts";
import type { FrameMark } from "../../../station/marks.ts";
import type { FrameEntry } from "../../../store/recorder.ts";
import type { UpstreamListener } from "../../../transports/websocket/client.ts";
import type { Completed, Ledger, Meaning, Outgoing, Received } from "../../ledger.ts";
import { ForwardRelay } from "../relay.ts";
import type { Inbound, StationPort } from "../station-port.ts";

/** What is put on record: the action, the question and what it completes where there is such. */
export type Row = { way: string; data: unknown; marks: readonly FrameMark[] } & Partial<Outgoing> & {
    done?: Completed;
  };

/** A relay between a central system and a station that are both made by hand, its leg open. `go` lets the record take what waits. */
export function relayBench(whenAway: WhenAway = "answer") {
  const rows: Row[] = [];
  const clock = createManualClock();
  const active: ActiveFault[] = [];
  const told: string[] = [];
  const faults: string[] = [];
  const down: string[] = [];
  const up: string[] = [];
  /** Which of what went was binary. */
  const binaries: { down: boolean[]; up: boolean[] } = { down: [], up: [] };
  const answered: string[] = [];
  const calls: string[] = [];
  let kept = 0;
  let broken = false;
  let busy = false;
  let waiting: (() => void)[] = [];
  function row(way: string, { marks = [], ...outgoing }: Outgoing, then?: () => void, done?: Completed): FrameEntry {
    const entry = { way, ...outgoing, marks, done };
    rows.push(entry);
    if (then) waiting.push(then);
    return { question: null, at: 1000 * rows.length, ...entry, seq: rows.length } as unknown as FrameEntry;
  }
  const ledger = {
    get kept() {
      return kept;
    },
    above(direction: "in" | "out", outgoing: Outgoing, then?: () => void) {
      kept++;
      return row(`above ${direction}`, outgoing, then);
    },
    sent(outgoing: Outgoing, then?: () => void, done?: Completed) {
      if (broken) throw new RangeError("cannot pass");
      return row("to station", outgoing, then, done);
    },
    received: ({ data }: Received, { action, question, marks }: Meaning, then?: () => void) =>
      row("from station", { data, action, question, marks }, then),
    mark({ seq }: FrameEntry, marks: readonly FrameMark[]) {
      const marked = rows[seq - 1];
      if (marked) marked.marks = marks;
    },
  } as unknown as Ledger;
  const port = {
    ledger,
    send(data: Uint8Array, binary: boolean) {
      down.push(Buffer.from(data).toString());
      binaries.down.push(binary);
    },
    meaningOf({ action }: CallFrame, reply: Frame | null) {
      told.push(`meaning of ${action} and ${reply?.type ?? "no answer yet"}`);
      return { events: [], findings: [] };
    },
    factsOf({ action }: { action: string }) {
      told.push(`facts of ${action}`);
      return { events: [], findings: [] };
    },
    answer: ({ frame }: { frame: { id: string } }) => answered.push(frame.id),
    answered: ({ id }: CallFrame, text: string) => told.push(`${id} was answered ${text}`),
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
      clock,
      dial(_address, given) {
        listener = given;
        return {
          send(data, binary) {
            up.push(Buffer.from(data).toString());
            binaries.up.push(binary);
          },
          close: () => undefined,
        };
      },
      whenAway: () => whenAway,
      faults: () => active,
      answerMs: () => 30_000,
      onState: ({ state }) => told.push(state),
      onHeld: () => told.push("held changed"),
    },
  );
  relay.dial();
  listener?.open("ocpp1.6");
  told.length = 0;
  function go(): void {
    const ready = waiting;
    waiting = [];
    for (const then of ready) then();
  }
  return {
    relay,
    rows,
    clock,
    active,
    told,
    faults,
    down,
    up,
    binaries,
    answered,
    calls,
    go,
    breakDown: (value: boolean) => {
      broken = value;
    },
    beBusy: (value: boolean) => {
      busy = value;
    },
    fromAbove(text: string | Uint8Array, stored = true, binary = false) {
      listener?.message(Buffer.from(text as string), binary);
      if (stored) go();
    },
    fromStation(text: string, change: Partial<Inbound> = {}) {
      relay.fromStation({
        received: { data: text, at: 0 },
        bytes: Buffer.from(text),
        binary: false,
        text,
        frame: readFrame(text),
        findings: [],
        stationTime: null,
        again: false,
        ...change,
      });
      go();
    },
    lose: () => listener?.closed({ problem: "closed", detail: "" }),
    open: () => listener?.open("ocpp1.6"),
  };
}
