import { execFile, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { UploadWay } from "../../../src/services/diagnostics/contract.ts";
import { mustSkip } from "../../harness/required.ts";
import { placeFor } from "./place-for.ts";

const has = (program: string) => spawnSync(program, ["--version"]).status === 0;
const noCurl = mustSkip("curl", has("curl"), "Install curl.");
const noLftp = mustSkip("lftp", has("lftp"), "Install lftp.");
const noSsh = mustSkip("ssh", spawnSync("ssh", ["-V"]).status === 0, "Install openssh-client.");

function run(program: string, args: string[], env = process.env): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: 30_000, env }, (error, _stdout, stderr) =>
      resolve(error ? `${error.code} ${stderr}` : "done"),
    );
  });
}

type Place = { place: string; file: string; root: string };

const curls: [string, UploadWay, (at: Place) => string[]][] = [
  ["PUT", "http", ({ place, file }) => ["-T", file, place]],
  ["POST", "http", ({ place, file }) => ["--data-binary", `@${file}`, place]],
  ["a form", "http", ({ place, file }) => ["-F", "kind=log", "-F", `log=@${file}`, place]],
  ["chunks", "http", ({ place, file }) => ["-H", "Transfer-Encoding: chunked", "-T", file, `${place}day/own.log`]],
  ["100-continue", "http", ({ place, file }) => ["-H", "Expect: 100-continue", "-T", file, place]],
  ["HTTPS", "https", ({ place, file, root }) => ["--cacert", root, "-T", file, place]],
  ["FTP", "ftp", ({ place, file }) => ["-T", file, place]],
  ["FTP into a folder", "ftp", ({ place, file }) => ["--ftp-create-dirs", "-T", file, `${place}a/b/own.log`]],
  ["SFTP", "sftp", ({ place, file }) => ["-k", "-T", file, place]],
  ["implicit FTPS", "ftps", ({ place, file, root }) => ["--cacert", root, "-T", file, place]],
  [
    "explicit FTPS",
    "ftps",
    ({ place, file, root }) => ["--cacert", root, "--ssl-reqd", "-T", file, place.replace("ftps:", "ftp:")],
  ],
];

test.skipIf(noCurl).each(curls)("curl delivers by %s", { timeout: 60_000 }, async (_name, protocol, args) => {
  const { sha256, lastWord, ...at } = await placeFor(protocol);
  expect(await run("curl", ["-sS", "-f", "-m", "25", ...args(at)])).toBe("done");
  expect(await lastWord()).toMatchObject({
    verdict: "received",
    files: [{ protocol, state: "whole", bytes: 1_500_000, sha256 }],
  });
});

const puts: [string, UploadWay, string][] = [
  ["FTP", "ftp", "set ftp:ssl-allow no"],
  ["active FTP", "ftp", "set ftp:ssl-allow no; set ftp:passive-mode no"],
  ["explicit FTPS", "ftps", "set ftp:ssl-force yes; set ftp:ssl-protect-data yes"],
];

test.skipIf(noLftp).each(puts)("lftp delivers by %s", { timeout: 60_000 }, async (_name, protocol, settings) => {
  const { place, file, root, sha256, lastWord } = await placeFor(protocol);
  const always = `set net:timeout 10; set net:max-retries 1; set ssl:ca-file ${root}`;
  const open = `open ${place.replace("ftps:", "ftp:")}`;
  expect(await run("lftp", ["-c", `${always}; ${settings}; ${open}; put ${file}`])).toBe("done");
  expect(await lastWord()).toMatchObject({ verdict: "received", files: [{ protocol, bytes: 1_500_000, sha256 }] });
});

/** The host, port, user and password of a place. */
const partsOf = (place: string) => new URL(place.replace("sftp:", "http:"));

const ssh = ["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"];
const old = ["-o", "KexAlgorithms=diffie-hellman-group14-sha1", "-o", "HostKeyAlgorithms=ssh-rsa"];
const older = [...old, "-o", "Ciphers=aes128-cbc", "-o", "MACs=hmac-sha1", "-o", "RequiredRSASize=1024"];

const puttings: [string, string, string[]][] = [
  ["sftp", "sftp", ssh],
  ["scp", "scp", ssh],
  ["scp as old as stations are", "scp", [...ssh, ...older]],
];

test.skipIf(noSsh).each(puttings)("%s delivers", { timeout: 60_000 }, async (_name, program, options) => {
  const { place, file, sha256, lastWord } = await placeFor("sftp");
  const { hostname, port, username, password } = partsOf(place);
  const askpass = `${file}.askpass`;
  writeFileSync(askpass, `#!/bin/sh\necho ${password}\n`, { mode: 0o700 });
  const batch = `${file}.batch`;
  writeFileSync(batch, `put ${file} /own.log\n`);
  const at = `${username}@${hostname}`;
  const args = program === "sftp" ? ["-o", "BatchMode=no", "-b", batch, at] : [file, `${at}:/own.log`];
  const env = { ...process.env, SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: "force" };
  expect(await run(program, [...options, "-P", port, ...args], env)).toBe("done");
  expect(await lastWord()).toMatchObject({
    verdict: "received",
    files: [{ protocol: "sftp", name: "own.log", bytes: 1_500_000, sha256 }],
  });
});

test.skipIf(noLftp || noSsh)("lftp delivers by SFTP", { timeout: 60_000 }, async () => {
  const { place, file, sha256, lastWord } = await placeFor("sftp");
  const always = `set net:timeout 10; set net:max-retries 1; set sftp:auto-confirm yes`;
  const program = `set sftp:connect-program "ssh -a -x -o UserKnownHostsFile=/dev/null"`;
  expect(await run("lftp", ["-c", `${always}; ${program}; open ${place}; put ${file}`])).toBe("done");
  expect(await lastWord()).toMatchObject({
    verdict: "received",
    files: [{ protocol: "sftp", bytes: 1_500_000, sha256 }],
  });
});
