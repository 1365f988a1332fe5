/** Messages taken up at once, and in a second for as long as they keep coming: a station says a few, and each is an entry of the record. */
const mostAtOnce = 100;
export const mostASecond = 20;
/** That some are left out is told once in this time, milliseconds. */
const toldMs = 60_000;

/** How many messages a console may bring into the record. */
export class Allowance {
  #left = mostAtOnce;
  #at: number | null = null;
  #toldAt = Number.NEGATIVE_INFINITY;

  /** Asks for one more.
   * @param at our clock, milliseconds
   * @returns `full`: it is left out, and that is to be told */
  take(at: number): "taken" | "full" | "left-out" {
    const passed = this.#at === null ? 0 : Math.max(0, at - this.#at);
    this.#left = Math.min(mostAtOnce, this.#left + (passed * mostASecond) / 1000);
    this.#at = at;
    if (this.#left >= 1) {
      this.#left--;
      return "taken";
    }
    if (at - this.#toldAt < toldMs && at >= this.#toldAt) return "left-out";
    this.#toldAt = at;
    return "full";
  }
}
