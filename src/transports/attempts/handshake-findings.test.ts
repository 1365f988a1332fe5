import { describe, expect, test } from "vitest";
import type { CauseCode } from "../../words/en/causes.ts";
import type { Admission } from "../admission.ts";
import { readHead } from "../http/request-head.ts";
import { type Facts, judge, obstacle } from "./diagnose.ts";
import { handshakeFindings } from "./handshake-findings.ts";

const good = [
  "Host: laptop",
  "Upgrade: websocket",
  "Connection: keep-alive, Upgrade",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  "Sec-WebSocket-Version: 13",
];

/** What is known of a request that came in whole over plain TCP. */
function asking(line: string, headers: readonly string[], more: Partial<Facts> = {}): Facts {
  const start = Buffer.from([line, ...headers, "", ""].join("\r\n"));
  const base = {
    mode: "both",
    tlsReady: true,
    localAddress: "10.0.0.1",
    opening: "http",
    secured: false,
    after: [],
  } as const;
  return { ...base, start, bytes: start.length, head: readHead(start), ...more };
}

const get = "GET /CP1 HTTP/1.1";
const codes = (facts: Facts) => judge(facts).map(({ code }) => code);

test("a handshake as it should be is told nothing of", () => {
  const facts = asking(get, good);
  expect([codes(facts), obstacle(facts), handshakeFindings(facts)]).toEqual([[], undefined, []]);
});

describe("a handshake that", () => {
  const without = (name: string, instead?: string) => [
    ...good.filter((header) => !header.startsWith(`${name}:`)),
    ...(instead === undefined ? [] : [`${name}: ${instead}`]),
  ];
  test.each<[string, string, string[], string[]]>([
    ["speaks the last draft", get, without("Sec-WebSocket-Version", "8"), []],
    ["speaks another draft", get, without("Sec-WebSocket-Version", "7"), ["bad-handshake"]],
    ["tells no version", get, without("Sec-WebSocket-Version"), ["bad-handshake"]],
    ["has no key", get, without("Sec-WebSocket-Key"), ["bad-handshake"]],
    ["has a key of 15 bytes", get, without("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub24="), ["bad-handshake"]],
    ["upgrades to something else", get, without("Upgrade", "h2c"), ["bad-handshake"]],
    ["writes the upgrade large", get, without("Upgrade", "WebSocket"), []],
    ["is no GET", "POST /CP1 HTTP/1.1", good, ["bad-handshake"]],
    ["does not say Connection: Upgrade", get, without("Connection", "keep-alive"), ["no-connection-upgrade"]],
    ["names no station", "GET / HTTP/1.1", good, ["no-identity"]],
    ["is no upgrade", get, ["Host: laptop"], ["plain-request"]],
    ["is SOAP, by its type", "POST /CP1 HTTP/1.1", ["Host: laptop", "Content-Type: application/soap+xml"], ["soap"]],
    ["is SOAP, by its action", "POST /CP1 HTTP/1.1", ["Host: laptop", "SOAPAction: x"], ["soap"]],
  ])("%s", (_what, line, headers, expected) => {
    expect(codes(asking(line, headers))).toEqual(expected);
  });

  test("is plain on a port for TLS alone", () => {
    expect(judge(asking(get, good, { mode: "wss" }))).toEqual([{ code: "plain-on-tls-port", said: get }]);
  });
});

describe("an attempt without a whole request", () => {
  const nothing = { opening: "nothing", head: undefined } as const;
  const half = { head: readHead(Buffer.from(get)) };
  test.each<[Partial<Facts>, string[]]>([
    [{ ...nothing, end: "station" }, ["closed-at-once"]],
    [{ ...nothing, end: "time" }, ["silence"]],
    [{ ...nothing, end: "crowded" }, ["crowded"]],
    [{ ...nothing, end: "us" }, []],
    [{ ...half, end: "station" }, ["head-cut-off"]],
    [{ ...half, end: "time" }, ["slow-head"]],
    [{ ...half, end: "crowded" }, ["crowded"]],
    [half, []],
    [{ opening: "tls", mode: "ws" }, ["tls-on-plain-port"]],
    [{ opening: "tls", tlsReady: false }, ["certificate-not-ready"]],
  ])("%o is told as %o", (more, expected) => {
    expect(codes(asking(get, good, more))).toEqual(expected);
  });
});

