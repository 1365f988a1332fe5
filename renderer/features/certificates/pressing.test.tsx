// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen as page } from "@testing-library/react";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import {
  type CertificateFile,
  type CertificatesOverview,
  longestPem,
  type RootView,
} from "../../../src/services/certificates/contract.ts";
import { defaultSettings } from "../../../src/services/settings/contract.ts";
import { type Shown, screensForFile, show, unanswered, type Written } from "../../ui/testing/screen.tsx";
import { Issued } from "./Issued.tsx";
import { PemInput } from "./PemInput.tsx";
import { Requests } from "./Requests.tsx";
import { Root } from "./Root.tsx";
import { Server } from "./Server.tsx";
import { Trusted } from "./Trusted.tsx";

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
const file: CertificateFile = { fileName: "a.pem", mediaType: "text/plain", base64: btoa("PEM"), fingerprint: "A1:A1" };

/** What the browser is given to save from now on: names and texts. */
function saved(): { names: string[]; blobs: Blob[] } {
  const all = { names: [] as string[], blobs: [] as Blob[] };
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => `blob:${all.blobs.push(blob as Blob)}`);
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    all.names.push(`${this.download} ${this.href}`);
  });
  return all;
}

/** Presses a risky button, then the one in its sentence. */
async function confirm(screen: Shown, name: string): Promise<void> {
  await screen.press(name);
  expect(screen.asked()).toEqual([]);
  await screen.press(name);
}

test.each([
  ["Save as PEM", "pem"],
  ["Save as DER", "der"],
])("our root: %s asks for %s of the root it stands at, and hands it to the browser", async (button, format) => {
  const files = saved();
  const screen = await show(<Root overview={overview} />, { answers: { "certificates.root": file } });
  await screen.press(button);
  expect(screen.asked()).toEqual([["certificates.root", { kind: "rsa", format }]]);
  expect([files.names, await files.blobs[0]?.text()]).toEqual([["a.pem blob:1"], "PEM"]);
});

test("our root: a new one is made of its kind, after the sentence; what fails says so", async () => {
  const files = saved();
  const screen = await show(<Root overview={overview} />, {});
  await confirm(screen, "Make a new root");
  expect(screen.asked()).toEqual([["certificates.newRoot", { kind: "rsa" }]]);
  expect(screen.says()).toContain("! No new root was made. no core runs on this folder");
  await screen.press("Save as PEM");
  expect(screen.says()).toContain("! The file was not saved. no core runs on this folder");
  expect(files.names).toEqual([]);
});

test("signed here: a file is asked for by its fingerprint, and a request from a file is signed and saved", async () => {
  const files = saved();
  const issued = [{ ...certificate, issuedAt: 0 }];
  const answers = { "certificates.file": file, "certificates.sign": { ...file, fileName: "b.pem", certificate } };
  const screen = await show(<Issued issued={issued} />, { answers });
  await screen.press("Save");
  expect(screen.asked()).toEqual([["certificates.file", { fingerprint: "A1:A1" }]]);
  await screen.press("Sign a request from a file");
  expect(screen.says()).toContain("[Sign a request from a file] (off)");
  await screen.type("Signing request (CSR), PEM", "CSR");
  await screen.press("Sign a request from a file");
  expect(screen.asked()).toEqual([["certificates.sign", { csr: "CSR" }]]);
  expect(files.names).toEqual(["a.pem blob:1", "b.pem blob:2"]);
  await screen.press("Sign a request from a file");
  expect(screen.says()).toContain("Signing request (CSR), PEM:");
});

test("signed here: what fails says so, and what was typed stays", async () => {
  const files = saved();
  const screen = await show(<Issued issued={[{ ...certificate, issuedAt: 0 }]} />, {});
  await screen.press("Save");
  expect(screen.says()).toContain("! The file was not saved. no core runs on this folder");
  await screen.press("Sign a request from a file");
  await screen.type("Signing request (CSR), PEM", "CSR");
  await screen.press("Sign a request from a file");
  expect(screen.says()).toContain("! Not signed. no core runs on this folder");
  await screen.press("Sign a request from a file");
  expect(screen.says()).toContain("Signing request (CSR), PEM: CSR");
  expect(files.names).toEqual([]);
});

