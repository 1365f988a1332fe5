import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import type { Clock } from "../lib/clock.ts";
import type { Disposable } from "../lib/disposable.ts";
import type { Logger } from "../lib/logger.ts";
import type { CloseCause } from "../station/model.ts";
import { readIdentity } from "./identity.ts";
import type { Hello, Link, LinkListener } from "./link.ts";

export type WebSocketTransportOptions = {
  host: string;
  port: number;
  /** Take the next free port when `port` is in use; at most 20 further. */
  nextFree: boolean;
  clock: Clock;
  log: Logger;
  pingSeconds: () => number;
  frameLimit: () => number;
  chooseSubprotocol: (offered: readonly string[]) => string | undefined;
  onLink: (link: Link) => void;
};

export type WebSocketTransport = Disposable & { readonly host: string; readonly port: number };

/** Frames above the limit are still read whole, so that the record has them; above this many times the limit they are not. */
const readableTimes = 16;
const closeWaitMs = 2000;
const maxHeaderBytes = 16 * 1024;

/** Listens for stations over WebSocket (OCPP-J 1.6 3; RFC 6455).
 * @throws the system's error when no port can be had */
export async function listenWebSocket(options: WebSocketTransportOptions): Promise<WebSocketTransport> {
  const http = createServer({ maxHeaderSize: maxHeaderBytes, keepAlive: true }, (_request, response) => {
    response.writeHead(426, { "content-type": "text/plain; charset=utf-8", connection: "close", upgrade: "websocket" });
    response.end("This is the door for charging stations (OCPP over WebSocket). The screens are at another address.\n");
  });
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    skipUTF8Validation: true,
    maxPayload: options.frameLimit() * readableTimes,
    handleProtocols: (offered) => options.chooseSubprotocol([...offered]) ?? false,
  });
  const links = new Set<SocketLink>();
  http.on("upgrade", (request, socket, head) => accept(request, socket, head));
  http.on("clientError", (_error, socket) => {
    if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
    else socket.destroy();
  });

  function accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on("error", () => socket.destroy());
    const path = request.url ?? "/";
    const identity = readIdentity(path);
    if (identity === null) {
      const body = "The path must end with the station's identity, for example /CP001\n";
      socket.end(
        `HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      );
      return;
    }
    const header = request.headers["sec-websocket-protocol"] ?? "";
    const offered = header
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "");
    sockets.handleUpgrade(request, socket, head, (ws) => {
      const hello: Hello = {
        identity,
        path,
        remoteAddress: (request.socket.remoteAddress ?? "").replace(/^::ffff:/, ""),
        secure: false,
        securityProfile: request.headers.authorization === undefined ? 0 : 1,
        offered,
        subprotocol: ws.protocol === "" ? undefined : ws.protocol,
        userAgent: request.headers["user-agent"],
      };
      const link = new SocketLink(ws, hello, request.headers.authorization, options.clock);
      links.add(link);
      ws.once("close", () => links.delete(link));
      options.onLink(link);
    });
  }

  const port = await listen(http, options);
  const watch = options.clock.every(1000, () => {
    for (const link of links) link.checkLife(options.pingSeconds());
  });
  return {
    host: options.host,
    port,
    async dispose() {
      watch.stop();
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      for (const link of links) link.close(1001, "the central system is closing", "shutdown");
      const deadline = setTimeout(() => {
        for (const link of links) link.terminate();
      }, closeWaitMs);
      http.closeIdleConnections();
      await closed;
      clearTimeout(deadline);
    },
  };
}

async function listen(http: Server, options: WebSocketTransportOptions): Promise<number> {
  const tries = options.nextFree && options.port !== 0 ? 20 : 0;
  for (let step = 0; ; step++) {
    try {
      await new Promise<void>((resolve, reject) => {
        http.once("error", reject);
        http.listen(options.port + step, options.host, () => {
          http.off("error", reject);
          resolve();
        });
      });
      http.on("error", (error) => options.log.error("the station port failed", { error }));
      return (http.address() as AddressInfo).port;
    } catch (error) {
      const taken = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
      if (!taken || step >= tries) throw error;
    }
  }
}

/** A WebSocket as a link. */
class SocketLink implements Link {
  readonly hello: Hello;
  readonly authorization: string | undefined;
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  #listener: LinkListener | null = null;
  #cause: CloseCause | null = null;
  #lastLife: number;
  #pingedAt: number | null = null;

  constructor(socket: WebSocket, hello: Hello, authorization: string | undefined, clock: Clock) {
    this.hello = hello;
    this.authorization = authorization;
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
    this.#alive();
    const bytes = Array.isArray(data) ? Buffer.concat(data) : data;
    this.#listener?.message(bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes, binary);
  }

  #alive(): void {
    this.#lastLife = this.#clock.monotonic();
  }
}
