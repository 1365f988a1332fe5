import type { Disposable } from "../../lib/disposable.ts";
import type { LogText } from "../../logs/lines/text.ts";
import type { OpenLog } from "../../logs/log.ts";
import type { ZoneTold } from "../../logs/model.ts";
import type { Clockwork } from "../../logs/stamps/zone.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";

/** A log that is open, and what is known of it. */
export type Reading = OpenLog & {
  id: number;
  /** The file that it is of. */
  file: number;
  zone: ZoneTold;
  clockwork: Clockwork;
  /** Ends the search that was asked for last. */
  searching?: AbortController;
  /** Ends all that runs. */
  closing: AbortController;
};

/** What is packed is held in memory, so that few are open at a time. */
const mostOpen = 3;
const idleMs = 30 * 60_000;

/** The logs that are open for reading. */
export class OpenLogs implements Disposable {
  readonly #open = new Map<number, { reading: Reading; idle: NodeJS.Timeout }>();
  #last = 0;

  /** Takes one in, and closes the one that was not used the longest where there are too many. */
  async add(reading: Omit<Reading, "id" | "closing">): Promise<Reading> {
    const id = ++this.#last;
    const added = { ...reading, id, closing: new AbortController() };
    this.#open.set(id, { reading: added, idle: this.#idle(id) });
    for (const oldest of this.#open.keys()) {
      if (this.#open.size <= mostOpen) break;
      await this.close(oldest);
    }
    return added;
  }

  /** One that is used now.
   * @throws FailureError not-found for one that is closed */
  require(id: number): Reading {
    const found = this.#open.get(id);
    if (!found) throw failure("not-found", words("log-closed"));
    clearTimeout(found.idle);
    this.#open.delete(id);
    this.#open.set(id, { reading: found.reading, idle: this.#idle(id) });
    return found.reading;
  }

  /** As above, for what is done with text alone.
   * @throws FailureError invalid-input for what is none */
  requireText(id: number): Reading & { text: LogText } {
    const reading = this.require(id);
    const { text } = reading;
    if (!text) throw failure("invalid-input", words("log-no-text"));
    return Object.assign(reading, { text });
  }

  async close(id: number): Promise<void> {
    const found = this.#open.get(id);
    if (!found) return;
    clearTimeout(found.idle);
    this.#open.delete(id);
    found.reading.closing.abort(failure("not-found", words("log-closed")));
    await found.reading.source.close();
  }

  /** Closes what is open of a file: it is to go. */
  async closeFile(file: number): Promise<void> {
    const ids = [...this.#open.values()]
      .filter(({ reading }) => reading.file === file)
      .map(({ reading }) => reading.id);
    for (const id of ids) await this.close(id);
  }

  async dispose(): Promise<void> {
    for (const id of [...this.#open.keys()]) await this.close(id);
  }

  #idle(id: number): NodeJS.Timeout {
    return setTimeout(() => void this.close(id), idleMs).unref();
  }
}
