import { rootCertificates } from "node:tls";
import { WebSocket } from "ws";
import { failure } from "../station/failure.ts";
import type { UpstreamEnd, UpstreamProblem } from "../station/forward.ts";
import { words } from "../station/phrases.ts";

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

/** Dials a central system as the station would. */
export function dialUpstream(address: UpstreamAddress, listener: UpstreamListener): UpstreamSocket {
  const headers: Record<string, string> = {};
  if (address.authorization) headers.authorization = address.authorization;
  if (address.userAgent) headers["user-agent"] = address.userAgent;
  const socket = new WebSocket(address.url, address.subprotocol ? [address.subprotocol] : [], {
    headers,
    handshakeTimeout: handshakeMs,
    perMessageDeflate: false,
    skipUTF8Validation: true,
    maxPayload: address.messageLimit,
    rejectUnauthorized: !address.insecure,
    ...(address.ca && { ca: [...rootCertificates, address.ca] }),
  });
  let over = false;
  let alive = true;
  const pinging = setInterval(() => {
    if (socket.readyState !== socket.OPEN) return;
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  }, pingMs);
  pinging.unref();

  function end(result: UpstreamEnd): void {
    clearInterval(pinging);
    if (over) return;
    over = true;
    listener.closed(result);
  }
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
    send: (data, binary) => socket.send(data, { binary }, () => undefined),
    close() {
      over = true;
      clearInterval(pinging);
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
  ECONNRESET: "closed",
  EPIPE: "closed",
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
function problemOf(error: Error & { code?: string; errors?: { code?: string }[] }): UpstreamEnd {
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
