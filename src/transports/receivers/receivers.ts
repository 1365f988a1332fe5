import type { SecureContextOptions } from "node:tls";
import type { Disposable } from "../../lib/disposable.ts";
import type { Words } from "../../lib/words.ts";
import type { Drop, Receiver, StrayListener, UploadProtocol } from "./drop.ts";
import { openFtpReceiver } from "./ftp/receiver.ts";
import { createHttpMount, type HttpMount } from "./http/mount.ts";

/** A receiver that takes files in for a drop. `port` is null where the station port is it. */
export type OpenDoor = { port: number | null; said?: Words; close(): void };

/** The receivers of all protocols: HTTP on the station port, the others open only while a drop needs them. */
export type Receivers = Disposable & {
  http: HttpMount;
  /** Opens a way in for `drop`.
   * @param port the one to have, where it was told to a station already
   * @throws where no port can be had */
  open(protocol: UploadProtocol, drop: Drop, port?: number): Promise<OpenDoor>;
};

export type ReceiversOptions = {
  /** Ports for FTP and for SFTP, the first that can be had; 0 takes a free one. */
  ports: { ftp: readonly number[]; sftp: readonly number[] };
  /** Our certificate; null where there is none yet. */
  tls: () => SecureContextOptions | null;
  /** Our private keys for SSH, PEM; made where there are none. */
  hostKeys: () => Promise<string[]>;
  /** What is seen of somebody who belongs to no drop. */
  onStray: StrayListener;
};

/** The protocols that have a port of their own. */
type OwnPort = "ftp" | "ftps" | "sftp";

/** One of them, for all drops that want it. */
type Shared = { opening: Promise<Receiver>; users: number };

/** Makes the receivers. */
export function createReceivers(options: ReceiversOptions): Receivers {
  const http = createHttpMount();
  const shared = new Map<OwnPort, Shared>();

  async function opener(protocol: OwnPort): Promise<(host: string, port: number) => Promise<Receiver>> {
    const { onStray } = options;
    if (protocol === "sftp") {
      // No start of the core waits for SSH.
      const [{ openSftpReceiver }, hostKeys] = await Promise.all([import("./sftp/receiver.ts"), options.hostKeys()]);
      return (host, port) => openSftpReceiver({ host, port, hostKeys, onStray });
    }
    const tls = options.tls();
    const secure = tls ? { tls, implicit: protocol === "ftps" } : {};
    return (host, port) => openFtpReceiver({ host, port, onStray, ...secure });
  }

  async function listen(protocol: OwnPort, ports: readonly number[]): Promise<Receiver> {
    const open = await opener(protocol);
    let failed: unknown;
    for (const port of ports) {
      for (const host of ["::", "0.0.0.0"]) {
        try {
          return await open(host, port);
        } catch (error) {
          failed = error;
        }
      }
    }
    throw failed;
  }

  async function openPort(protocol: OwnPort, drop: Drop, wanted?: number): Promise<OpenDoor> {
    const usual = options.ports[protocol === "sftp" ? "sftp" : "ftp"];
    const ports = wanted === undefined ? usual : [wanted, ...usual];
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
        ...(receiver.said && { said: receiver.said }),
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
      if (protocol === "http" || protocol === "https") return Promise.resolve({ port: null, close: http.offer(drop) });
      return openPort(protocol, drop, port);
    },
    async dispose() {
      void http.dispose();
      const open = [...shared.values()];
      shared.clear();
      await Promise.allSettled(open.map(async ({ opening }) => (await opening).dispose()));
    },
  };
}
