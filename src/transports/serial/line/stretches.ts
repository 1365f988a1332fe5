import { keptHeadBytes } from "../../../station/bounds.ts";
import { observed } from "../../../station/findings.ts";
import { words } from "../../../station/phrases.ts";
import type { Spoilt } from "../../link.ts";
import type { Damage, Piece } from "../framing/framing.ts";

type Damaged = Extract<Piece, { kind: "damaged" }>;

/** Puts damaged pieces that follow one another together into one stretch, so that noise costs a row a second and not a thousand. */
export class Stretches {
  #heads: Uint8Array[] = [];
  #kept = 0;
  #count = 0;
  #pieces = 0;
  #why: Damage = "check";
  #since = 0;

  /** Takes a damaged piece.
   * @param now of the clock that is never set */
  add({ why, head, count }: Damaged, now: number): void {
    if (this.#pieces === 0) {
      this.#why = why;
      this.#since = now;
    }
    // Text between damage is damage: noise is readable now and then.
    if (this.#why === "text") this.#why = why;
    this.#pieces++;
    this.#count += count;
    if (this.#kept >= keptHeadBytes) return;
    this.#heads.push(head);
    this.#kept += head.length;
  }

  /** How long the stretch has been open, milliseconds; 0 without one. */
  age(now: number): number {
    return this.#pieces === 0 ? 0 : now - this.#since;
  }

  /** Ends the stretch; null where there is none. */
  take(): { spoilt: Spoilt; bytes: number; text: boolean } | null {
    if (this.#pieces === 0) return null;
    const [why, count, pieces] = [this.#why, this.#count, this.#pieces];
    const data = Buffer.concat(this.#heads).subarray(0, keptHeadBytes);
    this.#heads = [];
    [this.#kept, this.#count, this.#pieces] = [0, 0, 0];
    const text = why === "text";
    const said = words("line-stretch", {
      count,
      pieces,
      why: words(why === "text" ? "line-plain-text" : `line-${why}`),
    });
    const found = observed(text ? "line-text" : "line-damaged", "frame", said);
    return { spoilt: { data, binary: !text, found }, bytes: count, text };
  }
}
