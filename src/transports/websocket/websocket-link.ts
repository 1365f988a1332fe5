import type { Duplex } from "node:stream";
import type { RawData, WebSocket } from "ws";
import type { Clock } from "../../lib/clock.ts";
import type { Logger } from "../../lib/logger.ts";
import type { Spoken } from "../../lib/words.ts";
import {
  longestMessageMs,
  longestUnreadMs,
  mostUnfinishedBytes,
  mostUnsentOfAll,
  overLimitReadMs,
} from "../../station/bounds.ts";
import type { WebSocketVia } from "../../station/events.ts";
import type { Finding } from "../../station/findings.ts";
import type { CloseCause } from "../../station/model.ts";
import { closingText, words } from "../../station/phrases.ts";
import type { Hello, Link, LinkListener, Spoilt } from "../link.ts";
import { Budget } from "./bounds/budget.ts";
import { type PieceReader, Turns, type TurnsOptions } from "./bounds/turns.ts";
import { Unsent } from "./bounds/unsent.ts";
import { answerPings } from "./frames/pongs.ts";
import {
  badCloseCode,
  broken,
  crowdedOut,
  overLimit,
  partOf,
  tooSlow,
  unpackedOverLimit,
  unpackedTooLargeCode,
  unusable,
} from "./frames/spoilt.ts";
import { tap } from "./frames/tap.ts";
import { textFrame } from "./frames/text-frame.ts";
import { WireReader } from "./frames/wire.ts";

/** How long a goodbye may take, milliseconds. */
export const closeWaitMs = 2000;

/** What a link tells of itself while it lasts: its first message, and its end. `said`: what is known of that end. */
export type LinkWatch = { heard(): void; gone(cause: CloseCause, said?: Spoken): void };

/** What the links share. */
export type LinkBounds = { unsent: Budget<SocketLink>; unfinished: Budget<SocketLink>; turns: Turns };

/** Makes what the links of one way in share. */
export function createLinkBounds(options: TurnsOptions & { frameLimit: () => number }): LinkBounds {
  const unfinished = () => mostUnfinishedBytes + options.frameLimit();
  return {
    turns: new Turns(options),
    unsent: new Budget(
      () => mostUnsentOfAll,
      (link) => link.doesNotRead(),
    ),
    unfinished: new Budget(unfinished, (link) => link.giveUpMessage(unfinished())),
  };
}

