import { connect } from "node:net";
import { createRandom, type Random } from "../../../src/simulator/random.ts";

const methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "PRI", "\u0000"];
const paths = [
  "/",
  "/open/",
  "/open/x",
  "/open/../open/x",
  `/open/${"x".repeat(9000)}`,
  "/api",
  "/api?x",
  "/assets/../../etc/passwd",
  "/%2e%2e/%2e%2e/etc/passwd",
  "/__proto__",
  "/constructor",
  "//",
  "*",
  "http://example.com/",
  "/%",
  "/\u00ff",
];
const lines = [
  "Host: example.com",
  "Host:",
  "Origin: http://example.com",
  "Origin: null",
  "Cookie: plugside-1=x",
  `Cookie: ${"a=b;".repeat(2000)}`,
  "Authorization: Bearer x",
  "Authorization: Bearer",
  "Upgrade: websocket",
  "Connection: Upgrade",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  "Content-Length: 5",
  "Content-Length: -1",
  "Transfer-Encoding: chunked",
  "Expect: 100-continue",
  "Range: bytes=0-1,2-3,-9",
  "If-None-Match: *",
  "X: \u0000",
  `X-Long: ${"y".repeat(30_000)}`,
];
const waitMs = 400;

/** Says requests to the port of the screens. Gives what was wrong with the answers: a failure of ours, or a file without the cookie. */
export async function sayRequests(url: URL, { seed, count }: { seed: number; count: number }): Promise<string[]> {
  const random = createRandom(seed);
  const wrong: string[] = [];
  for (let left = count; left > 0; left--) {
    const request = requestOf(random, url.host);
    const answer = await say(Number(url.port), request);
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 400);
    const shown = `${request.split("\r\n")[0]?.slice(0, 80)}: ${answer.split("\r\n")[0]}`;
    if (status >= 500 && status !== 501 && status !== 505) wrong.push(shown);
    if (status >= 200 && status < 400 && !/^(GET|HEAD) \//.test(request)) wrong.push(shown);
    if (status === 200 || status === 101) wrong.push(`without a cookie, ${shown}`);
  }
  return wrong;
}

function requestOf(random: Random, host: string): string {
  const head = [`${random.pick(methods)} ${random.pick(paths)} HTTP/1.1`];
  if (random.next() < 0.8) head.push(`Host: ${host}`);
  for (let more = Math.floor(random.next() * 8); more > 0; more--) head.push(random.pick(lines));
  const whole = `${head.join("\r\n")}\r\n\r\n`;
  return random.next() < 0.1 ? whole.slice(0, Math.floor(random.next() * whole.length)) : whole;
}

function say(port: number, request: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port }, () => socket.write(Buffer.from(request, "latin1")));
    let text = "";
    const timer = setTimeout(() => socket.destroy(), waitMs);
    socket.on("data", (data) => {
      text += data.toString("latin1");
      socket.end();
    });
    socket.on("error", () => undefined);
    socket.once("close", () => {
      clearTimeout(timer);
      resolve(text);
    });
  });
}
