/** A connection that has not become a link yet. */
export type HalfOpen = { crowdedOut(): void };

/** Those at the door. When there are too many the oldest of those who have said nothing go first, then the oldest. */
export class HalfOpenSet {
  readonly #limit: () => number;
  readonly #silent = new Set<HalfOpen>();
  readonly #speaking = new Set<HalfOpen>();

  /** @param limit asked whenever one comes */
  constructor(limit: () => number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#silent.size + this.#speaking.size;
  }

  add(one: HalfOpen): void {
    this.#silent.add(one);
    if (this.size <= this.#limit()) return;
    // The newcomer is last in the row of the silent, so that it goes only when all others speak.
    const oldest = first(this.#silent, one) ?? first(this.#speaking, one);
    if (!oldest) return;
    this.remove(oldest);
    oldest.crowdedOut();
  }

  /** It has said something. */
  spoke(one: HalfOpen): void {
    if (this.#silent.delete(one)) this.#speaking.add(one);
  }

  remove(one: HalfOpen): void {
    this.#silent.delete(one);
    this.#speaking.delete(one);
  }
}

function first(set: Set<HalfOpen>, but: HalfOpen): HalfOpen | undefined {
  for (const one of set) if (one !== but) return one;
  return undefined;
}
