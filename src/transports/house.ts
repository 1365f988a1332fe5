import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/logger.ts";
import type { AttemptTracker } from "./attempts.ts";
import type { Gate } from "./gate.ts";
import type { HalfOpenSet } from "./half-open.ts";
import type { Handshake } from "./handshake.ts";
import type { LinkBounds, SocketLink } from "./socket-link.ts";
import type { TlsFront } from "./tls-front.ts";
import type { Room } from "./websocket/room.ts";

/** How long each part of an arrival may take, milliseconds. */
export type ArrivalTimes = { silenceMs: number; headMs: number; tlsMs: number };

/** What every arrival needs of the house. */
export type House = {
  clock: Clock;
  log: Logger;
  gate: Gate;
  tls: TlsFront;
  tracker: AttemptTracker;
  handshake: Handshake;
  halfOpen: HalfOpenSet;
  /** How many links there may be. */
  room: Room;
  bounds: LinkBounds;
  /** Bytes. */
  frameLimit: () => number;
  /** The link of an identity that is up. */
  linkOf: (identity: string) => SocketLink | undefined;
  times: ArrivalTimes;
  onLink: (link: SocketLink) => void;
  onGone: (link: SocketLink) => void;
};
