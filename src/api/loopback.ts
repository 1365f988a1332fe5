import { createHmac, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Clock } from "../lib/clock.ts";
import { type Disposable, DisposableStore } from "../lib/disposable.ts";
import { createEmitter, type Emitter } from "../lib/emitter.ts";
import type { Logger } from "../lib/logger.ts";
import { apiMessageBytes, apiSlowBytes, mostApiClients, mostApiStrangers } from "../station/bounds.ts";
import { failure, whyOf } from "../station/failure.ts";
import { words } from "../station/phrases.ts";
import type { Contact } from "./contact.ts";
import type { CoreHandlers } from "./contract.ts";
import { answerFile, type FileDoor } from "./files.ts";
import { type CoreProof, proveCore, readChallenge, same } from "./proof.ts";
import { openScreens } from "./screens.ts";
import type { converse } from "./server.ts";

export type LoopbackOptions = {
  host: string;
  port: number;
  /** Null: no screens, the contract alone (for the command line). */
  screensFolder: string | null;
  handlers: CoreHandlers;
  files: FileDoor;
  clock: Clock;
  log: Logger;
  /** The core in whose place this one is started: its port is taken where that can be had, and its screens are let in. */
  before?: Pick<Contact, "url" | "secret"> | null;
};

export type Loopback = Disposable & {
  readonly port: number;
  /** Where the contract is spoken. */
  readonly apiUrl: string;
  /** What the command line and this core prove themselves by to each other; never sent, and never in a URL. */
  readonly secret: string;
  /** How many screens are open, when that changes; the command line is none. */
  readonly screens: Emitter<number>;
  /** A link that opens the screens once, within ten minutes. Null without screens. */
  newLink(): string | null;
};

const maxLinks = 20;
const linkLifeMs = 10 * 60_000;
/** What is slower than this to say what it wants is no screen of ours. */
const slowMs = 10_000;
const slowLookMs = 2000;
const proofWaitMs = 5000;
const idleMs = 5000;

const securityHeaders = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
};

/** Serves screens and contract on a loopback port. A one-time link sets a cookie; Host and Origin are checked on every request.
 * @throws FailureError `unavailable` when the port cannot be had */
