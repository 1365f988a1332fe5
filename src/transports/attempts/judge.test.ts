import { expect, test } from "vitest";
import { words } from "../../station/phrases.ts";
import { readHead } from "../http/request-head.ts";
import { type Facts, judge, obstacle } from "./diagnose.ts";

const hello = { versions: ["TLSv1.3"], ciphers: ["TLS_AES_128_GCM_SHA256"], alpn: [] };
const plain: Facts = {
  ...{ mode: "both", tlsReady: true, localAddress: "10.0.0.1", start: new Uint8Array(), bytes: 1, opening: "http" },
  ...{ secured: false, after: [] },
};
const tls: Partial<Facts> = { opening: "tls", hello };
const quiet: Partial<Facts> = { ...tls, secured: true };
const says = (text: string): Partial<Facts> => ({ head: readHead(Buffer.from(text)), start: Buffer.from(text) });
const key = "dGhlIHNhbXBsZSBub25jZQ==";
const upgrade = (change: Record<string, string | null> = {}, line = "GET /CP1 HTTP/1.1") => {
  const usual = {
    Host: "x",
    Upgrade: "websocket",
    Connection: "Upgrade",
    "Sec-WebSocket-Key": key,
    "Sec-WebSocket-Version": "13",
  };
  const headers = Object.entries({ ...usual, ...change }).filter(([, value]) => value !== null);
  return says(`${line}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`);
};
const admitted: Partial<Facts> = { admission: { allow: true, securityProfile: 0, causes: [] } };
const versions = "ocpp1.6, ocpp2.0.1, ocpp2.1";
const library = (error: string) => words("tls-library", { error });

