import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";

/** One connection that a hand-made central system got. */
export type UpstreamLink = {
  path: string;
  headers: IncomingHttpHeaders;
  protocol: string;
  /** Everything heard, in order, byte for byte. */
  heard: { bytes: Buffer; binary: boolean }[];
  /** The next message that was not handed out yet. */
  next(): Promise<{ bytes: Buffer; binary: boolean }>;
  /** The next message as text. */
  text(): Promise<string>;
  send(data: string | Uint8Array, binary?: boolean): void;
  /** Ends it without a word. */
  cut(): void;
  closed: Promise<void>;
};

/** A central system made by hand: it says what it is told and keeps what it hears. */
export type Upstream = {
  url: string;
  port: number;
  /** The next station that connects. */
  link(): Promise<UpstreamLink>;
  /** How often it was dialled. */
  readonly dialled: number;
  /** Ends every connection and lets nobody in; `open` again on the same port. */
  shut(): Promise<void>;
  open(): Promise<void>;
};

/** How a hand-made central system is. `status` refuses every handshake with it. */
export type UpstreamOptions = {
  protocols?: (offered: Set<string>) => string | false;
  status?: number;
  tls?: { cert: string; key: string };
};

/** Starts a hand-made central system. Closed when the test is over. */
export async function openUpstream(options: UpstreamOptions = {}): Promise<Upstream> {
  const choose = options.protocols ?? ((offered: Set<string>) => [...offered][0] ?? false);
  const links: UpstreamLink[] = [];
  const waiting: ((link: UpstreamLink) => void)[] = [];
  const sockets = new Set<WebSocket>();
  let dialled = 0;
  let port = 0;
  let shut: () => Promise<void> = () => Promise.resolve();

  async function open(): Promise<void> {
    const http = options.tls ? createSecureServer(options.tls) : createServer();
    const server = new WebSocketServer({
      noServer: true,
      handleProtocols: choose,
      skipUTF8Validation: true,
      perMessageDeflate: false,
    });
    http.on("upgrade", (request, socket, head) => {
      dialled++;
      if (options.status !== undefined) {
        socket.end(`HTTP/1.1 ${options.status} No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      server.handleUpgrade(request, socket, head, (ws) => {
        sockets.add(ws);
        const link = toLink(ws, request.url ?? "", request.headers);
        const taker = waiting.shift();
        if (taker) taker(link);
        else links.push(link);
      });
    });
    http.listen(port, "127.0.0.1");
    await once(http, "listening");
    port = (http.address() as AddressInfo).port;
    shut = async () => {
      for (const ws of sockets) ws.terminate();
      sockets.clear();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    };
  }

  await open();
  onTestFinished(() => shut().catch(() => undefined));
  return {
    get url() {
      return `${options.tls ? "wss" : "ws"}://127.0.0.1:${port}/ocpp`;
    },
    get port() {
      return port;
    },
    get dialled() {
      return dialled;
    },
    link() {
      const ready = links.shift();
      return ready ? Promise.resolve(ready) : new Promise((resolve) => waiting.push(resolve));
    },
    shut: () => shut(),
    open,
  };
}

function toLink(ws: WebSocket, path: string, headers: IncomingHttpHeaders): UpstreamLink {
  const heard: UpstreamLink["heard"] = [];
  const unread: UpstreamLink["heard"] = [];
  const waiting: ((message: { bytes: Buffer; binary: boolean }) => void)[] = [];
  ws.on("error", () => undefined);
  ws.on("message", (data, binary) => {
    const message = { bytes: data as Buffer, binary };
    heard.push(message);
    const taker = waiting.shift();
    if (taker) taker(message);
    else unread.push(message);
  });
  function next(): Promise<{ bytes: Buffer; binary: boolean }> {
    const ready = unread.shift();
    return ready ? Promise.resolve(ready) : new Promise((resolve) => waiting.push(resolve));
  }
  return {
    path,
    headers,
    protocol: ws.protocol,
    heard,
    next,
    text: async () => (await next()).bytes.toString("utf8"),
    send: (data, binary = false) => ws.send(data, { binary }),
    cut: () => ws.terminate(),
    closed: new Promise((resolve) => ws.on("close", () => resolve())),
  };
}