/** How a link came about. */
export type LinkOrigin = {
  hello: SocketHello;
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

/** Who comes over a WebSocket, and how. */
export type SocketHello = Hello & { via: WebSocketVia };

/** A WebSocket as a link. */
export class SocketLink implements Link {
  readonly hello: SocketHello;
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
  /** The code that the library said goodbye with: of its own goodbyes it tells 1006. */
  #goodbye: number | null = null;
  #lastLife: number;
  #pingedAt: number | null = null;
  /** Nothing is read while too much is unsent, while what came waits for its turn, while it is held, and before anybody listens. */
  #undrainedSince: number | null = null;
  #waits = false;
  #held = false;
  #restingSince: number | null;
  #handOn: (bytes: Buffer) => void = () => undefined;
  #heard = false;
  #over = false;
  #told = false;

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
    this.#wire = new WireReader({ masked: true, limit: frameLimit, compressed: hello.via.compressed });
    this.#unsent = new Unsent({
      changed: (bytes) => bounds.unsent.set(this, this.#over ? 0 : bytes),
      pause: (paused) => {
        this.#undrainedSince = paused ? clock.monotonic() : null;
        this.#rest();
      },
    });
    // What came glued to the handshake waits too.
    this.#restingSince = this.#lastLife;
    socket.pause();
    const reader: PieceReader = {
      read: (piece) => this.#takeSafely(piece),
      done: () => this.#wait(false),
    };
    tap(
      stream,
      (chunk, handOn) => {
        this.#handOn = handOn;
        if (this.#waits) bounds.turns.finish(reader);
        this.#wait(!bounds.turns.take(reader, chunk));
      },
      () => bounds.turns.finish(reader),
    );
    answerPings(socket);
    socket.on("message", (data, binary) => this.#message(data, binary));
    socket.on("error", (error: Error & { code?: string }) => this.#failed(error));
    socket.on("close", (code, reason) => {
      this.#over = true;
      bounds.unsent.set(this, 0);
      bounds.unfinished.set(this, 0);
      // Who hangs up in the middle of a message over the limit has sent it all the same.
      const part = this.#wire.end?.kind === "over-limit" ? this.#wire.part() : null;
      if (part) this.#tell(overLimit(part, this.#wire.whole, frameLimit()));
      const cause = this.#cause ?? (code === 1006 ? "lost" : "station");
      watch.gone(cause, this.#said);
      this.#listener?.closed(this.#goodbye ?? code, reason.toString("utf8"), cause);
      this.#listener = null;
    });
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN && this.#cause === null;
  }

  listen(listener: LinkListener): void {
    if (this.#socket.readyState === this.#socket.CLOSED) {
      listener.closed(1006, "", this.#cause ?? "lost");
      return;
    }
    this.#listener = listener;
    this.#rest();
  }

  hold(held: boolean): void {
    this.#held = held;
    this.#rest();
  }

  send(data: string | Uint8Array, binary = false): boolean {
    if (this.#socket.readyState !== this.#socket.OPEN) return false;
    if (this.#unsent.full) {
      this.doesNotRead();
      return false;
    }
    const frame = typeof data === "string" && !binary && !this.hello.via.compressed ? textFrame(data) : null;
    if (frame === null) this.#socket.send(data, { binary }, this.#unsent.add(data));
    else if (this.hello.via.secure) this.#origin.stream.write(frame, "latin1", this.#unsent.add(data));
    else this.#write(frame);
    return true;
  }

  /** Nearly every frame is the system's at once and waits for nothing: it is not counted, and nobody is told when it is out. */
  #write(frame: string): void {
    const { stream } = this.#origin;
    stream.write(frame, "latin1");
    // Nothing written behind what waits: it is done when all of that is out.
    if (stream.writableLength > 0) stream.write("", this.#unsent.add(frame));
  }

  cut(cause: CloseCause): void {
    this.#cause ??= cause;
    this.#socket.resume();
    this.#socket.terminate();
  }

  close(code: number, reason: string, cause: CloseCause): void {
    this.#cause ??= cause;
    if (this.#listener === null) this.#socket.resume();
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
  giveUpMessage(limit: number): void {
    const part = this.#wire.part();
    if (part) this.#tell(crowdedOut(part, limit));
    this.cut("slow-frame");
  }

  /** Pings when it is time, and ends a link that showed no life at all for a whole interval after a ping. Any byte counts: some
   * stations do not answer pings. Ends one, too, that never reads, or never ends its message. */
  check(pingSeconds: number): void {
    const now = this.#clock.monotonic();
    if (this.#undrainedSince !== null && now - this.#undrainedSince >= longestUnreadMs) return this.doesNotRead();
    // What is not listened to now says nothing by its silence.
    if (this.#restingSince !== null) return;
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#checkMessage(now);
    this.#checkLife(now, pingSeconds * 1000);
  }

  /** Pings now, and ends the link where nothing at all is heard within so many milliseconds. */
  prove(withinMs: number): void {
    if (this.#restingSince !== null || this.#socket.readyState !== this.#socket.OPEN) return;
    const asked = this.#clock.monotonic();
    this.#socket.ping();
    this.#clock.after(withinMs, () => {
      if (this.#lastLife > asked || this.#restingSince !== null || !this.isOpen) return;
      this.#cause = "ping-unanswered";
      this.#socket.terminate();
    });
  }

  #checkMessage(now: number): void {
    const { begun, end } = this.#wire;
    if (begun === null) return;
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
  #takeSafely(chunk: Buffer): void {
    try {
      this.#take(chunk);
    } catch (error) {
      this.#origin.log.bug("what a station sent could not be taken", { station: this.hello.identity, error });
      this.close(1011, closingText("close-failed"), "asked");
    }
  }

  #take(chunk: Buffer): void {
    const now = this.#clock.monotonic();
    this.#lastLife = now;
    const wire = this.#wire;
    const text = this.#cause === null ? wire.soleText(chunk) : null;
    if (text) return this.#message(text, false);
    const passed = wire.read(chunk, now);
    if (passed > 0) this.#handOn(passed === chunk.length ? chunk : chunk.subarray(0, passed));
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
    this.#told = true;
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
    // What cannot be unpacked is an error of zlib's.
    if (!code.startsWith("WS_ERR_") && !code.startsWith("Z_")) return;
    if (code === unpackedTooLargeCode) {
      this.#tell(unpackedOverLimit(this.#origin.frameLimit()));
      this.#cause ??= "over-limit";
      this.#goodbye = 1009;
      return;
    }
    this.#tell(unusable(this.#wire.part(), code, error.message));
    this.#cause ??= code === badCloseCode ? "station" : "protocol-error";
  }

  #wait(waits: boolean): void {
    this.#waits = waits;
    this.#rest();
  }

  /** Reads nothing while there is a reason for it, and goes on after that. */
  #rest(): void {
    const rests = this.#undrainedSince !== null || this.#waits || this.#held || this.#listener === null;
    if (this.#over || rests === (this.#restingSince !== null)) return;
    const now = this.#clock.monotonic();
    if (rests) {
      this.#restingSince = now;
      this.#socket.pause();
      return;
    }
    this.#wire.postpone(now - (this.#restingSince ?? now));
    this.#restingSince = null;
    // Nothing was heard because nothing was read.
    this.#lastLife = now;
    this.#socket.resume();
  }

  #message(data: RawData, binary: boolean): void {
    this.#hear();
    const bytes = Array.isArray(data) ? Buffer.concat(data) : data;
    const packed = this.#wire.takePacked();
    const limit = this.#origin.frameLimit();
    if (packed && bytes.byteLength > limit) {
      this.#spoil(overLimit(partOf(toBytes(bytes), binary), true, limit), "over-limit", 1009, "close-too-big");
      return;
    }
    this.#listener?.message(toBytes(bytes), binary, packed);
  }

  #hear(): void {
    if (this.#heard) return;
    this.#heard = true;
    this.#origin.watch.heard();
  }
}

function toBytes(data: Buffer | ArrayBuffer): Uint8Array {
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
