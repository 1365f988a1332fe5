import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { connectForData, listenForData } from "./data-connection.ts";

const ends = { local: "127.0.0.1", remote: "127.0.0.1", waitMs: 5000 };

function dial(port: number, localAddress = "127.0.0.1"): Socket {
  const socket = connect({ host: "127.0.0.1", port, localAddress }).on("error", () => undefined);
  onTestFinished(() => void socket.destroy());
  return socket;
}

const closed = (socket: Socket) => new Promise<void>((resolve) => socket.once("close", () => resolve()));

test("the client's own connection is taken, with all that it says, and no other after it", async () => {
  const data = await listenForData(ends);
  expect([data.address, data.passive]).toEqual(["127.0.0.1", true]);
  const client = dial(data.port);
  client.write("early");
  const socket = await data.open();
  onTestFinished(() => void socket?.destroy());
  expect(socket?.isPaused()).toBe(true);
  const [said] = await Promise.all([once(socket as Socket, "data"), socket?.resume()]);
  expect(String(said)).toBe("early");
  const other = dial(data.port);
  await closed(other);
  expect(await data.open()).toBe(socket);
});

test.skipIf(process.platform !== "linux")(
  "somebody else who comes to it is sent away, and the client still gets in",
  async () => {
    const data = await listenForData(ends);
    const stranger = dial(data.port, "127.0.0.2");
    await closed(stranger);
    dial(data.port);
    const socket = await data.open();
    onTestFinished(() => void socket?.destroy());
    expect(socket?.remoteAddress).toBe("127.0.0.1");
  },
);

test("nobody in its time is nobody, and one that is closed before is let go of", async () => {
  const nobody = await listenForData({ ...ends, waitMs: 20 });
  expect(await nobody.open()).toBeNull();
  const shut = await listenForData(ends);
  shut.close();
  expect(await shut.open()).toBeNull();
  const taken = await listenForData(ends);
  const client = dial(taken.port);
  await taken.open();
  taken.close();
  await closed(client);
  await expect(listenForData({ ...ends, local: "192.0.2.1" })).rejects.toMatchObject({ code: "EADDRNOTAVAIL" });
});

test("an active connection is made when it is opened, from the address that the client knows", async () => {
  const server = createServer({ pauseOnConnect: true }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const came: Socket[] = [];
  server.on("connection", (socket) => came.push(socket));
  const data = connectForData(ends, port);
  expect([data.address, data.port, data.passive]).toEqual(["127.0.0.1", port, false]);
  data.close();
  expect(came).toEqual([]);
  const socket = await data.open();
  onTestFinished(() => void socket?.destroy());
  expect([socket?.isPaused(), socket?.localAddress]).toEqual([true, "127.0.0.1"]);
  const gone = closed(socket as Socket);
  data.close();
  await gone;
  for (const one of came) one.destroy();
  server.close();
  await once(server, "close");
  expect(await connectForData(ends, port).open()).toBeNull();
});

test("once it is open, either way, nothing ends it by time", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const passive = await listenForData(ends);
  const active = connectForData(ends, passive.port);
  const both = Promise.all([passive.open(), active.open()]);
  expect(vi.getTimerCount()).toBe(2);
  for (const socket of await both) onTestFinished(() => void socket?.destroy());
  expect(vi.getTimerCount()).toBe(0);
});
