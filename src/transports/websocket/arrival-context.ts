import type { Clock } from "../../lib/clock.ts";
import type { Logger } from "../../lib/logger.ts";
import type { AccessControl } from "../admission.ts";
import type { AttemptTracker } from "../attempts/tracker.ts";
import type { HttpMount } from "../receivers/http/mount.ts";
import type { TlsServer } from "../tls/server.ts";
import type { Room } from "./bounds/room.ts";
import type { HalfOpenSet } from "./half-open.ts";
import type { Handshake } from "./upgrade.ts";
import type { LinkBounds, SocketLink } from "./websocket-link.ts";

/** How long each part of an arrival may take, milliseconds. */
export type ArrivalTimes = { silenceMs: number; headMs: number; tlsMs: number };

/** Where a connection goes that brings a file. */
export type UploadsDoor = Pick<HttpMount, "takes" | "take">;

/** What every arrival needs of the context. */
export type ArrivalContext = {
  clock: Clock;
  log: Logger;
  accessControl: AccessControl;
  tls: TlsServer;
  tracker: AttemptTracker;
  handshake: Handshake;
  halfOpen: HalfOpenSet;
  /** Takes files in that come by HTTP; null where none are taken. */
  uploads: UploadsDoor | null;
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
