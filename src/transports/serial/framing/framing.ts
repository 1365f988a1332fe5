import type { LineFraming } from "../../../station/model.ts";

export const framingNames: readonly LineFraming[] = ["lines", "length", "slip", "cobs"];

/** What is wrong with a stretch of bytes. `check`: its check does not fit; `cut`: it ends too early; `coding`: no encoder writes it;
 * `too-long`: longer than any message may be; `text`: readable, and no message. */
export type Damage = "check" | "cut" | "coding" | "too-long" | "text";

/** What came over a line: a message, exact as far as its check tells, or a stretch that is none. `head`: its first bytes. */
export type Piece =
  | { kind: "frame"; data: Uint8Array; checked: boolean }
  | { kind: "damaged"; why: Damage; head: Uint8Array; count: number };

/** Takes bytes as they come and hands back what is whole. Its memory is bounded by the longest message. */
export type Deframer = {
  push(bytes: Uint8Array): Piece[];
  /** Gives up what is begun and not ended. */
  flush(): Piece[];
};

/** The first bytes of a damaged stretch that are kept. */
const keptHead = 4096;

export function damaged(why: Damage, bytes: Uint8Array, count = bytes.length): Piece {
  return { kind: "damaged", why, head: bytes.slice(0, keptHead), count };
}