test.each<[string, Partial<Facts>, object[]]>([
  ["nothing yet", { opening: "nothing" }, []],
  ["nothing, and gone", { opening: "nothing", end: "station" }, [{ code: "closed-at-once" }]],
  ["nothing in time", { opening: "nothing", end: "time" }, [{ code: "silence" }]],
  ["nothing, and others came", { opening: "nothing", end: "crowded" }, [{ code: "crowded" }]],
  ["nothing, ended by us", { opening: "nothing", end: "us" }, []],
  [
    "text of another protocol",
    { opening: "other", start: Buffer.from("SSH-2.0-x\r\nmore") },
    [{ code: "not-http", said: "SSH-2.0-x" }],
  ],
  [
    "bytes of another protocol",
    { opening: "other", start: Buffer.from("0102030405060708090a0b0c0d0e0f1011", "hex") },
    [{ code: "not-http", said: "01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10" }],
  ],
  [
    "TLS where there is none, by name",
    { ...tls, mode: "ws", hello: { ...hello, sni: "csms" } },
    [{ code: "tls-on-plain-port", said: "csms" }],
  ],
  [
    "TLS before there is a certificate",
    { ...tls, tlsReady: false },
    [{ code: "certificate-not-ready", said: "10.0.0.1" }],
  ],
  ["plain where only TLS is taken", { mode: "wss" }, [{ code: "plain-on-tls-port" }]],
  [
    "a request where only TLS is taken",
    { mode: "wss", ...upgrade() },
    [{ code: "plain-on-tls-port", said: "GET /CP1 HTTP/1.1" }],
  ],
  ["a handshake under way", tls, []],
  ["a handshake, and others came", { ...tls, end: "crowded" }, [{ code: "crowded" }]],
  ["a handshake that the station ended", { ...tls, end: "station" }, [{ code: "tls-closed" }]],
  [
    "a handshake that the station ended, and our certificate does not name what it called",
    { ...tls, end: "station", certificateFits: false, hello: { ...hello, sni: "csms", clock: "1999-12-31T00:00:00Z" } },
    [
      { code: "tls-closed" },
      { code: "certificate-name", said: "csms" },
      { code: "certificate-expired", said: "1999-12-31T00:00:00Z" },
    ],
  ],
  ["a handshake that stood still", { ...tls, end: "time" }, [{ code: "tls-stalled" }]],
  [
    "a hello that cannot be read, and stood still",
    { opening: "tls", end: "time", helloProblem: words("hello-cut") },
    [{ code: "tls-stalled", said: words("hello-cut") }],
  ],
  [
    "a hello that cannot be read, and what the library says",
    { opening: "tls", helloProblem: words("hello-cut"), tlsError: "id:error:0A:SSL:f:length mismatch:file:1" },
    [
      {
        code: "tls-failed",
        said: words("tls-library-and-hello", { error: "length mismatch", hello: words("hello-cut") }),
      },
    ],
  ],
  ["old versions alone, while it goes on", { ...tls, hello: { ...hello, versions: ["TLSv1.1"] } }, []],
  [
    "old versions alone, and gone",
    { ...tls, hello: { ...hello, versions: ["TLSv1.0", "TLSv1.1"] }, end: "station" },
    [{ code: "tls-version", said: "TLSv1.0, TLSv1.1", expected: "TLSv1.2, TLSv1.3" }],
  ],
  [
    "a version that is too new to have a name",
    { ...tls, hello: { ...hello, versions: ["0x0305"] }, end: "station" },
    [{ code: "tls-closed" }],
  ],
  [
    "a broken line in the handshake",
    { ...tls, tlsError: "read ECONNRESET" },
    [{ code: "tls-closed", said: library("read ECONNRESET") }],
  ],
  [
    "an alert of no place in the list",
    { ...tls, tlsError: "id:error:0A:SSL:f:tlsv1 alert internal error:file:1:SSL alert number 80" },
    [{ code: "tls-failed", said: library("tlsv1 alert internal error (alert number 80)") }],
  ],
  [
    "many ciphers, and none in common",
    { ...tls, hello: { ...hello, ciphers: ["A", "B", "C", "D", "E", "F", "X_SCSV"] }, tlsError: "no shared cipher" },
    [{ code: "no-common-cipher", said: "A, B, C, D, E, …" }],
  ],
  [
    "five ciphers, and none in common",
    { ...tls, hello: { ...hello, ciphers: ["A", "B", "C", "D", "E"] }, tlsError: "no shared cipher" },
    [{ code: "no-common-cipher", said: "A, B, C, D, E" }],
  ],
  [
    "what we take for RSA alone, beside what we do not take",
    {
      ...tls,
      hello: {
        ...hello,
        ciphers: [
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_DHE_PSK_WITH_AES_128_GCM_SHA256",
          "TLS_A_WITH_B_CBC_SHA",
        ],
      },
      tlsError: "no shared cipher",
    },
    [
      {
        code: "rsa-only",
        said: "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TLS_DHE_PSK_WITH_AES_128_GCM_SHA256, TLS_A_WITH_B_CBC_SHA",
      },
    ],
  ],
  [
    "what we take for other certificates as well",
    {
      ...tls,
      hello: { ...hello, ciphers: ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256"] },
      tlsError: "no shared cipher",
    },
    [
      {
        code: "no-common-cipher",
        said: "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TLS_CHACHA20_POLY1305_SHA256",
      },
    ],
  ],
  [
    "no hello, and no cipher in common",
    { opening: "tls", tlsError: "no shared cipher" },
    [{ code: "no-common-cipher", said: library("no shared cipher") }],
  ],
  [
    "no hello, and a version too low",
    { opening: "tls", tlsError: "version too low" },
    [{ code: "tls-version", said: library("version too low"), expected: "TLSv1.2, TLSv1.3" }],
  ],
  ["secured, and nothing yet", quiet, []],
  ["secured, and gone", { ...quiet, end: "station" }, [{ code: "tls-closed" }]],
  ["secured, and nothing in time", { ...quiet, end: "time" }, [{ code: "silence" }]],
  ["secured, and others came", { ...quiet, end: "crowded" }, [{ code: "crowded" }]],
  ["secured, ended by us", { ...quiet, end: "us" }, []],
  ["a head under way", says("GET /CP1"), []],
  ["a head cut off", { ...says("GET /CP1"), end: "station" }, [{ code: "head-cut-off" }]],
  ["a head that does not end", { ...says("GET /CP1"), end: "time" }, [{ code: "slow-head" }]],
  ["a head, and others came", { ...says("GET /CP1"), end: "crowded" }, [{ code: "crowded" }]],
  ["a head too large", says(`GET /${"x".repeat(17_000)}`), [{ code: "header-too-large" }]],
  [
    "a line that is none",
    says("GET /CP1\r\n"),
    [{ code: "bad-request-line", said: "GET /CP1", expected: "GET /CP001 HTTP/1.1" }],
  ],
  ["another protocol after the first bytes", says("[2,"), [{ code: "not-http", said: "[2," }]],
  [
    "a page that is asked for",
    says("GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
    [{ code: "plain-request", said: "GET / HTTP/1.1" }],
  ],
  [
    "SOAP by its type",
    says("POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/soap+xml\r\n\r\n"),
    [{ code: "soap", said: "POST / HTTP/1.1" }],
  ],
  [
    "SOAP by its action",
    says("POST / HTTP/1.1\r\nHost: x\r\nSOAPAction: y\r\n\r\n"),
    [{ code: "soap", said: "POST / HTTP/1.1" }],
  ],
  ["all well", upgrade(), []],
  [
    "all well, in words of other cases",
    upgrade({ Upgrade: "h2c, WebSocket", Connection: "keep-alive, UPGRADE", "Sec-WebSocket-Version": "8" }),
    [],
  ],
  ["another method", upgrade({}, "POST /CP1 HTTP/1.1"), [{ code: "bad-handshake", said: "POST", expected: "GET" }]],
  [
    "another upgrade",
    upgrade({ Upgrade: "h2c" }),
    [{ code: "bad-handshake", said: "Upgrade: h2c", expected: "Upgrade: websocket" }],
  ],
  [
    "no upgrade",
    upgrade({ Upgrade: null }),
    [{ code: "bad-handshake", said: "Upgrade: ", expected: "Upgrade: websocket" }],
  ],
  [
    "a short key",
    upgrade({ "Sec-WebSocket-Key": "abc=" }),
    [{ code: "bad-handshake", said: "Sec-WebSocket-Key: abc=", expected: words("bytes-in-base64", { count: 16 }) }],
  ],
  [
    "no key",
    upgrade({ "Sec-WebSocket-Key": null }),
    [{ code: "bad-handshake", said: "Sec-WebSocket-Key: ", expected: words("bytes-in-base64", { count: 16 }) }],
  ],
  [
    "another version",
    upgrade({ "Sec-WebSocket-Version": "7" }),
    [{ code: "bad-handshake", said: "Sec-WebSocket-Version: 7", expected: "13" }],
  ],
  [
    "no version",
    upgrade({ "Sec-WebSocket-Version": null }),
    [{ code: "bad-handshake", said: "Sec-WebSocket-Version: ", expected: "13" }],
  ],
  [
    "no connection",
    upgrade({ Connection: null }),
    [{ code: "no-connection-upgrade", said: "Connection: ", expected: "Upgrade" }],
  ],
  [
    "another connection",
    upgrade({ Connection: "close" }),
    [{ code: "no-connection-upgrade", said: "Connection: close", expected: "Upgrade" }],
  ],
  ["an odd line", upgrade({}, "get  /CP1 HTTP/1.1"), [{ code: "odd-request-line", said: "get  /CP1 HTTP/1.1" }]],
  [
    "headers that are none, each named once and without its value",
    says(
      `GET /CP1 HTTP/1.1\nUpgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Key: ${key}\nSec-WebSocket-Version: 13\nPass : a\nPass : b\n\n`,
    ),
    [{ code: "bad-header", said: "LF, Pass , Host" }],
  ],
  ["no subprotocol", { ...upgrade(), ...admitted, offered: [] }, [{ code: "no-subprotocol", expected: versions }]],
  [
    "subprotocols that nobody speaks",
    { ...upgrade(), ...admitted, offered: ["a", "b"] },
    [{ code: "unknown-subprotocol", said: "a, b", expected: versions }],
  ],
  [
    "a subprotocol of more letters than are told",
    { ...upgrade(), ...admitted, offered: ["a".repeat(201)] },
    [{ code: "unknown-subprotocol", said: "a".repeat(200), expected: versions }],
  ],
  [
    "a subprotocol in capitals",
    { ...upgrade(), ...admitted, offered: ["OCPP1.6"], subprotocol: "OCPP1.6" },
    [{ code: "subprotocol-case", said: "OCPP1.6", expected: "ocpp1.6" }],
  ],
  ["a subprotocol as it should be", { ...upgrade(), ...admitted, offered: ["ocpp1.6"], subprotocol: "ocpp1.6" }, []],
  [
    "no subprotocol of one that is not let in",
    { ...upgrade(), offered: [], admission: { allow: false, status: 403, causes: [] } },
    [],
  ],
])("an attempt is judged: %s", (_, more, expected) => {
  expect(judge({ ...plain, ...more })).toEqual(expected);
});

test("only what cannot go on stops an attempt, the worst of it", () => {
  const about = (more: Partial<Facts>) => obstacle({ ...plain, ...more })?.code;
  expect([about(upgrade({ Connection: null })), about(upgrade({}, "GET / HTTP/1.1"))]).toEqual([
    undefined,
    "no-identity",
  ]);
  expect(about(upgrade({ Connection: null, "Sec-WebSocket-Version": null }))).toBe("bad-handshake");
});
