// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Attempt } from "../../../src/station/attempts.ts";
import { screensForFile, show } from "../../ui/testing/screen.tsx";
import { TlsFacts } from "./TlsFacts.tsx";

screensForFile();

const hello = {
  versions: ["TLS 1.2", "TLS 1.3"],
  sni: "h.local",
  alpn: ["http/1.1"],
  clock: "2026",
  ciphers: ["A", "B"],
};
const clientCertificate = {
  ...{ commonName: "CP1", subject: "CN=CP1, O=Acme", issuer: "CN=Root", serialNumber: "0A" },
  ...{ notBefore: "2026-01-01T00:00:00Z", notAfter: "2030-01-01T00:00:00Z", fingerprint: "AB:CD" },
};
const attempts: [string, Partial<Attempt>][] = [
  ["nothing of TLS", { passed: "http" }],
  ["an offer alone", { passed: "tcp", hello: hello as never }],
  [
    "an offer without names",
    { passed: "tcp", hello: { ...hello, sni: undefined, alpn: [], clock: undefined } as never },
  ],
  ["what was not agreed on", { passed: "tcp", tls: { error: "no shared cipher" } as never }],
  ["agreed, without a certificate", { passed: "tls", tls: { version: "TLS 1.3", cipher: "A" } as never }],
  ["with a certificate", { passed: "http", tls: { version: "TLS 1.3", clientCertificate } as never }],
  [
    "with a chain",
    { passed: "http", tls: { version: "TLS 1.2", clientCertificate, clientChain: ["CP1", "Sub", "Root"] } as never },
  ],
];

test("what was offered and agreed on in TLS, and the certificate that was shown", async () => {
  const told: string[] = [];
  for (const [what, of] of attempts) {
    const screen = await show(<TlsFacts attempt={of as Attempt} />, {});
    told.push(`# ${what}\n${screen.text()}`);
    cleanup();
  }
  await expect(told.join("\n")).toMatchFileSnapshot("told/tls.txt");
});