test.each<[Partial<Facts>, string[]]>([
  [{ offered: [] }, ["no-subprotocol"]],
  [{ offered: ["mqtt"] }, ["unknown-subprotocol"]],
  [{ offered: ["OCPP1.6"], subprotocol: "OCPP1.6" }, ["subprotocol-case"]],
  [{ offered: ["ocpp1.6"], subprotocol: "ocpp1.6" }, []],
])("what was offered, %o, is told as %o once it is let in", (more, expected) => {
  const allowed: Admission = { allow: true, securityProfile: 0, causes: [] };
  expect(codes(asking(get, good, { ...more, admission: allowed }))).toEqual(expected);
  const refused: Admission = { allow: false, status: 403, causes: [{ code: "station-refused" }] };
  expect(codes(asking(get, good, { ...more, admission: refused }))).toEqual(["station-refused"]);
});

test("what stops an attempt comes first, then in the order of the stages; the rest are findings of the link", () => {
  const facts = asking("GET //a/ HTTP/1.1", [
    ...good.filter((header) => !header.startsWith("Connection")),
    "Connection: x",
  ]);
  expect(codes(facts)).toEqual(["no-connection-upgrade", "double-slash", "trailing-slash"]);
  expect(handshakeFindings(facts).map(({ rule, where }) => [rule, where])).toEqual([
    ["no-connection-upgrade", "link"],
    ["double-slash", "link"],
    ["trailing-slash", "link"],
  ]);
  const odd = (line: string, ...more: string[]) =>
    handshakeFindings(asking(line, [...good, ...more])).map(({ rule, said }) => [rule, said]);
  expect(odd("GET /CP1/CP1 HTTP/1.1")).toEqual([["doubled-identity", "/CP1/CP1"]]);
  expect(odd("GET /CP%231 HTTP/1.1")).toEqual([["identity-characters", "CP#1"]]);
  expect(odd("GET /?id=CP1 HTTP/1.1")).toEqual([["identity-in-query", "/?id=CP1"]]);
  expect(odd("GET /ws://laptop/CP1 HTTP/1.1").map(([rule]) => rule)).toContain("url-in-path");
  expect(odd("get  /CP1 HTTP/1.1")).toEqual([["odd-request-line", "get  /CP1 HTTP/1.1"]]);
  expect(odd(get, "X Y: z")).toEqual([["bad-header", "X Y"]]);
  const known: CauseCode[] = ["credentials-hex", "credentials-not-utf8", "credentials-unreadable", "user-name"];
  const causes = known.map((code) => ({ code }));
  const tolerated = { ...asking(get, good), admission: { allow: true, securityProfile: 1, causes } as Admission };
  expect(handshakeFindings(tolerated).map(({ rule }) => rule)).toEqual(known);
  const stopped = {
    ...facts,
    admission: { allow: false, status: 403, causes: [{ code: "station-refused" }] },
  } as Facts;
  expect(codes(stopped)[0]).toBe("station-refused");
});

test("what the access control tolerated is a finding of the link too, what refuses or came later is none", () => {
  const odd = ["credentials-hex", "credentials-not-utf8", "credentials-unreadable", "user-name"] as const;
  const causes = [
    ...odd.map((code) => ({ code, said: code, expected: "CP1" })),
    { code: "credentials-wrong" } as const,
  ];
  const facts = asking(get, good, {
    admission: { allow: true, securityProfile: 1, causes },
    after: [{ code: "reconnect-loop" }],
  });
  expect(codes(facts)).toEqual(expect.arrayContaining(["credentials-wrong", "reconnect-loop", ...odd]));
  const found = handshakeFindings(facts).map(({ rule, said, expected }) => [rule, said, expected]);
  expect(found.sort()).toEqual(odd.map((code) => [code, code, "CP1"]));
});
