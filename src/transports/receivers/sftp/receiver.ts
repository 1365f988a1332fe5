import { createHash } from "node:crypto";
import { type AddressInfo, createServer, type Socket } from "node:net";
import ssh2 from "ssh2";
import { words } from "../../../station/phrases.ts";
import { type Drop, type Receiver, type ReceiverLimits, type StrayListener, usualLimits } from "../drop.ts";
import { sameSecret } from "../secret.ts";
import { algorithms } from "./algorithms.ts";
import { SshConnection } from "./connection.ts";
import { socketOf } from "./ssh2.ts";

type SftpOptions = {
  host: string;
  port: number;
  /** Our private keys, PEM; of each kind one. */
  hostKeys: readonly string[];
  limits?: Partial<ReceiverLimits>;
  /** Wrong logins and others that belong to no drop. */
  onStray: StrayListener;
};

/** How long somebody may take to log in, milliseconds. */
const loginMs = 60_000;
/** ssh2 would ask every 15 s whether the other end is there; silence is ours to judge. */
const neverMs = 2 ** 31 - 1;

/** Opens SFTP for uploads only: each drop has its own login, and nothing else can be seen, read or overwritten.
 * @throws when the port cannot be listened on */
export async function openSftpReceiver(options: SftpOptions): Promise<Receiver> {
  const { host, port, hostKeys, onStray } = options;
  const limits = { ...usualLimits, ...options.limits };
  const drops = new Set<Drop>();
  const connections = new Set<SshConnection>();
  const login = (user: string, password: string) =>
    [...drops].find((drop) => drop.user === user && sameSecret(drop.password, password)) ?? null;
  const ssh = new ssh2.Server(
    { hostKeys: [...hostKeys], ident: "Plugside", algorithms: algorithms(), keepaliveInterval: neverMs },
    (connection) => {
      const one = new SshConnection({ connection, socket: socketOf(connection), limits, login, onStray });
      connections.add(one);
      connection.on("ready", () => clearTimeout(waiting.get(socketOf(connection))));
      connection.on("close", () => connections.delete(one));
    },
  );
  const waiting = new Map<Socket, NodeJS.Timeout>();
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    socket.setTimeout(limits.idleMs, () => socket.destroy());
    waiting.set(
      socket,
      setTimeout(() => socket.destroy(), loginMs),
    );
    socket.once("close", () => {
      clearTimeout(waiting.get(socket));
      waiting.delete(socket);
    });
    ssh.injectSocket(socket);
  });
  server.maxConnections = limits.connections;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    said: words("log-host-keys", { keys: hostKeys.map(fingerprint).join(", ") }),
    offer(drop) {
      drops.add(drop);
      return () => {
        drops.delete(drop);
        for (const connection of connections) if (connection.drop === drop) connection.dispose();
      };
    },
    async dispose() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const connection of connections) connection.dispose();
      for (const socket of waiting.keys()) socket.destroy();
      await closed;
    },
  };
}

/** A key as ssh-keygen -l tells it. */
function fingerprint(pem: string): string {
  const key = ssh2.utils.parseKey(pem);
  if (key instanceof Error) return key.message;
  const digest = createHash("sha256").update(key.getPublicSSH()).digest("base64").replace(/=+$/, "");
  return `${key.type} SHA256:${digest}`;
}
