import { opened, written } from "../../../consoles/check.ts";
import type { ConsoleAsk, ConsoleProfile } from "../../../consoles/profile.ts";
import type { Answered } from "../../../consoles/told.ts";
import type { Clock } from "../../../lib/clock.ts";
import type { Disposable } from "../../../lib/disposable.ts";
import type { Logger } from "../../../lib/logger.ts";
import type { Journal } from "../../../session/journal.ts";
import type { Registry } from "../../../session/registry.ts";
import type { ConsoleEntry, ConsoleSetup, ConsoleView } from "../../../station/serial/console.ts";
import type { Recorder } from "../../../store/recorder.ts";
import { endOfPort, frameText } from "../../../transports/serial/settings.ts";
import { LineCutter } from "../line-cutter.ts";
import { StationLink } from "./station-link.ts";

export type ConsoleStationOptions = {
  setup: ConsoleSetup;
  identity: string;
  profile: ConsoleProfile;
  /** The console as it stands. */
  view: () => ConsoleView | undefined;
  send: (bytes: Uint8Array) => Promise<void>;
  registry: Registry;
  recorder: Recorder;
  journal: Journal;
  clock: Clock;
  log: Logger;
};

const answerMs = 1500;
/** An answer whose check does not fit. */
const damaged = Symbol("damaged");
/** No answer comes any more: the port is away, or nobody asks. */
const gone = Symbol("gone");
/** So many rounds in a row without an answer are silence. */
const mostMisses = 3;

/** A station that is asked over its console, round after round, by the profile of its make. */
export class ConsoleStation implements Disposable {
  readonly #options: ConsoleStationOptions;
  readonly #answeredOnce = new Set<ConsoleAsk>();
  readonly #unknown = new Set<ConsoleAsk>();
  readonly #running: Promise<void>;
  #cutter = new LineCutter();
  #waiting: ((line: string) => void) | null = null;
  #giveUp: (() => void) | null = null;
  #link: StationLink | null = null;
  #misses = 0;
  #over = false;
  #wake: (() => void) | null = null;

  constructor(options: ConsoleStationOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  get setup(): ConsoleSetup {
    return this.#options.setup;
  }

  /** Takes what is new of its console. */
  take(entries: readonly ConsoleEntry[]): void {
    for (const entry of entries) {
      if (entry.kind === "note") {
        if (this.#options.view()?.state === "open") this.#wake?.();
        else this.#unplugged();
      }
      if (entry.kind !== "in") continue;
      for (const { text } of this.#cutter.push(Buffer.from(entry.base64, "base64"), entry.at)) this.#line(text);
    }
  }

  /** Asks no more.
   * @param cause why its connection ends */
  async dispose(cause: "asked" | "shutdown" = "asked"): Promise<void> {
    this.#over = true;
    this.#giveUp?.();
    this.#wake?.();
    await this.#running;
    this.#end(cause);
  }

  #line(text: string): void {
    const { profile } = this.#options;
    if (profile.reply?.test(text)) this.#waiting?.(text);
    else if (profile.wakes?.test(text)) this.#wake?.();
  }

  #unplugged(): void {
    this.#cutter = new LineCutter();
    this.#answeredOnce.clear();
    this.#giveUp?.();
    this.#end(endOfPort(this.setup.port));
  }

  async #run(): Promise<void> {
    while (!this.#over) {
      const { profile, view, recorder, log } = this.#options;
      // While nothing can be stored, or the adapter is away, nothing is asked.
      if (view()?.state === "open" && recorder.trouble === null)
        await this.#round().catch((error: unknown) => log.info("a console was not asked", { error }));
      if (!this.#over) await this.#wait(profile.every * 1000);
    }
  }

  /** @throws FailureError when the port goes meanwhile */
  async #round(): Promise<void> {
    const { profile } = this.#options;
    const answered: Answered[] = [];
    let heard = false;
    for (const ask of profile.asks) {
      if (this.#over || this.#answeredOnce.has(ask) || this.#unknown.has(ask)) continue;
      const answer = await this.#ask(ask);
      if (answer === gone) return;
      // A device that is silent is not asked for all the rest.
      if (answer === null && !heard && !ask.once) break;
      heard ||= answer !== null;
      if (answer === null || answer === damaged) continue;
      if (profile.refused?.test(answer)) this.#unknown.add(ask);
      else answered.push({ ask, answer });
    }
    if (answered.length > 0) this.#took(answered);
    if (heard) this.#misses = 0;
    else if (++this.#misses >= mostMisses) {
      this.#answeredOnce.clear();
      this.#end("silent");
    }
  }

  /** Asks one thing; null where nothing was answered in time. */
  async #ask(ask: ConsoleAsk): Promise<string | typeof damaged | typeof gone | null> {
    const { profile, send, clock } = this.#options;
    const answer = Promise.withResolvers<string | typeof damaged | typeof gone | null>();
    const timer = clock.after(answerMs, () => answer.resolve(null));
    this.#waiting = (line) => {
      const text = opened(line, profile.check);
      if (text === null) this.#link?.damaged(line);
      answer.resolve(text ?? damaged);
    };
    this.#giveUp = () => answer.resolve(gone);
    // A port that takes nothing holds the question far longer than its answer is waited for.
    send(Buffer.from(written(profile, ask.send))).catch(answer.reject);
    try {
      return await answer.promise;
    } finally {
      timer.stop();
      this.#waiting = null;
      this.#giveUp = null;
    }
  }

  #took(answered: readonly Answered[]): void {
    const { setup, identity, profile, registry, clock } = this.#options;
    const { baudRate } = setup.settings;
    this.#link ??= new StationLink(this.#options, registry.ensure(identity, clock.now()), {
      kind: "console",
      port: setup.port,
      profile: profile.name,
      baudRate,
      frame: frameText(setup.settings),
    });
    this.#link.answers(profile, answered);
    for (const { ask } of answered) if (ask.once) this.#answeredOnce.add(ask);
  }

  #end(cause: "asked" | "silent" | "unplugged" | "lost" | "shutdown"): void {
    this.#link?.end(cause);
    this.#link = null;
    this.#misses = 0;
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#options.clock.after(ms, resolve);
      this.#wake = () => {
        timer.stop();
        resolve();
      };
    });
  }
}
