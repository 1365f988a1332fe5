import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { plainAddress } from "../../ends.ts";

/** A data connection that was agreed on and may not be open yet. */
export type DataConnection = {
  address: string;
  port: number;
  passive: boolean;
  /** The socket, paused; null when none came in time. */
  open(): Promise<Socket | null>;
  close(): void;
};

type Ends = { local: string; remote: string; waitMs: number };

/** Listens on the address that the client connected to, for the client's own address only. */
export function listenForData({ local, remote, waitMs }: Ends): Promise<DataConnection> {
  return new Promise((opened, failed) => {
    const { promise, resolve } = Promise.withResolvers<Socket | null>();
    const server = createServer({ pauseOnConnect: true }, (socket) => {
      socket.on("error", () => socket.destroy());
      if (plainAddress(socket.remoteAddress) !== remote) return void socket.destroy();
      server.close();
      clearTimeout(timer);
      resolve(socket);
    });
    const give = () => {
      clearTimeout(timer);
      server.close();
      resolve(null);
    };
    const timer = setTimeout(give, waitMs);
    server.on("error", (error) => {
      give();
      failed(error);
    });
    server.listen(0, local, () => {
      const { port } = server.address() as AddressInfo;
      const close = () => {
        give();
        void promise.then((socket) => socket?.destroy());
      };
      opened({ address: local, port, passive: true, open: () => promise, close });
    });
  });
}

/** Connects to the client when the transfer begins. */
export function connectForData({ local, remote, waitMs }: Ends, port: number): DataConnection {
  let socket: Socket | undefined;
  const open = () =>
    new Promise<Socket | null>((resolve) => {
      const one = connect({ host: remote, port, localAddress: local });
      socket = one;
      const timer = setTimeout(() => one.destroy(), waitMs);
      one.on("error", () => one.destroy());
      one.once("close", () => {
        clearTimeout(timer);
        resolve(null);
      });
      one.once("connect", () => {
        clearTimeout(timer);
        one.pause();
        resolve(one);
      });
    });
  return { address: remote, port, passive: false, open, close: () => socket?.destroy() };
}
