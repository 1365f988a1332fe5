/** What all links together may hold of one kind, bytes. When it is more, whoever holds the most is let go. */
export class Budget<Holder> {
  readonly #limit: () => number;
  readonly #letGo: (greediest: Holder) => void;
  readonly #held = new Map<Holder, number>();
  #total = 0;

  /** @param limit asked whenever more is held
   * @param letGo ends a holder; what it held counts no more from then on */
  constructor(limit: () => number, letGo: (greediest: Holder) => void) {
    this.#limit = limit;
    this.#letGo = letGo;
  }

  get total(): number {
    return this.#total;
  }

  /** A holder holds so many bytes now. */
  set(holder: Holder, bytes: number): void {
    const before = this.#held.get(holder) ?? 0;
    if (bytes === before) return;
    if (bytes > 0) this.#held.set(holder, bytes);
    else this.#held.delete(holder);
    this.#total += bytes - before;
    if (bytes > before && this.#total > this.#limit()) this.#relieve();
  }

  #relieve(): void {
    let greediest: Holder | undefined;
    let most = 0;
    for (const [holder, bytes] of this.#held) {
      if (bytes <= most) continue;
      greediest = holder;
      most = bytes;
    }
    if (greediest === undefined) return;
    this.set(greediest, 0);
    this.#letGo(greediest);
  }
}
