import { failure } from "../../../src/station/failure.ts";
import { words } from "../../../src/station/phrases.ts";
import type { OpenPort, OpenSerial, PortListener } from "../../../src/transports/serial/port.ts";

/** What a wire does with bytes on their way.
 * @param from the end that sent them */
export type Wire = (bytes: Uint8Array, from: string) => Uint8Array;

/** Two ports of this process that are wired to each other, `a` and `b`. */
export type PortPair = {
  open: OpenSerial;
  /** Every open end is gone, and none can be opened. */
  unplug(): void;
  plug(): void;
  /** Takes nothing, as a line that flow control holds back: what is written waits, until the port goes; or takes all again. */
  stall(stalled: boolean): void;
  /** The ends that are open. */
  held(): string[];
  /** Through what bytes go from now on. */
  through(wire: Wire): void;
};

/** Makes a pair of ports: no socket and no clock is in it. */
export function portPair(): PortPair {
  const ends = new Map<string, End>();
  let plugged = true;
  let stalled = false;
  let wire: Wire = (bytes) => bytes;

  class End implements OpenPort {
    readonly path: string;
    readonly settings: OpenPort["settings"];
    isOpen = true;
    #listener: PortListener | null = null;
    #held = false;
    #waiting: Uint8Array[] = [];
    readonly #unsent = new Set<PromiseWithResolvers<void>>();

    constructor(path: string, settings: OpenPort["settings"]) {
      this.path = path;
      this.settings = settings;
    }
    listen(listener: PortListener): void {
      this.#listener = listener;
      this.#flow();
    }
    hold(held: boolean): void {
      this.#held = held;
      this.#flow();
    }
    async write(bytes: Uint8Array): Promise<void> {
      if (!this.isOpen) throw failure("unavailable", words("port-closed", { port: this.path }));
      const other = ends.get(this.path === "a" ? "b" : "a");
      if (stalled) {
        const taken = Promise.withResolvers<void>();
        this.#unsent.add(taken);
        await taken.promise;
      }
      if (bytes.length > 0) setImmediate(() => other?.take(wire(bytes, this.path)));
    }
    go(): void {
      for (const { resolve } of this.#unsent) resolve();
      this.#unsent.clear();
    }
    take(bytes: Uint8Array): void {
      this.#waiting.push(bytes);
      this.#flow();
    }
    gone(): void {
      this.isOpen = false;
      ends.delete(this.path);
      this.#refuse("port-gone");
      this.#listener?.closed(words("port-gone", { port: this.path }));
    }
    async dispose(): Promise<void> {
      this.isOpen = false;
      this.#listener = null;
      this.#refuse("port-closed");
      if (ends.get(this.path) === this) ends.delete(this.path);
    }
    #refuse(phrase: "port-gone" | "port-closed"): void {
      for (const { reject } of this.#unsent) reject(failure("unavailable", words(phrase, { port: this.path })));
      this.#unsent.clear();
    }
    #flow(): void {
      while (this.#listener && !this.#held && this.isOpen) {
        const bytes = this.#waiting.shift();
        if (!bytes) return;
        this.#listener.data(bytes);
      }
    }
  }

  return {
    async open(path, settings) {
      if (!plugged) throw failure("unavailable", words("port-missing", { port: path }));
      if (ends.has(path)) throw failure("unavailable", words("port-busy", { port: path }));
      const end = new End(path, settings);
      ends.set(path, end);
      return end;
    },
    unplug() {
      plugged = false;
      for (const end of [...ends.values()]) end.gone();
    },
    plug() {
      plugged = true;
    },
    stall(wanted) {
      stalled = wanted;
      if (!stalled) for (const end of ends.values()) end.go();
    },
    held: () => [...ends.keys()],
    through(given) {
      wire = given;
    },
  };
}
