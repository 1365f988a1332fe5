import type { UtilityProcess } from "electron";
import type { Clock, Timer } from "../src/lib/clock.ts";
import type { FromCore, ToCore, VaultAnswer, VaultQuestion } from "./messages.ts";

/** What the host needs of Electron's `UtilityProcess`. */
export type CoreChild = Pick<UtilityProcess, "on" | "postMessage" | "kill">;

export type CoreHostOptions = {
  /** Starts the core's process. */
  fork(): CoreChild;
  clock: Clock;
  /** A core is up: load this one-time link. */
  onReady(link: string): void;
  onBusy(on: boolean): void;
  onLanguage(language: "system" | "en" | "sv"): void;
  /** The core asks something of the system's key store. */
  onVault(question: VaultQuestion): VaultAnswer;
  /** The core has ended three times in a row or more; it is tried again all the same. */
  onTrouble(times: number, reason: string): void;
};

const firstDelay = 500;
const longestDelay = 10_000;
/** A core that has run this long was healthy: its end is a first failure again. */
const healthyAfter = 60_000;
const tellAfter = 3;
/** How long the core may take to close its store before it is ended the hard way. */
const stopLimit = 8_000;

/** Keeps one core running: starts it, starts it again when it dies (0.5 s, doubling to 10 s), and ends it. */
export class CoreHost {
  readonly #options: CoreHostOptions;
  #child: CoreChild | null = null;
  #failures = 0;
  #reason = "";
  #timer: Timer | null = null;
  #ready = false;
  #stopping: PromiseWithResolvers<void> | null = null;
  #links: ((link: string | null) => void)[] = [];

  constructor(options: CoreHostOptions) {
    this.#options = options;
  }

  /** Starts the core; does nothing while one runs or after `stop`. */
  start(): void {
    if (this.#child || this.#stopping) return;
    const child = this.#options.fork();
    this.#child = child;
    this.#ready = false;
    this.#reason = "";
    const startedAt = this.#options.clock.monotonic();
    child.on("message", (message: FromCore) => this.#hear(message));
    child.on("exit", (code) => this.#ended(code, this.#options.clock.monotonic() - startedAt));
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
      this.#options.onReady(message.link);
    } else if (message.type === "link") this.#links.shift()?.(message.link);
    else if (message.type === "vault") this.#post(this.#options.onVault(message));
    else if (message.type === "busy") this.#options.onBusy(message.on);
    else if (message.type === "language") this.#options.onLanguage(message.language);
    else this.#reason = message.reason;
  }

  #ended(code: number, lived: number): void {
    this.#child = null;
    this.#ready = false;
    this.#options.onBusy(false);
    for (const resolve of this.#links.splice(0)) resolve(null);
    if (this.#stopping) {
      this.#timer?.stop();
      this.#stopping.resolve();
      return;
    }
    this.#failures = lived >= healthyAfter ? 1 : this.#failures + 1;
    const delay = Math.min(firstDelay * 2 ** (this.#failures - 1), longestDelay);
    this.#timer = this.#options.clock.after(delay, () => this.start());
    if (this.#failures >= tellAfter) this.#options.onTrouble(this.#failures, this.#reason || `exit code ${code}`);
  }
}
