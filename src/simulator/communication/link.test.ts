import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { createManualClock } from "../../lib/clock.ts";
import { createLink, type LinkOptions } from "./link.ts";

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

/** A link to a central system that lets everybody in, or to whatever is at `address`. `random`: where in its range each pause lies. */
async function linked(more: Partial<LinkOptions> = {}, autoPong = true) {
  const clock = createManualClock();
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", autoPong });
  await once(server, "listening");
  const sockets: WebSocket[] = [];
  const heads: Record<string, unknown>[] = [];
  const said: unknown[] = [];
  server.on("connection", (socket, { headers, url }) => {
    sockets.push(socket);
    heads.push({ url, agent: headers["user-agent"], auth: headers.authorization, protocol: socket.protocol });
    socket.on("message", (data) => said.push(data.toString()));
    socket.on("close", (code) => said.push(code));
    socket.on("ping", () => said.push("ping"));
  });
  const told: unknown[] = [];
  const ranges: number[][] = [];
  const link = createLink({
    address: () => `ws://127.0.0.1:${(server.address() as AddressInfo).port}/CP1`,
    roots: () => [],
    ownCertificate: () => null,
    onFailed: (failures) => told.push(`failed ${failures}`),
    subprotocol: "ocpp1.6",
    authorization: () => undefined,
    clock,
    random: { between: (low: number, high: number) => ranges.push([low, high]) && 1 } as never,
    pingSeconds: () => 10,
    onUp: () => told.push("up"),
    onText: (text) => told.push(text),
    onDown: () => told.push("down"),
    log: (line) => told.push(line),
    ...more,
  });
  onTestFinished(async () => {
    await link.dispose();
    for (const socket of sockets) socket.terminate();
    server.close();
  });
  return { link, clock, told, said, heads, sockets, ranges, server };
}

test("dials with who it is, and tells what it hears", async () => {
  const { link, told, said, heads, sockets } = await linked({ authorization: () => "Basic x" });
  expect([link.up, link.send("early")]).toEqual([false, false]);
  link.open();
  link.open();
  await until(() => told.length === 1);
  expect([told, link.up, heads]).toEqual([
    ["up"],
    true,
    [{ url: "/CP1", agent: "Plugside virtual station", auth: "Basic x", protocol: "ocpp1.6" }],
  ]);
  expect(link.send("hello")).toBe(true);
  await until(() => said.length === 1);
  sockets[0]?.send("text");
  sockets[0]?.send(Buffer.from("bytes"));
  await until(() => told.length === 3);
  expect([said, told.slice(1)]).toEqual([["hello"], ["text", "ignored a binary frame"]]);
});

test("says nothing of itself that it has not", async () => {
  const { link, heads, told } = await linked();
  link.open();
  await until(() => told.length === 1);
  expect(heads[0]).toMatchObject({ auth: undefined });
});

test("pauses longer from one failure to the next, a minute at most, and begins anew once it is opened", async () => {
  const closed = createServer();
  closed.listen(0, "127.0.0.1");
  await once(closed, "listening");
  const { port } = closed.address() as AddressInfo;
  closed.close();
  const { link, clock, told, ranges } = await linked({ address: () => `ws://127.0.0.1:${port}/CP1` });
  link.open();
  const failed = async (count: number) => {
    await until(() => told.includes(`failed ${count}`));
    return told.splice(0);
  };
  expect(await failed(1)).toEqual([expect.stringMatching(/^link: connect ECONNREFUSED/), "down", "failed 1"]);
  for (const [at, pause] of [500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000].entries()) {
    clock.advance(pause - 1);
    expect(told).toEqual([]);
    clock.advance(1);
    await failed(at + 2);
  }
  link.open();
  expect((await failed(1)).length).toBe(3);
  expect(ranges.every(([low, high]) => low === 0.8 && high === 1.2)).toBe(true);
  link.close(false);
  clock.advance(100_000);
  expect(told).toEqual([]);
});

test("comes back half a second after it was lost, as if nothing had failed", async () => {
  const { link, clock, told, sockets } = await linked();
  link.open();
  for (const count of [1, 2]) {
    await until(() => told.filter((one) => one === "up").length === count);
    sockets.at(-1)?.terminate();
    await until(() => told.filter((one) => one === "failed 1").length === count);
    clock.advance(500);
  }
  await until(() => told.filter((one) => one === "up").length === 3);
});

test("pings as often as it is set up to, and ends a link that does not answer", async () => {
  const { link, clock, told, said } = await linked({}, false);
  link.open();
  await until(() => told.length === 1);
  clock.advance(9999);
  clock.advance(1);
  await until(() => said.length === 1);
  expect(said).toEqual(["ping"]);
  clock.advance(10_000);
  await until(() => told.includes("failed 1"));
  expect(told).toEqual(["up", "link: no answer to a ping", "down", "failed 1"]);
});

test("lets a link be that answers its pings", async () => {
  const { link, clock, told, said, sockets } = await linked({}, false);
  link.open();
  await until(() => told.length === 1);
  for (let count = 1; count < 4; count++) {
    clock.advance(10_000);
    await until(() => said.length === count);
    sockets[0]?.pong();
    // What comes after the pong has come: the pong has, too.
    sockets[0]?.send(`${count}`);
    await until(() => told.includes(`${count}`));
  }
  expect([link.up, told]).toEqual([true, ["up", "1", "2", "3"]]);
});

test("pings nobody where no interval is set, and takes one up within a minute", async () => {
  let seconds = 0;
  const { link, clock, told, said } = await linked({ pingSeconds: () => seconds });
  link.open();
  await until(() => told.length === 1);
  seconds = 5;
  clock.advance(60_000);
  expect(said).toEqual([]);
  clock.advance(5000);
  link.send("behind the ping");
  await until(() => said.includes("behind the ping"));
  expect(said).toEqual(["ping", "behind the ping"]);
});

test("ends no link for a ping whose answer it waits for no more", async () => {
  let seconds = 10;
  const { link, clock, told, said } = await linked({ pingSeconds: () => seconds }, false);
  link.open();
  await until(() => told.length === 1);
  seconds = 0;
  clock.advance(10_000);
  await until(() => said.length === 1);
  clock.advance(60_000);
  link.send("still there");
  await until(() => said.length === 2);
  expect([said, told, link.up]).toEqual([["ping", "still there"], ["up"], true]);
});

test("says goodbye, is cut, or dials anew, as it is told, and is down at once", async () => {
  const { link, told, said, clock } = await linked();
  link.redial();
  clock.advance(100_000);
  expect(told).toEqual([]);
  link.open();
  await until(() => told.length === 1);
  link.redial();
  expect([link.up, told]).toEqual([false, ["up", "down"]]);
  await until(() => told.length === 3 && said.length === 1);
  expect([told, said]).toEqual([["up", "down", "up"], [1000]]);
  link.close(true);
  await until(() => said.length === 2);
  expect([told.at(-1), said, link.up]).toEqual(["down", [1000, 1006], false]);
  link.close(false);
  link.redial();
  clock.advance(100_000);
  expect(told.length).toBe(4);
});

test("an end is over when its goodbye was answered", async () => {
  const { link, told, said, sockets } = await linked();
  link.open();
  await until(() => told.length === 1 && sockets.length === 1);
  sockets[0]?.pause();
  let over = false;
  const ending = link.dispose().then(() => {
    over = true;
  });
  for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve));
  expect([over, told]).toEqual([false, ["up", "down"]]);
  sockets[0]?.resume();
  await ending;
  await until(() => said.length === 1);
  expect(said).toEqual([1000]);
  await link.dispose();
});
