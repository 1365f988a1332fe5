import { expect, it, onTestFinished } from "vitest";
import { portPair } from "../../../../test/harness/serial/port-pair.ts";
import { createManualClock } from "../../../lib/clock.ts";
import { silentLogger } from "../../../lib/logger.ts";
import { mostWaitingForAbove } from "../../../station/bounds.ts";
import { closingText } from "../../../station/phrases.ts";
import type { Link, LinkListener } from "../../link.ts";
import type { UpstreamListener } from "../../websocket/client.ts";
import { codecs } from "../framing/codecs.ts";
import { recognise } from "../framing/recognise.ts";
import { usualSettings } from "../settings.ts";
import { type BridgeEvent, bridgeLink } from "./bridge.ts";
import { writeControl } from "./control.ts";
import { createSerialLines } from "./serial-lines.ts";

const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
const hello = Buffer.from(writeControl({ kind: "hello", identity: "BOARD-1", subprotocols: ["ocpp1.6"] }));
const call = Buffer.from('[2,"1","Heartbeat",{}]');
const answer = Buffer.from('[3,"1",{}]');
const away = { problem: "closed", detail: "1006" } as const;

/** A socket to the central system, as the bridge has it. */
type Socket = { listener: UpstreamListener; sent: string[]; closed: boolean };

async function bench() {
  const pair = portPair();
  const clock = createManualClock();
  const sockets: Socket[] = [];
  const told: BridgeEvent[] = [];
  const lines = createSerialLines({
    open: pair.open,
    look: async () => ({ ports: [], networks: [] }),
    introduce: () => ({ subprotocol: "ocpp1.6" }),
    remembered: () => null,
    quietSeconds: () => 0,
    frameLimit: () => 100_000,
    onLink: (link) =>
      bridgeLink(link, {
        dial(_address, listener) {
          const socket: Socket = { listener, sent: [], closed: false };
          sockets.push(socket);
          return {
            send: (data) => void socket.sent.push(Buffer.from(data).toString()),
            close() {
              socket.closed = true;
            },
          };
        },
        address: () => ({ url: "ws://central/", insecure: false, messageLimit: 100_000 }),
        tell: (event) => told.push(event),
        log: silentLogger,
      }),
    clock,
    log: silentLogger,
  });
  onTestFinished(() => lines.dispose());
  await lines.add({ port: "a", settings: usualSettings, framing: "lines" });
  const heard: string[] = [];
  /** Plugs a board in that says hello and a call. */
  const board = async () => {
    pair.plug();
    clock.advance(1000);
    await turn();
    const end = await pair.open("b", usualSettings);
    const reader = recognise("lines", 100_000);
    end.listen({
      data(bytes) {
        for (const piece of reader.push(bytes))
          if (piece.kind === "frame") heard.push(Buffer.from(piece.data).toString());
      },
      closed: () => undefined,
    });
    for (const data of [hello, call]) await end.write(codecs.lines.encode(data, true));
    await turn();
    return sockets.at(-1) as Socket;
  };
  const names = () => told.map((event) => ("cause" in event ? `${event.event} ${event.cause}` : event.event));
  return { pair, board, sockets, heard, names };
}

/** How far the connection to the central system is, when the adapter goes. */
const stages = {
  "while it is dialled": () => undefined,
  "while it is open": (socket: Socket) => socket.listener.open("ocpp1.6"),
  "as the central system answers": (socket: Socket) => {
    socket.listener.open("ocpp1.6");
    socket.listener.message(answer, false);
  },
};

it.each(Object.entries(stages))(
  "the adapter goes %s: the central system is let go of, and both are taken up again",
  async (_when, reach) => {
    const { pair, board, sockets, heard, names } = await bench();
    const first = await board();
    reach(first);
    pair.unplug();
    await turn();
    expect(names().at(-1)).toBe("gone unplugged");
    expect(first.closed).toBe(true);
    const second = await board();
    second.listener.open("ocpp1.6");
    second.listener.message(answer, false);
    await turn();
    expect([sockets.length, second.sent, second.closed]).toEqual([2, [call.toString()], false]);
    expect(heard.at(-1)).toBe(answer.toString());
  },
);

