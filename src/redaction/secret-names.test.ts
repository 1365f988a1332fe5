import { expect, test } from "vitest";
import { redact } from "./redact.ts";
import { isSecretHeader, isSecretName, isSecretParameter, mayNameSecret } from "./secret-names.ts";

/** Every word that makes a name that of a secret, wherever it stands in it. */
const parts = [
  ...["authorizationkey", "authorisationkey", "passw", "passphrase", "passcode", "pwd", "secret", "psk", "pincode"],
  ...["private", "api", "access", "preshared", "shared", "encryption", "network"].map((word) => `${word}key`),
  ...["wifi", "wlan", "wpa", "wep", "vpn", "ipsec", "hmac"].map((word) => `${word}key`),
  ...["access", "auth", "bearer", "refresh", "session", "security", "api"].map((word) => `${word}token`),
];
/** Those that are secret as the whole name alone. */
const whole = [
  ...["authorization", "proxyAuthorization", "cookie", "setCookie", "pass", "jwt"],
  ...["user", "ftp", "sftp", "http", "wifi", "admin", "login", "mail", "smtp", "db", "apn", "auth", "basic"].map(
    (word) => `${word}pass`,
  ),
];
const last = [
  "pin",
  "CardPin",
  "CARDPIN",
  "card_pin",
  "card.pin",
  "Pin",
  "PIN",
  "G_Authentication",
  "x_authentication",
];

test.each(parts)("%s anywhere in a name makes it that of a secret", (part) => {
  const words = part.replace(/(?=key$|token$|code$|phrase$)/, " ").split(" ");
  const names = [part, `My${part}2`, part.toUpperCase(), ...["_", "-", ".", " ", "__"].map((gap) => words.join(gap))];
  for (const name of names) expect([name, isSecretName(name), mayNameSecret(name)]).toEqual([name, true, true]);
});

test.each(["access_token", "auth-token", "refreshToken", "api token", "session.token"])(
  "the value of %s is masked",
  (name) => {
    expect(redact(JSON.stringify({ [name]: "abc" }))).toBe(JSON.stringify({ [name]: "•••" }));
  },
);

test.each([...whole, ...last])("%s is the name of a secret", (name) => {
  expect([isSecretName(name), mayNameSecret(name)]).toEqual([true, true]);
});

test.each([...whole.map((name) => `${name}2`), "compass2", "spinner", "Shipping", "pinned", "spin", "Authentication"])(
  "%s is none",
  (name) => {
    expect(isSecretName(name)).toBe(false);
  },
);

test("a text names no secret where no sign of one is in it, and an escape may hide one", () => {
  for (const text of ["", "Heartbeat", "connectorId", '{"token":"x"}', "vendor"])
    expect(mayNameSecret(text)).toBe(false);
  for (const text of ["p\\u0061ss", "credential", "vpn", "a_token", "accessToken", "KEY"])
    expect([text, mayNameSecret(text)]).toEqual([text, true]);
});

test("a name is read to its two hundredth letter", () => {
  const long = (letters: number) => `${"x".repeat(letters - 6)}secret`;
  expect([isSecretName(long(200)), isSecretName(long(201))]).toEqual([true, false]);
});

test.each([
  ...["passw", "userpwd", "userpass", "my_token", "secret", "apikey", "oauth", "sig", "X-Signature", "a_sig", "a.sig"],
  ...["credential", "session_id", "JWT", "cardpin"],
])("the parameter %s is a secret, letter case aside", (name) => {
  expect([isSecretParameter(name), isSecretParameter(name.toUpperCase())]).toEqual([true, true]);
});

test.each(["passage", "design", "signal", "pinned", "id", "se", "sv"])("the parameter %s is none", (name) => {
  expect(isSecretParameter(name)).toBe(false);
});

test.each(["Authorization", "X-Password", "X-Secret", "X-Token", "X-ApiKey", "x-api-key", "Set-Cookie"])(
  "the header %s is a secret",
  (name) => {
    expect(isSecretHeader(name)).toBe(true);
  },
);
