import { expect, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import { mostWaitingForAbove, pieceCost } from "../../station/bounds.ts";
import type { LegState } from "../../station/forward.ts";
import type { UpstreamListener } from "../../transports/websocket/client.ts";
import { UpstreamLeg } from "./upstream-leg.ts";

function setUp(refusal?: unknown) {
  const clock = createManualClock();
  const dialled: { listener: UpstreamListener; sent: string[]; closed: boolean }[] = [];
  const states: LegState["state"][] = [];
  const leg = new UpstreamLeg({
    clock,
    address: { url: "ws://a/CP1", insecure: false, messageLimit: 1000 },
    dial(_address, listener) {
      if (refusal !== undefined) throw refusal;
      const socket = { listener, sent: [] as string[], closed: false };
      dialled.push(socket);
      return {
        send: (data) => void socket.sent.push(Buffer.from(data).toString()),
        close: () => {
          socket.closed = true;
        },
      };
    },
    onMessage: () => undefined,
    onState: ({ state }) => states.push(state),
  });
  const missed: string[] = [];
  const send = (text: string) =>
    leg.send({ data: Buffer.from(text), binary: false, missed: () => void missed.push(text) });
  const last = () => {
    const socket = dialled.at(-1);
    if (!socket) throw new Error("nobody dialled");
    return socket;
  };
  return { clock, leg, dialled, states, missed, send, last };
}

const end = { problem: "unreachable", detail: "ECONNREFUSED" } as const;

test("what is sent while it is dialled goes out in order once it is open", () => {
  const { leg, send, last, missed } = setUp();
  leg.dial();
  send("1");
  send("2");
  expect(last().sent).toEqual([]);
  last().listener.open("ocpp1.6");
  send("3");
  expect(last().sent).toEqual(["1", "2", "3"]);
  expect(missed).toEqual([]);
});

test.each([
  [new TypeError("no such address"), "no such address"],
  ["no reason", "no reason"],
])("one that cannot even be dialled is away, and says why: %s", (refusal, detail) => {
  const { leg, send, missed, states, dialled } = setUp(refusal);
  leg.dial();
  send("1");
  expect([states, missed, dialled]).toEqual([["connecting", "away"], ["1"], []]);
  expect(leg.state).toMatchObject({ state: "away", problem: "failed", detail });
});

test("what waited, and what comes later, is missed when nobody is there", () => {
  const { leg, send, last, missed } = setUp();
  leg.dial();
  send("1");
  last().listener.closed(end);
  send("2");
  expect(missed).toEqual(["1", "2"]);
});

test("so much waits while it is dialled, each with what it costs to keep, and what is beyond is missed at once", () => {
  const { leg, send, last, missed } = setUp();
  leg.dial();
  const quarter = "x".repeat(mostWaitingForAbove / 4 - pieceCost);
  for (const text of [quarter, quarter, quarter, quarter.slice(1), "last", "beyond"]) send(text);
  expect(missed).toEqual(["beyond"]);
  last().listener.open(undefined);
  expect(last().sent.map(({ length }) => length)).toEqual([
    ...[quarter.length, quarter.length, quarter.length, quarter.length - 1],
    4,
  ]);
  send("beyond");
  expect([missed.length, last().sent.length]).toEqual([1, 6]);
});

test("the gaps grow to a minute, and begin small again once it has spoken", () => {
  const { clock, leg, dialled, last } = setUp();
  leg.dial();
  const gaps: number[] = [];
  for (let round = 0; round < 8; round++) {
    last().listener.closed(end);
    const { state } = leg;
    if (state.state !== "away") throw new Error("it should be away");
    gaps.push(state.nextTryAt - clock.now());
    clock.advance(state.nextTryAt - clock.now());
    expect(dialled.length).toBe(round + 2);
  }
  expect(gaps).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  last().listener.open(undefined);
  last().listener.message(new Uint8Array(), false);
  last().listener.closed(end);
  expect(leg.state).toMatchObject({ state: "away", tries: 0, nextTryAt: clock.now() + 1000 });
});

test("it can be dialled before its time, and not twice", () => {
  const { clock, leg, dialled, last } = setUp();
  leg.dial();
  leg.dial();
  last().listener.closed(end);
  leg.dial();
  expect(dialled.length).toBe(2);
  last().listener.open(undefined);
  clock.advance(100_000);
  expect(dialled.length).toBe(2);
});

test("closed, it dials no more and misses what waits", () => {
  const { clock, leg, dialled, send, last, missed, states } = setUp();
  leg.dial();
  send("1");
  leg.close();
  last().listener.closed(end);
  clock.advance(100_000);
  expect([dialled.length, last().closed, missed, states]).toEqual([1, true, ["1"], ["connecting", "idle"]]);
});
