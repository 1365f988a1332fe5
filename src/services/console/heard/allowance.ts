/** That some are left out is told once in this time, milliseconds. */
const toldMs = 60_000;

/** How much of one kind a console may bring into the record: so many at once, and so many a second for as long as they keep coming. */
export class Allowance {
  readonly #most: number;
  readonly #aSecond: number;
  #left: number;
  #at: number | null = null;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(most: number, aSecond: number) {
    this.#most = most;
    this.#aSecond = aSecond;
    this.#left = most;
  }

  /** Asks for one more.
   * @param at our clock, milliseconds
   * @returns `full`: it is left out, and that is to be told */
  take(at: number): "taken" | "full" | "left-out" {
    const passed = this.#at === null ? 0 : Math.max(0, at - this.#at);
    this.#left = Math.min(this.#most, this.#left + (passed * this.#aSecond) / 1000);
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
