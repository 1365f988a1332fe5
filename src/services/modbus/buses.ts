import { type BusOptions, type OpenBus, openBus } from "./open-bus.ts";
import { type ModbusPlace, placeText } from "./place.ts";

/** Buses that are open, each shared by all who ask on it, and closed when nobody does. */
export class Buses {
  readonly #options: BusOptions;
  readonly #open = new Map<string, { bus: Promise<OpenBus>; users: number }>();

  constructor(options: BusOptions) {
    this.#options = options;
  }

  /** Lends the bus of a place while `work` runs.
   * @throws FailureError unavailable when it cannot be opened, and what `work` throws */
  async use<T>(place: ModbusPlace, work: (bus: OpenBus) => Promise<T>): Promise<T> {
    const key = placeText(place);
    const shared = this.#open.get(key) ?? { bus: openBus(place, this.#options), users: 0 };
    this.#open.set(key, shared);
    shared.users++;
    try {
      return await work(await shared.bus);
    } finally {
      shared.users--;
      if (shared.users === 0) {
        this.#open.delete(key);
        await shared.bus.then((bus) => bus.close()).catch(() => undefined);
      }
    }
  }

  /** Somebody has the bus of this place open. */
  isOpen(place: ModbusPlace): boolean {
    return this.#open.has(placeText(place));
  }
}
