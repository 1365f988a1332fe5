import type { JsonObject } from "../lib/json.ts";
import type { Dialect } from "../ocpp/dialect.ts";
import type { PeerAnswer } from "../ocpp/peer.ts";
import type { Schemas } from "../ocpp/schemas.ts";
import type { OwnReason } from "../station/marks.ts";
import type { CloseCause, StationState } from "../station/model.ts";
import type { Moment } from "../store/moments/moments.ts";

/** A station that was ever heard of. */
export type StationEntry = {
  readonly id: number;
  readonly identity: string;
  state: StationState;
  /** The connection it has now. */
  session: Conversation | null;
  /** Changed since its state was last kept. */
  dirty: boolean;
  /** Where its rows are, since its last moment on record. */
  trace: Trace;
};

/** What is to be told of a station's past and is not on record yet: moments taken, and since the last of them the numbers of its rows
 * (null: some are not known). `weight` counts towards the next moment. `anew`: it begins with the record, and takes the place of what is
 * kept. */
export type Trace = { moments: Moment[]; numbers: number[] | null; weight: number; anew: boolean };

/** A connected station as those see it who ask something of it. */
export type Conversation = {
  readonly dialect: Dialect;
  readonly schemas: Schemas;
  /** Which password of the station's it came in with, where one is set. */
  readonly password: "current" | "next" | null;
  /** Nobody has begun to end it. */
  readonly isOpen: boolean;
  /** Sends a CALL when the one before it is answered. Never rejects.
   * @param text the payload as it goes out, where its digits and blanks matter
   * @param own why the core asks by itself; the frame is marked so */
  call(action: string, payload: JsonObject, text?: string, own?: OwnReason): Promise<CallReport>;
  /** Ends the connection from our side. */
  close(code: number, reason: string, cause: CloseCause): void;
  /** Ends it without a word, as a broken cable does. */
  cut(cause: CloseCause): void;
};

/** What became of a call of ours, with the frames that carried it. */
export type CallReport = {
  answer: PeerAnswer;
  /** The frame that went out; absent when the link ended before its turn came. */
  frame?: number;
  answerFrame?: number;
  latencyMs?: number;
};
