import type { RawData, WebSocket } from "ws";
import type { Clock } from "../lib/clock.ts";
import type { Finding } from "../station/findings.ts";
import type { CloseCause } from "../station/model.ts";
import type { Hello, Link, LinkListener } from "./link.ts";

/** How long a goodbye may take, milliseconds. */
export const closeWaitMs = 2000;

/** What a link tells of itself while it lasts: its first message, and its end. */
export type LinkWatch = { heard(): void; gone(cause: CloseCause): void };

/** How a link came about. */
export type LinkOrigin = {
  hello: Hello;
  authorization: string | undefined;
  findings: readonly Finding[];
  watch: LinkWatch;
};

/** A WebSocket as a link. */
export class SocketLink implements Link {
  readonly hello: Hello;
  readonly authorization: string | undefined;
  readonly findings: readonly Finding[];
  readonly #watch: LinkWatch;
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  #listener: LinkListener | null = null;
  #cause: CloseCause | null = null;
  #lastLife: number;
  #pingedAt: number | null = null;
  #heard = false;

  constructor(socket: WebSocket, origin: LinkOrigin, clock: Clock) {
    this.hello = origin.hello;
    this.authorization = origin.authorization;
    this.findings = origin.findings;
    this.#watch = origin.watch;
    this.#socket = socket;
    this.#clock = clock;
    this.#lastLife = clock.monotonic();
    // Nothing is read before somebody listens; what came glued to the handshake waits too.
    socket.pause();
    socket.on("message", (data, binary) => this.#message(data, binary));
    socket.on("pong", () => this.#alive());
    socket.on("ping", () => this.#alive());
    socket.on("error", (error: Error & { code?: string }) => {
      if (error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH") this.#cause ??= "over-limit";
    });
    socket.on("close", (code, reason) => {
      const cause = this.#cause ?? (code === 1006 ? "lost" : "station");
      this.#watch.gone(cause);
      this.#listener?.closed(code, reason.toString("utf8"), cause);
      this.#listener = null;
    });
  }

  listen(listener: LinkListener): void {
    if (this.#socket.readyState === this.#socket.CLOSED) {
      listener.closed(1006, "", this.#cause ?? "lost");
      return;
    }
    this.#listener = listener;
    this.#socket.resume();
  }

  send(data: string | Uint8Array, binary = false): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(data, { binary });
  }

  cut(cause: CloseCause): void {
    this.#cause ??= cause;
    this.#socket.resume();
    this.#socket.terminate();
  }

  close(code: number, reason: string, cause: CloseCause): void {
    this.#cause ??= cause;
    this.#socket.resume();
    this.#socket.close(code, reason);
    // A station that does not answer the close is let go all the same.
    this.#clock.after(closeWaitMs, () => this.#socket.terminate());
  }

  terminate(): void {
    this.#socket.terminate();
  }

  /** Pings when it is time, and ends a link that showed no life at all for a whole interval after a ping.
   * Any frame counts: some stations do not answer pings. */
  checkLife(pingSeconds: number): void {
    if (pingSeconds <= 0 || this.#socket.readyState !== this.#socket.OPEN) return;
    const now = this.#clock.monotonic();
    const interval = pingSeconds * 1000;
    if (this.#pingedAt !== null && this.#lastLife >= this.#pingedAt) this.#pingedAt = null;
    if (this.#pingedAt !== null) {
      if (now - this.#pingedAt < interval) return;
      this.#cause ??= "ping-unanswered";
      this.#socket.terminate();
      return;
    }
    if (now - this.#lastLife < interval) return;
    this.#pingedAt = now;
    this.#socket.ping();
  }

  #message(data: RawData, binary: boolean): void {
    if (!this.#heard) {
      this.#heard = true;
      this.#watch.heard();
    }
    this.#alive();
    const bytes = Array.isArray(data) ? Buffer.concat(data) : data;
    this.#listener?.message(bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes, binary);
  }

  #alive(): void {
    this.#lastLife = this.#clock.monotonic();
  }
}
