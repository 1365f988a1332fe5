import type { Answer } from "../codec/pdu.ts";
import type { Heard, Overheard } from "./listen.ts";

/** A question that another master puts to a unit again and again, and what comes of it. Times are of our clock, ms. */
export type Poll = {
  unit: number;
  /** As it was put last: what a write writes may be another value each time. */
  request: Heard;
  asked: number;
  answered: number;
  /** Of those answered, how many were refused. */
  refused: number;
  firstAt: number;
  lastAt: number;
  /** The last answer; null: none yet. */
  answer: Answer | null;
};

/** The most questions that are told apart. */
const mostPolls = 200;

/** What is said on a line between another master and its devices, question by question. */
export class PollBook {
  readonly #polls = new Map<string, Poll>();
  /** Stretches of bytes that are no frame. */
  damaged = 0;
  /** Frames that are neither a known question nor an answer to one that was heard. */
  strange = 0;
  /** Questions beyond those that are told apart. */
  more = 0;

  /** In the order they were first heard. */
  get polls(): Poll[] {
    return [...this.#polls.values()];
  }

  /** @param at when it was heard, ms */
  note(heard: Overheard, at: number): void {
    if (heard.kind === "damaged") this.damaged++;
    else if (heard.kind === "frame") this.strange++;
    else if (heard.kind === "question") this.#asked(heard.unit, heard.request, at);
    else this.#answered(heard.unit, heard.request, heard.answer);
  }

  #asked(unit: number, request: Heard, at: number): void {
    const key = keyOf(unit, request);
    const poll = this.#polls.get(key);
    if (poll) {
      poll.request = request;
      poll.asked++;
      poll.lastAt = at;
    } else if (this.#polls.size < mostPolls)
      this.#polls.set(key, { unit, request, asked: 1, answered: 0, refused: 0, firstAt: at, lastAt: at, answer: null });
    else this.more++;
  }

  #answered(unit: number, request: Heard, answer: Answer): void {
    const poll = this.#polls.get(keyOf(unit, request));
    if (!poll) return;
    poll.answered++;
    if (answer.kind === "exception") poll.refused++;
    poll.answer = answer;
  }
}

/** The time between two questions of one kind, ms, on average; null where it was put once. */
export function everyMs({ asked, firstAt, lastAt }: Poll): number | null {
  return asked > 1 ? (lastAt - firstAt) / (asked - 1) : null;
}

/** A question without what it writes. */
function keyOf(unit: number, request: Heard): string {
  if (request.kind === "read") return `${unit} read ${request.table} ${request.address} ${request.count}`;
  return `${unit} ${request.kind} ${request.address}`;
}
