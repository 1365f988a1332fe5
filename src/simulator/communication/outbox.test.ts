import { describe, expect, it } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import type { PeerAnswer } from "../../ocpp/peer.ts";
import type { Queued } from "../model.ts";
import { createOutbox } from "./outbox.ts";

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const ok: PeerAnswer = { type: "result", payload: {}, plain: {} };
const refused: PeerAnswer = { type: "error", code: "InternalError", description: "", details: {} };

function message(action: string, over: Partial<Queued> = {}): Queued {
  return { action, transaction: "T1", payload: () => ({}), ...over };
}

function create(answers: PeerAnswer[], state = { ready: true }) {
  const clock = createManualClock();
  const asked: string[] = [];
  const outbox = createOutbox({
    clock,
    ready: () => state.ready,
    ask(request) {
      asked.push(request.action);
      return Promise.resolve(answers.shift() ?? ok);
    },
    retry: () => ({ attempts: 3, seconds: 20 }),
    changed: () => {},
    log: () => {},
  });
  return { clock, asked, outbox, state };
}

describe("the outbox", () => {
  it("sends in order, the next when the one before is answered", async () => {
    const { asked, outbox } = create([]);
    for (const action of ["A", "B", "C"]) outbox.add(message(action));
    expect(asked).toEqual(["A"]);
    await turn();
    expect(asked).toEqual(["A", "B", "C"]);
    expect(outbox.length).toBe(0);
  });

  it("keeps a message whose link closed, and sends it again when flushed", async () => {
    const { asked, outbox, state } = create([{ type: "closed" }]);
    outbox.add(message("A"));
    state.ready = false;
    await turn();
    expect([outbox.length, outbox.holds("T1"), outbox.holds("T2")]).toEqual([1, true, false]);
    state.ready = true;
    outbox.flush();
    await turn();
    expect(asked).toEqual(["A", "A"]);
  });

  it("tries a refused message as often as configured, with growing pauses, then gives it up and goes on", async () => {
    const { clock, asked, outbox } = create([refused, refused, refused]);
    const settled: unknown[] = [];
    outbox.add(message("A", { settled: (answer) => settled.push(answer) }));
    outbox.add(message("B"));
    await turn();
    clock.advance(19_999);
    expect(asked).toEqual(["A"]);
    clock.advance(1);
    await turn();
    clock.advance(39_999);
    expect(asked).toEqual(["A", "A"]);
    clock.advance(1);
    await turn();
    expect(asked).toEqual(["A", "A", "A", "B"]);
    expect(settled).toEqual([null]);
  });

  it("goes on at once when the link is back, whatever pause there was, and counts tries of one message alone", async () => {
    const { clock, asked, outbox } = create([refused, refused, ok, refused]);
    outbox.add(message("A"));
    outbox.add(message("B"));
    await turn();
    outbox.flush();
    await turn();
    expect(asked).toEqual(["A", "A"]);
    // The pause of the second try is the longer one; that of the first has no part in it.
    clock.advance(39_999);
    await turn();
    expect(asked).toEqual(["A", "A"]);
    clock.advance(1);
    await turn();
    expect(asked).toEqual(["A", "A", "A", "B"]);
    clock.advance(20_000);
    await turn();
    expect([asked, outbox.length]).toEqual([["A", "A", "A", "B", "B"], 0]);
  });

  it("has room for 5000, and then takes starts and ends but no samples", () => {
    const { outbox } = create([], { ready: false });
    for (let count = 0; count < 5001; count++) outbox.add(message("MeterValues", { sample: true }));
    expect(outbox.length).toBe(5000);
    outbox.add(message("StopTransaction"));
    expect(outbox.length).toBe(5001);
  });
});
