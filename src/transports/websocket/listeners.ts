import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import type { Clock } from "../../lib/clock.ts";
import type { FailureError } from "../../lib/contract.ts";
import type { Disposable } from "../../lib/disposable.ts";
import { createEmitter, type Emitter } from "../../lib/emitter.ts";
import type { Logger } from "../../lib/logger.ts";
import { readAheadBytes } from "../../station/bounds.ts";
import { failure, whyOf } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { ListenMode } from "../attempts/diagnose.ts";
import { createShadowCheck } from "./shadow.ts";

/** A place to listen at. Port 0 picks one. */
export type ListenPlace = {
  host: string;
  port: number;
  mode: ListenMode;
  /** Take the next free port when this one is in use; at most 20 further. */
  nextFree?: boolean;
};

/** A place as it came out. */
export type Listening = {
  host: string;
  port: number;
  mode: ListenMode;
  /** Differs from `port` when that was taken. */
  wanted: number;
  /** Why nobody listens there now; it is tried again. */
  problem?: string;
  /** Another program has this port on 127.0.0.1: what comes from this laptop goes to that one. */
  shadowed?: true;
};

export type ListenersOptions = {
  clock: Clock;
  log: Logger;
  onConnection: (socket: Socket, mode: ListenMode) => void;
};

type Listener = { place: ListenPlace; server: Server | null; port: number; problem?: string; shadowed?: boolean };

const retryMs = 5000;
const tellMs = 5000;
const furtherPorts = 20;

/** Listens at several places at once, and changes them while others go on. */
export class Listeners implements Disposable {
  readonly #options: ListenersOptions;
  #list: Listener[] = [];
  #work: Promise<unknown> = Promise.resolve();
  readonly #retry: { stop(): void };
  #toldAt = Number.NEGATIVE_INFINITY;

  /** Another place is open, or one is shut. */
  readonly changed: Emitter<void>;

  constructor(options: ListenersOptions) {
    this.#options = options;
    this.changed = createEmitter(options.log);
    this.#retry = options.clock.every(retryMs, () => {
      if (!this.#list.some(isShut)) return;
      this.#queue(() => this.#openLater()).catch((error: unknown) => this.#failed(error));
    });
  }

  /** Where it listens now, in the order asked for. */
  current(): Listening[] {
    return this.#list.map(({ place, port, problem, shadowed }) => {
      const { host, mode } = place;
      const listening: Listening = { host, port, mode, wanted: place.port === 0 ? port : place.port };
      if (problem !== undefined) listening.problem = problem;
      if (shadowed) listening.shadowed = true;
      return listening;
    });
  }

  /** Listens at these places and no others; connections that are there stay.
   * @throws FailureError `unavailable` when not one of them can be had */
  apply(places: readonly ListenPlace[]): Promise<void> {
    return this.#queue(async () => {
      const old = this.#list;
      this.#list = places.map((place) => {
        const same = old.find((one) => one.place.host === place.host && one.place.port === place.port && one.server);
        if (!same) return { place, server: null, port: place.port };
        old.splice(old.indexOf(same), 1);
        same.place = place;
        return same;
      });
      for (const { server } of old) server?.close();
      const refused = await this.#openAll();
      this.changed.emit();
      if (refused && this.#list.every(isShut)) throw refused;
    });
  }

  async dispose(): Promise<void> {
    this.#retry.stop();
    await this.#queue(async () => {
      const servers = this.#list.flatMap(({ server }) => (server ? [server] : []));
      this.#list = [];
      await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))));
    });
  }

  /** One thing after the other.
   * @throws what the work throws */
  #queue(work: () => Promise<unknown>): Promise<void> {
    const done = this.#work.then(work);
    this.#work = done.catch(() => undefined);
    return done.then(() => undefined);
  }

  #connected(socket: Socket, mode: ListenMode): void {
    try {
      this.#options.onConnection(socket, mode);
    } catch (error) {
      socket.destroy();
      this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    const now = this.#options.clock.monotonic();
    if (now - this.#toldAt < tellMs) return;
    this.#toldAt = now;
    this.#options.log.error("a station port failed", { error });
  }

  async #openLater(): Promise<void> {
    const before = this.#list.filter(isShut).length;
    await this.#openAll();
    if (this.#list.filter(isShut).length !== before) this.changed.emit();
  }

  /** Opens what is not open. Gives the first failure. */
  async #openAll(): Promise<FailureError | undefined> {
    let refused: FailureError | undefined;
    for (const listener of this.#list) {
      if (listener.server) continue;
      try {
        await this.#open(listener);
        delete listener.problem;
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        listener.problem = code ?? message;
        const { host, port } = listener.place;
        refused ??= failure("unavailable", words("no-port", { place: `${host}:${port}`, why: whyOf(error) }));
      }
    }
    return refused;
  }

  async #open(listener: Listener): Promise<void> {
    const { port, nextFree } = listener.place;
    const further = nextFree && port !== 0 ? furtherPorts : 0;
    for (let step = 0; step <= further; step++) {
      try {
        return await this.#openAt(listener, port + step);
      } catch (error) {
        if (!nextFree || !isElsewhere(error, port)) throw error;
      }
    }
    // Systems set whole ranges aside (Hyper-V, WSL, Docker): whatever is free is better than none.
    await this.#openAt(listener, 0);
  }

  async #openAt(listener: Listener, port: number): Promise<void> {
    // The place as it is then: its mode may change while the port stays open.
    const connected = (socket: Socket) => this.#connected(socket, listener.place.mode);
    const { host, nextFree } = listener.place;
    const check = isWildcard(host) && port !== 0 ? createShadowCheck(connected) : null;
    const server = createServer({ keepAlive: true, noDelay: true, highWaterMark: readAheadBytes }, (socket) => {
      if (!check?.takes(socket)) connected(socket);
    });
    await listen(server, port, host);
    listener.shadowed = (await check?.run(port)) ?? false;
    if (listener.shadowed && nextFree) {
      server.close();
      throw Object.assign(new Error(`another program has 127.0.0.1:${port}`), { code: "EADDRINUSE" });
    }
    // One for each connection that could not be taken; out of descriptors they come by the thousand.
    server.on("error", (error) => this.#failed(error));
    listener.server = server;
    listener.port = (server.address() as AddressInfo).port;
  }
}

/** True where another port may be had: this one is taken, or set aside by the system. Ports below 1024 are for the administrator. */
function isElsewhere(error: unknown, port: number): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "EADDRINUSE" || (code === "EACCES" && port >= 1024);
}

function isWildcard(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

function isShut({ server }: Listener): boolean {
  return server === null;
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
