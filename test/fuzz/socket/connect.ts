import { connect, type Socket } from "node:net";
import type { SocketCase } from "./cases.ts";

const patienceMs = 25;
const longestMs = 400;

/** Says a case to a port, and waits a little for what becomes of it. Never rejects: how it ends is the core's affair. */
export async function sayCase(port: number, { writes, ending }: SocketCase): Promise<void> {
  const socket = connect({ host: "127.0.0.1", port, noDelay: true });
  const over = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  socket.on("error", () => undefined);
  await Promise.race([over, new Promise<void>((resolve) => socket.once("connect", () => resolve()))]);
  for (const write of writes) {
    if (socket.destroyed) break;
    socket.write(Buffer.from(write, "base64"));
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (ending === "reset") socket.resetAndDestroy();
  else {
    if (ending === "end") socket.end();
    await Promise.race([over, quiet(socket)]);
    socket.destroy();
  }
  await over;
}

/** Resolves once nothing has come for a while, or at the latest after a longer one. */
function quiet(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const last = setTimeout(resolve, longestMs);
    let timer = setTimeout(done, patienceMs);
    function done(): void {
      clearTimeout(last);
      clearTimeout(timer);
      resolve();
    }
    socket.on("data", () => {
      clearTimeout(timer);
      timer = setTimeout(done, patienceMs);
    });
    socket.once("close", done);
  });
}