test("trusted: a root is added, and taken away by its fingerprint", async () => {
  const answers = { "certificates.trust": [], "certificates.distrust": null };
  const screen = await show(<Trusted trusted={[{ ...certificate, addedAt: 0, hash }]} roots={[root]} />, { answers });
  await screen.press("Add a root");
  expect(screen.says()).toContain("[Add a root] (off)");
  await screen.type("Root certificate, PEM", " ");
  expect(screen.says()).toContain("[Add a root] (off)");
  await screen.type("Root certificate, PEM", "PEM");
  await screen.press("Add a root");
  expect(screen.asked()).toEqual([["certificates.trust", { pem: "PEM" }]]);
  await screen.press("Add a root");
  expect(screen.says()).toContain("Root certificate, PEM:");
  await screen.press("Remove");
  expect(screen.says()).toContain("Stations with a certificate that Root signed are no longer trusted.");
  await screen.press("Remove");
  expect(screen.asked()).toEqual([["certificates.distrust", { fingerprint: "A1:A1" }]]);
});

test("trusted: what fails says so", async () => {
  const screen = await show(<Trusted trusted={[{ ...certificate, addedAt: 0, hash }]} roots={[]} />, {});
  await screen.press("Add a root");
  await screen.type("Root certificate, PEM", "PEM");
  await screen.press("Add a root");
  expect(screen.says()).toContain("! Not added. no core runs on this folder");
  await confirmRemoval(screen);
  expect(screen.says()).toContain("! Not removed. no core runs on this folder");
});

async function confirmRemoval(screen: Shown): Promise<void> {
  await screen.press("Remove");
  await screen.press("Remove");
}

test("what stations see: renewed on demand; each choice is saved at once, and what fails says so", async () => {
  const screen = await show(<Server overview={overview} />, { feeds: { "settings.values": defaultSettings } });
  await screen.press("Renew now");
  await screen.tick(/^RSA certificate as well/);
  await screen.tick(/^Allow TLS 1.0/);
  expect(screen.asked()).toEqual([
    ["certificates.renewServer", {}],
    ["settings.change", { rsaCertificate: true }],
    ["settings.change", { oldTls: true }],
  ]);
  expect(screen.says()).toContain("! Not renewed. no core runs on this folder");
  expect(screen.says()).toContain("! Not changed. no core runs on this folder");
});

test("requests: what becomes of them, and whom they must name, is saved at once", async () => {
  const settings = { ...defaultSettings, csrOrganisation: "Acme" };
  const screen = await show(<Requests overview={overview} />, { feeds: { "settings.values": settings } });
  await screen.tick("Ask me");
  await screen.type("Organisation that a request must name", " Acme ");
  await screen.type("Organisation that a request must name", " Other ");
  expect(screen.asked()).toEqual([
    ["settings.change", { signCsr: "ask" }],
    ["settings.change", { csrOrganisation: "Other" }],
  ]);
  expect(screen.says()).toContain("! Not changed. no core runs on this folder");
});

test("requests: whom they must name is told anew where it was changed elsewhere", async () => {
  const settings = { ...defaultSettings, csrOrganisation: "Acme" };
  const screen = await show(<Requests overview={overview} />, { feeds: { "settings.values": settings } });
  const field = () => screen.says().find((line) => line.startsWith("Organisation that a request must name"));
  const before = field();
  screen.tell("settings.values", { ...settings, csrOrganisation: "Volt" });
  expect([before, field()].map((line) => line?.split(": ").at(-1))).toEqual(["Acme", "Volt"]);
});

