import type { SerialVia } from "../../../station/events.ts";
import type { CloseCause } from "../../../station/model.ts";
import type { Hello, Link, LinkListener, Spoilt } from "../../link.ts";

export type LineLinkOptions = {
  identity: string;
  via: SerialVia;
  /** @returns false when it cannot leave */
  write(data: Uint8Array): boolean;
  /** Tells the other end that it is over. */
  goodbye(code: number, reason: string): void;
  hold(held: boolean): void;
  /** It is over. */
  gone(link: LineLink): void;
};

type Said = { message: Uint8Array } | { spoilt: Spoilt };

/** A station's connection over a serial line: from its first message, or its hello, to whatever ends it. */
export class LineLink implements Link {
  readonly hello: Hello;
  readonly #options: LineLinkOptions;
  #listener: LinkListener | null = null;
  #early: Said[] = [];
  #end: { code: number; reason: string; cause: CloseCause } | null = null;

  constructor(options: LineLinkOptions) {
    this.#options = options;
    this.hello = { identity: options.identity, via: options.via };
    options.hold(true);
  }

  get isOpen(): boolean {
    return this.#end === null;
  }

  listen(listener: LinkListener): void {
    this.#listener = listener;
    for (const said of this.#early) this.#say(said, listener);
    this.#early = [];
    if (this.#end) this.#tellEnd();
    else this.#options.hold(false);
  }

  hold(held: boolean): void {
    if (this.isOpen && this.#listener) this.#options.hold(held);
  }

  send(data: string | Uint8Array): boolean {
    return this.isOpen && this.#options.write(Buffer.from(data));
  }

  close(code: number, reason: string, cause: CloseCause): void {
    if (!this.isOpen) return;
    this.#options.goodbye(code, reason);
    this.end(code, reason, cause);
  }

  cut(cause: CloseCause): void {
    this.end(1006, "", cause);
  }

  /** Takes a message of the station's. */
  message(data: Uint8Array): void {
    this.#take({ message: data });
  }

  /** Takes a stretch that is none. */
  spoilt(spoilt: Spoilt): void {
    this.#take({ spoilt });
  }

  /** It is over, from whichever side. */
  end(code: number, reason: string, cause: CloseCause): void {
    if (this.#end) return;
    this.#end = { code, reason, cause };
    this.#options.hold(false);
    this.#options.gone(this);
    // Whoever closes hears of it as of any other end: afterwards.
    queueMicrotask(() => this.#tellEnd());
  }

  #take(said: Said): void {
    if (this.#listener) this.#say(said, this.#listener);
    else this.#early.push(said);
  }

  #say(said: Said, listener: LinkListener): void {
    if ("message" in said) listener.message(said.message, false, false);
    else listener.spoilt(said.spoilt);
  }

  #tellEnd(): void {
    const listener = this.#listener;
    if (!listener || !this.#end) return;
    this.#listener = null;
    listener.closed(this.#end.code, this.#end.reason, this.#end.cause);
  }
}
