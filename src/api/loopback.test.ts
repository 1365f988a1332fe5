import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import WebSocket from "ws";
import { systemClock } from "../lib/clock.ts";
import { silentLogger } from "../lib/logger.ts";
import type { CoreHandlers } from "./contract.ts";
import { type Loopback, listenLoopback } from "./loopback.ts";

async function setUp(screens = true): Promise<Loopback> {
  const folder = mkdtempSync(join(tmpdir(), "plugside-screens-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<h1>Plugside</h1>");
  writeFileSync(join(folder, "assets", "a.js"), "1");
  const loopback = await listenLoopback({
    host: "127.0.0.1",
    port: 0,
    screensFolder: screens ? folder : null,
    handlers: { "connection.link": () => ({ url: null }) } as unknown as CoreHandlers,
    clock: systemClock,
    log: silentLogger,
  });
  onTestFinished(() => loopback.dispose());
  return loopback;
}

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string };

function get(port: number, path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
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
  const loopback = await setUp();
  const path = new URL(loopback.newLink() ?? "").pathname;
  const first = await get(loopback.port, path);
  expect([first.status, first.headers.location]).toEqual([303, "/"]);
  expect(String(first.headers["set-cookie"])).toMatch(/^plugside-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
  expect((await get(loopback.port, path)).status).toBe(403);
});

test("screens are served to the holder of the cookie alone, under a strict policy", async () => {
  const loopback = await setUp();
  expect((await get(loopback.port, "/")).status).toBe(403);
  const cookie = await cookieOf(loopback);
  const page = await get(loopback.port, "/", { cookie });
  expect([page.status, page.body]).toEqual([200, "<h1>Plugside</h1>"]);
  expect(page.headers["content-security-policy"]).toContain("default-src 'none'; script-src 'self'");
  expect((await get(loopback.port, "/assets/a.js", { cookie })).headers["content-type"]).toContain("text/javascript");
});

test.each(["/../package.json", "/..%2f..%2fetc/passwd", "/assets/", "/nothing"])("%s leads nowhere", async (path) => {
  const loopback = await setUp();
  expect((await get(loopback.port, path, { cookie: await cookieOf(loopback) })).status).toBe(404);
});

test("another host's name or another page's origin is refused", async () => {
  const loopback = await setUp();
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

test("the contract is spoken to the cookie from our own origin, or to the secret", async () => {
  const loopback = await setUp();
  const cookie = await cookieOf(loopback);
  const origin = `http://127.0.0.1:${loopback.port}`;
  expect(await open(loopback.apiUrl, { cookie, origin })).toBe("open");
  expect(await open(loopback.apiUrl, { cookie })).toBe("refused");
  expect(await open(loopback.apiUrl, { cookie, origin: "http://evil.example" })).toBe("refused");
  expect(await open(loopback.apiUrl, { authorization: `Bearer ${loopback.secret}` })).toBe("open");
  expect(await open(loopback.apiUrl, { authorization: "Bearer x" })).toBe("refused");
});

test("without screens there is no link and no page, and the secret still counts", async () => {
  const loopback = await setUp(false);
  expect(loopback.newLink()).toBeNull();
  expect((await get(loopback.port, "/")).status).toBe(404);
  expect(await open(loopback.apiUrl, { authorization: `Bearer ${loopback.secret}` })).toBe("open");
});
