import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import WebSocket, { WebSocketServer } from "ws";
import { createManualClock } from "../lib/clock.ts";
import { apiMessageBytes, mostApiClients, mostApiStrangers } from "../station/bounds.ts";
import type { CoreHandlers } from "./contract.ts";
import { dialCore } from "./dial.ts";
import type { Loopback } from "./loopback.ts";
import { openLoopback } from "./testing/open-loopback.ts";

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string };

function get(port: number, path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path, method, headers, agent: false }, (response) => {
      let body = "";
      response.on("data", (data) => {
        body += data;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    asked.on("error", reject);
    asked.end();
  });
}

async function cookieOf(loopback: Loopback): Promise<string> {
  const answer = await get(loopback.port, new URL(loopback.newLink() ?? "").pathname);
  return String(answer.headers["set-cookie"]).split(";", 1)[0] ?? "";
}

test("a link opens the screens once, with a cookie no script can read", async () => {
  const loopback = await openLoopback();
  const path = new URL(loopback.newLink() ?? "").pathname;
  const first = await get(loopback.port, path);
  expect([first.status, first.headers.location]).toEqual([303, "/"]);
  expect(String(first.headers["set-cookie"])).toMatch(/^plugside-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
  expect((await get(loopback.port, path)).status).toBe(403);
});

test("screens are served to the holder of the cookie alone, under a strict policy", async () => {
  const loopback = await openLoopback();
  expect((await get(loopback.port, "/")).status).toBe(403);
  const cookie = await cookieOf(loopback);
  const page = await get(loopback.port, "/", { cookie });
  expect([page.status, page.body]).toEqual([200, "<h1>Plugside</h1>"]);
  expect(page.headers["content-security-policy"]).toContain("default-src 'none'; script-src 'self'");
  expect((await get(loopback.port, "/assets/a.js", { cookie })).headers["content-type"]).toContain("text/javascript");
});

test("every answer keeps other pages, and what they could bring in, away from the screens", async () => {
  const loopback = await openLoopback();
  const kept = {
    "content-security-policy": [
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:;",
      "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ].join(" "),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
  };
  const cookie = await cookieOf(loopback);
  for (const [path, headers] of [
    ["/", { cookie }],
    ["/", { host: "evil.example" }],
    ["/nothing", { cookie }],
    ["/files/none", {}],
  ] as const)
    expect((await get(loopback.port, path, headers)).headers).toMatchObject(kept);
  const refused = await get(loopback.port, "/");
  expect([refused.headers["content-type"], refused.headers["cache-control"], refused.headers.connection]).toEqual([
    "text/plain; charset=utf-8",
    "no-store",
    "close",
  ]);
  expect(refused.body).toMatch(/^This link was used, or the core was started anew\..*plugside link\n$/);
  expect((await get(loopback.port, "/assets/a.js", { cookie })).headers["cache-control"]).toBe(
    "private, max-age=31536000, immutable",
  );
});

test("the screens are this computer's by each of its own names, at their port alone", async () => {
  const loopback = await openLoopback();
  const { port } = loopback;
  const cookie = await cookieOf(loopback);
  const status = async (headers: Record<string, string>) => (await get(port, "/", { cookie, ...headers })).status;
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]) {
    expect(await status({ host })).toBe(200);
    expect(await status({ origin: `http://${host}` })).toBe(200);
    expect(await status({ origin: `https://${host}` })).toBe(200);
  }
  for (const host of ["127.0.0.1", `127.0.0.1:${port + 1}`, "localhost", `evil.localhost:${port}`])
    expect(await status({ host })).toBe(403);
  expect(await status({ origin: `http://localhost:${port + 1}` })).toBe(403);
  expect(await status({ cookie: `plugside-${port + 1}=${cookie.split("=")[1]}` })).toBe(403);
  expect(await status({ cookie: `other=1; ${cookie}` })).toBe(200);
  expect((await get(port, "/?station=CP1", { cookie })).status).toBe(200);
});

test.each(["/../package.json", "/..%2f..%2fetc/passwd", "/assets/", "/nothing"])("%s leads nowhere", async (path) => {
  const loopback = await openLoopback();
  expect((await get(loopback.port, path, { cookie: await cookieOf(loopback) })).status).toBe(404);
});

test("another host's name or another page's origin is refused", async () => {
  const loopback = await openLoopback();
  const cookie = await cookieOf(loopback);
  expect((await get(loopback.port, "/", { cookie, host: "evil.example" })).status).toBe(403);
  expect((await get(loopback.port, "/", { cookie, origin: "http://evil.example" })).status).toBe(403);
  expect((await get(loopback.port, "/", { cookie }, "POST")).status).toBe(405);
});

