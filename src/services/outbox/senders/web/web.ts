import { type IncomingMessage, Agent as OpenAgent, request as openRequest } from "node:http";
import { Agent as TlsAgent, request as tlsRequest } from "node:https";
import type { Readable } from "node:stream";
import * as tls from "node:tls";
import type { Answer } from "./answer.ts";
import { awayFailure, silentFailure } from "./why.ts";

/** How long nothing may pass on a connection, ms. */
const silenceMs = 60_000;
/** Bytes of an answer that are read; lists of parts are the longest. */
const longestAnswer = 4 * 1024 * 1024;

export type Ask = {
  method: string;
  url: URL;
  headers?: Readonly<Record<string, string>> | undefined;
  /** A stream is given with its `length`. */
  body?: Uint8Array | Readable | undefined;
  /** Bytes of the body. */
  length?: number | undefined;
};

/** Requests to one place over connections of its own. */
export type Web = {
  /** @throws FailureError unavailable where no answer comes, the signal's reason where it is aborted */
  ask(ask: Ask): Promise<Answer>;
  close(): void;
};

/** Opens nothing yet: a connection is made with the first request. Redirects are answers, and are not followed.
 * @param ca a root in PEM that is trusted beside those of the system */
export function openWeb({ ca, signal }: { ca?: string | undefined; signal: AbortSignal }): Web {
  let agent: OpenAgent | TlsAgent | null = null;
  return {
    ask(ask) {
      agent ??=
        ask.url.protocol === "https:"
          ? new TlsAgent({ keepAlive: true, ca: trusted(ca) })
          : new OpenAgent({ keepAlive: true });
      return exchange(ask, agent, signal);
    },
    close: () => agent?.destroy(),
  };
}

/** Companies sign for their own servers with roots that only the system knows. */
function trusted(ca: string | undefined): string[] {
  const system = "getCACertificates" in tls ? tls.getCACertificates("system") : [];
  return [...tls.rootCertificates, ...system, ...(ca === undefined ? [] : [ca])];
}

function exchange(ask: Ask, agent: OpenAgent | TlsAgent, signal: AbortSignal): Promise<Answer> {
  const { method, url, body, headers = {} } = ask;
  const length = ask.length ?? (body instanceof Uint8Array ? body.length : 0);
  const sized = body !== undefined || method === "PUT" || method === "POST";
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const request = (url.protocol === "https:" ? tlsRequest : openRequest)(url, {
      method,
      agent,
      signal,
      headers: { "user-agent": "Plugside", ...headers, ...(sized && { "content-length": String(length) }) },
    });
    let answered = false;
    let handed = body instanceof Uint8Array ? length : 0;
    const fail = (error: Error) => {
      stopBody(body);
      if (!answered) reject(signal.aborted ? signal.reason : awayFailure(url, error));
    };
    request.setTimeout(silenceMs, () => request.destroy(silentFailure(url, silenceMs)));
    request.on("error", fail);
    request.on("response", (response) => {
      read(response).then((text) => {
        answered = true;
        // Who answers before it has heard all of it has refused it, whatever it says.
        const early = handed < length;
        stopBody(body);
        if (early) request.destroy();
        const status = response.statusCode ?? 0;
        if (early && status < 300) reject(awayFailure(url, new Error("answered before it had it all")));
        else resolve({ status, headers: response.headers, text });
      }, fail);
    });
    if (body === undefined || body instanceof Uint8Array) request.end(body);
    else {
      body.on("error", (error) => request.destroy(error));
      body.on("data", (chunk: Uint8Array) => {
        handed += chunk.length;
      });
      body.pipe(request);
    }
  });
}

function stopBody(body: Ask["body"]): void {
  if (body !== undefined && !(body instanceof Uint8Array)) body.destroy();
}

async function read(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestAnswer) throw new Error("an answer without an end");
    chunks.push(chunk);
  }
  if (!response.complete) throw new Error("the answer broke off");
  return Buffer.concat(chunks).toString("utf8");
}

/** The header of HTTP's plain credentials (RFC 7617). */
export function basicAuth(user: string | undefined, password = ""): Record<string, string> {
  if (user === undefined || user === "") return {};
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
}
