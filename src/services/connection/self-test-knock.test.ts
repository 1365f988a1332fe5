import { createServer, type RequestOptions } from "node:http";
import { type AddressInfo, createServer as createSilent, Socket } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { words } from "../../station/phrases.ts";
import type { OwnAddress } from "./contract.ts";
import { isSelfTest, letSelfTestsIn, selfTest } from "./self-test.ts";

/** Where knocks that a test catches would have gone: they go to a port of nobody's then. */
const caught = vi.hoisted(() => ({ ports: null as { port: number; secure: boolean }[] | null, instead: 0 }));
vi.mock("node:http", async (original) => {
  const real = await original<typeof import("node:http")>();
  const request = (options: RequestOptions) => {
    if (!caught.ports) return real.request(options);
    caught.ports.push({ port: Number(options.port), secure: false });
    return real.request({ ...options, port: caught.instead });
  };
  return { ...real, request };
});
vi.mock("node:https", async (original) => {
  const real = await original<typeof import("node:https")>();
  const request = (options: RequestOptions) => {
    if (!caught.ports) return real.request(options);
    caught.ports.push({ port: Number(options.port), secure: true });
    return real.request({ ...options, port: caught.instead });
  };
  return { ...real, request };
});

/** A port of this computer that answers a knock so, and who knocked. */
async function door(upgrades: boolean) {
  const knocks: { identity: string; protocol: unknown }[] = [];
  let left = 0;
  const server = createServer((request, response) => {
    knocks.push({ identity: (request.url ?? "").slice(1), protocol: request.headers["sec-websocket-protocol"] });
    response.writeHead(403).end();
  });
  if (upgrades)
    server.on("upgrade", (request, socket) => {
      knocks.push({ identity: (request.url ?? "").slice(1), protocol: request.headers["sec-websocket-protocol"] });
      socket.resume().on("end", () => {
        left++;
        socket.end();
      });
      socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, knocks, server, left: () => left };
}

const own = (urls: OwnAddress["urls"]): OwnAddress => ({
  ...{ address: "127.0.0.1", family: 4, network: "lo", kind: "loopback", linkLocal: false, likelihood: "likely" },
  url: urls.ws ?? urls.wss ?? "",
  urls,
});

test("any answer of ours proves the way in; each knock is under another name that no station has", async () => {
  const [open, shut] = [await door(true), await door(false)];
  const urls = [open, shut].map(({ port }) => `ws://127.0.0.1:${port}/`);
  const told = await selfTest(urls.map((ws) => own({ ws })));
  expect(told).toEqual(urls.map((url) => ({ url, ms: expect.any(Number), ok: true })));
  expect(told.every(({ ms }) => Number.isInteger(ms) && ms >= 0 && ms < 3000)).toBe(true);
  const knocks = [...open.knocks, ...shut.knocks];
  expect(knocks.map(({ identity, protocol }) => [isSelfTest(identity), protocol])).toEqual([
    [true, "ocpp1.6"],
    [true, "ocpp1.6"],
  ]);
  expect(knocks[0]?.identity).not.toBe(knocks[1]?.identity);
  // It hangs up on who let it in.
  await expect.poll(() => open.left()).toBe(1);
  expect(isSelfTest("CP1")).toBe(false);
});

test("ws and wss are each tried where a place takes both; what nobody answers says why", async () => {
  const { port, server } = await door(true);
  const [ws, wss] = [`ws://127.0.0.1:${port}/`, `wss://127.0.0.1:${port}/`];
  const both = await selfTest([own({ ws, wss })]);
  expect(both.map(({ url, ok }) => [url, ok])).toEqual([
    [ws, true],
    // Nobody speaks TLS there.
    [wss, false],
  ]);
  expect(both[1]?.why).toBeDefined();
  await new Promise((resolve) => server.close(resolve));
  expect(await selfTest([own({ ws })])).toEqual([{ url: ws, ms: expect.any(Number), ok: false, why: "ECONNREFUSED" }]);
  expect(await selfTest([own({})])).toEqual([]);
});

test("a place on the port of its scheme, which its URL does not tell, is knocked at there", async () => {
  const { port, server } = await door(true);
  await new Promise((resolve) => server.close(resolve));
  caught.instead = port;
  caught.ports = [];
  onTestFinished(() => {
    caught.ports = null;
  });
  const [ws, wss, other] = ["ws://127.0.0.1:80/", "wss://127.0.0.1:443/", "ws://127.0.0.1:443/"];
  const told = await selfTest([own({ ws, wss }), own({ ws: other })]);
  expect(told.map(({ url, ok }) => [url, ok])).toEqual([ws, wss, other].map((url) => [url, false]));
  expect(caught.ports).toEqual([
    { port: 80, secure: false },
    { port: 443, secure: true },
    { port: 443, secure: false },
  ]);
});

test("a place that takes the knock and says nothing is waited for three seconds", async () => {
  const server = createSilent((socket) => void silent.push(socket));
  const silent: Socket[] = [];
  onTestFinished(() => {
    for (const socket of silent) socket.destroy();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const ws = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  // Time that passes at once.
  vi.spyOn(Socket.prototype, "setTimeout").mockImplementation(function (this: Socket, ms: number) {
    if (ms === 3000) setImmediate(() => this.emit("timeout"));
    return this;
  });
  expect(await selfTest([own({ ws })])).toEqual([
    { url: ws, ms: expect.any(Number), ok: false, why: words("no-answer-in-time", { seconds: 3 }) },
  ]);
});

test("a self-test is let in by whoever is kept out, as a station without any security; the others are asked about", () => {
  const admit = vi.fn(() => ({ allow: false, causes: [] }) as never);
  const knock = (identity: string) => letSelfTestsIn({ admit }).admit({ identity } as never);
  expect(knock("plugside-self-test-0a1b2c")).toEqual({ allow: true, securityProfile: 0, causes: [] });
  expect(admit).not.toHaveBeenCalled();
  expect(knock("CP1")).toEqual({ allow: false, causes: [] });
  expect(admit).toHaveBeenCalledWith({ identity: "CP1" });
});