export async function listenLoopback(options: LoopbackOptions): Promise<Loopback> {
  const closing = new DisposableStore();
  const { clock, log } = options;
  const links = new Map<string, number>();
  const open = new Set<WebSocket>();
  const changed = createEmitter<number>(log);
  const screens = options.screensFolder === null ? null : openScreens(options.screensFolder);
  const http = createServer(
    {
      headersTimeout: slowMs,
      // A file takes its time: who sends one is watched by what comes (files.ts).
      requestTimeout: 0,
      connectionsCheckingInterval: slowLookMs,
      keepAliveTimeout: idleMs,
    },
    (request, response) => respond(request, response),
  );
  const strangers = new Set<Duplex>();
  let closed = false;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: apiMessageBytes,
    perMessageDeflate: false,
    autoPong: false,
  });
  http.on("connection", (socket: Duplex) => {
    strangers.add(socket);
    socket.once("close", () => strangers.delete(socket));
    const [first] = strangers;
    if (first && strangers.size > mostApiStrangers) first.destroy();
  });
  // A page asks for its files first: what it speaks then is at hand when it does.
  http.once("request", () => void import("./server.ts").catch(() => undefined));
  http.on("upgrade", (request, socket, head) => {
    upgrade(request, socket, head).catch((error: unknown) => failed(socket, error));
  });
  const secret = await listen();
  http.on("error", (error) => log.error("the port of the screens failed", { error }));
  const cookie = createHmac("sha256", secret).update("cookie").digest("base64url");
  const port = (http.address() as AddressInfo).port;
  // Cookies do not tell ports apart, and two cores may run on one machine.
  const cookieName = `plugside-${port}`;
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`, `${options.host}:${port}`]);

  /** Listens, at the port of the core before this one where it can be had; gives the secret that belongs to it. */
  async function listen(): Promise<string> {
    const { before } = options;
    if (before && options.port === 0 && URL.canParse(before.url)) {
      const kept = await listenAt(Number(new URL(before.url).port)).then(
        () => true,
        () => false,
      );
      if (kept) return before.secret;
    }
    await listenAt(options.port);
    return before && options.port !== 0 ? before.secret : randomBytes(32).toString("base64url");
  }

  function listenAt(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const place = `${options.host}:${port}`;
      const refuse = (error: Error) =>
        reject(failure("unavailable", words("no-screens-port", { place, why: whyOf(error) })));
      http.once("error", refuse);
      http.listen(port, options.host, () => {
        http.off("error", refuse);
        resolve();
      });
    });
  }

  /** Nothing that somebody sends may throw past here. */
  function guarded(socket: Duplex, work: () => void): void {
    try {
      work();
    } catch (error) {
      failed(socket, error);
    }
  }

  function failed(socket: Duplex, error: unknown): void {
    log.bug("a request of a screen failed", { error });
    socket.destroy();
  }

  function knownHost(request: IncomingMessage): boolean {
    if (!hosts.has(request.headers.host ?? "")) return false;
    const { origin } = request.headers;
    return origin === undefined || hosts.has(origin.replace(/^https?:\/\//, ""));
  }

  function hasCookie(request: IncomingMessage): boolean {
    const pairs = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim());
    return pairs.some((pair) => pair.startsWith(`${cookieName}=`) && same(pair.slice(cookieName.length + 1), cookie));
  }

  function respond(request: IncomingMessage, response: ServerResponse): void {
    guarded(request.socket, () => answer(request, response));
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    if (!knownHost(request)) return refuse(response, 403, "This address is not served here.");
    if (path.startsWith("/files/")) {
      const { files, places } = options.files;
      const place = places.take(path);
      if (place) strangers.delete(request.socket);
      return void answerFile(files, place, request, response, log);
    }
    if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405, "Only GET.");
    if (!screens) return refuse(response, 404, "This core was started without screens (--no-ui).");
    if (path.startsWith("/open/")) return openLink(path.slice("/open/".length), request, response);
    if (!hasCookie(request)) {
      return refuse(
        response,
        403,
        "This link was used, or the core was started anew. Ask for a fresh one: plugside link",
      );
    }
    strangers.delete(request.socket);
    const file = screens.get(path);
    if (!file)
      return refuse(response, 404, screens.size === 0 ? "The screens are not built: npm run build" : "Not here.");
    response.writeHead(200, {
      "content-type": file.type,
      "content-length": file.body.length,
      "cache-control": file.immutable ? "private, max-age=31536000, immutable" : "no-store",
    });
    response.end(request.method === "HEAD" ? undefined : file.body);
  }

  function openLink(token: string, request: IncomingMessage, response: ServerResponse): void {
    const until = links.get(token) ?? Number.NEGATIVE_INFINITY;
    if (clock.monotonic() >= until) {
      return refuse(response, 403, "This link was used already, or is too old. Ask for a fresh one: plugside link");
    }
    // Whoever only looks what a link is about does not use it up.
    if (request.method === "HEAD") {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
      return void response.end();
    }
    links.delete(token);
    const headers = {
      "cache-control": "no-store",
      "set-cookie": `${cookieName}=${cookie}; HttpOnly; SameSite=Strict; Path=/`,
    };
    // Come from another page (the file that the launcher opens), the browser would not send a strict cookie along a redirect: a page
    // of our own leads on.
    if (request.headers["sec-fetch-site"] === "cross-site") {
      response.writeHead(200, { ...headers, "content-type": "text/html; charset=utf-8" });
      response.end('<!doctype html><meta http-equiv="refresh" content="0; url=/"><title>Plugside</title>');
      return;
    }
    response.writeHead(303, { ...headers, location: "/" });
    response.end();
  }

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on("error", () => socket.destroy());
    const path = (request.url ?? "/").split("?", 1)[0];
    const byCookie = screens !== null && hasCookie(request) && request.headers.origin !== undefined;
    const challenge = readChallenge(request.headers);
    if (path !== "/api" || !knownHost(request) || !(byCookie || challenge)) {
      return void socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    }
    // Loaded when the first one comes, so that no station waits for it at the start.
    const { converse } = await import("./server.ts");
    if (closed) return void socket.destroy();
    if (sockets.clients.size >= mostApiClients) {
      return void socket.end("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    }
    const proof = byCookie || challenge === null ? null : proveCore(secret, port, challenge);
    const tell = (headers: string[]) => void (proof && headers.push(proof.header));
    sockets.once("headers", tell);
    sockets.handleUpgrade(request, socket, head, (ws) => {
      if (!proof) strangers.delete(socket);
      serve(ws, proof, socket, converse);
    });
    // A handshake that was refused has told none.
    sockets.off("headers", tell);
  }

  /** Speaks the contract; to the command line, once its first message has proved who it is. */
  function serve(ws: WebSocket, proof: CoreProof | null, socket: Duplex, speak: typeof converse): void {
    let proven = proof === null;
    if (proven) {
      open.add(ws);
      changed.emit(open.size);
    }
    const late = proven ? null : clock.after(proofWaitMs, () => ws.terminate());
    const conversation = speak(
      {
        send: (text) => ws.send(text),
        cut: () => ws.terminate(),
        get buffered() {
          return ws.bufferedAmount;
        },
      },
      options,
    );
    ws.on("message", (data) => {
      if (proven) return conversation.receive(String(data));
      late?.stop();
      proven = proof?.accepts(String(data)) ?? false;
      if (proven) strangers.delete(socket);
      else ws.close(1008);
    });
    // Pongs are not kept for one that does not read.
    ws.on("ping", (data) => void (ws.bufferedAmount < apiSlowBytes && ws.pong(data)));
    ws.on("error", () => ws.terminate());
    ws.on("close", () => {
      late?.stop();
      conversation.close();
      if (open.delete(ws)) changed.emit(open.size);
    });
  }

  closing.add({
    dispose: () =>
      new Promise<void>((resolve) => {
        closed = true;
        http.close(() => resolve());
        for (const client of sockets.clients) client.terminate();
        http.closeAllConnections();
      }),
  });
  const base = `127.0.0.1:${port}`;
  const authority = options.host.includes(":") ? `[${options.host}]:${port}` : `${options.host}:${port}`;
  const reached = options.host === "0.0.0.0" || options.host === "::" ? base : authority;
  return {
    port,
    secret,
    screens: changed,
    apiUrl: `ws://${reached}/api`,
    newLink() {
      if (!screens) return null;
      const token = randomBytes(24).toString("base64url");
      links.set(token, clock.monotonic() + linkLifeMs);
      if (links.size > maxLinks) links.delete(links.keys().next().value ?? "");
      return `http://${reached}/open/${token}`;
    },
    dispose: () => closing.dispose(),
  };
}

/** What such a request still sends is not waited for. */
function refuse(response: ServerResponse, status: number, words: string): void {
  const headers = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", connection: "close" };
  response.writeHead(status, headers);
  response.end(`${words}\n`);
}
