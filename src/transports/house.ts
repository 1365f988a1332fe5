import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/logger.ts";
import type { AttemptTracker } from "./attempts.ts";
import type { Gate } from "./gate.ts";
import type { HalfOpenSet } from "./half-open.ts";
import type { Handshake } from "./handshake.ts";
import type { SocketLink } from "./socket-link.ts";
import type { TlsFront } from "./tls-front.ts";

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
  times: ArrivalTimes;
  onLink: (link: SocketLink) => void;
  onGone: (link: SocketLink) => void;
};
