import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import type { Clock, Timer } from "../../lib/clock.ts";
import type { Disposable } from "../../lib/disposable.ts";
import type { Words } from "../../lib/words.ts";
import { type Memory, serveModbus } from "../../modbus/bus/slave.ts";
import { words } from "../../station/phrases.ts";
import type { SerialSettings } from "../../station/serial/ports.ts";
import type { OpenPort, OpenSerial } from "../../transports/serial/port.ts";

const mostConnections = 16;
const retryMs = 1000;

/** Serves devices on a serial port (RTU), and goes on when it is back after it went.
 * @throws FailureError when the port cannot be opened at first */
export async function serveOnPort(
  units: ReadonlyMap<number, Memory>,
  options: {
    path: string;
    settings: SerialSettings;
    open: OpenSerial;
    clock: Clock;
    /** The port is gone, or with null back. */
    turned: (gone: Words | null) => void;
  },
): Promise<Disposable> {
  const { path, settings, open, clock, turned } = options;
  let port: OpenPort | null = null;
  let retry: Timer | null = null;
  let over = false;

  function serve(opened: OpenPort): void {
    port = opened;
    serveModbus({
      wire: opened,
      framing: "rtu",
      units,
      clock,
      closed(why) {
        port = null;
        turned(why);
        retry = clock.after(retryMs, () => void again());
      },
    });
  }
  async function again(): Promise<void> {
    try {
      const opened = await open(path, settings);
      if (over) return void (await opened.dispose());
      serve(opened);
      turned(null);
    } catch {
      if (!over) retry = clock.after(retryMs, () => void again());
    }
  }
  serve(await open(path, settings));
  return {
    async dispose() {
      over = true;
      retry?.stop();
      await port?.dispose();
    },
  };
}

/** Serves devices over Modbus TCP.
 * @param host of this laptop; port 0 takes a free one
 * @throws Error when it cannot listen there */
export async function serveOnNetwork(
  units: ReadonlyMap<number, Memory>,
  { host, port, clock }: { host: string; port: number; clock: Clock },
): Promise<Disposable & { readonly port: number }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    if (sockets.size >= mostConnections) return socket.destroy();
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("error", () => socket.destroy());
    serveModbus({
      wire: {
        listen(listener) {
          socket.on("data", (bytes) => listener.data(bytes));
          socket.once("close", () => {
            sockets.delete(socket);
            listener.closed(words("port-hung-up", { port: "tcp" }));
          });
        },
        write: (bytes) => new Promise((resolve) => void socket.write(bytes, () => resolve())),
      },
      framing: "tcp",
      units,
      clock,
    });
    return undefined;
  });
  server.listen({ host, port });
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : port,
    async dispose() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
