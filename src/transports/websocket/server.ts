import { type Clock, guardedClock } from "../../lib/clock.ts";
import type { Disposable } from "../../lib/disposable.ts";
import type { Emitter } from "../../lib/emitter.ts";
import type { Logger } from "../../lib/logger.ts";
import { largestFrameLimit, mostHalfOpen } from "../../station/bounds.ts";
import { closingText } from "../../station/phrases.ts";
import type { AccessControl } from "../admission.ts";
import type { AttemptTracker } from "../attempts/tracker.ts";
import type { Link } from "../link.ts";
import type { TlsProvider } from "../tls/server.ts";
import { TlsServer } from "../tls/server.ts";
import { Arrival } from "./arrival.ts";
import type { ArrivalContext, ArrivalTimes, UploadsDoor } from "./arrival-context.ts";
import { type Capacity, capacityFor, ownFileLimit, Room } from "./bounds/room.ts";
import { HalfOpenSet } from "./half-open.ts";
import { Listeners, type Listening, type ListenPlace } from "./listeners.ts";
import { createHandshake } from "./upgrade.ts";
import { closeWaitMs, createLinkBounds, type SocketLink } from "./websocket-link.ts";

export type WebSocketTransportOptions = {
  places: readonly ListenPlace[];
  /** Whether to start is to listen at one of them at least; else it is told, and tried again. */
  required: boolean;
  clock: Clock;
  log: Logger;
  accessControl: AccessControl;
  /** Null: no wss. */
  tls: TlsProvider | null;
  tracker: AttemptTracker;
  pingSeconds: () => number;
  frameLimit: () => number;
  /** Whether compression is agreed to where a station offers it. */
  compression: () => boolean;
  chooseSubprotocol: (offered: readonly string[]) => string | undefined;
  onLink: (link: Link) => void;
  /** Takes files in that come to the same ports by HTTP. */
  uploads?: UploadsDoor;
  times?: Partial<ArrivalTimes>;
  /** Connections that may stand at the door at once. */
  halfOpenLimit?: number;
  /** False while enough of what came waits to be stored; then nothing more is read. By default always true. */
  ready?: () => boolean;
  /** How many links there may be; by default what this process has room for. */
  capacity?: Capacity;
};

export type WebSocketTransport = Disposable & {
  /** The first place. */
  readonly host: string;
  readonly port: number;
  listening(): Listening[];
  /** Another place is open, or one is shut. */
  readonly changed: Emitter<void>;
  /** Listens at these places and no others; links that are up stay up.
   * @throws FailureError `unavailable` when not one of them can be had */
  apply(places: readonly ListenPlace[]): Promise<void>;
  /** The computer has slept: every link is pinged now, and one that shows no life within 5 s is ended. */
  resumed(): void;
  /** Whether wss is spoken now, where a place takes it. */
  readonly secure: boolean;
};

const defaultTimes: ArrivalTimes = { silenceMs: 20_000, headMs: 10_000, tlsMs: 15_000 };
const lifeCheckMs = 1000;
/** How long a link may take to show that it has outlived a sleep of the computer, milliseconds. */
const proofMs = 5000;

/** Listens for stations over WebSocket, ws and wss on one port (OCPP-J 1.6 3; RFC 6455).
 * @throws FailureError `unavailable` when no port can be had, where one is required */
export async function listenWebSocket(options: WebSocketTransportOptions): Promise<WebSocketTransport> {
  const { log, accessControl, tracker } = options;
  const clock = guardedClock(options.clock, (error) => log.error("a timer of the station ports failed", { error }));
  const frameLimit = () => Math.min(options.frameLimit(), largestFrameLimit);
  const links = new Set<SocketLink>();
  const byIdentity = new Map<string, SocketLink>();
  const arrivals = new Set<Arrival>();
  const room = new Room(() => options.capacity ?? capacityFor(ownFileLimit()));
  const context: ArrivalContext = {
    clock,
    log,
    accessControl,
    tracker,
    uploads: options.uploads ?? null,
    tls: new TlsServer(options.tls),
    handshake: createHandshake({ ...options, frameLimit }),
    halfOpen: new HalfOpenSet(() => Math.min(options.halfOpenLimit ?? mostHalfOpen, room.halfOpen)),
    room,
    bounds: createLinkBounds({ ready: options.ready ?? (() => true), clock, frameLimit }),
    frameLimit,
    linkOf: (identity) => byIdentity.get(identity),
    times: { ...defaultTimes, ...options.times },
    onLink(link) {
      const { identity, via } = link.hello;
      links.add(link);
      byIdentity.set(identity, link);
      room.enter(via.remoteAddress);
      options.onLink(link);
    },
    onGone(link) {
      const { identity, via } = link.hello;
      if (!links.delete(link)) return;
      if (byIdentity.get(identity) === link) byIdentity.delete(identity);
      room.leave(via.remoteAddress);
    },
  };
  const listeners = new Listeners({
    clock,
    log,
    onConnection(socket, mode) {
      const arrival = new Arrival(context, mode, socket);
      arrivals.add(arrival);
      socket.once("close", () => arrivals.delete(arrival));
    },
  });
  try {
    await listeners.apply(options.places);
  } catch (error) {
    // The screens can tell what is wrong and change it, and it is tried again: better than no Plugside at all.
    if (!options.required) log.warn("no port can be had for stations; tried again", { error });
    else {
      await listeners.dispose();
      throw error;
    }
  }
  const watch = clock.every(lifeCheckMs, () => {
    for (const link of links) link.check(options.pingSeconds());
  });
  return {
    get host() {
      return listeners.current()[0]?.host ?? "";
    },
    get port() {
      return listeners.current()[0]?.port ?? 0;
    },
    listening: () => listeners.current(),
    changed: listeners.changed,
    apply: (places) => listeners.apply(places),
    resumed() {
      for (const link of links) link.prove(proofMs);
    },
    get secure() {
      return context.tls.ready;
    },
    async dispose() {
      watch.stop();
      const closed = listeners.dispose();
      for (const arrival of arrivals) arrival.close();
      for (const link of links) link.close(1001, closingText("close-shutdown"), "shutdown");
      const deadline = setTimeout(() => {
        for (const link of links) link.terminate();
      }, closeWaitMs);
      await closed;
      clearTimeout(deadline);
    },
  };
}
