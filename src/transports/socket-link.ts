import type { Duplex } from "node:stream";
import type { RawData, WebSocket } from "ws";
import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/logger.ts";
import type { Spoken } from "../lib/words.ts";
import {
  fullTurnBytes,
  longestMessageMs,
  longestUnreadMs,
  mostUnfinishedBytes,
  mostUnsentOfAll,
  overLimitReadMs,
} from "../station/bounds.ts";
import type { Finding } from "../station/findings.ts";
import type { CloseCause } from "../station/model.ts";
import { closingText, words } from "../station/phrases.ts";
import type { Hello, Link, LinkListener } from "./link.ts";
import { Budget } from "./websocket/budget.ts";
import { answerPings } from "./websocket/pongs.ts";
import { badCloseCode, broken, crowdedOut, overLimit, type Spoilt, tooSlow, unusable } from "./websocket/spoilt.ts";
import { tap } from "./websocket/tap.ts";
import { Unsent } from "./websocket/unsent.ts";
import { WireReader } from "./websocket/wire.ts";

/** How long a goodbye may take, milliseconds. */
export const closeWaitMs = 2000;

/** What a link tells of itself while it lasts: its first message, and its end. `said`: what is known of that end. */
export type LinkWatch = { heard(): void; gone(cause: CloseCause, said?: Spoken): void };

/** What the links share. */
export type LinkBounds = { unsent: Budget<SocketLink>; unfinished: Budget<SocketLink> };

/** Makes what the links of one way in share. */
export function createLinkBounds(): LinkBounds {
  return {
    unsent: new Budget(mostUnsentOfAll, (link) => link.doesNotRead()),
    unfinished: new Budget(mostUnfinishedBytes, (link) => link.giveUpMessage()),
  };
}

/** How a link came about. */
export type LinkOrigin = {
  hello: Hello;
  authorization: string | undefined;
  password: Link["password"];
  findings: readonly Finding[];
  /** The socket under the WebSocket. */
  stream: Duplex;
  bounds: LinkBounds;
  /** The largest message, bytes; asked at each. */
  frameLimit: () => number;
  watch: LinkWatch;
  log: Logger;
};

/** A WebSocket as a link. */
export class SocketLink implements Link {
  readonly hello: Hello;
  readonly authorization: string | undefined;
  readonly password: Link["password"];
  readonly findings: readonly Finding[];
  readonly #origin: LinkOrigin;
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  readonly #wire: WireReader;
  readonly #unsent: Unsent;
  #listener: LinkListener | null = null;
  #cause: CloseCause | null = null;
  #said: Spoken | undefined;
  #lastLife: number;
  #pingedAt: number | null = null;
  #pausedAt: number | null = null;
  #heard = false;
  #over = false;
  #told = false;
  #held = false;
  /** When it was last read again: what was begun before has its time from then. */
  #readSince = Number.NEGATIVE_INFINITY;

