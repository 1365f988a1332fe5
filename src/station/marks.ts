/** What was done to a frame on its way, beyond what an ordinary central system does. A frame without a mark is plain talk between
 * the station and the laptop. */
const passingMarks = [
  /** From the station, passed up byte for byte. */
  "to-upstream",
  /** From the central system above, passed down byte for byte (unless it is also `changed`). */
  "from-upstream",
  /** Kept at the laptop: an answer to a call of ours, or nobody above to take it. */
  "not-passed",
  /** Answered by the laptop in place of the central system above. */
  "own-answer",
  /** Put in by the laptop or by hand. */
  "injected",
  /** Held back by hand. */
  "held",
  /** Changed by hand. */
  "changed",
  /** Thrown away by hand. */
  "dropped",
  /** Faults on purpose. */
  "delayed",
  "silenced",
  "false-error",
  "wrong-time",
  /** It never left, or the answer to it did not: the link was being closed. */
  "not-sent",
  "answer-not-sent",
  /** It came compressed (RFC 7692); what is on record is what was said. */
  "compressed",
] as const;

/** Why the core asks a station for something by itself: nobody at the screen did. */
export const ownReasons = [
  /** No boot came after the connect. */
  "no-boot",
  /** A connector told no status after the connect. */
  "no-status",
  /** It was held, and is accepted now. */
  "now-accepted",
  /** The station asked for it: a certificate. */
  "asked-for",
  /** A step of a guarded change. */
  "guarded-change",
] as const;
export type OwnReason = (typeof ownReasons)[number];

export const frameMarks = [...passingMarks, ...ownReasons] as const;

export type FrameMark = (typeof frameMarks)[number];

/** A frame without a lane was between station and laptop. `upstream`: on the leg between the laptop and the central system above.
 * `console`: printed on a console and read there. It is neither answered, nor taken for what the station says to us. */
export type Lane = "upstream" | "console";

/** Where a frame passed; `link`: on no lane. */
export const framesOn = ["link", "upstream", "console"] as const satisfies (Lane | "link")[];
export type FrameOn = (typeof framesOn)[number];

/** `in`: from the station; `out`: to it. `unknown`: on a console alone, which does not always say. */
export type FrameDirection = "in" | "out" | "unknown";