function open(url: string, headers: Record<string, string>): Promise<"open" | "refused"> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, { headers });
    socket.once("open", () => {
      socket.terminate();
      resolve("open");
    });
    socket.once("error", () => resolve("refused"));
  });
}

/** A screen that is open. */
async function screenOf(loopback: Loopback, cookie?: string): Promise<WebSocket> {
  const headers = { cookie: cookie ?? (await cookieOf(loopback)), origin: `http://127.0.0.1:${loopback.port}` };
  const screen = new WebSocket(loopback.apiUrl, { headers });
  screen.on("error", () => undefined);
  await once(screen, "open");
  return screen;
}

/** What becomes of the command line's call with this secret. */
function dialled(url: string, secret: string): Promise<string[]> {
  const told: string[] = [];
  return new Promise((resolve) => {
    const socket = dialCore({ url, secret, pid: 0, ports: [] }, () => told.push("impostor"));
    socket.onOpen(() => {
      told.push("open");
      socket.close();
    });
    socket.onClose(() => resolve(told));
  });
}

test("the contract is spoken to the cookie from our own origin, or to the secret", async () => {
  const loopback = await openLoopback();
  const cookie = await cookieOf(loopback);
  const origin = `http://127.0.0.1:${loopback.port}`;
  expect(await open(loopback.apiUrl, { cookie, origin })).toBe("open");
  expect(await open(loopback.apiUrl, { cookie })).toBe("refused");
  expect(await open(loopback.apiUrl, { cookie, origin: "http://evil.example" })).toBe("refused");
  expect(await open(loopback.apiUrl, { authorization: `Bearer ${loopback.secret}` })).toBe("refused");
  expect(await dialled(loopback.apiUrl, loopback.secret)).toEqual(["open"]);
});

test("without screens there is no link and no page, and the secret still counts", async () => {
  const loopback = await openLoopback(false);
  expect(loopback.newLink()).toBeNull();
  expect((await get(loopback.port, "/")).status).toBe(404);
  expect(await dialled(loopback.apiUrl, loopback.secret)).toEqual(["open"]);
});

test("to look at a link does not use it up", async () => {
  const loopback = await openLoopback();
  const path = new URL(loopback.newLink() ?? "").pathname;
  const looked = await get(loopback.port, path, {}, "HEAD");
  expect([looked.status, looked.headers["set-cookie"]]).toEqual([200, undefined]);
  expect((await get(loopback.port, path)).status).toBe(303);
});

test("a link that nobody used is good for ten minutes", async () => {
  const clock = createManualClock();
  const loopback = await openLoopback(true, { clock });
  const [first, second] = [loopback.newLink(), loopback.newLink()].map((link) => new URL(link ?? "").pathname);
  clock.advance(599_999);
  expect((await get(loopback.port, first ?? "")).status).toBe(303);
  clock.advance(1);
  expect((await get(loopback.port, second ?? "")).status).toBe(403);
});

test("opened from the launcher's file, a page of our own leads on: a strict cookie does not follow a redirect", async () => {
  const loopback = await openLoopback();
  const path = new URL(loopback.newLink() ?? "").pathname;
  const page = await get(loopback.port, path, { "sec-fetch-site": "cross-site" });
  expect([page.status, page.body]).toEqual([200, expect.stringContaining('content="0; url=/"')]);
  expect(page.headers["set-cookie"]).toHaveLength(1);
});

test("what is not the core is not believed, and learns nothing that opens the core", async () => {
  const loopback = await openLoopback();
  const heard: string[] = [];
  const impostor = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  onTestFinished(() => impostor.close());
  await once(impostor, "listening");
  impostor.on("headers", (headers) => headers.push(`plugside-proof: ${"x".repeat(43)}.${"y".repeat(43)}`));
  impostor.on("connection", (socket, request) => {
    heard.push(JSON.stringify(request.headers));
    socket.on("message", (data) => heard.push(String(data)));
  });
  const { port } = impostor.address() as AddressInfo;
  expect(await dialled(`ws://127.0.0.1:${port}/api`, loopback.secret)).toEqual(["impostor"]);
  expect(heard).toHaveLength(1);
  expect(heard.join()).not.toContain(loopback.secret);
});

test("a client that does not prove itself gets no word of the contract", async () => {
  const loopback = await openLoopback();
  const socket = new WebSocket(loopback.apiUrl, { headers: { "plugside-ask": "x".repeat(43) } });
  const heard: unknown[] = [];
  socket.on("open", () => socket.send('{"id":1,"call":"connection.link","input":{}}'));
  socket.on("message", (data) => heard.push(String(data)));
  const [code] = await once(socket, "close");
  expect({ code, heard }).toEqual({ code: 1008, heard: [] });
  expect(await dialled(loopback.apiUrl, "another secret")).toEqual(["impostor"]);
});

