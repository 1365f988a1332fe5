import type { Socket } from "node:net";
import type { Attempt } from "../station/attempts.ts";

/** Where a connection comes from and leads to. */
export type Ends = Pick<Attempt, "remoteAddress" | "remotePort" | "localAddress" | "localPort">;

/** The ends of a connection. */
export function endsOf(socket: Socket): Ends {
  return {
    remoteAddress: plainAddress(socket.remoteAddress),
    remotePort: socket.remotePort ?? 0,
    localAddress: plainAddress(socket.localAddress),
    localPort: socket.localPort ?? 0,
  };
}

/** The address without the prefix that a socket of both families puts before IPv4. */
export function plainAddress(address: string | undefined): string {
  return (address ?? "").replace(/^::ffff:/i, "");
}
