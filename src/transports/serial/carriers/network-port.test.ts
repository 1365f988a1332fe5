import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { words } from "../../../station/phrases.ts";
import { createOpener } from "../open-port.ts";
import { usualSettings } from "../settings.ts";
import { networkPlace } from "./network-port.ts";
import { comPortCommand, telnet } from "./telnet.ts";

const noBinding = () => Promise.reject(new Error("no native part"));
const open = createOpener(noBinding);
const { IAC, DO, WILL, DONT, WONT } = telnet;

/** A far end that does as told with what comes. */
async function farEnd(onData: (chunk: Buffer, socket: Socket) => void) {
  const sockets: Socket[] = [];
  const came: Buffer[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    socket.on("data", (chunk: Buffer) => {
      came.push(chunk);
      onData(chunk, socket);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { server, place: `127.0.0.1:${port}`, came: () => Buffer.concat(came), sockets };
}

/** Grants the speed that is asked for, as ser2net does, with bytes of the port glued on. */
function grantingWith(extra: number[]) {
  let granted = false;
  return (_chunk: Buffer, socket: Socket) => {
    if (granted) return;
    granted = true;
    socket.write(Uint8Array.of(IAC, DO, 44, IAC, WILL, 1, IAC, DO, 24));
    socket.write(Uint8Array.of(...comPortCommand(101, [0, 0, 0x25, 0x80]), ...extra));
  };
}

test("places on the network are told from paths", () => {
  expect(networkPlace("tcp://[::1]:4001")).toEqual({ kind: "tcp", host: "::1", port: 4001 });
  expect(networkPlace("tcp://[fe80::1%eth0]:4001")).toEqual({ kind: "tcp", host: "fe80::1%eth0", port: 4001 });
  expect(networkPlace("RFC2217://box.local:23/")).toEqual({ kind: "rfc2217", host: "box.local", port: 23 });
  for (const path of ["/dev/ttyUSB0", "COM3", "tcp://x", "tcp://x:0", "tcp://x:99999", "http://x:1"])
    expect(networkPlace(path)).toBeNull();
});

test("a TCP port passes every byte, and tells when the far end hangs up", async () => {
  const far = await farEnd((chunk, socket) => socket.write(chunk));
  const port = await open(`tcp://${far.place}`, usualSettings);
  onTestFinished(() => port.dispose());
  const echoed = Promise.withResolvers<Uint8Array>();
  const closed = Promise.withResolvers<unknown>();
  port.listen({ data: echoed.resolve, closed: closed.resolve });
  await port.write(Uint8Array.of(1, 255, 255, 0));
  expect([...(await echoed.promise)]).toEqual([1, 255, 255, 0]);
  far.sockets[0]?.destroy();
  expect(await closed.promise).toMatchObject({ phrase: expect.stringMatching(/^port-/) });
  await expect(port.write(Uint8Array.of(1))).rejects.toMatchObject({ code: "unavailable" });
});

test("an RFC 2217 port is set, doubles 255 both ways, and refuses options that it does not know", async () => {
  const far = await farEnd(grantingWith([65, IAC, IAC, 66]));
  const port = await open(`rfc2217://${far.place}`, { ...usualSettings, baudRate: 9600, parity: "even" });
  onTestFinished(() => port.dispose());
  const got: number[] = [];
  port.listen({
    data: (bytes) => got.push(...bytes),
    closed: () => undefined,
  });
  await expect.poll(() => got).toEqual([65, 255, 66]);
  far.sockets[0]?.write(Uint8Array.of(67));
  await expect.poll(() => got).toEqual([65, 255, 66, 67]);
  await port.write(Uint8Array.of(7, 255, 8));
  await port.signal?.({ dtr: false, rts: true, held: true });
  await port.dispose();
  await once(far.sockets[0] as Socket, "close");
  const came = far.came();
  expect(came.includes(Buffer.from([7, 255, 255, 8]))).toBe(true);
  expect(came.includes(Buffer.from(comPortCommand(1, [0, 0, 0x25, 0x80])))).toBe(true);
  expect(came.includes(Buffer.from(comPortCommand(3, [3])))).toBe(true);
  expect(came.includes(Buffer.from([IAC, WONT, 24]))).toBe(true);
  expect(came.includes(Buffer.concat([5, 9, 11].map((value) => comPortCommand(5, [value]))))).toBe(true);
});

test.each([
  [{ dataBits: 7, parity: "odd", stopBits: 2, flow: "rtscts" }, [7, 2, 2, 3], [true, false, false]],
  [{ dataBits: 8, parity: "mark", stopBits: 1.5, flow: "xonxoff" }, [8, 4, 3, 2], [false, true, true]],
  [{ dataBits: 5, parity: "space", stopBits: 1, flow: "none" }, [5, 5, 1, 1], [true, true, false]],
] as const)("an RFC 2217 port is set as asked for: %j", async (asked, [size, parity, stop, flow], [dtr, rts, held]) => {
  const far = await farEnd(grantingWith([]));
  const port = await open(`rfc2217://${far.place}`, { baudRate: 9600, ...asked });
  onTestFinished(() => port.dispose());
  await port.signal?.({ dtr, rts, held });
  const commands = [
    comPortCommand(1, [0, 0, 0x25, 0x80]),
    ...[comPortCommand(2, [size]), comPortCommand(3, [parity]), comPortCommand(4, [stop]), comPortCommand(5, [flow])],
  ];
  const control = [held ? 5 : 6, dtr ? 8 : 9, rts ? 11 : 12].map((value) => comPortCommand(5, [value]));
  await expect.poll(() => far.came().includes(Buffer.concat(control))).toBe(true);
  expect(far.came().includes(Buffer.concat(commands))).toBe(true);
});

test("what a far end answers of its other settings is not its word on the speed", async () => {
  let answered = false;
  const far = await farEnd((_chunk, socket) => {
    if (answered) return;
    answered = true;
    const others = [comPortCommand(102, [8]), comPortCommand(103, [1]), comPortCommand(104, [1])];
    socket.write(Buffer.concat([...others, comPortCommand(101, [0, 0, 0x25, 0x80]), Buffer.from("x")]));
  });
  const port = await open(`rfc2217://${far.place}`, { ...usualSettings, baudRate: 9600 });
  onTestFinished(() => port.dispose());
  const got: string[] = [];
  port.listen({ data: (bytes) => got.push(Buffer.from(bytes).toString()), closed: () => undefined });
  await expect.poll(() => got).toEqual(["x"]);
});

test("a place that nobody answers at is given up after ten seconds, in words", async () => {
  const far = await farEnd(() => undefined);
  const waits: number[] = [];
  const timeout = vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
    waits.push(ms);
    return AbortSignal.abort();
  });
  onTestFinished(() => timeout.mockRestore());
  const port = `tcp://${far.place}`;
  await expect(open(port, usualSettings)).rejects.toMatchObject({
    code: "unavailable",
    words: words("port-unreachable", { port, error: `ETIMEDOUT ${far.place}` }),
  });
  expect(waits).toEqual([10_000]);
});

test("a far end that speaks no RFC 2217, or grants another speed, is told", async () => {
  const plain = await farEnd((_chunk, socket) => socket.write(Uint8Array.of(IAC, DONT, 44)));
  await expect(open(`rfc2217://${plain.place}`, usualSettings)).rejects.toThrow("speaks no RFC 2217");
  const other = await farEnd(grantingWith([]));
  await expect(open(`rfc2217://${other.place}`, usualSettings)).rejects.toThrow(
    "9600 baud, which the far port is set to",
  );
  await expect(open("http://x:1", usualSettings)).rejects.toMatchObject({ code: "invalid-input" });
});

test.each([
  ["as it is reached", 0],
  ["in the middle of being set", 1],
])("a far end that hangs up %s is told, with what to do", async (_when, chunks) => {
  const far = await farEnd((_chunk, socket) => socket.destroy());
  if (chunks === 0) far.server.on("connection", (socket) => socket.destroy());
  await expect(open(`rfc2217://${far.place}`, usualSettings)).rejects.toMatchObject({
    code: "unavailable",
    words: { phrase: "port-far-left" },
  });
});

test.each(["tcp", "rfc2217"])("a far end of %s that reads nothing any more holds nobody up", async (kind) => {
  const far = await farEnd(grantingWith([]));
  const port = await open(`${kind}://${far.place}`, { ...usualSettings, baudRate: 9600 });
  const closed = vi.fn();
  port.listen({ data: () => undefined, closed });
  await expect.poll(() => far.sockets.length).toBe(1);
  far.sockets[0]?.pause();
  const written = port.write(new Uint8Array(32 * 1024 * 1024));
  const refused = expect(written).rejects.toMatchObject({ words: { phrase: "port-closed" } });
  await port.dispose();
  await refused;
  expect(closed).not.toHaveBeenCalled();
});

test("a far end that hangs up and reads on no more leaves nothing open, and what it said is told before its end", async () => {
  const far = await farEnd((_chunk, socket) => {
    socket.pause();
    socket.end("last words");
  });
  const port = await open(`tcp://${far.place}`, usualSettings);
  const told: string[] = [];
  const closed = Promise.withResolvers<void>();
  port.listen({
    data: (bytes) => told.push(Buffer.from(bytes).toString()),
    closed(why) {
      told.push(why.phrase);
      closed.resolve();
    },
  });
  const written = port.write(new Uint8Array(32 * 1024 * 1024));
  const refused = expect(written).rejects.toMatchObject({ words: { phrase: "port-hung-up" } });
  await closed.promise;
  await refused;
  expect(told).toEqual(["last words", "port-hung-up"]);
  await port.dispose();
  // It hears nothing while it reads nothing.
  far.sockets[0]?.resume();
  await expect.poll(() => far.sockets[0]?.closed).toBe(true);
});

test("a port of the network has a number that there is", () => {
  const ports = [0, 1, 65_535, 65_536].map((port) => networkPlace(`tcp://box:${port}`)?.port);
  expect(ports).toEqual([undefined, 1, 65_535, undefined]);
});

test.each([
  [{ parity: "none", stopBits: 1, flow: "none", dataBits: 8 }, [8, 1, 1, 1]],
  [{ parity: "odd", stopBits: 2, flow: "xonxoff", dataBits: 7 }, [7, 2, 2, 2]],
  [{ parity: "even", stopBits: 1.5, flow: "rtscts", dataBits: 6 }, [6, 3, 3, 3]],
  [{ parity: "mark", stopBits: 1, flow: "none", dataBits: 5 }, [5, 4, 1, 1]],
  [{ parity: "space", stopBits: 1, flow: "none", dataBits: 8 }, [8, 5, 1, 1]],
] as const)("the settings %j are told by the numbers of RFC 2217", async (settings, [data, parity, stop, flow]) => {
  const far = await farEnd(grantingWith([]));
  const port = await open(`rfc2217://${far.place}`, { ...settings, baudRate: 9600 });
  await port.dispose();
  const told = Buffer.concat([
    comPortCommand(1, [0, 0, 0x25, 0x80]),
    comPortCommand(2, [data]),
    comPortCommand(3, [parity]),
    comPortCommand(4, [stop]),
    comPortCommand(5, [flow]),
  ]);
  expect(far.came().includes(told)).toBe(true);
});

test("a far end that says nothing of a port is told after five seconds", async () => {
  const came = Promise.withResolvers<void>();
  const far = await farEnd(() => came.resolve());
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  let failed: unknown = null;
  const opening = open(`rfc2217://${far.place}`, usualSettings).catch((error: unknown) => {
    failed = error;
  });
  await came.promise;
  vi.advanceTimersByTime(4999);
  await new Promise((resolve) => setImmediate(resolve));
  expect(failed).toBeNull();
  vi.advanceTimersByTime(1);
  await opening;
  expect(failed).toMatchObject({ code: "unavailable", words: { phrase: "port-far-silent" } });
});

test("a place that answers nothing in ten seconds is told as one that is not reached", async () => {
  const far = await farEnd(() => undefined);
  const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValue(AbortSignal.abort());
  onTestFinished(() => timeout.mockRestore());
  await expect(open(`tcp://${far.place}`, usualSettings)).rejects.toMatchObject({
    code: "unavailable",
    words: { phrase: "port-unreachable", values: { error: `ETIMEDOUT ${far.place}` } },
  });
  expect(timeout).toHaveBeenCalledExactlyOnceWith(10_000);
});
