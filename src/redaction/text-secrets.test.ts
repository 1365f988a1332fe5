import { expect, test } from "vitest";
import { isSecretHeader, isSecretParameter } from "./secret-names.ts";
import { withoutHeaderSecrets, withoutHeadSecrets, withoutTextSecrets, withoutUrlSecrets } from "./text-secrets.ts";

test.each([
  "Authorization",
  "Proxy-Authorization",
  "Cookie",
  "Set-Cookie",
  "X-Api-Key",
  "X-ApiKey",
  "X-Auth-Token",
  "X-Secret",
  "X-Password",
])("the header %s is a secret, letter case aside", (name) => {
  expect([isSecretHeader(name), isSecretHeader(name.toLowerCase())]).toEqual([true, true]);
  expect(withoutHeaderSecrets(name, "whatever")).toBe("•••");
});

test.each(["Host", "User-Agent", "Sec-WebSocket-Key", "Sec-WebSocket-Protocol", "Origin", "X-Request-Id"])(
  "the header %s is none",
  (name) => {
    expect(isSecretHeader(name)).toBe(false);
    expect(withoutHeaderSecrets(name, "whatever")).toBe("whatever");
  },
);

test("a header that is none may hold credentials all the same", () => {
  expect(withoutHeaderSecrets("Origin", "http://user:pass@host/?token=abc&a=b")).toBe(
    "http://user:•••@host/?token=•••&a=b",
  );
  expect(withoutHeaderSecrets("Host", "user:pass@host:9000")).toBe("user:•••@host:9000");
  expect(withoutHeaderSecrets("X-Forwarded", "Basic dXNlcjpwYXNz")).toBe("Basic •••");
});

test.each([
  "password",
  "pwd",
  "userpass",
  "token",
  "client_secret",
  "api_key",
  "auth",
  "sig",
  "X-Amz-Signature",
  "Credential",
  "session",
  "jwt",
  "pin",
])("the parameter %s of a URL is a secret", (name) => {
  expect(isSecretParameter(name)).toBe(true);
  expect(withoutUrlSecrets(`https://host/a?x=1&${name}=abc#end`)).toBe(`https://host/a?x=1&${name}=•••#end`);
});

test.each(["id", "signal", "passenger", "design", "pinned"])("the parameter %s of a URL is none", (name) => {
  expect(isSecretParameter(name)).toBe(false);
});

test.each([
  ["ws://host/CP1", "ws://host/CP1"],
  ["ws://host:9000", "ws://host:9000"],
  ["ws://user:pa:ss@host/CP1", "ws://user:•••@host/CP1"],
  ["ws://user:p@ss@host/CP1", "ws://user:•••@host/CP1"],
  ["ws://token@host/CP1", "ws://•••@host/CP1"],
  ["ws://@host/CP1", "ws://@host/CP1"],
  ["ws://user:cut-off-he", "ws://user:•••"],
  ["wss://host:90001x", "wss://host:•••"],
])("%s is shown as %s", (url, shown) => {
  expect(withoutUrlSecrets(url)).toBe(shown);
});

test.each([
  ["password=abc, user=me", "password=•••, user=me"],
  ['wifiPassword: "a b c" and more', 'wifiPassword: "•••" and more'],
  ["Cookie: a=b; c=d", "Cookie: •••"],
  ["Bearer 0123456789abcdef", "Bearer •••"],
  ["Bearer of news", "Bearer of news"],
  ["Basic Charging", "Basic Charging"],
  ["Basic dXNlcjpwYXNz", "Basic •••"],
  ["eyJhbGciOiJub25l.eyJzdWIiOiIx.sig", "•••"],
  [
    "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY-----•••-----END PRIVATE KEY-----",
  ],
  ["-----BEGIN EC PRIVATE KEY-----\nAAAA", "-----BEGIN EC PRIVATE KEY-----•••"],
  ["nothing of the kind", "nothing of the kind"],
])("the text %j is told as %j", (text, told) => {
  expect(withoutTextSecrets(text)).toBe(told);
});

test.each([
  ["GET /CP1?token=abc HTTP/1.1\r\nHost: a\r\n", "GET /CP1?token=••• HTTP/1.1\r\nHost: a\r\n"],
  ["GET ws://u:p@h/CP1 HTTP/1.1", "GET ws://u:•••@h/CP1 HTTP/1.1"],
  ["GET / HTTP/1.1\r\nAuthorization: Basic dXNlcjpwYXNz\r\nHost: a", "GET / HTTP/1.1\r\nAuthorization: •••\r\nHost: a"],
  // Without a colon, in other letters, folded onto the next line, and cut off in the middle.
  ["GET / HTTP/1.1\r\nauthorization Basic abc", "GET / HTTP/1.1\r\nauthorization •••"],
  ["GET / HTTP/1.1\nX-Api-Key:\n\tabc\n more\nHost: a", "GET / HTTP/1.1\nX-Api-Key: •••\nHost: a"],
  ["Basic dXNlcjpwYXNz", "Basic •••"],
  ["GET / HTTP/1.1\nHost: u:p@h\nX: Bearer abcdef", "GET / HTTP/1.1\nHost: u:•••@h\nX: Bearer •••"],
  ["GET / HTTP/1.1\nno colon here", "GET / HTTP/1.1\nno colon here"],
])("the head %j is shown as %j", (head, shown) => {
  expect(withoutHeadSecrets(head)).toBe(shown);
});
