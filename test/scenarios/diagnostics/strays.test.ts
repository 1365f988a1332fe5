import { execFile, spawnSync } from "node:child_process";
import ssh2, { type ConnectConfig } from "ssh2";
import { expect, test } from "vitest";
import type { UploadWay } from "../../../src/services/diagnostics/contract.ts";
import { until } from "../../harness/core.ts";
import { mustSkip } from "../../harness/required.ts";
import { placeFor } from "./place-for.ts";

const noCurl = mustSkip("curl", spawnSync("curl", ["--version"]).status === 0, "Install curl.");

/** Uploads with curl, whatever comes of it. */
function curl(args: string[]): Promise<void> {
  return new Promise((over) => {
    execFile("curl", ["-sS", "-m", "25", ...args], () => over());
  });
}

type Place = { place: string; file: string; root: string };

const strays: [string, UploadWay, (at: Place) => string[], string, string][] = [
  [
    "FTP, another password",
    "ftp",
    ({ place, file }) => ["-u", "who:what", "-T", file, bare(place)],
    "upload-login",
    "seen-wrong-login",
  ],
  [
    "FTPS, another password",
    "ftps",
    ({ place, file }) => ["-k", "-u", "who:what", "-T", file, bare(place)],
    "upload-login",
    "seen-wrong-login",
  ],
  [
    "SFTP, another password",
    "sftp",
    ({ place, file }) => ["-k", "-u", "who:what", "-T", file, bare(place)],
    "upload-login",
    "seen-wrong-login",
  ],
  ["FTPS without our root", "ftps", ({ place, file }) => ["-T", file, place], "upload-tls", "seen-tls-failed"],
  ["HTTPS without our root", "https", ({ place, file }) => ["-T", file, place], "unknown-ca", "seen-tls-failed"],
];

/** Comes by SSH and does not get in. */
function comeBySsh(place: string, more: ConnectConfig): Promise<void> {
  const { hostname, port } = new URL(place.replace("sftp:", "http:"));
  const client = new ssh2.Client();
  return new Promise((over) => {
    client.on("error", () => undefined).on("close", () => over());
    client.connect({ host: hostname, port: Number(port), username: "who", ...more });
  });
}

const ownKey = ssh2.utils.generateKeyPairSync("ecdsa", { bits: 256 }).private;
const bySsh: [string, ConnectConfig, string, string][] = [
  ["a key in place of the password", { privateKey: ownKey }, "upload-key-alone", "seen-key-alone"],
  ["no trust in our host key", { hostVerifier: () => false }, "upload-left-at-key", "seen-left-at-key"],
  ["no way to encrypt in common", { algorithms: { compress: ["zlib"] } }, "upload-no-agreement", "seen-no-agreement"],
];

test.each(bySsh)(
  "SFTP with %s stands among the attempts and with the request",
  { timeout: 60_000 },
  async (_name, more, cause, seen) => {
    const { client, once, place } = await placeFor("sftp");
    await comeBySsh(place, more);
    await until(client, "connection.attempts", {}, (list) =>
      list.some(({ causes }) => causes.some(({ code }) => code === cause)),
    );
    await once(({ rungs: [rung] }) => rung?.seen.some(({ words }) => words.phrase === seen) ?? false);
  },
);

/** The place without its login. */
function bare(place: string): string {
  return place.replace(/\/\/[^@/]+@/, "//");
}

test.skipIf(noCurl).each(strays)(
  "%s stands among the attempts and with the request",
  { timeout: 60_000 },
  async (_name, way, args, cause, seen) => {
    const { client, once, ...at } = await placeFor(way);
    await curl(args(at));
    const attempts = await until(client, "connection.attempts", {}, (list) =>
      list.some(({ causes }) => causes.some(({ code }) => code === cause)),
    );
    const attempt = attempts.find(({ causes }) => causes.some(({ code }) => code === cause));
    expect(attempt).toMatchObject({ remoteAddress: "127.0.0.1", state: "stopped" });
    expect(JSON.stringify(attempts)).not.toContain("what");
    const request = await once(({ rungs: [rung] }) => rung?.seen.some(({ words }) => words.phrase === seen) ?? false);
    expect(request?.verdict).toBeUndefined();
  },
);

test.skipIf(noCurl).each(["https", "ftps"] as const)(
  "who takes our certificate by %s is told of",
  { timeout: 60_000 },
  async (way) => {
    const { lastWord, place, file, root } = await placeFor(way);
    await curl(["--cacert", root, "-T", file, place]);
    const seen = (await lastWord())?.rungs[0]?.seen.map(({ words }) => words.phrase);
    expect(seen).toContain("seen-secured");
    expect(seen).not.toContain("seen-tls-failed");
  },
);
