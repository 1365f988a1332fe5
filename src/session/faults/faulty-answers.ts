import type { Clock, Timer } from "../../lib/clock.ts";
import { type CallFrame, writeError } from "../../ocpp/frame.ts";
import { mostDelayed } from "../../station/bounds.ts";
import type { AnswerFault } from "../../station/faults.ts";
import type { FrameMark } from "../../station/marks.ts";
import { type AnswererOptions, type Asked, answerCall } from "../answering.ts";
import type { Ledger } from "../ledger.ts";

export type FaultyAnswersOptions = AnswererOptions & {
  ledger: Ledger;
  clock: Clock;
  /** False when it does not leave. */
  send: (text: string) => boolean;
  /** Remembers an answer that the station got. */
  answered: (frame: CallFrame, text: string) => void;
};

/** What is asked for beyond an ordinary answer. */
type Twist = { offsetMs?: number; error?: AnswerFault["error"]; repeat?: string };

/** Answers that are not given at once or not as they should be: late, wrong, or in place of somebody else's. Each has a row of its
 * own on record that names its question, with marks. */
export class FaultyAnswers {
  readonly #options: FaultyAnswersOptions;
  readonly #timers = new Set<Timer>();

  constructor(options: FaultyAnswersOptions) {
    this.#options = options;
  }

  /** Answers as the faults that are on want it; silence is no answer at all.
   * @param repeat the answer of before, where the very same call came again */
  answer(asked: Asked, fault: AnswerFault, repeat: string | undefined): void {
    if (fault.silent) return;
    const { delayMs, offsetMs, error } = fault;
    const marks: FrameMark[] = [];
    const late = delayMs > 0 && this.#timers.size < mostDelayed;
    if (late) marks.push("delayed");
    if (error) marks.push("false-error");
    const twist: Twist = { offsetMs, error, repeat };
    if (!late) return this.answerNow(asked, marks, twist);
    const timer = this.#options.clock.after(delayMs, () => {
      this.#timers.delete(timer);
      this.answerNow(asked, marks, twist);
    });
    this.#timers.add(timer);
  }

  /** Answers a call that is on record already. The time told is that of now. */
  answerNow(asked: Asked, marks: readonly FrameMark[], { offsetMs = 0, error, repeat }: Twist = {}): void {
    const { ledger, clock, send, answered } = this.#options;
    const { frame, row } = asked;
    const answer = error
      ? { reply: writeError(frame.echo, error.code, error.description), events: [], findings: [] }
      : answerCall(this.#options, frame, row.at, { offsetMs: clock.now() - row.at + offsetMs, before: repeat });
    const { reply, events, findings } = answer;
    if (reply === undefined) return;
    answered(frame, reply);
    const wrong = offsetMs !== 0 && reply.includes('"currentTime"');
    const all: readonly FrameMark[] = wrong ? [...marks, "wrong-time"] : marks;
    const outgoing = { data: reply, action: frame.action, question: row.seq, marks: all };
    const sent = ledger.sent(
      outgoing,
      () => {
        if (!send(reply)) ledger.mark(sent, [...all, "not-sent"]);
      },
      asked.again ? undefined : { at: row.at, events, findings },
    );
  }

  /** Forgets what was to be answered later. */
  stop(): void {
    for (const timer of this.#timers) timer.stop();
    this.#timers.clear();
  }
}
