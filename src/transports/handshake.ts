import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { largestFrameLimit } from "../station/bounds.ts";
import { type Head, headerOf } from "./head.ts";

export type HandshakeOptions = {
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
    perMessageDeflate: false,
    skipUTF8Validation: true,
    maxPayload: largestFrameLimit,
    autoPong: false,
    handleProtocols: (offered) => options.chooseSubprotocol([...offered]) ?? false,
  });
  return {
    upgrade(head, socket, rest, opened) {
      sockets.handleUpgrade(asRequest(head), socket, rest, (ws) => opened(ws));
    },
  };
}

/** The subprotocols offered, in the station's order; what is no token or comes twice is left out (RFC 6455 4.1). */
export function offeredSubprotocols(head: Head): string[] {
  const names = (headerOf(head, "sec-websocket-protocol") ?? "").split(",").map((name) => name.trim());
  return [...new Set(names.filter((name) => /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)))];
}

/** A request as far as the handshake looks at one, with what is forgiven set right. */
function asRequest(head: Head): IncomingMessage {
  const offered = offeredSubprotocols(head);
  const headers: Record<string, string> = {
    upgrade: "websocket",
    connection: "Upgrade",
    "sec-websocket-key": headerOf(head, "sec-websocket-key") ?? "",
    "sec-websocket-version": headerOf(head, "sec-websocket-version") ?? "",
  };
  if (offered.length > 0) headers["sec-websocket-protocol"] = offered.join(", ");
  return { method: "GET", url: head.target, headers } as unknown as IncomingMessage;
}
