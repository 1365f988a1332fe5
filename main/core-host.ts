import type { UtilityProcess } from "electron";
import type { Clock, Timer } from "../src/lib/clock.ts";
import { createRestarts, type Restarts } from "../src/lib/restarts.ts";
import type { FromCore, ToCore, VaultAnswer, VaultQuestion } from "./messages.ts";

/** What the host needs of Electron's `UtilityProcess`. */
export type CoreChild = Pick<UtilityProcess, "on" | "postMessage" | "kill">;

export type CoreHostOptions = {
  /** Starts the core's process.
   * @param again it takes the place of one that was up and ended by itself */
  fork(again: boolean): CoreChild;
  clock: Clock;
  /** A core is up: load this one-time link. */
  onReady(link: string): void;
  onBusy(on: boolean): void;
  onLanguage(language: "system" | "en" | "sv"): void;
  /** Somebody has asked the core for the end of Plugside. */
  onQuit(): void;
  /** The core asks something of the system's key store. */
  onVault(question: VaultQuestion): VaultAnswer;
  /** The core has ended by itself: its reason, or its exit code. */
  onEnd(reason: string): void;
  /** The core has ended three times or more within minutes; it is tried again all the same, once there is room under the limit. */
  onTrouble(times: number, reason: string): void;
};

const tellAfter = 3;
/** How long the core may take to close its store before it is ended the hard way. */
const stopLimit = 8_000;

/** Keeps one core running: starts it, starts it again when it dies (see `restarts.ts` for how soon and how often), and ends it. */
export class CoreHost {
  readonly #options: CoreHostOptions;
  #child: CoreChild | null = null;
  readonly #restarts: Restarts;
  #wasReady = false;
  #reason = "";
  #timer: Timer | null = null;
  #ready = false;
  #stopping: PromiseWithResolvers<void> | null = null;
  #links: ((link: string | null) => void)[] = [];

  constructor(options: CoreHostOptions) {
    this.#options = options;
    this.#restarts = createRestarts(() => options.clock.monotonic());
  }

  /** Starts the core; does nothing while one runs or after `stop`. */
  start(): void {
    if (this.#child || this.#stopping) return;
    const child = this.#options.fork(this.#wasReady);
    this.#child = child;
    this.#ready = false;
    this.#reason = "";
    child.on("message", (message: FromCore) => this.#hear(message));
    child.on("exit", (code) => this.#ended(code));
  }

  /** A fresh one-time link.
   * @returns null while no core is ready */
  link(): Promise<string | null> {
    if (!this.#child || !this.#ready) return Promise.resolve(null);
    const answer = Promise.withResolvers<string | null>();
    this.#links.push(answer.resolve);
    this.#post({ type: "link" });
    return answer.promise;
  }

  /** The computer has slept: links may be dead. */
  resumed(): void {
    this.#post({ type: "resumed" });
  }

  /** Ends the core and waits until it has closed its store; after 8 s it is killed. */
  stop(): Promise<void> {
    if (this.#stopping) return this.#stopping.promise;
    this.#stopping = Promise.withResolvers<void>();
    this.#timer?.stop();
    if (!this.#child) this.#stopping.resolve();
    else {
      this.#post({ type: "stop" });
      const child = this.#child;
      this.#timer = this.#options.clock.after(stopLimit, () => void child.kill());
    }
    return this.#stopping.promise;
  }

  #post(message: ToCore): void {
    this.#child?.postMessage(message);
  }

  #hear(message: FromCore): void {
    if (message.type === "ready") {
      this.#ready = true;
      this.#wasReady = true;
      this.#options.onReady(message.link);
    } else if (message.type === "link") this.#links.shift()?.(message.link);
    else if (message.type === "vault") this.#post(this.#options.onVault(message));
    else if (message.type === "busy") this.#options.onBusy(message.on);
    else if (message.type === "language") this.#options.onLanguage(message.language);
    else if (message.type === "quit") this.#options.onQuit();
    else this.#reason = message.reason;
  }

  #ended(code: number): void {
    this.#child = null;
    this.#ready = false;
    this.#options.onBusy(false);
    for (const resolve of this.#links.splice(0)) resolve(null);
    if (this.#stopping) {
      this.#timer?.stop();
      this.#stopping.resolve();
      return;
    }
    const reason = this.#reason || `exit code ${code}`;
    this.#options.onEnd(reason);
    const { wait, count } = this.#restarts.ended();
    this.#timer = this.#options.clock.after(wait, () => this.start());
    if (count >= tellAfter) this.#options.onTrouble(count, reason);
  }
}
