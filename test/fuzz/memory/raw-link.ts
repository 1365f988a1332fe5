import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

/** Where a connection goes, and from which address of this machine's own it comes. */
export type RawTarget = { port: number; identity: string; from?: string };

/** Opens a WebSocket by hand. Gives its socket once the handshake is answered, paused; null where it is not let in. */
export function openRaw({ port, identity, from }: RawTarget): Promise<Socket | null> {
  const socket = connect({ host: "127.0.0.1", port, localAddress: from });
  const key = randomBytes(16).toString("base64");
  socket.on("error", () => undefined);
  socket.write(
    `GET /${identity} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Protocol: ocpp1.6\r\n\r\n`,
  );
  return new Promise((resolve) => {
    socket.once("close", () => resolve(null));
    socket.once("data", (data) => {
      const open = data.toString("latin1").startsWith("HTTP/1.1 101");
      socket.pause();
      if (!open) socket.destroy();
      resolve(open ? socket : null);
    });
  });
}

/** An address of this machine's own, another for each number. */
export function ownAddress(number: number): string {
  return `127.${1 + ((number >> 14) & 0x7f)}.${(number >> 7) & 0x7f}.${1 + (number & 0x7f)}`;
}

/** Writes, and waits until the bytes are taken or the socket is over. */
export function written(socket: Socket, bytes: Uint8Array): Promise<boolean> {
  if (socket.destroyed) return Promise.resolve(false);
  return new Promise((resolve) => {
    const over = () => resolve(false);
    socket.once("close", over);
    socket.write(bytes, (error) => {
      socket.off("close", over);
      resolve(!error);
    });
  });
}
