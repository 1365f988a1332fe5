import { failure } from "../../../src/station/failure.ts";
import { words } from "../../../src/station/phrases.ts";
import type { OpenPort, OpenSerial, PortListener } from "../../../src/transports/serial/port.ts";

/** What a wire does with bytes on their way. */
export type Wire = (bytes: Uint8Array) => Uint8Array;

/** Two ports of this process that are wired to each other, `a` and `b`. */
export type PortPair = {
  open: OpenSerial;
  /** Every open end is gone, and none can be opened. */
  unplug(): void;
  plug(): void;
  /** Through what bytes go from now on. */
  through(wire: Wire): void;
};

/** Makes a pair of ports: no socket and no clock is in it. */
export function portPair(): PortPair {
  const ends = new Map<string, End>();
  let plugged = true;
  let wire: Wire = (bytes) => bytes;

  class End implements OpenPort {
    readonly path: string;
    readonly settings: OpenPort["settings"];
    isOpen = true;
    #listener: PortListener | null = null;
    #held = false;
    #waiting: Uint8Array[] = [];

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
      if (bytes.length > 0) setImmediate(() => other?.take(wire(bytes)));
    }
    take(bytes: Uint8Array): void {
      this.#waiting.push(bytes);
      this.#flow();
    }
    gone(): void {
      this.isOpen = false;
      ends.delete(this.path);
      this.#listener?.closed(words("port-gone", { port: this.path }));
    }
    async dispose(): Promise<void> {
      this.isOpen = false;
      this.#listener = null;
      if (ends.get(this.path) === this) ends.delete(this.path);
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
    through(given) {
      wire = given;
    },
  };
}
