import type { OcppVia } from "../station/events.ts";
import type { Finding } from "../station/findings.ts";
import type { CloseCause } from "../station/model.ts";

/** What is known of a message that nobody gets whole, as it goes on record: its first bytes, and the finding that tells the rest. */
export type Spoilt = { data: Uint8Array; binary: boolean; found: Finding };

/** One connection to a station, whatever carries it. */
export type Link = {
  /** What was known when it opened. */
  readonly hello: Hello;
  /** What was tolerated in the handshake. */
  readonly findings?: readonly Finding[];
  /** Which password of the station's it came in with, where one is set. */
  readonly password?: "current" | "next";
  /** HTTP Basic as it came, for handing on; never for the record. */
  readonly authorization?: string;
  /** Neither end has said goodbye. */
  readonly isOpen: boolean;
  /** Sends a message; bytes go out as they are. `binary`: in a binary frame.
   * @returns false when it does not leave: the link is being closed, or is */
  send(data: string | Uint8Array, binary?: boolean): boolean;
  /** Ends the connection with a WebSocket close code (RFC 6455 7.4). */
  close(code: number, reason: string, cause: CloseCause): void;
  /** Ends the connection without a word, as a broken cable does. */
  cut(cause: CloseCause): void;
  /** Reads nothing more, so that what comes waits with the station; or reads on. A link that is not read does not count as dead. */
  hold(held: boolean): void;
  /** Sets who hears of what comes. Nothing is lost before: the link holds its breath until this is called. */
  listen(listener: LinkListener): void;
};

export type LinkListener = {
  /** A message as it was said. `binary`: it came in a binary frame. `compressed`: it came so, and was unpacked. */
  message(data: Uint8Array, binary: boolean, compressed: boolean): void;
  /** A message that nobody gets whole; the link ends. */
  spoilt(spoilt: Spoilt): void;
  closed(code: number, reason: string, cause: CloseCause): void;
};

/** Who comes, and how. */
export type Hello = {
  identity: string;
  via: OcppVia;
};
