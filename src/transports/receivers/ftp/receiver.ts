import { type AddressInfo, createServer } from "node:net";
import { createSecureContext, type SecureContext, type SecureContextOptions } from "node:tls";
import { type Drop, type Receiver, type ReceiverLimits, type StrayListener, usualLimits } from "../drop.ts";
import { sameSecret } from "../secret.ts";
import { FtpSession } from "./session.ts";

type FtpOptions = {
  host: string;
  port: number;
  /** With it AUTH TLS is offered; and when `implicit` TLS from the first byte as well. */
  tls?: SecureContextOptions;
  implicit?: boolean;
  limits?: Partial<ReceiverLimits>;
  /** Wrong logins and others that belong to no drop. */
  onStray: StrayListener;
};

/** Opens FTP (FTPS with `tls`) for uploads only: each drop has its own login, and nothing else can be seen, read or overwritten.
 * @throws when the port cannot be listened on */
export async function openFtpReceiver(options: FtpOptions): Promise<Receiver> {
  const limits = { ...usualLimits, ...options.limits };
  const secureContext = options.tls ? createSecureContext(options.tls) : null;
  const dataContext = options.tls ? contextForData(options.tls) : null;
  const drops = new Set<Drop>();
  const sessions = new Set<FtpSession>();
  const login = (user: string, password: string) =>
    [...drops].find((drop) => drop.user === user && sameSecret(drop.password, password)) ?? null;
  const server = createServer((socket) => {
    const { implicit = false, onStray } = options;
    const session = new FtpSession({ socket, secureContext, dataContext, implicit, limits, login, onStray });
    sessions.add(session);
    socket.once("close", () => void session.idle().then(() => sessions.delete(session)));
  });
  server.maxConnections = limits.connections;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    offer(drop) {
      drops.add(drop);
      return () => {
        drops.delete(drop);
        for (const session of sessions) if (session.drop === drop) session.dispose();
      };
    },
    async dispose() {
      const closed = new Promise((resolve) => server.close(resolve));
      const open = [...sessions];
      for (const session of open) session.dispose();
      await Promise.all([closed, ...open.map((session) => session.idle())]);
    },
  };
}

/** TLS 1.2 for data. A client that only sends never reads the tickets of TLS 1.3, and one that closes with something unread resets the
 * connection: what it sent would look broken off. Where 1.2 is not allowed it has to do with what is. */
function contextForData(tls: SecureContextOptions): SecureContext {
  try {
    return createSecureContext({ ...tls, maxVersion: "TLSv1.2" });
  } catch {
    return createSecureContext(tls);
  }
}
