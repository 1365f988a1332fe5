import type { Clock, Timer } from "../../lib/clock.ts";
import type { JsonObject } from "../../lib/json.ts";
import type { PeerAnswer } from "../../ocpp/peer.ts";
import type { Queued, Request } from "../model.ts";

/** Transaction messages, in order, each kept until it is answered (1.6 3.7; 2.0.1 E04, E12). */
export type Outbox = {
  readonly length: number;
  holds(transaction: string): boolean;
  add(message: Queued): void;
  /** Goes on sending, when the way is clear. */
  flush(): void;
};

export type OutboxOptions = {
  clock: Clock;
  ready(): boolean;
  ask(request: Request): Promise<PeerAnswer>;
  /** How often a message is sent that is answered with an error, and the pause after the first time. */
  retry(): { attempts: number; seconds: number };
  changed(): void;
  log(line: string): void;
};

/** As many messages are kept; of what comes then, samples are left out (2.0.1 E04). */
const room = 5000;

/** Makes an empty outbox. */
export function createOutbox(options: OutboxOptions): Outbox {
  const waiting: Queued[] = [];
  let busy = false;
  let attempts = 0;
  let pause: Timer | null = null;

  function settle(message: Queued, answer: JsonObject | null): void {
    waiting.shift();
    attempts = 0;
    message.settled?.(answer);
    options.changed();
  }

  async function pump(): Promise<void> {
    const message = waiting[0];
    if (busy || pause || !message || !options.ready()) return;
    busy = true;
    const answer = await options.ask({ action: message.action, payload: message.payload() });
    busy = false;
    // The message stays first; the next link flushes.
    if (answer.type === "closed") return;
    if (answer.type === "result") settle(message, answer.payload);
    else {
      attempts += 1;
      const { attempts: most, seconds } = options.retry();
      if (attempts >= most) {
        options.log(`${message.action} given up after ${attempts} attempts`);
        settle(message, null);
      } else {
        pause = options.clock.after(attempts * seconds * 1000, () => {
          pause = null;
          void pump();
        });
      }
    }
    void pump();
  }

  return {
    get length() {
      return waiting.length;
    },
    holds: (transaction) => waiting.some((message) => message.transaction === transaction),
    add(message) {
      if (message.sample && waiting.length >= room) return;
      waiting.push(message);
      options.changed();
      void pump();
    },
    flush() {
      pause?.stop();
      pause = null;
      void pump();
    },
  };
}
