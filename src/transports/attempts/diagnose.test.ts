import { describe, expect, test } from "vitest";
import type { TlsHello } from "../../station/attempts.ts";
import { type Facts, judge } from "./diagnose.ts";

const modern: TlsHello = { versions: ["TLSv1.3", "TLSv1.2"], ciphers: ["TLS_AES_128_GCM_SHA256"], alpn: [] };
const old: TlsHello = { versions: ["TLSv1.1"], ciphers: ["TLS_RSA_WITH_AES_128_CBC_SHA"], alpn: [] };

function facts(more: Partial<Facts>): Facts {
  const start = Uint8Array.of(0x16);
  return {
    mode: "both",
    tlsReady: true,
    localAddress: "10.0.0.1",
    start,
    bytes: 1,
    opening: "tls",
    secured: false,
    after: [],
    ...more,
  };
}

function openssl(reason: string, alert = ""): string {
  return `404D66827B7F0000:error:0A000418:SSL routines:ssl3_read_bytes:${reason}:../deps/openssl/rec_layer_s3.c:918:${alert}\n`;
}

function boringssl(reason: string, alert = ""): string {
  return `123:error:1000042e:SSL routines:OPENSSL_internal:${reason}:../../third_party/boringssl/src/ssl/tls_record.cc:592:${alert}\n`;
}

describe("a TLS handshake that failed with", () => {
  test.each([
    ["unknown ca", 48, "unknown-ca"],
    ["certificate expired", 45, "certificate-expired"],
    ["unsupported certificate", 43, "certificate-refused"],
    ["certificate unknown", 46, "certificate-refused"],
    ["access denied", 49, "certificate-refused"],
    ["handshake failure", 40, "certificate-refused"],
    ["protocol version", 70, "tls-version"],
    ["insufficient security", 71, "no-common-cipher"],
    ["internal error", 80, "tls-failed"],
  ] as const)("the alert %s is told apart, whichever library says it", (reason, number, code) => {
    const alert = `SSL alert number ${number}`;
    const upper = `TLSV1_ALERT_${reason.toUpperCase().replaceAll(" ", "_")}`;
    for (const tlsError of [openssl(`tlsv1 alert ${reason}`, alert), boringssl(upper, alert)]) {
      expect(judge(facts({ hello: modern, tlsError })).map((cause) => cause.code)).toEqual([code]);
    }
  });

  test.each([
    ["unsupported protocol", "tls-version"],
    ["no shared cipher", "no-common-cipher"],
    ["no shared signature algorithms", "no-common-cipher"],
    ["length mismatch", "tls-failed"],
  ] as const)("%s is told apart, whichever library says it", (reason, code) => {
    for (const tlsError of [openssl(reason), boringssl(reason.toUpperCase().replaceAll(" ", "_"))]) {
      expect(judge(facts({ hello: modern, tlsError })).map((cause) => cause.code)).toEqual([code]);
    }
  });

  test("'bad certificate' means the name where ours does not fit, and else the clock", () => {
    const tlsError = openssl("ssl/tls alert bad certificate", "SSL alert number 42");
    const hello = { ...modern, sni: "csms.example" };
    expect(judge(facts({ hello, tlsError, certificateFits: false }))).toEqual([
      { code: "certificate-name", said: "csms.example" },
    ]);
    expect(judge(facts({ hello: modern, tlsError, certificateFits: true }))).toEqual([
      { code: "certificate-not-yet-valid", said: "10.0.0.1" },
    ]);
    // Also where nobody could read what it offered.
    expect(judge(facts({ tlsError })).map(({ code }) => code)).toEqual(["certificate-not-yet-valid"]);
  });

  test.each([40, 42, 46, 49])("alert %i after an address that was sent as a name is about the name", (alert) => {
    const tlsError = openssl("ssl/tls alert", `SSL alert number ${alert}`);
    const said = "192.0.2.7";
    expect(judge(facts({ hello: { ...modern, sni: said }, tlsError, certificateFits: true }))).toEqual([
      { code: "certificate-not-for-name", said },
    ]);
    expect(judge(facts({ hello: { ...modern, sni: "csms.example" }, tlsError })).map(({ code }) => code)).not.toContain(
      "certificate-not-for-name",
    );
  });

  test("a port that takes wss and has no certificate yet is told as that", () => {
    const hello = { ...modern };
    expect(judge(facts({ hello, tlsReady: false })).map(({ code }) => code)).toEqual(["certificate-not-ready"]);
    expect(judge(facts({ hello, mode: "ws" })).map(({ code }) => code)).toEqual(["tls-on-plain-port"]);
  });

  test("no cipher in common means the RSA certificate where that is all that is wanted", () => {
    const tlsError = openssl("no shared cipher");
    const codes = (...ciphers: string[]) =>
      judge(facts({ hello: { ...modern, ciphers }, tlsError })).map(({ code, said }) => [code, said]);
    const rsa = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    expect([codes(rsa, "TLS_EMPTY_RENEGOTIATION_INFO_SCSV"), codes("TLS_RSA_WITH_AES_128_CBC_SHA")]).toEqual([
      [["rsa-only", rsa]],
      [["no-common-cipher", "TLS_RSA_WITH_AES_128_CBC_SHA"]],
    ]);
  });

  test("an alert that comes after the handshake tells as much as one in it", () => {
    const tlsError = openssl("tlsv1 alert unknown ca", "SSL alert number 48");
    expect(judge(facts({ hello: modern, secured: true, tlsError })).map(({ code }) => code)).toEqual(["unknown-ca"]);
  });

  test("anything is about the version where only old ones are offered, unless it is about the certificate", () => {
    expect(judge(facts({ hello: old, tlsError: openssl("something else") }))).toEqual([
      { code: "tls-version", said: "TLSv1.1", expected: "TLSv1.2, TLSv1.3" },
    ]);
    const tlsError = openssl("tlsv1 alert unknown ca", "SSL alert number 48");
    expect(judge(facts({ hello: old, tlsError })).map(({ code }) => code)).toEqual(["unknown-ca"]);
  });
});

test("causes stand worst first, and then in the order of their stages", () => {
  const found = judge(
    facts({
      opening: "http",
      admission: { allow: false, status: 401, causes: [{ code: "user-name" }, { code: "credentials-wrong" }] },
      after: [{ code: "reconnect-loop" }],
    }),
  );
  expect(found.map(({ code }) => code)).toEqual(["credentials-wrong", "user-name", "reconnect-loop"]);
});

test("the first bytes of something else are told without a password in them", () => {
  const start = Buffer.from("Authorization: Basic c2VjcmV0");
  expect(judge(facts({ opening: "other", start }))).toEqual([{ code: "not-http", said: "Authorization: •••" }]);
});
