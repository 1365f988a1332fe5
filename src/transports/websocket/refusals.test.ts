import { expect, test } from "vitest";
import { refusalText, tlsAlert } from "./refusals.ts";

const door = "This is the door for charging stations (OCPP over WebSocket). The screens are at another address.\n";
const path = "The path must end with the station's identity, for example /CP001\n";

test.each([
  ["plain-request", "426 Upgrade Required", ["Upgrade: websocket"], door],
  ["soap", "426 Upgrade Required", ["Upgrade: websocket"], door],
  ["no-identity", "404 Not Found", [], path],
  ["placeholder", "404 Not Found", [], path],
  [
    "bad-handshake",
    "400 Bad Request",
    ["Sec-WebSocket-Version: 13, 8"],
    "A WebSocket handshake was expected (RFC 6455 4.1).\n",
  ],
  ["bad-request-line", "400 Bad Request", [], "Expected: GET /CP001 HTTP/1.1\n"],
  ["header-too-large", "431 Request Header Fields Too Large", [], "The request's head is larger than 16 KiB.\n"],
  ["slow-head", "408 Request Timeout", [], "The request's head did not end in time.\n"],
  ["plain-on-tls-port", "400 Bad Request", [], "This port takes wss (TLS) alone.\n"],
  [
    401,
    "401 Unauthorized",
    ['WWW-Authenticate: Basic realm="Plugside", charset="UTF-8"'],
    "User name or password are missing or wrong.\n",
  ],
  [403, "403 Forbidden", [], "This station is not let in.\n"],
  [404, "404 Not Found", [], "No station of this identity is known here.\n"],
  [503, "503 Service Unavailable", ["Retry-After: 10"], "Not now. Try again later.\n"],
] as const)("%s is told as %s, whole and for good", (reason, status, headers, text) => {
  expect(refusalText(reason)?.split("\r\n")).toEqual([
    `HTTP/1.1 ${status}`,
    ...headers,
    "Connection: close",
    "Content-Type: text/plain; charset=utf-8",
    `Content-Length: ${text.length}`,
    "",
    text,
  ]);
});

test("who speaks no HTTP is told nothing in it, and who speaks TLS where there is none gets its alert", () => {
  expect(refusalText("not-http")).toBeNull();
  // A record of alerts (0x15), fatal (2), handshake failure (40).
  expect([...tlsAlert]).toEqual([0x15, 3, 1, 0, 2, 2, 40]);
});
