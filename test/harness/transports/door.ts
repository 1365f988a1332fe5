import { once } from "node:events";
import { connect } from "node:net";
import { onTestFinished } from "vitest";
import { createManualClock } from "../../../src/lib/clock.ts";
import { silentLogger } from "../../../src/lib/logger.ts";
import type { AccessRequest, Admission } from "../../../src/transports/admission.ts";
import { AttemptTracker } from "../../../src/transports/attempts/tracker.ts";
import type { Link } from "../../../src/transports/link.ts";
import { listenWebSocket, type WebSocketTransportOptions } from "../../../src/transports/websocket/server.ts";
import { handshake } from "../way-in.ts";

/** Turns of the event loop until something is so: a clock that stands still does not matter to it. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

/** A way in whose time stands still, and what comes to its door. */
export async function door(
  more: Partial<WebSocketTransportOptions> & { admit?: (asked: AccessRequest) => Admission } = {},
) {
  const clock = createManualClock();
  const bugs: string[] = [];
  const asked: AccessRequest[] = [];
  const links: Link[] = [];
  const tracker = new AttemptTracker({ clock, past: [], lastId: 0, onError: (error) => bugs.push(String(error)) });
  const { admit = () => ({ allow: true, securityProfile: 0, causes: [] }), ...options } = more;
  const transport = await listenWebSocket({
    ...{ places: [{ host: "127.0.0.1", port: 0, mode: "both" }], required: true, clock, tracker, tls: null },
    log: { ...silentLogger, bug: (message) => void bugs.push(message) },
    accessControl: {
      async admit(request) {
        asked.push(request);
        return admit(request);
      },
    },
    ...{ pingSeconds: () => 0, frameLimit: () => 1000, compression: () => false },
    chooseSubprotocol: ([first]) => first,
    onLink(link) {
      links.push(link);
      link.listen({ message: () => undefined, spoilt: () => undefined, closed: () => undefined });
    },
    ...options,
  });
  onTestFinished(async () => {
    await transport.dispose();
    tracker.dispose();
  });
  /** Comes, says something, and hears an answer. */
  const come = async (...said: (string | Uint8Array)[]) => {
    const before = tracker.recent().length;
    const socket = connect(transport.port, "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    let heard = Buffer.alloc(0);
    let closed = false;
    socket.on("data", (bytes: Buffer) => {
      heard = Buffer.concat([heard, bytes]);
    });
    socket
      .on("error", () => undefined)
      .on("close", () => {
        closed = true;
      });
    await once(socket, "connect");
    for (const piece of said) {
      const { bytes } = tracker.recent().at(-1) ?? { bytes: 0 };
      socket.write(piece);
      await until(
        () => closed || (tracker.recent().at(-1)?.bytes ?? 0) !== bytes || tracker.recent().length !== before + 1,
      );
    }
    return { socket, heard: () => heard.toString("latin1"), closed: () => closed };
  };
  const last = () => tracker.recent().at(-1);
  const codes = () => last()?.causes.map(({ code }) => code);
  return { clock, tracker, transport, come, last, codes, bugs, asked, links };
}

/** A handshake with more headers. */
export const request = (path: string, more = "") => handshake(path).replace("\r\n\r\n", `\r\n${more}\r\n`);
