import type { SecureContextOptions } from "node:tls";
import type { Disposable } from "../../lib/disposable.ts";
import type { Drop, ReceiverEvent, UploadProtocol } from "./drop.ts";
import { openFtpReceiver, type Receiver } from "./ftp/receiver.ts";
import { createHttpMount, type HttpMount } from "./http/mount.ts";

/** A receiver that takes files in for a drop. `port` is null where the station port is it. */
export type OpenDoor = { port: number | null; close(): void };

/** The receivers of all protocols: HTTP on the station port, the others open only while a drop needs them. */
export type Receivers = Disposable & {
  http: HttpMount;
  /** Opens a way in for `drop`.
   * @param port the one to have, where it was told to a station already
   * @throws where no port can be had */
  open(protocol: UploadProtocol, drop: Drop, port?: number): Promise<OpenDoor>;
};

export type ReceiversOptions = {
  /** Ports for FTP, the first that can be had; 0 takes a free one. */
  ftpPorts: readonly number[];
  /** Our certificate; null where there is none yet. */
  tls: () => SecureContextOptions | null;
  /** What is seen of somebody who belongs to no drop. */
  onStray(event: ReceiverEvent): void;
};

/** The protocols that are taken in over FTP's own port. */
type Shared = { opening: Promise<Receiver>; users: number };

/** Makes the receivers. */
export function createReceivers(options: ReceiversOptions): Receivers {
  const http = createHttpMount();
  const shared = new Map<string, Shared>();

  async function listen(protocol: "ftp" | "ftps", ports: readonly number[]): Promise<Receiver> {
    const tls = options.tls();
    let failed: unknown;
    for (const port of ports) {
      for (const host of ["::", "0.0.0.0"]) {
        try {
          const secure = tls ? { tls, implicit: protocol === "ftps" } : {};
          return await openFtpReceiver({ host, port, onStray: options.onStray, ...secure });
        } catch (error) {
          failed = error;
        }
      }
    }
    throw failed;
  }

  async function openFtp(protocol: "ftp" | "ftps", drop: Drop, wanted?: number): Promise<OpenDoor> {
    const ports = wanted === undefined ? options.ftpPorts : [wanted, ...options.ftpPorts];
    const one = shared.get(protocol) ?? { opening: listen(protocol, ports), users: 0 };
    shared.set(protocol, one);
    one.users++;
    const leave = () => {
      if (--one.users > 0) return;
      if (shared.get(protocol) === one) shared.delete(protocol);
      one.opening.then((receiver) => receiver.dispose()).catch(() => undefined);
    };
    try {
      const receiver = await one.opening;
      const withdraw = receiver.offer(drop);
      return {
        port: receiver.port,
        close() {
          withdraw();
          leave();
        },
      };
    } catch (error) {
      leave();
      throw error;
    }
  }

  return {
    http,
    open(protocol, drop, port) {
      if (protocol === "ftp" || protocol === "ftps") return openFtp(protocol, drop, port);
      return Promise.resolve({ port: null, close: http.offer(drop) });
    },
    async dispose() {
      void http.dispose();
      const open = [...shared.values()];
      shared.clear();
      await Promise.allSettled(open.map(async ({ opening }) => (await opening).dispose()));
    },
  };
}
