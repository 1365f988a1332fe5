import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { onTestFinished } from "vitest";

/** A WebSocket of a station, made by hand. */
export type HandMadeSocket = {
  /** The answer to the handshake. */
  head: string;
  write(bytes: Uint8Array): void;
  nextText(): Promise<string>;
  /** A ping came; it is left unanswered. */
  pinged: Promise<void>;
  closed: Promise<void>;
};

/** A WebSocket made by hand, byte for byte: it answers no ping and no close.
 * @param early goes out in one write with the handshake */
export async function openByHand(
  url: string,
  path: string,
  headers: Record<string, string>,
  early: Uint8Array = new Uint8Array(),
): Promise<HandMadeSocket> {
  const { hostname, port, host } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => undefined);
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  const lines = Object.entries({
    Host: host,
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": randomBytes(16).toString("base64"),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(Buffer.concat([Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`), early]));

  let unread = Buffer.alloc(0);
  let head: string | null = null;
  const texts: string[] = [];
  const takers: ((text: string) => void)[] = [];
  let ping: () => void = () => undefined;
  const pinged = new Promise<void>((resolve) => {
    ping = resolve;
  });
  const opened = new Promise<string>((resolve, reject) => {
    socket.on("data", (data: Buffer) => {
      unread = Buffer.concat([unread, data]);
      const end = unread.indexOf("\r\n\r\n");
      if (head === null && end >= 0) {
        const said = unread.toString("utf8");
        head = unread.subarray(0, end).toString("latin1");
        unread = unread.subarray(end + 4);
        if (head.startsWith("HTTP/1.1 101")) resolve(head);
        else void closed.then(() => reject(new Error(`${said}${unread.toString("utf8")}`)));
      }
      if (head?.startsWith("HTTP/1.1 101")) readFrames();
    });
  });

  /** Frames of a server are not masked. */
  function readFrames(): void {
    while (unread.length >= 2) {
      const short = unread.readUInt8(1) & 0x7f;
      const start = short === 126 ? 4 : 2;
      if (unread.length < start) return;
      const length = short === 126 ? unread.readUInt16BE(2) : short;
      if (unread.length < start + length) return;
      const opcode = unread.readUInt8(0) & 0x0f;
      const text = unread.subarray(start, start + length).toString("utf8");
      unread = unread.subarray(start + length);
      if (opcode === 9) ping();
      else if (opcode === 1) (takers.shift() ?? ((late: string) => texts.push(late)))(text);
    }
  }

  return {
    head: await opened,
    write: (bytes) => void socket.write(bytes),
    nextText() {
      const ready = texts.shift();
      return ready === undefined ? new Promise((resolve) => takers.push(resolve)) : Promise.resolve(ready);
    },
    pinged,
    closed,
  };
}
