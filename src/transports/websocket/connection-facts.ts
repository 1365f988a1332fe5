import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import type { AccessRequest } from "../admission.ts";
import type { Facts } from "../attempts/diagnose.ts";
import type { Basic } from "../http/basic-credentials.ts";
import { readHead } from "../http/request-head.ts";
import { startsTls } from "../tls/client-hello.ts";
import { clientCertificate } from "../tls/server.ts";

/** What the access control is told of who asks for access.
 * @param socket the TLS socket, where the connection is secured */
export function accessRequestOf(
  { secured }: Facts,
  socket: Duplex,
  who: { identity: string; path: string; remoteAddress: string; credentials: Basic | null; offered: string[] },
): AccessRequest {
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
