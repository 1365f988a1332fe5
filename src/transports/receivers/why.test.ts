import { expect, test } from "vitest";
import { words } from "../../station/phrases.ts";
import { whyBroken, whyNoTls } from "./why.ts";

test("that the other end is gone is said in one way, whatever Node calls it", () => {
  const coded = (code: string) => Object.assign(new Error("gone"), { code });
  const codes = ["EPIPE", "ECONNABORTED", "ERR_STREAM_PREMATURE_CLOSE"].map(coded);
  for (const error of [
    new Error("aborted"),
    ...codes,
    Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }),
  ]) {
    expect(whyBroken(error)).toEqual(words("upload-cut"));
    expect(whyNoTls(error)).toEqual(words("tls-left"));
  }
  expect(whyBroken(new Error("disk on fire"))).toEqual(words("system-says", { error: "disk on fire" }));
});

test.each([
  ["ssl3_read_bytes:tlsv1 alert unknown ca:SSL alert number 48", words("tls-unknown-ca")],
  ["ssl3_read_bytes:sslv3 alert bad certificate:SSL alert number 42", words("tls-certificate-refused")],
  ["SSL alert number 40", words("tls-certificate-refused")],
  ["SSL alert number 43", words("tls-certificate-refused")],
  ["SSL alert number 44", words("tls-certificate-refused")],
  ["SSL alert number 45", words("tls-certificate-refused")],
  ["SSL alert number 46", words("tls-certificate-refused")],
  ["SSL alert number 49", words("tls-certificate-refused")],
  ["SSL alert number 51", words("tls-certificate-refused")],
  ["SSL alert number 70", words("tls-library", { error: "SSL alert number 70" })],
  [` ${"x".repeat(300)} `, words("tls-library", { error: "x".repeat(200) })],
  ["wrong version number", words("tls-library", { error: "wrong version number" })],
])("TLS that fails of %s", (message, why) => {
  expect(whyNoTls(new Error(message))).toEqual(why);
});

test("what is no error is told by what it says", () => {
  expect([whyBroken("ECONNRESET"), whyNoTls("odd")]).toEqual([
    words("system-says", { error: "ECONNRESET" }),
    words("tls-library", { error: "odd" }),
  ]);
});
