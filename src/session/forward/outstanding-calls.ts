import type { Clock, Timer } from "../../lib/clock.ts";
import type { JsonObject } from "../../lib/json.ts";
import type { Asked } from "../answering.ts";

/** A CALL that went down to the station and is not answered. `byHand`: its answer stays here. */
export type CallDown = { seq: number; action: string; payload: JsonObject; byHand: boolean };

/** A CALL put in towards the central system above; its answer stays here. */
export type CallUp = { seq: number; action: string };

const mostRemembered = 200;

/** Which calls are under way in forward mode, each by its message id. An unanswered one is forgotten when many came after it. */
export class Outstanding {
  readonly #clock: Clock;
  readonly #up: { id: string; asked: Asked }[] = [];
  readonly #down = new Map<string, CallDown & { timer: Timer }>();
  readonly #ofOurs = new Map<string, CallUp>();
  readonly #busy = new Set<string>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** True while the station has a call from above that it should still answer: no call of ours goes between. */
  get busy(): boolean {
    return this.#busy.size > 0;
  }

  /** A CALL of the station went up. */
  wentUp(id: string, asked: Asked): void {
    this.#up.push({ id, asked });
    if (this.#up.length > mostRemembered) this.#up.shift();
  }

  /** The station's CALL that an answer from above is for. */
  takeUp(id: string): Asked | undefined {
    const at = this.#up.findIndex((item) => item.id === id);
    return at === -1 ? undefined : this.#up.splice(at, 1)[0]?.asked;
  }

  /** Forgets a CALL that did not go up after all. */
  forgetUp(asked: Asked): void {
    const at = this.#up.findIndex((item) => item.asked === asked);
    if (at !== -1) this.#up.splice(at, 1);
  }

  /** All CALLs that went up and have no answer. */
  takeAllUp(): Asked[] {
    return this.#up.splice(0).map(({ asked }) => asked);
  }

  /** A CALL went down. `late` is told when the station has not answered after `ms`. */
  wentDown(id: string, call: CallDown, ms: number, late: () => void): void {
    this.takeDown(id);
    this.#busy.add(id);
    const timer = this.#clock.after(ms, () => {
      this.#busy.delete(id);
      late();
    });
    this.#down.set(id, { ...call, timer });
    const [oldest] = this.#down.keys();
    if (this.#down.size > mostRemembered && oldest !== undefined) this.takeDown(oldest);
  }

  hasDown(id: string): boolean {
    return this.#down.has(id);
  }

  /** The CALL that an answer of the station's is for. */
  takeDown(id: string): CallDown | undefined {
    const call = this.#down.get(id);
    call?.timer.stop();
    this.#down.delete(id);
    this.#busy.delete(id);
    return call;
  }

  /** A CALL of ours went up. */
  oursWentUp(id: string, call: CallUp): void {
    this.#ofOurs.set(id, call);
    const [oldest] = this.#ofOurs.keys();
    if (this.#ofOurs.size > mostRemembered && oldest !== undefined) this.#ofOurs.delete(oldest);
  }

  /** The CALL of ours that an answer from above is for. */
  takeOurs(id: string): CallUp | undefined {
    const call = this.#ofOurs.get(id);
    this.#ofOurs.delete(id);
    return call;
  }

  /** Forgets what the central system above was asked and asked: its connection is over. */
  lostAbove(): Asked[] {
    this.#ofOurs.clear();
    return this.takeAllUp();
  }

  /** Forgets everything. */
  clear(): void {
    this.lostAbove();
    for (const id of [...this.#down.keys()]) this.takeDown(id);
  }
}
