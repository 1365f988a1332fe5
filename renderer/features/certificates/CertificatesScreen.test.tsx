// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test } from "vitest";
import type { CertificatesOverview } from "../../../src/services/certificates/contract.ts";
import { defaultSettings, type Settings } from "../../../src/services/settings/contract.ts";
import type { StationState } from "../../../src/station/model.ts";
import { words } from "../../../src/station/phrases.ts";
import { refused, type Shown, screensForFile, show } from "../../ui/testing/screen.tsx";
import { onlineStation, summaryOf } from "../../ui/testing/stations.ts";
import { CertificatesScreen } from "./CertificatesScreen.tsx";

screensForFile();

const hash = { hashAlgorithm: "SHA256", issuerNameHash: "aa", issuerKeyHash: "bb", serialNumber: "01" } as const;
const certificate = (commonName: string, fingerprint: string) => ({
  fingerprint,
  commonName,
  subject: `CN=${commonName}`,
  issuer: "CN=Plugside",
  serialNumber: "01",
  notBefore: "2026-01-01T00:00:00Z",
  notAfter: "2030-01-01T00:00:00Z",
  key: "ECDSA P-256",
  names: [`${commonName}.local`, "192.168.1.2"],
});
const root = { ...certificate("Root", "A1:A1"), kind: "ec", current: true, pem: "-----BEGIN", hash } as const;
const earlier = { ...root, ...certificate("Earlier root", "B2:B2"), current: false };
const overview: CertificatesOverview = {
  wss: { state: "ready" },
  keyStore: "file",
  roots: [root],
  servers: [certificate("laptop", "C3:C3")],
  trusted: [],
  issued: [],
  requests: [],
  oldTls: { wanted: false, missing: [] },
  rsaMissing: false,
};
const online = onlineStation();
const told: StationState = {
  ...online,
  certificates: {
    at: 0,
    frame: 1,
    installed: [
      { use: "CSMSRootCertificate", hash },
      { use: "Odd", hash: { ...hash, serialNumber: "9F" } },
    ],
  },
};

type Of = { overview?: Partial<CertificatesOverview>; settings?: Partial<Settings>; station?: StationState };

/** The screen, over what differs from a quiet start. */
function shown(of: Of = {}, answers: Parameters<typeof show>[1]["answers"] = {}): Promise<Shown> {
  const feeds = {
    "certificates.overview": { ...overview, ...of.overview },
    "settings.values": { ...defaultSettings, ...of.settings },
    "stations.list": of.station ? [summaryOf(of.station)] : [],
    "stations.state": of.station ?? null,
  };
  return show(<CertificatesScreen />, { feeds, answers });
}

test("says that it reads, and why it could not", async () => {
  const screen = await show(<CertificatesScreen />, {});
  expect(screen.says().slice(2)).toEqual(["… Reading the certificates"]);
  cleanup();
  const failed = await show(<CertificatesScreen />, { feeds: { "certificates.overview": refused() } });
  expect(failed.says().slice(2, 3)).toEqual(["! The certificates could not be read. no core runs on this folder"]);
});

test("a quiet start: a root, a certificate, and nobody who asks", async () => {
  await expect((await shown()).text()).toMatchFileSnapshot("told/quiet.txt");
});

test("all there can be: each kind of root, what was signed, what is trusted, and every warning", async () => {
  const screen = await shown({
    overview: {
      wss: { state: "blocked", problem: words("no-core") },
      keyStore: "open-file",
      roots: [root, earlier, { ...root, ...certificate("", "A2:A2"), kind: "rsa" }],
      trusted: [{ ...certificate("", "D4:D4"), addedAt: 0, hash }],
      issued: [
        { ...certificate("CP1", "E5:E5"), issuedAt: 0, station: "CP1" },
        { ...certificate("By hand", "F6:F6"), issuedAt: 1 },
      ],
      oldTls: { wanted: true, missing: ["TLS 1.0"] },
      rsaMissing: true,
    },
    settings: { signCsr: "ask", csrOrganisation: "Acme", rsaCertificate: true, oldTls: true, serverNames: ["csms"] },
    station: told,
  });
  await expect(screen.text()).toMatchFileSnapshot("told/full.txt");
  expect(await screen.choices()).toMatchInlineSnapshot(`
    [
      "Kind of certificate: Central system root, Manufacturer root (firmware), V2G root (cars), Mobility operator root (contracts), Car maker root, V2G chain of the station",
      "Further names: ",
    ]
  `);
});

test("the first certificates are being made, and nothing stands there in their place", async () => {
  const screen = await shown({ overview: { wss: { state: "making" }, roots: [], servers: [] } });
  expect(screen.says("section")).toContain("… Making the first certificates");
  screen.tell("certificates.overview", { ...overview, roots: [] });
  expect(screen.says("section")).not.toContain("… Making the first certificates");
});
