import type { Clock, Timer } from "../../lib/clock.ts";
import { type QuirkName, quirkNames } from "../../services/simulator/contract.ts";
import type { Answer, Request } from "../model.ts";
import { type Memory, quirks } from "./quirks.ts";

/** The quirks that one virtual station has now, put between what it says and the wire. */
export type Misbehaviour = {
  readonly names: readonly QuirkName[];
  set(names: readonly QuirkName[]): void;
  /** What goes out in place of a request, or null for one that does not. */
  request(request: Request): Request | null;
  answer(action: string, answer: Answer): Answer;
  texts(text: string): string[];
  stop(): void;
};

export type MisbehaviourOptions = {
  /** Station time. */
  clock: Clock;
  /** Sends a request that was held back. */
  sendLate: (request: Request) => void;
  restart: () => void;
};

/** Makes the misbehaviour of a station, with none of it yet. Quirks take effect in the order of their list. */
export function createMisbehaviour({ clock, sendLate, restart }: MisbehaviourOptions): Misbehaviour {
  let names: readonly QuirkName[] = [];
  const memories = new Map<QuirkName, Memory>();
  let timers: Timer[] = [];

  function stop(): void {
    for (const timer of timers) timer.stop();
    timers = [];
  }

  function memoryOf(name: QuirkName): Memory {
    const memory = memories.get(name) ?? { clock, begun: new Map(), count: 0 };
    memories.set(name, memory);
    return memory;
  }

  return {
    get names() {
      return names;
    },
    set(wanted) {
      stop();
      names = quirkNames.filter((name) => wanted.includes(name));
      for (const name of names) {
        const { every } = quirks[name];
        if (every) timers.push(clock.every(every.ms, restart));
      }
    },
    request(asked) {
      let request = asked;
      for (const name of names) {
        const spoilt = quirks[name].request?.(request, memoryOf(name));
        if (spoilt === undefined) continue;
        if (spoilt === null) return null;
        if ("later" in spoilt) {
          const { later } = spoilt;
          clock.after(spoilt.ms, () => sendLate(later));
          return null;
        }
        request = spoilt;
      }
      return request;
    },
    answer: (action, given) => names.reduce((answer, name) => quirks[name].answer?.(action, answer) ?? answer, given),
    texts: (text) =>
      names.reduce<string[]>((texts, name) => texts.flatMap((one) => quirks[name].texts?.(one) ?? [one]), [text]),
    stop,
  };
}
