import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { connect as tlsConnect } from "node:tls";

/** What a hostile connection says, and then; `held` ones wait to be sent away. */
type Manner = {
  name: string;
  held: boolean;
  bytes: () => Uint8Array | string;
  /** Does the rest by itself. */
  goOn?: (socket: Socket) => void;
};

const halfHello = Buffer.from(`16030100c4010000c00303${"ab".repeat(32)}`, "hex");
const wholeHello = Buffer.from(
  `160301003f0100003b0303${"cd".repeat(32)}000002c02b01000010000a000400020017000d000400020403`,
  "hex",
);

const manners: readonly Manner[] = [
  { name: "garbage", held: false, bytes: () => Buffer.concat([Uint8Array.of(0), randomBytes(200)]) },
  { name: "nothing at all", held: false, bytes: () => "" },
  { name: "silence", held: true, bytes: () => "" },
  { name: "half a hello", held: true, bytes: () => halfHello },
  { name: "a handshake left alone", held: true, bytes: () => wholeHello },
  {
    name: "a handshake that ends because it does not know our root",
    held: false,
    bytes: () => wholeHello,
    // The alert unknown_ca (RFC 5246 7.2.2).
    goOn: (socket) => socket.once("data", () => socket.end(Buffer.from("15030300020230", "hex"))),
  },
  {
    name: "a whole handshake of one that trusts nobody",
    held: false,
    bytes: () => "",
    goOn(socket) {
      const secure = tlsConnect({ socket, ca: [] });
      secure.on("error", () => socket.destroy());
    },
  },
  {
    name: "a whole handshake, and not a word in it",
    held: true,
    bytes: () => "",
    goOn(socket) {
      tlsConnect({ socket, rejectUnauthorized: false }).on("error", () => socket.destroy());
    },
  },
  {
    name: "a head that comes a byte at a time, and then no more",
    held: true,
    bytes: () => "",
    goOn: (socket) => drip(socket, Buffer.from("GET /CP1 HTTP/1.1\r\nHost: x\r\nX-Slow: 1")),
  },
  {
    name: "a head that comes a byte at a time, and is cut off",
    held: false,
    bytes: () => "",
    goOn: (socket) => drip(socket, Buffer.from("GET /CP1 HTTP/1.1\r\nHo"), () => socket.resetAndDestroy()),
  },
  { name: "a head that does not end", held: true, bytes: () => "GET /CP1 HTTP/1.1\r\nX-Slow: 1" },
  { name: "a head without an end", held: false, bytes: () => `GET /CP1 HTTP/1.1\r\nX: ${"x".repeat(40_000)}` },
  { name: "a plain request", held: false, bytes: () => "GET / HTTP/1.1\r\nHost: x\r\n\r\n" },
  { name: "a malformed line", held: false, bytes: () => "GET\r\n\r\n" },
  {
    name: "no identity",
    held: false,
    bytes: () => "GET / HTTP/1.1\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n",
  },
];

function drip(socket: Socket, bytes: Uint8Array, done: () => void = () => undefined): void {
  if (socket.destroyed || bytes.length === 0) return done();
  socket.write(bytes.subarray(0, 1), () => setImmediate(() => drip(socket, bytes.subarray(1), done)));
}

/** Connects again and again in bad manners, many at a time. The held ones stay until they are sent away, or let go of here. */
export function hostileLoad(port: number): {
  /** Makes that many connections; resolves when each was either sent away or is being held. */
  run(count: number): Promise<void>;
  /** Lets go of those that are held. */
  end(): void;
  readonly held: number;
} {
  const open = new Set<Socket>();
  let next = 0;

  function once(): Promise<void> {
    const manner = manners[next++ % manners.length];
    return new Promise((resolve) => {
      const socket = connect({ host: "127.0.0.1", port }, () => {
        const bytes = manner?.bytes() ?? "";
        if (bytes.length > 0) socket.write(bytes);
        manner?.goOn?.(socket);
        if (manner?.held) resolve();
        else if (bytes.length === 0 && !manner?.goOn) socket.end();
      });
      open.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("data", () => undefined);
      socket.on("close", () => {
        open.delete(socket);
        resolve();
      });
    });
  }

  return {
    async run(count) {
      let left = count;
      const worker = async () => {
        while (left-- > 0) await once();
      };
      await Promise.all(Array.from({ length: 32 }, worker));
    },
    end() {
      for (const socket of open) socket.destroy();
    },
    get held() {
      return open.size;
    },
  };
}
