import type { CauseCode } from "../../words/en/causes.ts";
import type { RefusalStatus } from "../admission.ts";

type Refusal = { status: string; text: string; headers?: string };

const general = "This is the door for charging stations (OCPP over WebSocket). The screens are at another address.\n";
const identity = "The path must end with the station's identity, for example /CP001\n";
const handshake = "A WebSocket handshake was expected (RFC 6455 4.1).\n";
const challenge = 'WWW-Authenticate: Basic realm="Plugside", charset="UTF-8"\r\n';

const byCause: Partial<Record<CauseCode, Refusal>> = {
  "plain-request": { status: "426 Upgrade Required", text: general, headers: "Upgrade: websocket\r\n" },
  soap: { status: "426 Upgrade Required", text: general, headers: "Upgrade: websocket\r\n" },
  "no-identity": { status: "404 Not Found", text: identity },
  placeholder: { status: "404 Not Found", text: identity },
  "bad-handshake": { status: "400 Bad Request", text: handshake, headers: "Sec-WebSocket-Version: 13, 8\r\n" },
  "bad-request-line": { status: "400 Bad Request", text: "Expected: GET /CP001 HTTP/1.1\n" },
  "header-too-large": {
    status: "431 Request Header Fields Too Large",
    text: "The request's head is larger than 16 KiB.\n",
  },
  "slow-head": { status: "408 Request Timeout", text: "The request's head did not end in time.\n" },
  "plain-on-tls-port": { status: "400 Bad Request", text: "This port takes wss (TLS) alone.\n" },
};

const byStatus: Record<RefusalStatus, Refusal> = {
  401: { status: "401 Unauthorized", text: "User name or password are missing or wrong.\n", headers: challenge },
  403: { status: "403 Forbidden", text: "This station is not let in.\n" },
  404: { status: "404 Not Found", text: "No station of this identity is known here.\n" },
  503: { status: "503 Service Unavailable", text: "Not now. Try again later.\n", headers: "Retry-After: 10\r\n" },
};

/** What an HTTP client is told that is not let in; null where it speaks no HTTP. */
export function refusalText(reason: CauseCode | RefusalStatus): string | null {
  const refusal = typeof reason === "number" ? byStatus[reason] : byCause[reason];
  if (!refusal) return null;
  const { status, text, headers = "" } = refusal;
  return `HTTP/1.1 ${status}\r\n${headers}Connection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

/** The fatal alert "handshake failure" (RFC 8446 6.2), for who speaks TLS where there is none. */
export const tlsAlert: Uint8Array = Uint8Array.of(0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x28);
