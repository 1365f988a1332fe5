import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** An address that stays while the core behind it is another: what a station in the field has. */
export type Relay = { url: string; lead(url: string): void };

/** Opens a relay that leads nowhere yet. Closed when the test is over. */
export async function openRelay(): Promise<Relay> {
  let target = { host: "127.0.0.1", port: 0 };
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => open.delete(socket));
      socket.pipe(other);
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    lead(url) {
      const { hostname, port } = new URL(url);
      target = { host: hostname, port: Number(port) };
    },
  };
}
