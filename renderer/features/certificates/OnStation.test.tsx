// @vitest-environment happy-dom
import { expect, test } from "vitest";
import type { CertificatesOverview, RootView } from "../../../src/services/certificates/contract.ts";
import { newStation, type StationState } from "../../../src/station/model.ts";
import { words } from "../../../src/station/phrases.ts";
import { type Shown, screensForFile, show } from "../../ui/testing/screen.tsx";
import { onlineStation } from "../../ui/testing/stations.ts";
import { OnStation } from "./OnStation.tsx";

screensForFile();

const hash = { hashAlgorithm: "SHA256", issuerNameHash: "aa", issuerKeyHash: "bb", serialNumber: "01" } as const;
const certificate = {
  ...{ fingerprint: "A1:A1", commonName: "Root", subject: "CN=Root", issuer: "CN=Root", serialNumber: "01" },
  ...{ notBefore: "2026-01-01T00:00:00Z", notAfter: "2030-01-01T00:00:00Z", key: "RSA 2048", names: [] },
};
const root: RootView = { ...certificate, kind: "rsa", current: true, pem: "PEM", hash };
const overview: CertificatesOverview = {
  ...{ wss: { state: "ready" }, keyStore: "system", roots: [root], servers: [], trusted: [], issued: [], requests: [] },
  ...{ oldTls: { wanted: false, missing: [] }, rsaMissing: false },
};
/** Presses a risky button, then the one in its sentence. */
async function confirm(screen: Shown, name: string): Promise<void> {
  await screen.press(name);
  expect(screen.asked()).toEqual([]);
  await screen.press(name);
}

const told: StationState = {
  ...onlineStation(),
  certificates: { at: 0, frame: 1, installed: [{ use: "V2GRootCertificate", hash }] },
};

test("what is changed is read again at once", async () => {
  const answers = {
    "stations.command": { result: "accepted" } as const,
    "certificates.install": { result: "accepted" } as const,
  };
  const screen = await show(<OnStation identity="CP1" overview={overview} />, {
    feeds: { "stations.state": told },
    answers,
  });
  const command = (sent: object) => ["stations.command", { identity: "CP1", command: sent }];
  const list = command({ name: "certificates-list", use: "CSMSRootCertificate" });
  await screen.press("List");
  expect(screen.asked()).toEqual([list]);
  await confirm(screen, "Install our root");
  expect(screen.asked()).toEqual([["certificates.install", { identity: "CP1", use: "CSMSRootCertificate" }], list]);
  await screen.press("Install another");
  expect(screen.says()).toContain("[Install another] (off)");
  await screen.type("Root certificate, PEM", "PEM");
  await screen.press("Install another");
  const another = { identity: "CP1", use: "CSMSRootCertificate", pem: "PEM" };
  expect(screen.asked()).toEqual([["certificates.install", another], list]);
  await confirm(screen, "Delete");
  expect(screen.asked()).toEqual([command({ name: "certificate-delete", hash }), list]);
  await confirm(screen, "Ask for a signing request");
  expect(screen.asked()).toEqual([command({ name: "trigger", message: "SignChargePointCertificate" })]);
});

test("what it refuses is not read again, what fails says so, and the last word stands there", async () => {
  const answers = { "certificates.install": { result: "rejected" } as const };
  const screen = await show(<OnStation identity="CP1" overview={overview} />, {
    feeds: { "stations.state": told },
    answers,
  });
  await confirm(screen, "Install our root");
  expect(screen.asked().map(([name]) => name)).toEqual(["certificates.install"]);
  await screen.press("List");
  expect(screen.says()).toContain("! Not done. no core runs on this folder");
  const record = { at: 1, args: {}, by: "screen" };
  const last = { ...record, name: "certificates-list", outcome: { result: "rejected", why: words("no-core") } };
  const asks = { ...record, name: "trigger", args: { message: "SignChargePointCertificate" } };
  const other = { ...record, name: "trigger", args: { message: "Heartbeat" }, outcome: { result: "accepted" } };
  const tell = (...commands: object[]) =>
    screen.tell("stations.state", { ...told, commands: commands as StationState["commands"] });
  tell(asks, last, other);
  expect(screen.says("output")).toEqual(["List certificates: refused (no core runs on this folder)"]);
  tell(last, asks);
  expect(screen.says("output")).toEqual(["Trigger: waiting for the answer"]);
});

test("while it is away nothing is sent, and each button says why", async () => {
  const away = { ...told, link: { state: "offline" } as const };
  const screen = await show(<OnStation identity="CP1" overview={overview} />, { feeds: { "stations.state": away } });
  const names = ["List", "Install our root", "Install another", "Ask for a signing request", "Delete"];
  expect(screen.says().filter((line) => line.startsWith("["))).toEqual(
    names.map((name) => `[${name}] (The station is offline: it gets no command)`),
  );
  screen.tell("stations.state", newStation("CP1", 0));
  expect(screen.says()).toContain("The station has not been asked yet.");
});

test("a kind that is no root is listed only", async () => {
  const screen = await show(<OnStation identity="CP1" overview={overview} />, {
    feeds: { "stations.state": told },
    answers: { "stations.command": { result: "rejected" } },
  });
  await screen.choose("Kind of certificate", "V2G chain of the station");
  const why = "This kind is listed only; it is not installed as a root.";
  expect(screen.says().filter((line) => line.startsWith("[Install"))).toEqual([
    `[Install our root] (${why})`,
    `[Install another] (${why})`,
  ]);
  await screen.press("List");
  const use = "V2GCertificateChain";
  expect(screen.asked()).toEqual([
    ["stations.command", { identity: "CP1", command: { name: "certificates-list", use } }],
  ]);
});

test("what came of the last command about certificates is told, whichever it was, and of no other", async () => {
  const screen = await show(<OnStation identity="CP1" overview={overview} />, { feeds: { "stations.state": told } });
  const names = ["certificates-list", "certificate-install", "certificate-delete", "certificate-signed", "reset"];
  const said = names.map((name) => {
    const commands = [{ at: 1, args: {}, by: "screen", name, outcome: { result: "accepted" } }];
    screen.tell("stations.state", { ...told, commands: commands as never });
    return document.querySelector("output")?.textContent;
  });
  expect([said.filter(Boolean).length, new Set(said).size, said.at(-1)]).toEqual([4, 5, undefined]);
});
