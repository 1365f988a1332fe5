import { createHash } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { longestMessageMs, longestUnreadMs, mostUnsentBytes } from "../../station/bounds.ts";
import { english, words } from "../../station/phrases.ts";
import { createDial, type UpstreamAddress } from "./client.ts";

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}
const accepted = (key: string) =>
  createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
const opened = (key: string, more = "") =>
  `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accepted(key)}\r\n${more}\r\n`;

/** A central system as raw as TCP: answers the handshake as it is told, and keeps what it hears. */
async function dialled(address: Partial<UpstreamAddress> = {}, answer: (key: string) => string = (key) => opened(key)) {
  const sockets: Socket[] = [];
  let head = "";
  let heard = Buffer.alloc(0);
  let gone = false;
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined).on("close", () => (gone = true));
    socket.on("data", (bytes: Buffer) => {
      if (head !== "") heard = Buffer.concat([heard, bytes]);
      else {
        head = bytes.toString();
        socket.write(answer(/Sec-WebSocket-Key: (.*)\r\n/.exec(head)?.[1] ?? ""));
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const told: unknown[] = [];
  const { port } = server.address() as AddressInfo;
  const leg = createDial()(
    { url: `ws://127.0.0.1:${port}/CP1`, insecure: false, messageLimit: 1000, ...address },
    {
      open: (subprotocol) => told.push(["open", subprotocol]),
      message: (data, binary) => told.push([Buffer.from(data).toString(), binary]),
      closed: (end) => told.push(end),
    },
  );
  onTestFinished(() => {
    leg.close();
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await until(() => told.length > 0);
  return {
    leg,
    told,
    head: () => head.toLowerCase(),
    say: (...bytes: (number | string)[]) =>
      void sockets[0]?.write(
        Buffer.concat(bytes.map((one) => (typeof one === "string" ? Buffer.from(one) : Buffer.of(one)))),
      ),
    socket: () => sockets[0] as Socket,
    heard: () => heard,
    gone: () => gone,
  };
}

/** What a masked frame says. */
function said(frame: Buffer): [number, string] {
  const mask = frame.subarray(2, 6);
  const payload = frame.subarray(6).map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  return [frame[0] ?? 0, Buffer.from(payload).toString()];
}

test("a station's handshake goes out with what it came with, and what is agreed on is told", async () => {
  const { told, head } = await dialled(
    { subprotocol: "ocpp1.6", authorization: "Basic abc", userAgent: "Make 1.0" },
    (key) => opened(key, "Sec-WebSocket-Protocol: ocpp1.6\r\n"),
  );
  expect(told).toEqual([["open", "ocpp1.6"]]);
  for (const line of ["sec-websocket-protocol: ocpp1.6", "authorization: basic abc", "user-agent: make 1.0"])
    expect(head()).toContain(`${line}\r\n`);
  expect(head()).not.toContain("sec-websocket-extensions");
});

test("nothing is said in a station's name that it did not say", async () => {
  const { told, head } = await dialled();
  expect(told).toEqual([["open", undefined]]);
  expect(head()).toMatch(/^get \/cp1 http\/1.1\r\n/);
  for (const name of ["sec-websocket-protocol", "authorization", "user-agent"]) expect(head()).not.toContain(name);
});

test("messages go both ways as they are, and pings are answered", async () => {
  const { leg, told, say, heard } = await dialled();
  say(0x81, 3, "one", 0x82, 3, "two", 0x01, 2, "th", 0x80, 3, "ree");
  await until(() => told.length === 4);
  expect(told.slice(1)).toEqual([
    ["one", false],
    ["two", true],
    ["three", false],
  ]);
  leg.send(Buffer.from("up"), false);
  await until(() => heard().length === 8);
  expect(said(heard())).toEqual([0x81, "up"]);
  leg.send(Buffer.from("bb"), true);
  await until(() => heard().length === 16);
  expect(said(heard().subarray(8))).toEqual([0x82, "bb"]);
  say(0x89, 2, "hi");
  await until(() => heard().length === 24);
  expect(said(heard().subarray(16))).toEqual([0x8a, "hi"]);
});

test.each([
  ["401 Unauthorized", "unauthorized", "401 Unauthorized"],
  ["200 OK", "no-websocket", "200 OK"],
  ["426 Upgrade Required", "no-websocket", "426 Upgrade Required"],
  ["403 Forbidden", "refused", "403 Forbidden"],
  ["503", "refused", "503"],
])("the answer %s is told as %s", async (status, problem, detail) => {
  const { told } = await dialled({}, () => `HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`);
  expect(told).toEqual([{ problem, detail }]);
});

test("a subprotocol that was not offered is told as that", async () => {
  const { told } = await dialled({ subprotocol: "ocpp1.6" }, (key) => opened(key, "Sec-WebSocket-Protocol: x\r\n"));
  expect(told).toEqual([{ problem: "subprotocol", detail: expect.stringMatching(/subprotocol/) }]);
});

test.each([
  ["a goodbye with a word", [0x88, 5, 0x03, 0xe9, "bye"], { problem: "closed", detail: "1001 bye" }],
  ["a goodbye without", [0x88, 2, 0x03, 0xe9], { problem: "closed", detail: "1001" }],
  ["a frame with a mask", [0x81, 0x80, 0, 0, 0, 0], { problem: "bad-message", detail: english(words("wire-masked")) }],
  [
    "a message over the limit",
    [0x82, 126, 0x03, 0xe9],
    { problem: "bad-message", detail: english(words("bytes", { count: 1001 })) },
  ],
])("the leg ends by %s, told once", async (_, bytes, expected) => {
  const { told, say, gone, leg } = await dialled();
  say(0x81, 2, "ok", ...bytes);
  await until(() => told.length === 3);
  leg.send(Buffer.from("late"), false);
  await until(gone);
  expect(told.slice(1)).toEqual([["ok", false], expected]);
});

test("a line that breaks is closed with 1006", async () => {
  const { told, socket } = await dialled();
  socket().destroy();
  await until(() => told.length === 2);
  expect(told[1]).toEqual({ problem: "closed", detail: "1006" });
});

test("a leg that is closed by us says goodbye, and its listener hears nothing more", async () => {
  const { leg, told, heard, say } = await dialled();
  leg.close();
  await until(() => heard().length === 8);
  expect(said(heard())).toEqual([0x88, Buffer.of(0x03, 0xe8).toString()]);
  say(0x81, 4, "late", 0x88, 2, 0x03, 0xe8);
  leg.send(Buffer.from("x"), false);
  await until(() => heard().length === 8);
  expect(told).toEqual([["open", undefined]]);
});

test("who does not read what waits for it is let go of once too much waits", async () => {
  const { leg, told, socket } = await dialled();
  socket().pause();
  for (let count = 0; count < 4; count++) leg.send(Buffer.alloc(mostUnsentBytes / 2), true);
  expect(told.slice(1)).toEqual([{ problem: "not-reading", detail: "" }]);
});

/** The clock of the leg's own watch alone: the sockets are real. */
function watched() {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  onTestFinished(() => void vi.useRealTimers());
}

test("a leg that shows no life is pinged every half minute, and ended at the next", async () => {
  watched();
  const { told, heard, say, gone } = await dialled();
  vi.advanceTimersByTime(29_999);
  expect(heard().length).toBe(0);
  vi.advanceTimersByTime(1);
  await until(() => heard().length === 6);
  expect(said(heard())).toEqual([0x89, ""]);
  say(0x8a, 0, 0x81, 1, "a");
  await until(() => told.length === 2);
  vi.advanceTimersByTime(30_000);
  await until(() => heard().length === 12);
  expect(gone()).toBe(false);
  vi.advanceTimersByTime(30_000);
  await until(() => told.length === 3);
  expect(told[2]).toEqual({ problem: "closed", detail: "1006" });
});

test("a message that does not become whole in time ends the leg", async () => {
  watched();
  const { told, say, heard } = await dialled();
  say(0x01, 2, "ha", 0x89, 0);
  await until(() => heard().length > 0);
  vi.advanceTimersByTime(longestMessageMs - 1000);
  expect(told.length).toBe(1);
  vi.advanceTimersByTime(1000);
  expect(told.slice(1)).toEqual([{ problem: "bad-message", detail: "" }]);
});

test("who has read what waited for it is asked for signs of life again", async () => {
  watched();
  const { leg, told, socket, heard, say } = await dialled();
  socket().pause();
  const [size, header] = [mostUnsentBytes / 16, 14];
  for (let count = 0; count < 8; count++) leg.send(Buffer.alloc(size), true);
  say(0x81, 5, "after");
  vi.advanceTimersByTime(longestUnreadMs - 1000);
  socket().resume();
  // What was not read from it meanwhile is read now, too.
  await until(() => told.length === 2 && heard().length === 8 * (size + header));
  vi.advanceTimersByTime(30_000);
  await until(() => heard().length === 8 * (size + header) + 6);
  expect(said(heard().subarray(-6))).toEqual([0x89, ""]);
  expect(told.slice(1)).toEqual([["after", false]]);
});

test("who does not answer a goodbye is let go of after two seconds", async () => {
  const { leg, heard, gone } = await dialled();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  leg.close();
  await until(() => heard().length === 8);
  vi.advanceTimersByTime(1999);
  for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setImmediate(resolve));
  expect(gone()).toBe(false);
  vi.advanceTimersByTime(1);
  await until(gone);
});

test("who does not read for a minute is let go of, and is not read meanwhile", async () => {
  watched();
  const { leg, told, socket, say } = await dialled();
  socket().pause();
  for (let count = 0; count < 8; count++) leg.send(Buffer.alloc(mostUnsentBytes / 16), true);
  say(0x81, 4, "more");
  vi.advanceTimersByTime(longestUnreadMs - 1000);
  expect(told.length).toBe(1);
  vi.advanceTimersByTime(1000);
  expect(told.slice(1)).toEqual([{ problem: "not-reading", detail: "" }]);
});
