import tls from "node:tls";
import { WebSocket } from "ws";
import {
  largestFrameLimit,
  longestMessageMs,
  longestUnreadMs,
  mostUnfinishedBytes,
  mostUnsentOfAll,
} from "../../station/bounds.ts";
import { failure } from "../../station/failure.ts";
import type { UpstreamEnd, UpstreamProblem } from "../../station/forward.ts";
import { english, words } from "../../station/phrases.ts";
import { Budget } from "./bounds/budget.ts";
import { Unsent } from "./bounds/unsent.ts";
import { answerPings } from "./frames/pongs.ts";
import { tap } from "./frames/tap.ts";
import { WireReader } from "./frames/wire.ts";

/** Where and how a station would dial its central system. */
export type UpstreamAddress = {
  /** ws or wss, with the station's identity at its end. */
  url: string;
  /** What was agreed on with the station. */
  subprotocol?: string;
  /** The Authorization header as it goes out. */
  authorization?: string;
  userAgent?: string;
  /** PEM; trusted beside the public roots. */
  ca?: string;
  /** Any certificate is taken. */
  insecure: boolean;
  /** Bytes. */
  messageLimit: number;
};

export type UpstreamListener = {
  open(subprotocol: string | undefined): void;
  /** A message as it came. */
  message(data: Uint8Array, binary: boolean): void;
  /** It never opened, or it is over. Told once; nothing comes after. */
  closed(end: UpstreamEnd): void;
};

/** A connection to a central system, as a station has it. */
export type UpstreamSocket = {
  /** Bytes go out as they are. */
  send(data: Uint8Array, binary: boolean): void;
  /** Ends it; the listener hears nothing more. */
  close(): void;
};

const handshakeMs = 10_000;
const closeWaitMs = 2_000;
const pingMs = 30_000;
const lookMs = 1_000;

/** Dials a central system as the station would. */
export type Dial = (address: UpstreamAddress, listener: UpstreamListener) => UpstreamSocket;

/** One leg, as far as the others must know it: it can be let go. */
type Leg = { letGo(problem: UpstreamProblem): void };
type Bounds = { unsent: Budget<Leg>; unfinished: Budget<Leg> };

/** Makes what dials; what all its connections hold together is bounded. */
export function createDial(): Dial {
  const bounds: Bounds = {
    unsent: new Budget(
      () => mostUnsentOfAll,
      (leg) => leg.letGo("not-reading"),
    ),
    unfinished: new Budget(
      () => mostUnfinishedBytes + largestFrameLimit / 4,
      (leg) => leg.letGo("bad-message"),
    ),
  };
  return (address, listener) => dialUpstream(address, listener, bounds);
}

function dialUpstream(address: UpstreamAddress, listener: UpstreamListener, bounds: Bounds): UpstreamSocket {
  const headers: Record<string, string> = {};
  if (address.authorization) headers.authorization = address.authorization;
  if (address.userAgent) headers["user-agent"] = address.userAgent;
  const socket = new WebSocket(address.url, address.subprotocol ? [address.subprotocol] : [], {
    headers,
    handshakeTimeout: handshakeMs,
    perMessageDeflate: false,
    skipUTF8Validation: true,
    maxPayload: address.messageLimit,
    autoPong: false,
    rejectUnauthorized: !address.insecure,
    ...(address.ca && { ca: [...tls.rootCertificates, address.ca] }),
  });
  const wire = new WireReader({ masked: false, limit: () => address.messageLimit });
  let over = false;
  let alive = true;
  let undrainedSince: number | null = null;
  const leg: Leg = {
    letGo(problem) {
      end({ problem, detail: "" });
      socket.terminate();
    },
  };
  const unsent = new Unsent({
    changed: (bytes) => bounds.unsent.set(leg, over ? 0 : bytes),
    pause(paused) {
      undrainedSince = paused ? performance.now() : null;
      // What it asks meanwhile would have answers that it does not read either.
      if (paused) socket.pause();
      else socket.resume();
    },
  });
  const looking = setInterval(() => {
    const now = performance.now();
    if (undrainedSince !== null && now - undrainedSince >= longestUnreadMs) leg.letGo("not-reading");
    else if (undrainedSince === null && wire.begun !== null && now - wire.begun >= longestMessageMs) {
      leg.letGo("bad-message");
    }
  }, lookMs);
  looking.unref();
  const pinging = setInterval(() => {
    if (socket.readyState !== socket.OPEN || undrainedSince !== null) return;
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  }, pingMs);
  pinging.unref();

  function take(chunk: Buffer, handOn: (bytes: Buffer) => void): void {
    const passed = wire.read(chunk, performance.now());
    if (passed > 0) handOn(passed === chunk.length ? chunk : chunk.subarray(0, passed));
    if (over) return;
    bounds.unfinished.set(leg, wire.held);
    const found = wire.end;
    if (found?.kind === "broken") end({ problem: "bad-message", detail: english(words(`wire-${found.problem}`)) });
    else if (found?.kind === "over-limit") {
      const count = wire.part()?.announced ?? 0;
      end({ problem: "bad-message", detail: english(words("bytes", { count })) });
    } else return;
    socket.terminate();
  }

  function stopWatching(): void {
    clearInterval(pinging);
    clearInterval(looking);
    bounds.unsent.set(leg, 0);
    bounds.unfinished.set(leg, 0);
  }

  function end(result: UpstreamEnd): void {
    stopWatching();
    if (over) return;
    over = true;
    listener.closed(result);
  }
  socket.on("upgrade", ({ socket: stream }) => {
    // The library begins to listen once this is over.
    process.nextTick(() => {
      if (socket.readyState === socket.OPEN) tap(stream, take, () => undefined);
    });
  });
  answerPings(socket);
  socket.on("open", () => !over && listener.open(socket.protocol === "" ? undefined : socket.protocol));
  socket.on("pong", () => {
    alive = true;
  });
  socket.on("message", (data, binary) => {
    alive = true;
    if (over) return;
    const bytes = Array.isArray(data) ? Buffer.concat(data) : data;
    listener.message(bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes, binary);
  });
  socket.on("unexpected-response", (request, response) => {
    const status = response.statusCode ?? 0;
    end({ problem: problemOfStatus(status), detail: `${status} ${response.statusMessage ?? ""}`.trim() });
    response.resume();
    request.destroy();
  });
  socket.on("error", (error) => {
    end(problemOf(error));
    socket.terminate();
  });
  socket.on("close", (code, reason) => {
    end({ problem: "closed", detail: reason.length > 0 ? `${code} ${reason.toString("utf8")}` : String(code) });
  });
  return {
    send(data, binary) {
      if (over) return;
      if (unsent.full) return leg.letGo("not-reading");
      socket.send(data, { binary }, unsent.add(data));
    },
    close() {
      over = true;
      stopWatching();
      if (socket.readyState === socket.CONNECTING) return socket.terminate();
      socket.close(1000);
      setTimeout(() => socket.terminate(), closeWaitMs).unref();
    },
  };
}

