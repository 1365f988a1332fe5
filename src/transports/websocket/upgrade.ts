import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { largestFrameLimit, unpackedBeyond } from "../../station/bounds.ts";
import { type Head, headerOf } from "../http/request-head.ts";
import { deflate, offeredDeflate } from "./frames/deflate.ts";

export type HandshakeOptions = {
  /** Whether compression is agreed to where it is offered (RFC 7692). */
  compression: () => boolean;
  /** The largest message, bytes, for those that come compressed: asked at the handshake. */
  frameLimit: () => number;
  chooseSubprotocol: (offered: readonly string[]) => string | undefined;
};

/** Answers a WebSocket handshake whose head was read already. */
export type Handshake = {
  /** @param rest what came glued to the head
   * @param opened called in the same turn, unless the other end is gone */
  upgrade(head: Head, socket: Duplex, rest: Buffer, opened: (socket: WebSocket) => void): void;
};

/** Makes the answering of handshakes (RFC 6455 4.2.2). */
export function createHandshake(options: HandshakeOptions): Handshake {
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: deflate,
    skipUTF8Validation: true,
    maxPayload: largestFrameLimit,
    autoPong: false,
    handleProtocols: (offered) => options.chooseSubprotocol([...offered]) ?? false,
  });
  return {
    upgrade(head, socket, rest, opened) {
      const offer = options.compression() ? offeredDeflate(headerOf(head, "sec-websocket-extensions")) : undefined;
      // How large a packed message is shows when it is unpacked: that bound is the library's alone.
      sockets.options.maxPayload = offer === undefined ? largestFrameLimit : unpackedLimit(options.frameLimit());
      sockets.handleUpgrade(asRequest(head, offer), socket, rest, (ws) => opened(ws));
    },
  };
}

/** The subprotocols offered, in the station's order; what is no token or comes twice is left out (RFC 6455 4.1). */
export function offeredSubprotocols(head: Head): string[] {
  const names = (headerOf(head, "sec-websocket-protocol") ?? "").split(",").map((name) => name.trim());
  return [...new Set(names.filter((name) => /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)))];
}

/** How far a message is unpacked: over the limit, so that its head and its length go on record, and not without end. */
function unpackedLimit(frameLimit: number): number {
  return Math.min(largestFrameLimit, frameLimit * unpackedBeyond);
}

/** A request as far as the handshake looks at one, with what is forgiven set right. */
function asRequest(head: Head, deflateOffer: string | undefined): IncomingMessage {
  const offered = offeredSubprotocols(head);
  const headers: Record<string, string> = {
    upgrade: "websocket",
    connection: "Upgrade",
    "sec-websocket-key": headerOf(head, "sec-websocket-key") ?? "",
    "sec-websocket-version": headerOf(head, "sec-websocket-version") ?? "",
  };
  if (deflateOffer !== undefined) headers["sec-websocket-extensions"] = deflateOffer;
  if (offered.length > 0) headers["sec-websocket-protocol"] = offered.join(", ");
  return { method: "GET", url: head.target, headers } as unknown as IncomingMessage;
}
