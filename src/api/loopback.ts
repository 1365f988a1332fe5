import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { Clock } from "../lib/clock.ts";
import { type Disposable, DisposableStore } from "../lib/disposable.ts";
import type { Logger } from "../lib/logger.ts";
import { apiMessageBytes } from "../station/bounds.ts";
import { failure, whyOf } from "../station/failure.ts";
import { words } from "../station/phrases.ts";
import type { CoreHandlers } from "./contract.ts";
import { openScreens } from "./screens.ts";
import { converse } from "./server.ts";

export type LoopbackOptions = {
  host: string;
  port: number;
  /** Null: no screens, the contract alone (for the command line). */
  screensFolder: string | null;
  handlers: CoreHandlers;
  clock: Clock;
  log: Logger;
};

export type Loopback = Disposable & {
  readonly port: number;
  /** Where the contract is spoken. */
  readonly apiUrl: string;
  /** For the command line; never in a URL. */
  readonly secret: string;
  /** A link that opens the screens once. Null without screens. */
  newLink(): string | null;
};

const maxLinks = 20;

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
  const secret = randomBytes(32).toString("base64url");
  const cookie = randomBytes(32).toString("base64url");
  const links = new Set<string>();
  const screens = options.screensFolder === null ? null : openScreens(options.screensFolder);
  const http = createServer((request, response) => respond(request, response));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: apiMessageBytes, perMessageDeflate: false });
  http.on("upgrade", (request, socket, head) => upgrade(request, socket, head));
  await new Promise<void>((resolve, reject) => {
    const place = `${options.host}:${options.port}`;
    const refuse = (error: Error) =>
      reject(failure("unavailable", words("no-screens-port", { place, why: whyOf(error) })));
    http.once("error", refuse);
    http.listen(options.port, options.host, () => {
      http.off("error", refuse);
      resolve();
    });
  });
  const port = (http.address() as AddressInfo).port;
  // Cookies do not tell ports apart, and two cores may run on one machine.
  const cookieName = `plugside-${port}`;
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`, `${options.host}:${port}`]);

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
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    if (!knownHost(request)) return refuse(response, 403, "This address is not served here.");
    if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405, "Only GET.");
    if (!screens) return refuse(response, 404, "This core was started without screens (--no-ui).");
    if (path.startsWith("/open/")) return openLink(path.slice("/open/".length), response);
    if (!hasCookie(request)) {
      return refuse(
        response,
        403,
        "This link was used, or the core was started anew. Ask for a fresh one: plugside link",
      );
    }
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

  function openLink(token: string, response: ServerResponse): void {
    if (!links.delete(token)) {
      return refuse(response, 403, "This link was used already. Ask for a fresh one: plugside link");
    }
    response.writeHead(303, {
      location: "/",
      "cache-control": "no-store",
      "set-cookie": `${cookieName}=${cookie}; HttpOnly; SameSite=Strict; Path=/`,
    });
    response.end();
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on("error", () => socket.destroy());
    const path = (request.url ?? "/").split("?", 1)[0];
    const bearer = request.headers.authorization;
    const byCookie = screens !== null && hasCookie(request) && request.headers.origin !== undefined;
    const allowed = knownHost(request) && (byCookie || (bearer !== undefined && same(bearer, `Bearer ${secret}`)));
    if (path !== "/api" || !allowed) {
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (ws) => {
      const conversation = converse(
        {
          send: (text) => ws.send(text),
          cut: () => ws.terminate(),
          get buffered() {
            return ws.bufferedAmount;
          },
        },
        options,
      );
      ws.on("message", (data) => conversation.receive(String(data)));
      ws.on("error", () => ws.terminate());
      ws.on("close", () => conversation.close());
    });
  }

  closing.add({
    dispose: () =>
      new Promise<void>((resolve) => {
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
    apiUrl: `ws://${reached}/api`,
    newLink() {
      if (!screens) return null;
      const token = randomBytes(24).toString("base64url");
      links.add(token);
      if (links.size > maxLinks) links.delete(links.values().next().value ?? "");
      return `http://${reached}/open/${token}`;
    },
    dispose: () => closing.dispose(),
  };
}

function refuse(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end(`${words}\n`);
}

function same(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