function problemOfStatus(status: number): UpstreamProblem {
  if (status === 401) return "unauthorized";
  if (status === 200 || status === 426) return "no-websocket";
  return "refused";
}

const byCode: Record<string, UpstreamProblem> = {
  ECONNREFUSED: "unreachable",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  EHOSTDOWN: "unreachable",
  // The adapter is gone, or the machine slept.
  ENETDOWN: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  // A firewall of this machine.
  EACCES: "blocked",
  EPERM: "blocked",
  ECONNRESET: "closed",
  EPIPE: "closed",
  ECONNABORTED: "closed",
  ENOTFOUND: "unknown-host",
  EAI_AGAIN: "unknown-host",
  ETIMEDOUT: "no-answer",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "certificate-unknown",
  UNABLE_TO_GET_ISSUER_CERT: "certificate-unknown",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "certificate-unknown",
  SELF_SIGNED_CERT_IN_CHAIN: "certificate-unknown",
  DEPTH_ZERO_SELF_SIGNED_CERT: "certificate-unknown",
  CERT_UNTRUSTED: "certificate-unknown",
  CERT_HAS_EXPIRED: "certificate-expired",
  CERT_NOT_YET_VALID: "certificate-expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "certificate-name",
};

/** A connection error as a word of ours with its own text. */
export function problemOf(error: Error & { code?: string; errors?: { code?: string }[] }): UpstreamEnd {
  const code = error.code ?? error.errors?.[0]?.code ?? "";
  const detail = error.message || code;
  const known = Object.hasOwn(byCode, code) ? byCode[code] : undefined;
  if (known) return { problem: known, detail };
  if (/subprotocol/i.test(error.message)) return { problem: "subprotocol", detail };
  if (/timed out/i.test(error.message)) return { problem: "no-answer", detail };
  if (/^ERR_(SSL|TLS)|^EPROTO/.test(code)) return { problem: "tls", detail };
  return { problem: "failed", detail };
}

/** The address a station would dial: its identity is put at the end of the path, or in the place of `{identity}`. An identity that
 * stands there already is not doubled.
 * @throws TypeError when it is no URL; FailureError when it is not ws or wss, or holds a user name */
export function stationAddress(base: string, identity: string): string {
  const url = new URL(base.trim().replaceAll("{identity}", encodeURIComponent(identity)));
  if (url.protocol !== "ws:" && url.protocol !== "wss:") throw failure("invalid-input", words("no-websocket-url"));
  if (url.username || url.password) throw failure("invalid-input", words("url-with-credentials"));
  url.hash = "";
  const segment = encodeURIComponent(identity);
  const path = url.pathname.replace(/\/+$/, "");
  url.pathname = path.endsWith(`/${segment}`) || base.includes("{identity}") ? path : `${path}/${segment}`;
  return url.href;
}
