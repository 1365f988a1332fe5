import type { Clock, Timer } from "../../lib/clock.ts";
import { mostWaitingForAbove, pieceCost } from "../../station/bounds.ts";
import type { LegState, UpstreamEnd } from "../../station/forward.ts";
import type { Dial, UpstreamAddress, UpstreamSocket } from "../../transports/websocket/client.ts";

export type LegOptions = {
  clock: Clock;
  dial: Dial;
  address: UpstreamAddress;
  onMessage: (data: Uint8Array, binary: boolean) => void;
  onState: (state: LegState) => void;
};

/** A message for above; `missed` is told when it could not go. */
export type UpMessage = { data: Uint8Array; binary: boolean; missed: () => void };

const firstWaitMs = 1_000;
const longestWaitMs = 60_000;

/** Keeps a connection to the central system above for as long as the station has one: dials, and dials again with growing gaps. */
export class UpstreamLeg {
  readonly #options: LegOptions;
  #state: LegState = { state: "idle" };
  #socket: UpstreamSocket | null = null;
  #retry: Timer | null = null;
  #waitMs = firstWaitMs;
  #tries = 0;
  #waiting: UpMessage[] = [];
  #waitingBytes = 0;
  #closed = false;

  constructor(options: LegOptions) {
    this.#options = options;
  }

  get state(): LegState {
    return this.#state;
  }

  /** Dials now, also when it would wait longer. */
  dial(): void {
    if (this.#closed || this.#state.state === "connecting" || this.#state.state === "open") return;
    this.#retry?.stop();
    this.#retry = null;
    const { clock, dial, address } = this.#options;
    this.#tries++;
    this.#set({ state: "connecting", since: clock.now(), tries: this.#tries });
    try {
      this.#socket = dial(address, {
        open: (subprotocol) => this.#opened(subprotocol),
        message: (data, binary) => {
          // It is there and speaks: the next loss begins with a short wait again.
          this.#waitMs = firstWaitMs;
          this.#options.onMessage(data, binary);
        },
        closed: (end) => this.#ended(end),
      });
    } catch (error) {
      this.#ended({ problem: "failed", detail: error instanceof Error ? error.message : String(error) });
    }
  }

  /** Sends a message, once it is open where it is being dialled; else it is missed at once. */
  send(message: UpMessage): void {
    if (this.#state.state === "open") this.#socket?.send(message.data, message.binary);
    else if (this.#state.state === "connecting" && this.#waitingBytes < mostWaitingForAbove) {
      this.#waiting.push(message);
      this.#waitingBytes += message.data.byteLength + pieceCost;
    } else message.missed();
  }

  /** Ends it for good. */
  close(): void {
    this.#closed = true;
    this.#retry?.stop();
    this.#socket?.close();
    this.#socket = null;
    this.#set({ state: "idle" });
    this.#miss();
  }

  #opened(subprotocol: string | undefined): void {
    this.#tries = 0;
    this.#set({ state: "open", since: this.#options.clock.now(), subprotocol });
    for (const { data, binary } of this.#takeWaiting()) this.#socket?.send(data, binary);
  }

  #ended(end: UpstreamEnd): void {
    if (this.#closed) return;
    const { clock } = this.#options;
    const now = clock.now();
    const wait = this.#waitMs;
    this.#waitMs = Math.min(longestWaitMs, wait * 2);
    this.#socket = null;
    this.#retry = clock.after(wait, () => this.dial());
    const away: LegState = { state: "away", since: now, tries: this.#tries, nextTryAt: now + wait, ...end };
    this.#state = away;
    // What never went is missed first: it is not among what the one above leaves unanswered.
    this.#miss();
    this.#set(away);
  }

  #takeWaiting(): UpMessage[] {
    this.#waitingBytes = 0;
    return this.#waiting.splice(0);
  }

  #miss(): void {
    for (const { missed } of this.#takeWaiting()) missed();
  }

  #set(state: LegState): void {
    this.#state = state;
    this.#options.onState(state);
  }
}