test("a screen gets in past twice as many connections as may wait, and they cost it nothing", async () => {
  const loopback = await openLoopback();
  const cookie = await cookieOf(loopback);
  const slow: Socket[] = [];
  onTestFinished(() => {
    for (const socket of slow) socket.destroy();
  });
  const dial = () =>
    new Promise<void>((resolve) => {
      const socket = connect(loopback.port, "127.0.0.1", resolve);
      socket.on("error", () => undefined);
      socket.write("GET / HT");
      slow.push(socket);
    });
  const crowd = (count: number) => Promise.all(Array.from({ length: count }, dial));
  const ended = () => slow.filter(({ destroyed }) => destroyed).length;
  await crowd(mostApiStrangers - 1);
  expect((await get(loopback.port, "/", { cookie })).status).toBe(200);
  expect(ended()).toBe(0);
  await crowd(mostApiStrangers + 1);
  expect((await get(loopback.port, "/", { cookie })).status).toBe(200);
  expect(await open(loopback.apiUrl, { cookie, origin: `http://127.0.0.1:${loopback.port}` })).toBe("open");
  // The others are hung up on, long before they are too slow.
  await expect.poll(ended, { timeout: 8000 }).toBeGreaterThanOrEqual(mostApiStrangers);
});

test("a core in the place of another keeps its port and lets its screens in", async () => {
  const first = await openLoopback();
  const cookie = await cookieOf(first);
  await first.dispose();
  const next = await openLoopback(true, { before: { url: first.apiUrl, secret: first.secret } });
  expect(next.port).toBe(first.port);
  expect((await get(next.port, "/", { cookie })).status).toBe(200);
});

test("a core in the place of another that has its port from the start has its secret as well", async () => {
  const first = await openLoopback();
  const { port, secret, apiUrl } = first;
  await first.dispose();
  const next = await openLoopback(true, { port, before: { url: apiUrl, secret } });
  expect([next.port, next.secret]).toEqual([port, secret]);
});

test("a port that cannot be had is told with its place", async () => {
  const { port } = await openLoopback();
  await expect(openLoopback(true, { port })).rejects.toMatchObject({
    code: "unavailable",
    words: { phrase: "no-screens-port", values: { place: `127.0.0.1:${port}` } },
  });
});

test("who does not prove itself within five seconds is hung up on, and a sign of life is answered with what it said", async () => {
  const clock = createManualClock();
  const loopback = await openLoopback(true, { clock });
  const silent = new WebSocket(loopback.apiUrl, { headers: { "plugside-ask": "x".repeat(43) } });
  silent.on("error", () => undefined);
  await once(silent, "open");
  const screen = await screenOf(loopback);
  const ended = once(silent, "close");
  clock.advance(4999);
  screen.ping("sign");
  expect(String((await once(screen, "pong"))[0])).toBe("sign");
  expect(silent.readyState).toBe(WebSocket.OPEN);
  clock.advance(1);
  await ended;
  clock.advance(60_000);
  screen.ping("still");
  expect(String((await once(screen, "pong"))[0])).toBe("still");
});

test("a hundred clients are served, and one more is told that there is no room until one goes", async () => {
  const loopback = await openLoopback();
  const cookie = await cookieOf(loopback);
  const origin = `http://127.0.0.1:${loopback.port}`;
  const first = await screenOf(loopback);
  await Promise.all(Array.from({ length: mostApiClients - 1 }, () => screenOf(loopback, cookie)));
  expect(await open(loopback.apiUrl, { cookie, origin })).toBe("refused");
  first.close();
  await once(first, "close");
  await expect.poll(() => open(loopback.apiUrl, { cookie, origin }), { timeout: 10_000 }).toBe("open");
});

test("a handshake that is refused leaves its proof to nobody else", async () => {
  const loopback = await openLoopback();
  const asked = { connection: "Upgrade", upgrade: "websocket", "plugside-ask": "x".repeat(43) };
  expect((await get(loopback.port, "/api", asked)).status).toBe(400);
  const headers = { cookie: await cookieOf(loopback), origin: `http://127.0.0.1:${loopback.port}` };
  const screen = new WebSocket(loopback.apiUrl, { headers });
  const [answer] = (await once(screen, "upgrade")) as [IncomingMessage];
  expect(answer.headers).not.toHaveProperty("plugside-proof");
  screen.terminate();
});

