import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { createManualClock, type ManualClock } from "../../lib/clock.ts";
import type { JsonObject } from "../../lib/json.ts";
import { isoTime } from "../../lib/units.ts";
import { readFrame, writeCall, writeResult } from "../../ocpp/frame.ts";
import { loadSchemas } from "../../ocpp/schemas.ts";
import type { Finding } from "../../station/findings.ts";
import type { OcppVersion } from "../../station/model.ts";
import { startVirtualStation, type VirtualStationHandle, type VirtualStationOptions } from "../virtual-station.ts";

export type Heard = { action: string; payload: JsonObject };

/** The central system of the simulator's own tests: takes everything, answers the least, and judges what it gets. */
export type Central = {
  url: string;
  clock: ManualClock;
  /** What the station asked, in order. */
  heard: Heard[];
  /** Where the station did not fit the official schema. */
  deviations: Finding[];
  /** The Authorization header of each connection. */
  authorizations: (string | undefined)[];
  /** What each connection asked for. */
  targets: (string | undefined)[];
  /** Replies other than the usual, by action. */
  replies: Record<string, (request: JsonObject) => JsonObject>;
  of(action: string): JsonObject[];
  actions(): string[];
  /** Asks the station; an error is handed back as its code. */
  call(action: string, payload: JsonObject): Promise<JsonObject | string>;
  /** Resolves when the station is linked. */
  linked(): Promise<void>;
  unlinked(): Promise<void>;
  /** Resolves when what was said is answered, and nothing new comes of it. */
  settle(): Promise<void>;
  /** Lets station time pass, a second (times speed) at a step. */
  run(steps: number): Promise<void>;
  start(options: Partial<VirtualStationOptions>): VirtualStationHandle;
  close(): Promise<void>;
};

/** Listens on a port of its own. */
export async function createCentral(version: OcppVersion): Promise<Central> {
  const schemas = await loadSchemas(version);
  const clock = createManualClock(Date.UTC(2026, 5, 1, 8));
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  const waiting = new Map<string, (answer: JsonObject | string) => void>();
  const asked = new Map<string, string>();
  const stations: VirtualStationHandle[] = [];
  let socket: WebSocket | null = null;
  let frames = 0;
  let lastId = 0;
  let transactions = 100;

  function usual(action: string): JsonObject {
    const now = isoTime(clock.now());
    const accepted = { status: "Accepted" };
    switch (action) {
      case "BootNotification":
        return { currentTime: now, interval: 300, status: "Accepted" };
      case "Heartbeat":
        return { currentTime: now };
      case "Authorize":
        return version === "1.6" ? { idTagInfo: accepted } : { idTokenInfo: accepted };
      case "StartTransaction":
        return { idTagInfo: accepted, transactionId: ++transactions };
      default:
        return {};
    }
  }

  function receive(text: string): void {
    frames += 1;
    const frame = readFrame(text);
    central.deviations.push(...("findings" in frame ? frame.findings : []));
    if (frame.type === "call") {
      central.deviations.push(...schemas.judge("request", frame.action, frame.plain));
      central.heard.push({ action: frame.action, payload: frame.payload });
      const reply = central.replies[frame.action]?.(frame.payload) ?? usual(frame.action);
      socket?.send(writeResult(frame.echo, reply));
    } else if (frame.type === "result") {
      central.deviations.push(...schemas.judge("response", asked.get(frame.id) ?? "", frame.plain));
      waiting.get(frame.id)?.(frame.payload);
    } else if (frame.type === "error") waiting.get(frame.id)?.(frame.code);
  }

  server.on("connection", (next, request) => {
    socket = next;
    central.authorizations.push(request.headers.authorization);
    central.targets.push(request.url);
    next.on("message", (data) => receive(data.toString()));
    next.on("close", () => {
      if (socket === next) socket = null;
    });
  });

  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  async function roundTrip(): Promise<void> {
    const current = socket;
    if (!current) return turn();
    const stop = new AbortController();
    const heard = ["pong", "close"].map((event) => once(current, event, { signal: stop.signal }));
    for (const each of heard) each.catch(() => {});
    current.ping();
    await Promise.race(heard);
    stop.abort();
    await turn();
  }

  const central: Central = {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    clock,
    heard: [],
    deviations: [],
    authorizations: [],
    targets: [],
    replies: {},
    of: (action) => central.heard.filter((each) => each.action === action).map((each) => each.payload),
    actions: () => central.heard.map((each) => each.action),
    call(action, payload) {
      const id = `c${++lastId}`;
      asked.set(id, action);
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        socket?.send(writeCall(id, action, JSON.stringify(payload)));
      });
    },
    async linked() {
      while (!socket) await turn();
      await central.settle();
    },
    async unlinked() {
      while (socket) await turn();
    },
    async settle() {
      for (let quiet = 0; quiet < 2; ) {
        const before = frames;
        await roundTrip();
        quiet = frames === before ? quiet + 1 : 0;
      }
    },
    async run(steps) {
      for (let step = 0; step < steps; step++) {
        clock.advance(1000);
        await central.settle();
      }
    },
    start(options) {
      const station = startVirtualStation({ url: central.url, identity: "CP-1", ocpp: version, clock, ...options });
      stations.push(station);
      return station;
    },
    async close() {
      for (const station of stations) await station.stop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return central;
}
