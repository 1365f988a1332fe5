import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createShadowCheck, type ShadowCheck } from "./shadow.ts";

async function open(server: Server): Promise<number> {
  onTestFinished(() => void server.close());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

function setUp() {
  const stations: Socket[] = [];
  const given = (socket: Socket) => stations.push(socket);
  const check: ShadowCheck = createShadowCheck(given);
  const server = createServer((socket) => {
    if (!check.takes(socket)) given(socket);
  });
  return { check, server, stations };
}

test("our own port answers, and the knock is nobody's attempt", async () => {
  const { check, server, stations } = setUp();
  const port = await open(server);
  expect(await check.run(port)).toBe(false);
  expect(stations).toEqual([]);
  const [station] = (await Promise.all([once(server, "connection"), connectTo(port)]))[0];
  expect(stations).toEqual([station]);
});

test("another program that answers in our place is known, and nothing that came meanwhile goes on", async () => {
  const { check, server, stations } = setUp();
  const own = await open(server);
  const other = await open(createServer((socket) => socket.on("error", () => undefined)));
  const early = connectTo(own);
  await once(server, "connection");
  const closed = once(await early, "close");
  expect(await check.run(other)).toBe(true);
  await closed;
  expect(stations).toEqual([]);
});

test("nobody who answers is no other program", async () => {
  const { check, server } = setUp();
  await open(server);
  const gone = createServer();
  const port = await open(gone);
  gone.close();
  await once(gone, "close");
  expect(await check.run(port)).toBe(false);
});

test("a station that came meanwhile is given back, with what it has said", async () => {
  const { check, server, stations } = setUp();
  const port = await open(server);
  const station = await connectTo(port);
  station.write("GET / HTTP/1.1\r\n");
  expect(await check.run(port)).toBe(false);
  await expect.poll(() => stations.length).toBe(1);
  const [said] = await once(stations[0] as Socket, "data");
  expect(String(said)).toBe("GET / HTTP/1.1\r\n");
});

test("a process that was busy for longer than the wait takes nobody for another program", async () => {
  const check = createShadowCheck(() => undefined, 1);
  const server = createServer((socket) =>
    setImmediate(() => {
      const end = performance.now() + 20;
      while (performance.now() < end);
      setImmediate(() => check.takes(socket));
    }),
  );
  expect(await check.run(await open(server))).toBe(false);
});

async function connectTo(port: number): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port });
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
}