it.each(Object.entries(stages))(
  "the central system goes %s: the board is told, and tries again",
  async (_when, reach) => {
    const { board, heard, names, sockets, pair } = await bench();
    const first = await board();
    reach(first);
    first.listener.closed(away);
    await turn();
    expect(names().slice(-2)).toEqual(["away", "gone asked"]);
    expect(heard.at(-1)).toContain('"code":1012');
    expect(pair.held()).toContain("a");
    expect(sockets).toHaveLength(1);
  },
);

it.each(["adapter", "central system"])(
  "both go, first the %s: each is told once, and nothing is left",
  async (first) => {
    const { pair, board, sockets, names } = await bench();
    const socket = await board();
    socket.listener.open("ocpp1.6");
    if (first === "adapter") pair.unplug();
    await turn();
    // One that is closed hears nothing more.
    if (!socket.closed) socket.listener.closed(away);
    pair.unplug();
    await turn();
    const expected = { adapter: ["gone unplugged"], "central system": ["away", "gone asked"] }[first] ?? [];
    expect(names()).toEqual(["station", "open", ...expected]);
    await board();
    expect(sockets).toHaveLength(2);
  },
);

/** A station's link and the socket above it, both held by hand. */
function bridged(via: object = { kind: "serial", subprotocol: "ocpp1.6", userAgent: "Board 1" }) {
  const told: BridgeEvent[] = [];
  const down: unknown[] = [];
  const up: unknown[] = [];
  const dialled: unknown[] = [];
  let below: LinkListener | undefined;
  let above: UpstreamListener | undefined;
  const link = {
    hello: { identity: "CP1", via },
    listen: (listener: LinkListener) => (below = listener),
    send: (data: Uint8Array) => down.push(Buffer.from(data).toString()),
    close: (...end: unknown[]) => down.push(end),
  };
  bridgeLink(link as unknown as Link, {
    dial(address, listener) {
      dialled.push(address);
      above = listener;
      return {
        send: (data, binary) => up.push([Buffer.from(data).toString(), binary]),
        close: () => up.push("closed"),
      };
    },
    address: (identity) => ({ url: `ws://central/${identity}`, insecure: false, messageLimit: 5 }),
    tell: (event) => told.push(event),
    log: silentLogger,
  });
  return { told, down, up, dialled, below: below as LinkListener, above: above as UpstreamListener };
}

it("a station goes up under its own name, and what it said before goes first", () => {
  const { told, down, up, dialled, below, above } = bridged();
  expect(dialled).toEqual([
    { url: "ws://central/CP1", insecure: false, messageLimit: 5, subprotocol: "ocpp1.6", userAgent: "Board 1" },
  ]);
  below.message(Buffer.from("1"), false, false);
  below.message(Buffer.from("2"), false, false);
  expect(up).toEqual([]);
  above.open("ocpp1.6");
  below.message(Buffer.from("3"), false, false);
  above.message(Buffer.from("down"), false);
  below.spoilt({ data: Buffer.from("odd"), binary: true, found: {} as never });
  below.closed(1000, "", "station");
  expect(up).toEqual([["1", false], ["2", false], ["3", false], "closed"]);
  expect([down, told]).toEqual([
    ["down"],
    [
      ...([
        { event: "station", identity: "CP1" },
        { event: "open", identity: "CP1" },
      ] as const),
      { event: "damaged", identity: "CP1", bytes: 3 },
      { event: "gone", identity: "CP1", cause: "station" },
    ],
  ]);
  expect(bridged({ kind: "websocket", userAgent: "x" }).dialled[0]).toMatchObject({ userAgent: undefined });
});

it("a station that goes on talking while nobody above is there is let go of, a megabyte later", () => {
  const { down, below, above, told, up } = bridged();
  below.message(new Uint8Array(mostWaitingForAbove), false, false);
  expect(down).toEqual([]);
  below.message(Buffer.from("x"), false, false);
  expect(down).toEqual([[1013, closingText("close-above-away"), "asked"]]);
  above.closed(away);
  expect([down[1], told.at(-1), up]).toEqual([
    [1012, closingText("close-above-away"), "asked"],
    { event: "away", identity: "CP1", end: away },
    [],
  ]);
});