test("a message of four megabytes is read, a longer one ends the link, and nothing is packed", async () => {
  const loopback = await openLoopback();
  const screen = await screenOf(loopback);
  expect(screen.extensions).toBe("");
  screen.send("x".repeat(apiMessageBytes));
  expect(JSON.parse(String((await once(screen, "message"))[0]))).toMatchObject({ failure: { code: "invalid-input" } });
  screen.send("x".repeat(apiMessageBytes + 1));
  expect((await once(screen, "close"))[0]).toBe(1009);
});

test("at the end the screens that are open are hung up on, and nobody is waited for", async () => {
  const loopback = await openLoopback();
  const screen = await screenOf(loopback);
  const idle = connect(loopback.port, "127.0.0.1");
  await once(idle, "connect");
  const ends = Promise.all([once(screen, "close"), once(idle, "close")]);
  await loopback.dispose();
  await ends;
});

test("where the port is somebody else's by now, it takes another and a secret of its own", async () => {
  const first = await openLoopback();
  const next = await openLoopback(true, { before: { url: first.apiUrl, secret: first.secret } });
  expect(next.port).not.toBe(first.port);
  expect(next.secret).not.toBe(first.secret);
});

test("tells how many screens are open; the command line is none", async () => {
  const loopback = await openLoopback();
  const counts: number[] = [];
  loopback.screens.on((count) => counts.push(count));
  const headers = { cookie: await cookieOf(loopback), origin: `http://127.0.0.1:${loopback.port}` };
  const other = dialCore({ url: loopback.apiUrl, secret: loopback.secret, pid: process.pid, ports: [] });
  await new Promise<void>((resolve) => other.onOpen(resolve));
  const screen = new WebSocket(loopback.apiUrl, { headers });
  await once(screen, "open");
  const gone = new Promise<void>((resolve) => loopback.screens.on(() => resolve()));
  screen.close();
  await gone;
  other.close();
  expect(counts).toEqual([1, 0]);
});

test("what a screen watched is let go when it is gone", async () => {
  const ends: string[] = [];
  const watched = () => ({ snapshot: [], close: () => void ends.push("let go") });
  const loopback = await openLoopback(true, {
    handlers: { "connection.attempts": watched } as unknown as CoreHandlers,
  });
  const cookie = await cookieOf(loopback);
  const origin = `http://127.0.0.1:${loopback.port}`;
  const screen = new WebSocket(`${origin.replace("http", "ws")}/api`, { headers: { cookie, origin } });
  await once(screen, "open");
  screen.send(JSON.stringify({ id: 1, watch: "connection.attempts", input: {} }));
  await once(screen, "message");
  screen.terminate();
  await expect.poll(() => ends, { timeout: 10_000 }).toEqual(["let go"]);
});

test("to look at a page costs no body; what is kept for ever and what is not says so; only pages are asked for", async () => {
  const loopback = await openLoopback();
  const headers = { cookie: await cookieOf(loopback) };
  const ask = (path: string, method = "GET") => fetch(`http://127.0.0.1:${loopback.port}${path}`, { method, headers });
  const head = await ask("/", "HEAD");
  expect([head.status, await head.text(), Number(head.headers.get("content-length")) > 0]).toEqual([200, "", true]);
  expect(head.headers.get("cache-control")).toBe("no-store");
  const missing = await ask("/nothing");
  expect([missing.status, await missing.text()]).toEqual([404, "Not here.\n"]);
  const posted = await ask("/", "POST");
  expect([posted.status, await posted.text()]).toEqual([405, "Only GET.\n"]);
});

test("where the screens are not built that is said, and what builds them", async () => {
  const screensFolder = mkdtempSync(join(tmpdir(), "plugside-unbuilt-"));
  onTestFinished(() => rmSync(screensFolder, { recursive: true, force: true }));
  const loopback = await openLoopback(true, { screensFolder });
  const cookie = await cookieOf(loopback);
  for (const path of ["/", "/assets/a.js"]) {
    const { status, body } = await get(loopback.port, path, { cookie });
    expect([status, body]).toEqual([404, "The screens are not built: npm run build\n"]);
  }
  expect((await get(loopback.port, "/")).status).toBe(403);
});

test("links are kept for a while, twenty at most, and a place of ours on all networks is told as this computer", async () => {
  const clock = createManualClock();
  const loopback = await openLoopback(true, { clock, host: "0.0.0.0" });
  expect(loopback.apiUrl).toBe(`ws://127.0.0.1:${loopback.port}/api`);
  const first = loopback.newLink() ?? "";
  expect(first.startsWith(`http://127.0.0.1:${loopback.port}/open/`)).toBe(true);
  const open = async (link: string) => (await get(loopback.port, new URL(link).pathname)).status;
  const second = loopback.newLink() ?? "";
  for (let at = 3; at <= 21; at++) loopback.newLink();
  expect([await open(first), await open(second)]).toEqual([403, 303]);
});
