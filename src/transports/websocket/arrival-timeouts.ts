import type { Clock, Timer } from "../../lib/clock.ts";
import type { Disposable } from "../../lib/disposable.ts";

/** A station that goes on at all goes on sooner; a standstill is told within a second, long before it is given up. */
const standstillMs = 600;

/** Waits for the next step of an arrival: says when it stands still, and when it has taken too long. */
export class ArrivalTimeouts implements Disposable {
  readonly #clock: Clock;
  readonly #on: { standstill(): void; late(): void };
  #timers: Timer[] = [];

  constructor(clock: Clock, on: { standstill(): void; late(): void }) {
    this.#clock = clock;
    this.#on = on;
  }

  /** Begins to wait for a step, instead of the one before. */
  wait(ms: number): void {
    this.dispose();
    if (ms > standstillMs) this.#timers.push(this.#clock.after(standstillMs, () => this.#on.standstill()));
    this.#timers.push(this.#clock.after(ms, () => this.#on.late()));
  }

  dispose(): void {
    for (const timer of this.#timers) timer.stop();
    this.#timers = [];
  }
}
