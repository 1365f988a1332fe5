import { expect, test } from "vitest";
import { failure } from "../../../../station/failure.ts";
import { words } from "../../../../station/phrases.ts";
import { isGood, lengthOf } from "./answer.ts";
import { awayFailure, silentFailure, statusFailure, whatItSays } from "./why.ts";

const host = "depot.example:8443";
const place = { host };
const said = { host, error: "it said" };

test.each([
  ["ENOTFOUND", words("away-name", { host })],
  ["EAI_AGAIN", words("away-name", { host })],
  ["EAI_NONAME", words("away-name", { host })],
  ["ECONNREFUSED", words("away-refused", { host })],
  ["EHOSTUNREACH", words("away-no-way", { host })],
  ["EHOSTDOWN", words("away-no-way", { host })],
  ["ENETUNREACH", words("away-no-way", { host })],
  ["ENETDOWN", words("away-no-way", { host })],
  ["EADDRNOTAVAIL", words("away-no-way", { host })],
  ["ETIMEDOUT", words("away-silent", { host })],
  ["EACCES", words("away-blocked", { host })],
  ["EPERM", words("away-blocked", { host })],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", words("away-certificate-unknown", { host })],
  ["UNABLE_TO_GET_ISSUER_CERT", words("away-certificate-unknown", { host })],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", words("away-certificate-unknown", { host })],
  ["SELF_SIGNED_CERT_IN_CHAIN", words("away-certificate-unknown", { host })],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", words("away-certificate-unknown", { host })],
  ["CERT_UNTRUSTED", words("away-certificate-unknown", { host })],
  ["ERR_TLS_CERT_ALTNAME_INVALID", words("away-certificate-name", said)],
  ["ERR_SSL_WRONG_VERSION_NUMBER", words("away-tls", said)],
  ["ERR_TLS_HANDSHAKE_TIMEOUT", words("away-tls", said)],
  ["ERR_OSSL_EVP", words("away-tls", said)],
  ["EPROTO", words("away-tls", said)],
  ["HPE_INVALID_CONSTANT", words("away-no-http", said)],
  ["ECONNRESET", words("away-broken", said)],
  ["toString", words("away-broken", said)],
])("%s is said as %j", (code, told) => {
  expect(awayFailure(place, Object.assign(new Error("it said"), { code }))).toMatchObject({
    code: "unavailable",
    words: told,
  });
});

test("a certificate that is not good now is told with the time of this computer", () => {
  for (const code of ["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"]) {
    const told = awayFailure(place, Object.assign(new Error("it said"), { code })).words;
    expect(told).toEqual(words("away-certificate-expired", { ...said, now: expect.stringMatching(/^20\d\d-.*Z$/) }));
  }
});

test("of several tries the first tells why; a failure of ours is told as it is; without words the code is said", () => {
  const many = Object.assign(new Error(""), { errors: [{ code: "ECONNREFUSED" }, { code: "ETIMEDOUT" }] });
  expect(awayFailure(place, many).words).toEqual(words("away-refused", { host }));
  const own = failure("not-allowed", words("no-core"));
  expect(awayFailure(place, own)).toBe(own);
  expect(awayFailure(place, Object.assign(new Error(""), { code: "EWHAT" })).words).toEqual(
    words("away-broken", { host, error: "EWHAT" }),
  );
  expect(silentFailure(place, 60_000)).toMatchObject({
    code: "unavailable",
    words: words("away-still", { host, seconds: 60 }),
  });
});

test.each([
  [401, "not-allowed", words("away-credentials", { host, status: 401 })],
  [403, "not-allowed", words("away-permission", { host, said: "no" })],
  [404, "not-allowed", words("away-no-place", { host, status: 404 })],
  [410, "not-allowed", words("away-no-place", { host, status: 410 })],
  [413, "not-allowed", words("away-too-large", { host })],
  [507, "unavailable", words("away-full", { host, status: 507 })],
  [429, "unavailable", words("away-busy", { host, status: 429 })],
  [503, "unavailable", words("away-busy", { host, status: 503 })],
  [300, "not-allowed", words("away-moved", { host, to: "https://new.example/" })],
  [399, "not-allowed", words("away-moved", { host, to: "https://new.example/" })],
  [299, "unavailable", words("away-answers", { host, status: 299, said: "no" })],
  [400, "unavailable", words("away-answers", { host, status: 400, said: "no" })],
  [500, "unavailable", words("away-answers", { host, status: 500, said: "no" })],
])("an answer of %i is %s: %j", (status, code, told) => {
  const answer = { status, headers: { location: "https://new.example/" }, text: "<p>no</p>" };
  expect(statusFailure(place, answer)).toMatchObject({ code, words: told });
});

test("a place that it moved to and does not name is told as a question", () => {
  expect(statusFailure(place, { status: 301, headers: {}, text: "" }).words).toEqual(
    words("away-moved", { host, to: "?" }),
  );
});

test("what it says is one short line of the text that a person sees, without secrets", () => {
  expect(whatItSays("<html><style>a {}</style>\n<script>x</script><h1>Not\n\n  here</h1> ")).toBe("Not here");
  expect(whatItSays("x".repeat(500)).length).toBeLessThanOrEqual(201);
  expect(whatItSays(`${"<b>".repeat(2000)}late`)).not.toContain("late");
  expect(whatItSays('{"password":"hunter22"}')).not.toContain("hunter22");
});

test("success is 200 to 299, and a length is digits alone", () => {
  const good = (status: number) => isGood({ status, headers: {}, text: "" });
  expect([199, 200, 299, 300].map(good)).toEqual([false, true, true, false]);
  const length = (told?: string) => lengthOf({ status: 200, headers: { "content-length": told }, text: "" });
  expect(["0", "12", "1".repeat(15), "1".repeat(16), "-1", "", undefined].map(length)).toEqual([
    0,
    12,
    111_111_111_111_111,
    null,
    null,
    null,
    null,
  ]);
});