test("what is not allowed is not said to be missing", async () => {
  const missing = { ...overview, oldTls: { wanted: false, missing: ["TLS 1.0"] } };
  const told = (screen: Shown) => screen.says().filter((line) => /TLS 1\.0/.test(line) && !line.startsWith("[")).length;
  const screen = await show(<Server overview={missing} />, { feeds: { "settings.values": defaultSettings } });
  const before = told(screen);
  screen.tell("settings.values", { ...defaultSettings, oldTls: true });
  expect([before, told(screen)]).toEqual([0, 2]);
});

test("while it is asked for, nothing is renewed, signed or refused for a second time", async () => {
  const waiting: Written = { answers: { "certificates.renewServer": unanswered, "certificates.decide": unanswered } };
  const request = { id: 7, station: "CP1", at: 0, state: "waiting" } as const;
  const off = (screen: Shown) => screen.says().filter((line) => line.endsWith("] (off)"));
  const server = await show(<Server overview={overview} />, waiting);
  await server.press("Renew now");
  expect(off(server)).toEqual(["[Renew now] (off)"]);
  cleanup();
  const requests = await show(<Requests overview={{ ...overview, requests: [request] }} />, waiting);
  await requests.press("Sign and send");
  expect(off(requests)).toEqual(["[Sign and send] (off)", "[Refuse] (off)"]);
});

test("our root is shown while the first certificates are made anew, and copied whole", async () => {
  const copied: string[] = [];
  vi.stubGlobal("navigator", {
    ...navigator,
    clipboard: { writeText: async (text: string) => void copied.push(text) },
  });
  const screen = await show(<Root overview={{ ...overview, wss: { state: "making" } }} />, {});
  expect(screen.says().some((line) => line.startsWith("…"))).toBe(false);
  await screen.press(/^Copy/);
  vi.unstubAllGlobals();
  expect(copied).toEqual(["PEM"]);
});

test("a certificate is read from a file: a text as it is, a binary one as base64, and one that is too large not at all", async () => {
  function Held() {
    const [text, setText] = useState("");
    return <PemInput value={text} onChange={setText} label="PEM" />;
  }
  const screen = await show(<Held />, {});
  const give = (bytes: Uint8Array | string) => {
    const input = document.querySelector("input[type=file]") as HTMLInputElement;
    fireEvent.change(input, { target: { files: [new File([bytes as never], "root.crt")] } });
  };
  const field = () => (document.querySelector("textarea") as HTMLTextAreaElement).value;
  give("-----BEGIN åäö");
  await expect.poll(field, { timeout: 10_000 }).toBe("-----BEGIN åäö");
  give(Uint8Array.of(0x30, 0x82, 0xff, 0x00));
  await expect.poll(field, { timeout: 10_000 }).toBe(btoa("0\u0082\u00ff\u0000"));
  give("x".repeat(longestPem));
  await expect.poll(() => field().length, { timeout: 10_000 }).toBe(longestPem);
  give("x".repeat(longestPem + 1));
  await expect.poll(field, { timeout: 10_000 }).toBe(" ".repeat(longestPem + 1));
  await screen.type("PEM", "typed");
  expect(field()).toBe("typed");
});

test("a name that stations may use is added and taken away, each at once", async () => {
  const settings = { ...defaultSettings, serverNames: ["desk.example"] };
  const screen = await show(<Server overview={overview} />, { feeds: { "settings.values": settings } });
  const field = page.getByLabelText(/^Further names/, { selector: "input" });
  act(() => field.focus());
  fireEvent.change(field, { target: { value: "10.0.0.9" } });
  fireEvent.keyDown(field, { key: "Enter" });
  fireEvent.keyDown(field, { key: "Backspace" });
  expect(screen.asked()).toEqual([
    ["settings.change", { serverNames: ["desk.example", "10.0.0.9"] }],
    ["settings.change", { serverNames: [] }],
  ]);
});
