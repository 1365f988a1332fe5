import { AsyncLocalStorage } from "node:async_hooks";
import { X509Certificate } from "node:crypto";
import { isIP, type Socket } from "node:net";
import { createServer, type Server, type TLSSocket, type TlsOptions } from "node:tls";
import type { PeerCertificate } from "../../station/attempts.ts";

/** What a TLS server needs to speak wss. */
export type TlsProvider = {
  /** Null while wss cannot be offered. `generation` changes with every new certificate or setting. */
  current(): { generation: number; options: TlsOptions } | null;
};

/** What becomes of a handshake; one of the two is called, or none when the connection just ends. */
export type HandshakeListener = { secured(socket: TLSSocket): void; failed(error: string): void };

/** Handshakes are cut off by whoever began them; this is only a net below. */
const lastResortMs = 120_000;

/** Speaks TLS on sockets that came in over a port which takes other things too. */
export class TlsServer {
  readonly #provider: TlsProvider | null;
  // The server's events name its own socket, not the one it was given: the listener travels with the work it sets off.
  readonly #listener = new AsyncLocalStorage<HandshakeListener>();
  #current: { generation: number; server: Server; certificate: X509Certificate | null } | null = null;

  constructor(provider: TlsProvider | null) {
    this.#provider = provider;
  }

  /** False while there is no certificate to show. */
  get ready(): boolean {
    return this.#take() !== null;
  }

  /** Whether our certificate names what the station called: by name (SNI), or else by the address it reached. Undefined where there
   * is no certificate to look at. */
  fits(name: string | undefined, localAddress: string): boolean | undefined {
    const certificate = this.#take()?.certificate;
    if (!certificate) return undefined;
    const wanted = name ?? localAddress.replace(/%.*$/, "");
    return (isIP(wanted) ? certificate.checkIP(wanted) : certificate.checkHost(wanted)) !== undefined;
  }

  /** Does the handshake as the server; what was read of the socket already must be put back into it first. */
  secure(socket: Socket, listener: HandshakeListener): void {
    const server = this.#take()?.server;
    if (!server) return listener.failed("no certificate");
    this.#listener.run(listener, () => void server.emit("connection", socket));
  }

  #take() {
    const offer = this.#provider?.current();
    if (!offer) return null;
    if (this.#current?.generation !== offer.generation) {
      const server = createServer({
        ...offer.options,
        handshakeTimeout: lastResortMs,
        // Who comes without a certificate, or with a strange one, is for the access control to judge, and to be seen.
        requestCert: true,
        rejectUnauthorized: false,
      });
      server.on("secureConnection", (socket) => this.#listener.getStore()?.secured(socket));
      server.on("tlsClientError", (error) => this.#listener.getStore()?.failed(words(error)));
      this.#current = { generation: offer.generation, server, certificate: leafOf(offer.options) };
    }
    return this.#current;
  }
}

function words(error: Error & { code?: string }): string {
  return error.message.trim() || error.code || "unknown";
}

/** The certificate shown; the first, where there are several for different keys: they bear the same names. */
function leafOf({ cert }: TlsOptions): X509Certificate | null {
  const first = Array.isArray(cert) ? cert[0] : cert;
  if (first === undefined) return null;
  try {
    return new X509Certificate(first as string | Buffer);
  } catch {
    return null;
  }
}

/** What the other end showed of itself. Null when it showed no certificate. */
export function clientCertificate(
  socket: TLSSocket,
): { certificate: PeerCertificate; chain: string[]; trusted: boolean; problem?: string } | null {
  const shown = socket.getPeerX509Certificate();
  if (!shown) return null;
  const chain: string[] = [];
  for (let at = socket.getPeerCertificate(true); at?.raw && chain.length < 10; at = at.issuerCertificate) {
    chain.push(oneLine(new X509Certificate(at.raw).subject));
    if (at.issuerCertificate === at) break;
  }
  const { authorized, authorizationError } = socket;
  const problem = authorized ? undefined : String(authorizationError);
  return { certificate: describe(shown), chain, trusted: authorized, ...(problem ? { problem } : {}) };
}

function describe(certificate: X509Certificate): PeerCertificate {
  const { subject, issuer, serialNumber, validFrom, validTo, fingerprint256 } = certificate;
  return {
    commonName: /^CN=(.*)$/m.exec(subject)?.[1] ?? "",
    subject: oneLine(subject),
    issuer: oneLine(issuer),
    serialNumber,
    notBefore: isoDate(validFrom),
    notAfter: isoDate(validTo),
    fingerprint: fingerprint256,
  };
}

function oneLine(name: string): string {
  return name.split("\n").join(", ").slice(0, 500);
}

function isoDate(text: string): string {
  const time = Date.parse(text);
  return Number.isNaN(time) ? text : new Date(time).toISOString();
}
