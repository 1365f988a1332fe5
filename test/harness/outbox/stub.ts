import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";

/** What befalls one request: an answer of this status without doing it, an answer that never comes after doing it, a connection cut while
 * the body comes. */
export type Fault = { status: number; body?: string } | "lose-answer" | "cut";

export type Asked = { method: string; path: string; query: URLSearchParams };

/** A server of a test's own on a free port. */
export type Stub = {
  url: string;
  port: number;
  /** Method and path of each request, as they came. */
  asked: string[];
  /** Decides what befalls the next requests; none by default. */
  fault: (asked: Asked) => Fault | null;
  close(): Promise<void>;
};

/** Starts one. It answers what `answer` does, once the body is whole. */
export async function startStub(
  answer: (
    request: IncomingMessage,
    asked: Asked,
    body: Buffer,
  ) => { status: number; headers?: Record<string, string>; body?: string | Buffer },
  tls?: { key: string; cert: string },
): Promise<Stub> {
  const stub: Stub = { url: "", port: 0, asked: [], fault: () => null, close: async () => undefined };
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://stub");
    const asked = { method: request.method ?? "", path: url.pathname, query: url.searchParams };
    stub.asked.push(`${asked.method} ${decodeURIComponent(asked.path)}`);
    const fault = stub.fault(asked);
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      if (fault === "cut") request.socket.destroy();
    });
    request.on("error", () => undefined);
    request.on("end", () => {
      if (fault === "cut") return request.socket.destroy();
      if (fault !== null && fault !== "lose-answer") return response.writeHead(fault.status).end(fault.body ?? "");
      const { status, headers = {}, body = "" } = answer(request, asked, Buffer.concat(chunks));
      if (fault === "lose-answer") return request.socket.destroy();
      const length = { "content-length": String(Buffer.byteLength(body)) };
      response.writeHead(status, { ...length, ...headers }).end(request.method === "HEAD" ? undefined : body);
    });
  };
  const server: Server = tls ? createTlsServer(tls, handle) : createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stub.port = (server.address() as AddressInfo).port;
  stub.url = `${tls ? "https" : "http"}://127.0.0.1:${stub.port}`;
  stub.close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return stub;
}
