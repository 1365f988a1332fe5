import { type Duplex, duplexPair } from "node:stream";
import { constants, deflateRawSync } from "node:zlib";
import { onTestFinished } from "vitest";
import { createManualClock } from "../../../src/lib/clock.ts";
import { silentLogger } from "../../../src/lib/logger.ts";
import type { Finding } from "../../../src/station/findings.ts";
import { words } from "../../../src/station/phrases.ts";
import { readHead } from "../../../src/transports/http/request-head.ts";
import { createHandshake } from "../../../src/transports/websocket/upgrade.ts";
import { createLinkBounds, SocketLink } from "../../../src/transports/websocket/websocket-link.ts";
import { maskedFrame } from "../masked-frame.ts";

/** The largest message, bytes. */
export const limit = 1000;
const head = readHead(
  Buffer.from(
    "GET /CP1 HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n",
  ),
);
/** A text as a client sends it compressed (RFC 7692 7.2.1). */
export const packedText = (text: string) =>
  maskedFrame(0xc1, deflateRawSync(text, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4));
export const atMost = words("at-most-bytes", { limit });
export const part = (count: number) => words("message-part", { announced: count, count });
export const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
export const close = (code: number) => maskedFrame(0x88, Buffer.from([code >> 8, code & 0xff]));
export const firstPart = (text: string) => maskedFrame(0x01, Buffer.from(text));

/** A link in memory. `told` is what its listener and its watch hear, `wire` what the station gets. */
export async function linked({
  listens = true,
  secure = false,
  compressed = false,
}: {
  listens?: boolean;
  secure?: boolean;
  compressed?: boolean;
} = {}) {
  if (head.state !== "done") throw new Error("the head is not read");
  const clock = createManualClock();
  clock.advance(1_000_000);
  const [near, far] = duplexPair();
  onTestFinished(() => void far.destroy());
  far.on("error", () => undefined).on("close", () => near.destroy());
  const told: unknown[] = [];
  const wire: Buffer[] = [];
  far.on("data", (bytes: Buffer) => wire.push(bytes));
  const bounds = createLinkBounds({ ready: () => true, clock, frameLimit: () => limit });
  const handshake = createHandshake({
    compression: () => compressed,
    frameLimit: () => limit,
    chooseSubprotocol: () => undefined,
  });
  const link = await new Promise<SocketLink>((resolve) =>
    handshake.upgrade(head.head, near, Buffer.alloc(0), (socket) =>
      resolve(
        new SocketLink(
          socket,
          {
            hello: {
              identity: "CP1",
              via: {
                kind: "websocket",
                path: "/CP1",
                remoteAddress: "192.0.2.1",
                offered: [],
                securityProfile: 0,
                secure,
                ...(compressed ? { compressed } : {}),
              },
            },
            authorization: "Basic x",
            password: "next",
            findings: [],
            stream: near,
            bounds,
            frameLimit: () => limit,
            watch: {
              heard: () => told.push("heard"),
              gone: (cause, said) => told.push(["gone", cause, ...(said ? [said] : [])]),
            },
            log: { ...silentLogger, bug: (message, { error }) => told.push([message, String(error)]) },
          },
          clock,
        ),
      ),
    ),
  );
  const listener = {
    message: (data: Uint8Array, binary: boolean, packed: boolean) =>
      told.push([Buffer.from(data).toString(), binary, packed]),
    spoilt: ({ data, binary, found }: { data: Uint8Array; binary: boolean; found: Finding }) =>
      told.push(["spoilt", Buffer.from(data).toString().slice(0, 5), data.length, binary, found.said, found.expected]),
    closed: (code: number, reason: string, cause: string) => told.push(["closed", code, reason, cause]),
  };
  if (listens) link.listen(listener);
  await turn();
  wire.length = 0;
  const hear = async (...pieces: Uint8Array[]) => {
    for (const piece of pieces) far.write(piece);
    await turn();
    return told.splice(0);
  };
  /** Frames that the station got: the first byte, and what is in it. */
  const got = async () => {
    await turn();
    let bytes = Buffer.concat(wire.splice(0));
    const frames: [number, string][] = [];
    while (bytes.length > 0) {
      const short = bytes[1] ?? 0;
      const [start, length] = short < 126 ? [2, short] : [4, bytes.readUInt16BE(2)];
      const payload = bytes.subarray(start, start + length);
      const first = bytes[0] ?? 0;
      frames.push([first, first === 0x88 ? `${payload.readUInt16BE()} ${payload.subarray(2)}` : payload.toString()]);
      bytes = bytes.subarray(start + length);
    }
    return frames;
  };
  return { link, clock, far: far as Duplex, near, told, hear, got, listener, bounds };
}
