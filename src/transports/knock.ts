import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import type { Ends } from "./attempts.ts";
import { startsTls } from "./client-hello.ts";
import type { Basic } from "./credentials.ts";
import type { Knock } from "./gate.ts";
import { readHead } from "./head.ts";
import type { Facts } from "./judge.ts";
import { clientCertificate } from "./tls-front.ts";

/** What the gate is told of who knocks.
 * @param socket the TLS socket, where the connection is secured */
export function knockOf(
  { secured }: Facts,
  socket: Duplex,
  who: { identity: string; path: string; remoteAddress: string; credentials: Basic | null; offered: string[] },
): Knock {
  const shown = secured ? clientCertificate(socket as TLSSocket) : null;
  const { trusted = false, problem } = shown ?? {};
  return {
    ...who,
    secure: secured,
    clientCertificate: shown && { ...shown.certificate, trusted, ...(problem ? { problem } : {}) },
  };
}

/** What the first bytes of a connection begin. */
export function openingOf(bytes: Uint8Array): Facts["opening"] {
  if (startsTls(bytes)) return "tls";
  return readHead(bytes).state === "not-http" ? "other" : "http";
}

/** Where a connection comes from and leads to. */
export function endsOf(socket: Socket): Ends {
  return {
    remoteAddress: plainAddress(socket.remoteAddress),
    remotePort: socket.remotePort ?? 0,
    localAddress: plainAddress(socket.localAddress),
    localPort: socket.localPort ?? 0,
  };
}

/** An IPv4 address as such, also where it came in over a socket for both families. */
export function plainAddress(address: string | undefined): string {
  return (address ?? "").replace(/^::ffff:/, "");
}
