import type { Clock } from "../../lib/clock.ts";
import type { CallFrame, Frame } from "../../ocpp/frame.ts";
import type { ActiveFault } from "../../station/faults.ts";
import type { Finding } from "../../station/findings.ts";
import type { LegState, WhenAway } from "../../station/forward.ts";
import type { FrameMark } from "../../station/marks.ts";
import type { Dial } from "../../transports/websocket/client.ts";
import type { Asked } from "../answering.ts";
import type { Completed, Ledger, Received } from "../ledger.ts";
import type { Passing } from "./held-frames.ts";

/** A connected station, as the middle relay works with it. */
export type StationPort = {
  readonly ledger: Ledger;
  send(data: Uint8Array, binary: boolean): void;
  /** What a CALL and the answer that the station gets mean. */
  meaningOf(frame: CallFrame, reply: Frame | null, at: number): Meant;
  /** What the station's answer to a CALL means. */
  factsOf(call: { action: string; payload: CallFrame["payload"] }, frame: Frame, at: number): Meant;
  /** Answers in place of the central system above. */
  answer(asked: Asked, marks: readonly FrameMark[]): void;
  /** Remembers an answer that the station got. */
  answered(frame: CallFrame, text: string): void;
  /** A call of ours is in flight. */
  calling(): boolean;
  /** Lets out a call of ours that had to wait. */
  resume(): void;
  /** Tells a fault of ours. */
  failed(where: string, error: unknown): void;
  disconnect(): void;
};

/** What an exchange means. */
export type Meant = Pick<Completed, "events" | "findings">;

/** A frame of the station's as the session has read it. `frame` is null for a binary one. */
export type Inbound = {
  received: Received;
  bytes: Uint8Array;
  binary: boolean;
  text: string;
  frame: Frame | null;
  findings: Finding[];
  stationTime: string | null;
  /** It came before and was answered then. */
  again: boolean;
};

/** A frame on its way, with what it answers or asks. */
export type HeldFrame = Passing & { frame: Frame | null; asked?: Asked };

/** What a middle relay works with besides. */
export type RelayOptions = {
  clock: Clock;
  dial: Dial;
  whenAway: () => WhenAway;
  faults: () => readonly ActiveFault[];
  answerMs: () => number;
  /** Told of every change of the leg, and of what is held. */
  onState: (state: LegState) => void;
  onHeld: () => void;
};
