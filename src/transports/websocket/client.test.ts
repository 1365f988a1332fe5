import { expect, test } from "vitest";
import { problemOf, stationAddress } from "./client.ts";

test.each([
  ["ws://h", "CP1", "ws://h/CP1"],
  ["ws://h:9000/", "CP1", "ws://h:9000/CP1"],
  ["wss://h/ocpp//", "CP 1/å", "wss://h/ocpp/CP%201%2F%C3%A5"],
  ["wss://h/ocpp?key=a", "CP1", "wss://h/ocpp/CP1?key=a"],
  ["wss://h/ocpp/CP1", "CP1", "wss://h/ocpp/CP1"],
  ["wss://h/{identity}/ws", "CP 1", "wss://h/CP%201/ws"],
  ["wss://h/?station={identity}", "CP1", "wss://h/?station=CP1"],
  ["  ws://h/a#b ", "CP1", "ws://h/a/CP1"],
])("%s for %s is dialled as %s", (base, identity, address) => {
  expect(stationAddress(base, identity)).toBe(address);
});

test.each(["h/ocpp", "", "ws://"])("%s is no URL", (base) => {
  expect(() => stationAddress(base, "CP1")).toThrow(TypeError);
});

test.each([
  ["http://h/", "no-websocket-url"],
  ["wss://user:key@h/", "url-with-credentials"],
  ["wss://user@h/", "url-with-credentials"],
  ["wss://:key@h/", "url-with-credentials"],
])("%s is refused, and it is said why: %s", (base, phrase) => {
  expect(() => stationAddress(base, "CP1")).toThrow(expect.objectContaining({ words: { phrase } }));
});

test.each([
  ["ECONNREFUSED", "unreachable"],
  ["EHOSTUNREACH", "unreachable"],
  ["ENETUNREACH", "unreachable"],
  ["ENETDOWN", "unreachable"],
  ["EADDRNOTAVAIL", "unreachable"],
  ["EHOSTDOWN", "unreachable"],
  ["EACCES", "blocked"],
  ["EPERM", "blocked"],
  ["ECONNRESET", "closed"],
  ["EPIPE", "closed"],
  ["ECONNABORTED", "closed"],
  ["ENOTFOUND", "unknown-host"],
  ["EAI_AGAIN", "unknown-host"],
  ["ETIMEDOUT", "no-answer"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "certificate-unknown"],
  ["UNABLE_TO_GET_ISSUER_CERT", "certificate-unknown"],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "certificate-unknown"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "certificate-unknown"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "certificate-unknown"],
  ["CERT_UNTRUSTED", "certificate-unknown"],
  ["CERT_HAS_EXPIRED", "certificate-expired"],
  ["CERT_NOT_YET_VALID", "certificate-expired"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "certificate-name"],
  ["ERR_SSL_WRONG_VERSION_NUMBER", "tls"],
  ["ERR_TLS_HANDSHAKE", "tls"],
  ["EPROTO", "tls"],
  ["EWHATEVER", "failed"],
  ["constructor", "failed"],
])("the system's %s is told as %s", (code, problem) => {
  expect(problemOf(Object.assign(new Error(`connect ${code}`), { code }))).toEqual({
    problem,
    detail: `connect ${code}`,
  });
});

test.each([
  [new Error("Server sent no subprotocol"), { problem: "subprotocol", detail: "Server sent no subprotocol" }],
  [new Error("Opening handshake has timed out"), { problem: "no-answer", detail: "Opening handshake has timed out" }],
  [
    Object.assign(new Error(""), { errors: [{ code: "ECONNREFUSED" }] }),
    { problem: "unreachable", detail: "ECONNREFUSED" },
  ],
  [new Error("odd"), { problem: "failed", detail: "odd" }],
])("%o has its place by what it says", (error, told) => {
  expect(problemOf(error)).toEqual(told);
});
