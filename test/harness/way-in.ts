import { spawn } from "node:child_process";
import { connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { type Clock, systemClock } from "../../src/lib/clock.ts";
import { silentLogger } from "../../src/lib/logger.ts";
import { chooseSubprotocol } from "../../src/ocpp/versions.ts";
import type { Attempt } from "../../src/station/attempts.ts";
import type { AccessControl, AccessRequest, Admission } from "../../src/transports/admission.ts";
import type { ListenMode } from "../../src/transports/attempts/diagnose.ts";
import { AttemptTracker } from "../../src/transports/attempts/tracker.ts";
import type { Link } from "../../src/transports/link.ts";
import type { TlsProvider } from "../../src/transports/tls/server.ts";
import type { ArrivalTimes } from "../../src/transports/websocket/arrival-context.ts";
import type { Capacity } from "../../src/transports/websocket/bounds/room.ts";
import { listenWebSocket, type WebSocketTransport } from "../../src/transports/websocket/server.ts";
import type { CauseCode } from "../../src/words/en/causes.ts";

/** The way in alone, on a port of its own: what asks for access, and the attempts that come of it. */
export type WayIn = {
  port: number;
  tracker: AttemptTracker;
  transport: WebSocketTransport;
  waitingStations: AccessRequest[];
  links: Link[];
  /** The first row that is over, or as wanted. */
  row(wanted?: (attempt: Attempt) => boolean): Promise<Attempt>;
};

export type WayInOptions = {
  mode?: ListenMode;
  tls?: TlsProvider | null;
  admit?: (accessRequest: AccessRequest) => Admission;
  /** What to do with a link; by default it is listened to, and nothing said. */
  onLink?: (link: Link) => void;
  halfOpenLimit?: number;
  capacity?: Capacity;
  clock?: Clock;
  /** How long each part may take; as the product has it unless said otherwise. */
  times?: ArrivalTimes | undefined;
};

/** Lets everybody in, by what they came with. */
function openAccess(accessRequest: AccessRequest): Admission {
  const profile = accessRequest.clientCertificate?.trusted
    ? 3
    : accessRequest.secure
      ? 2
      : accessRequest.credentials
        ? 1
        : 0;
  return { allow: true, securityProfile: profile, causes: [] };
}

/** So that who says nothing, or not all, is cut off within a test. */
export const shortTimes = { silenceMs: 150, headMs: 150, tlsMs: 250 };

/** Opens a way in for one test. */
export async function wayIn(options: WayInOptions = {}): Promise<WayIn> {
  const waitingStations: AccessRequest[] = [];
  const links: Link[] = [];
  const clock = options.clock ?? systemClock;
  const tracker = new AttemptTracker({ clock, past: [], lastId: 0, onError: raise });
  const admit = options.admit ?? openAccess;
  const accessControl: AccessControl = {
    admit(accessRequest) {
      waitingStations.push(accessRequest);
      return admit(accessRequest);
    },
  };
  const transport = await listenWebSocket({
    places: [{ host: "127.0.0.1", port: 0, mode: options.mode ?? "both" }],
    required: true,
    clock,
    log: silentLogger,
    accessControl,
    tls: options.tls ?? null,
    tracker,
    pingSeconds: () => 0,
    frameLimit: () => 1024 * 1024,
    compression: () => true,
    chooseSubprotocol,
    times: options.times,
    halfOpenLimit: options.halfOpenLimit,
    capacity: options.capacity,
    onLink(link) {
      links.push(link);
      if (options.onLink) options.onLink(link);
      else link.listen({ message: () => undefined, spoilt: () => undefined, closed: () => undefined });
    },
  });
  onTestFinished(async () => {
    await transport.dispose();
    tracker.dispose();
  });
  return {
    port: transport.port,
    tracker,
    transport,
    waitingStations,
    links,
    row(wanted = isOver) {
      const there = tracker.recent().find(wanted);
      if (there) return Promise.resolve(there);
      return new Promise((resolve) => {
        const listening = tracker.changed.on((rows) => {
          const found = rows.find(wanted);
          if (!found) return;
          void listening.dispose();
          resolve(found);
        });
      });
    },
  };
}

/** True once an attempt has stopped, or opened. */
export function isOver(attempt: Attempt): boolean {
  return attempt.state !== "under-way" && attempt.into === undefined;
}

/** The codes of an attempt's causes, in their order. */
export function codesOf(attempt: Attempt): CauseCode[] {
  return attempt.causes.map(({ code }) => code);
}

/** Connects and says something, all at once or a byte at a time. */
export async function say(
  port: number,
  bytes: string | Uint8Array,
  how: { hangUp?: boolean; dripping?: boolean } = {},
): Promise<{ socket: Socket; answer: Promise<string> }> {
  const socket = connect({ host: "127.0.0.1", port });
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => undefined);
  const answer = new Promise<string>((resolve) => {
    let text = "";
    socket.on("data", (data) => {
      text += data.toString("latin1");
    });
    socket.on("close", () => resolve(text));
  });
  await new Promise((resolve) => socket.once("connect", resolve));
  socket.setNoDelay(true);
  const whole = Buffer.from(bytes as string);
  if (how.dripping) {
    for (const byte of whole) await new Promise((resolve) => socket.write(Uint8Array.of(byte), resolve));
  } else if (whole.length > 0) await new Promise((resolve) => socket.write(whole, resolve));
  if (how.hangUp) socket.end();
  return { socket, answer };
}

/** The head of a handshake, with changes: a header of `null` is left out. */
export function handshake(
  path: string,
  headers: Record<string, string | null> = {},
  line = `GET ${path} HTTP/1.1`,
): string {
  const all: Record<string, string | null> = {
    Host: "127.0.0.1",
    Upgrade: "websocket",
    Connection: "Upgrade",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Protocol": "ocpp1.6",
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  return `${[line, ...lines].join("\r\n")}\r\n\r\n`;
}

/** Runs `openssl s_client` against a port as a station would, and feeds it `input`. Ends with the test. */
export function opensslClient(port: number, args: readonly string[], input = ""): void {
  const child = spawn("openssl", ["s_client", "-connect", `127.0.0.1:${port}`, "-quiet", ...args], {
    stdio: ["pipe", "ignore", "ignore"],
  });
  onTestFinished(() => void child.kill());
  child.stdin.on("error", () => undefined);
  if (input !== "") child.stdin.write(input);
}

function raise(error: unknown): never {
  throw error;
}
