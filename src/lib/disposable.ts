/** Something opened that must be closed. */
export type Disposable = { dispose(): void | Promise<void> };

/** Closes what was opened, newest first. What is opened is added on the next line. */
export class DisposableStore implements Disposable {
  readonly #items: Disposable[] = [];
  #disposed = false;

  /** Registers `item` for closing and hands it back. */
  add<T extends Disposable>(item: T): T {
    if (this.#disposed) void item.dispose();
    else this.#items.push(item);
    return item;
  }

  /** Closes everything, newest first; one failure does not keep the others open.
   * @throws the first failure, after all were tried */
  async dispose(): Promise<void> {
    this.#disposed = true;
    const failures: unknown[] = [];
    for (let item = this.#items.pop(); item; item = this.#items.pop()) {
      try {
        await item.dispose();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
