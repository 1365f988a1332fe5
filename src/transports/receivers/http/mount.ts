import { createServer } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Disposable } from "../../../lib/disposable.ts";
import type { Drop } from "../drop.ts";
import { httpReceiver } from "./receiver.ts";

/** Takes uploads in on a port that is somebody else's: connections are handed over once their request line is read. */
export type HttpMount = Disposable & {
  offer(drop: Drop): () => void;
  /** Whether a request for this target is an upload to a drop that is open. */
  takes(target: string): boolean;
  /** Takes a connection over; what was read of it is put back into it first. */
  take(socket: Duplex): void;
};

const mostConnections = 64;

/** Makes the mount; nothing listens by itself. */
export function createHttpMount(): HttpMount {
  const receiver = httpReceiver();
  const paths = new Set<string>();
  const sockets = new Set<Duplex>();
  // Lenient as the port is: old stations end lines with LF alone.
  const server = createServer({ insecureHTTPParser: true, requestTimeout: 0 }, (request, response) => {
    if (!receiver.onRequest(request, response)) response.writeHead(404, { connection: "close" }).end();
  });
  return {
    offer(drop) {
      const withdraw = receiver.offer(drop);
      paths.add(drop.path);
      return () => {
        paths.delete(drop.path);
        withdraw();
      };
    },
    takes: (target) => [...paths].some((path) => target.includes(path.replace(/\/$/, ""))),
    take(socket) {
      if (sockets.size >= mostConnections) return void socket.destroy();
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
      socket.on("error", () => socket.destroy());
      server.emit("connection", socket as Socket);
      // It was paused by hand, which a listener does not undo.
      socket.resume();
    },
    dispose() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
