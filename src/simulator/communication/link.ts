import { WebSocket } from "ws";
import type { Clock, Timer } from "../../lib/clock.ts";
import type { ClientCertificate } from "../certificates/own-certificate.ts";
import type { Random } from "../random.ts";

/** The station's end of the socket: dials, dials again with growing pauses, pings. Knows no OCPP. */
export type Link = {
  readonly up: boolean;
  /** Starts to dial, and keeps at it until closed. */
  open(): void;
  /** Ends the connection and stops dialling. `abrupt` cuts it without a goodbye, as a pulled cable does. */
  close(abrupt: boolean): void;
  /** Ends the connection and dials anew at once. */
  redial(): void;
  /** @returns false when the link is down */
  send(text: string): boolean;
  dispose(): Promise<void>;
};

export type LinkOptions = {
  /** With the identity as its last segment. */
  address(): string;
  /** Roots that the other end must have been signed by, PEM. */
  roots(): string[];
  /** What it shows over wss. */
  ownCertificate(): ClientCertificate | null;
  /** It could not be reached so many times in a row. */
  onFailed(failures: number): void;
  subprotocol: string;
  /** Value of the Authorization header, asked at each dial. */
  authorization(): string | undefined;
  clock: Clock;
  random: Random;
  /** 0 = none. */
  pingSeconds(): number;
  onUp(): void;
  onText(text: string): void;
  onDown(): void;
  log(line: string): void;
};

const firstPauseMs = 500;
const longestPauseMs = 60_000;

/** Makes a link that is down until opened. */
export function createLink(options: LinkOptions): Link {
  const { clock, log } = options;
  let wanted = false;
  let socket: WebSocket | null = null;
  let redial: Timer | null = null;
  let ping: Timer | null = null;
  let failures = 0;
  let answered = true;

  function dial(): void {
    redial = null;
    if (!wanted || socket) return;
    const authorization = options.authorization();
    const roots = options.roots();
    const own = options.ownCertificate();
    const dialled = new WebSocket(options.address(), options.subprotocol, {
      ...(roots.length > 0 ? { ca: roots } : {}),
      ...(own ? { cert: own.certificate, key: own.key } : {}),
      handshakeTimeout: 20_000,
      perMessageDeflate: false,
      headers: { "User-Agent": "Plugside virtual station", ...(authorization ? { Authorization: authorization } : {}) },
    });
    socket = dialled;
    dialled.on("open", () => {
      if (socket !== dialled) return;
      failures = 0;
      answered = true;
      schedulePing();
      options.onUp();
    });
    dialled.on("message", (data, binary) => {
      if (socket !== dialled) return;
      if (binary) log("ignored a binary frame");
      else options.onText(data.toString());
    });
    dialled.on("pong", () => {
      answered = true;
    });
    dialled.on("error", (error) => log(`link: ${error.message}`));
    dialled.on("close", () => {
      if (socket === dialled) lose();
    });
  }

  function lose(): void {
    socket = null;
    ping?.stop();
    ping = null;
    options.onDown();
    if (!wanted || redial) return;
    const pause =
      Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures, 10)) * options.random.between(0.8, 1.2);
    failures++;
    options.onFailed(failures);
    redial = clock.after(pause, dial);
  }

  function schedulePing(): void {
    ping?.stop();
    const seconds = options.pingSeconds();
    // Asked again later, so that a changed interval is noticed.
    ping = clock.after((seconds || 60) * 1000, () => {
      if (socket?.readyState !== WebSocket.OPEN) return;
      if (seconds > 0 && !answered) {
        log("link: no answer to a ping");
        socket.terminate();
        return;
      }
      if (seconds > 0) {
        answered = false;
        socket.ping();
      }
      schedulePing();
    });
  }

  function hangUp(abrupt: boolean): void {
    const leaving = socket;
    if (!leaving) return;
    socket = null;
    ping?.stop();
    ping = null;
    if (abrupt || leaving.readyState !== WebSocket.OPEN) leaving.terminate();
    else leaving.close(1000);
    options.onDown();
  }

  function close(abrupt: boolean): void {
    wanted = false;
    redial?.stop();
    redial = null;
    hangUp(abrupt);
  }

  return {
    get up() {
      return socket?.readyState === WebSocket.OPEN;
    },
    open() {
      wanted = true;
      redial?.stop();
      failures = 0;
      dial();
    },
    close,
    redial() {
      hangUp(false);
      if (wanted) dial();
    },
    send(text) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(text);
      return true;
    },
    dispose() {
      const leaving = socket;
      close(false);
      if (!leaving || leaving.readyState === WebSocket.CLOSED) return Promise.resolve();
      return new Promise((resolve) => leaving.once("close", () => resolve()));
    },
  };
}
