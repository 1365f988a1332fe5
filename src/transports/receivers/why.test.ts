import { expect, test } from "vitest";
import { words } from "../../station/phrases.ts";
import { whyBroken, whyNoTls } from "./why.ts";

test("that the other end is gone is said in one way, whatever Node calls it", () => {
  for (const error of [new Error("aborted"), Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" })]) {
    expect(whyBroken(error)).toEqual(words("upload-cut"));
    expect(whyNoTls(error)).toEqual(words("tls-left"));
  }
  expect(whyBroken(new Error("disk on fire"))).toEqual(words("system-says", { error: "disk on fire" }));
});

test.each([
  ["ssl3_read_bytes:tlsv1 alert unknown ca:SSL alert number 48", words("tls-unknown-ca")],
  ["ssl3_read_bytes:sslv3 alert bad certificate:SSL alert number 42", words("tls-certificate-refused")],
  ["wrong version number", words("tls-library", { error: "wrong version number" })],
])("TLS that fails of %s", (message, why) => {
  expect(whyNoTls(new Error(message))).toEqual(why);
});