  constructor(socket: WebSocket, origin: LinkOrigin, clock: Clock) {
    const { hello, authorization, password, findings, stream, bounds, watch, frameLimit } = origin;
    this.hello = hello;
    this.authorization = authorization;
    this.password = password;
    this.findings = findings;
    this.#origin = origin;
    this.#socket = socket;
    this.#clock = clock;
    this.#lastLife = clock.monotonic();
    this.#wire = new WireReader({ masked: true, limit: frameLimit });
    this.#unsent = new Unsent({
      changed: (bytes) => bounds.unsent.set(this, this.#over ? 0 : bytes),
      pause: (paused) => this.#pause(paused),
    });
    // Nothing is read before somebody listens; what came glued to the handshake waits too.
    socket.pause();
    tap(stream, (chunk, handOn) => this.#takeSafely(chunk, handOn));
    answerPings(socket);
    socket.on("message", (data, binary) => this.#message(data, binary));
    socket.on("error", (error: Error & { code?: string }) => this.#failed(error));
    socket.on("close", (code, reason) => {
      this.#over = true;
      bounds.unsent.set(this, 0);
      bounds.unfinished.set(this, 0);
      const cause = this.#cause ?? (code === 1006 ? "lost" : "station");
      watch.gone(cause, this.#said);
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
    this.#readOn();
  }

  hold(held: boolean): void {
    this.#held = held;
    if (held) {
      this.#socket.pause();
      return;
    }
    // Nothing was heard because nothing was read.
    const now = this.#clock.monotonic();
    this.#pingedAt = null;
    this.#lastLife = now;
    this.#readSince = now;
    if (this.#listener) this.#readOn();
  }

  #readOn(): void {
    if (this.#pausedAt === null && !this.#held) this.#socket.resume();
  }

  send(data: string | Uint8Array, binary = false): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#unsent.full) return this.doesNotRead();
    const sent = this.#unsent.add(data);
    this.#socket.send(data, { binary }, sent);
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

  /** Ends a link whose other end does not read what it is sent: no goodbye would arrive either. */
  doesNotRead(): void {
    if (this.#cause === null) this.#said = words("bytes-unsent", { count: this.#unsent.bytes });
    this.cut("not-reading");
  }

  /** Ends a link for the message that it began and did not end, when all such messages hold too much: at once, or what it holds
   * would be held on. */
  giveUpMessage(): void {
    const part = this.#wire.part();
    if (part) this.#tell(crowdedOut(part, mostUnfinishedBytes));
    this.cut("slow-frame");
  }

  /** Pings when it is time, and ends a link that showed no life at all for a whole interval after a ping. Any byte counts: some
   * stations do not answer pings. Ends one, too, that never reads, or never ends its message. */
  check(pingSeconds: number): void {
    const now = this.#clock.monotonic();
    if (this.#pausedAt !== null) {
      if (now - this.#pausedAt >= longestUnreadMs) this.doesNotRead();
      // It is not listened to now, so that its silence says nothing.
      this.#lastLife = now;
      return;
    }
    if (this.#held || this.#socket.readyState !== this.#socket.OPEN) return;
    this.#checkMessage(now);
    this.#checkLife(now, pingSeconds * 1000);
  }

  #checkMessage(now: number): void {
    const { end } = this.#wire;
    if (this.#wire.begun === null) return;
    const begun = Math.max(this.#wire.begun, this.#readSince);
    if (end?.kind === "over-limit") {
      if (now - begun >= overLimitReadMs) this.#overLimit();
      return;
    }
    if (now - begun < longestMessageMs) return;
    const part = this.#wire.part() ?? { binary: true, head: Buffer.alloc(0), came: 0, announced: 0 };
    this.#spoil(tooSlow(part, longestMessageMs / 1000), "slow-frame", 1008, "close-unfinished");
  }

  #checkLife(now: number, interval: number): void {
    if (interval <= 0 || this.#socket.readyState !== this.#socket.OPEN) return;
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

  /** A fault of ours over what came costs this conversation, and no other. */
  #takeSafely(chunk: Buffer, handOn: (bytes: Buffer) => void): void {
    try {
      this.#take(chunk, handOn);
    } catch (error) {
      this.#origin.log.error("what a station sent could not be taken", { station: this.hello.identity, error });
      this.close(1011, closingText("close-failed"), "asked");
    }
    if (chunk.length >= fullTurnBytes && !this.#over) this.#restTurn();
  }

  /** Reads on when all others have had their turn. */
  #restTurn(): void {
    if (this.#socket.isPaused) return;
    this.#socket.pause();
    setImmediate(() => this.#readOn());
  }

  #take(chunk: Buffer, handOn: (bytes: Buffer) => void): void {
    const now = this.#clock.monotonic();
    this.#lastLife = now;
    const wire = this.#wire;
    const passed = wire.read(chunk, now);
    if (passed > 0) handOn(passed === chunk.length ? chunk : chunk.subarray(0, passed));
    const { end } = wire;
    if (end?.kind === "broken" && !this.#told) {
      this.#spoil(broken(end.problem, end.raw), "protocol-error", 1002, "close-protocol");
    } else if (end?.kind === "over-limit") {
      if (wire.whole && !this.#told) this.#overLimit();
      // The library does not hear the answer to our goodbye.
      if (wire.closedAfter) this.#socket.terminate();
    }
    if (!this.#over) this.#origin.bounds.unfinished.set(this, wire.held);
  }

  #overLimit(): void {
    const part = this.#wire.part();
    if (!part) return;
    this.#spoil(overLimit(part, this.#wire.whole, this.#origin.frameLimit()), "over-limit", 1009, "close-too-big");
  }

  /** Tells of a message that will not become whole, and says goodbye. */
  #spoil(spoilt: Spoilt, cause: CloseCause, code: number, reason: Parameters<typeof closingText>[0]): void {
    if (this.#told || this.#over) return;
    this.#tell(spoilt);
    this.close(code, closingText(reason), cause);
  }

  #tell(spoilt: Spoilt): void {
    if (this.#told || this.#cause !== null) return;
    this.#told = true;
    this.#said = spoilt.found.said;
    this.#hear();
    this.#listener?.spoilt(spoilt);
  }

  /** What the library found wrong that was not seen before. */
  #failed(error: Error & { code?: string }): void {
    const { code = "" } = error;
    if (!code.startsWith("WS_ERR_")) return;
    this.#tell(unusable(this.#wire.part(), code, error.message));
    this.#cause ??= code === badCloseCode ? "station" : "protocol-error";
  }

  #pause(paused: boolean): void {
    if (this.#over || this.#cause !== null) return;
    this.#pausedAt = paused ? this.#clock.monotonic() : null;
    if (paused) this.#socket.pause();
    else this.#readOn();
  }

  #message(data: RawData, binary: boolean): void {
    this.#hear();
    const bytes = Array.isArray(data) ? Buffer.concat(data) : data;
    this.#listener?.message(bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes, binary);
  }

  #hear(): void {
    if (this.#heard) return;
    this.#heard = true;
    this.#origin.watch.heard();
  }
}
