import { createHash, randomBytes, randomInt } from "node:crypto";
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { KeptFile } from "../../../src/station/model.ts";
import type { OutboxEntry, RedactionPreview } from "../../../src/station/onward/outbox.ts";
import { jsonOf, runCli, runCliWith, serveCli } from "../../harness/cli.ts";
import { temporaryFolder } from "../../harness/core.ts";
import { s3Account, startS3 } from "../../harness/outbox/s3-stub.ts";
import { hasSshd, startSshd } from "../../harness/outbox/sshd.ts";
import { mustSkip } from "../../harness/required.ts";
import { killOutbox } from "../../kill/kill-outbox.ts";

const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

test("files arrive once and whole on a stick that comes later, whenever the core is killed", async () => {
  const folder = await temporaryFolder();
  const home = await temporaryFolder();
  const stick = join(home, "stick");
  const data = ["--data", folder, "--json"];
  let core = await serveCli(folder);
  expect(await jsonOf("outbox", "destination", "stick", stick, ...data)).toEqual({
    name: "stick",
    kind: "folder",
    path: stick,
  });
  const wanted: string[] = [];
  for (let number = 1; number <= 4; number++) {
    const path = join(home, `log ${number}.bin`);
    const bytes = randomBytes(20_000_000 + number);
    writeFileSync(path, bytes);
    wanted.push(hashOf(bytes));
    const { id } = (await jsonOf("files", "add", path, ...data)) as KeptFile;
    expect(await jsonOf("outbox", "add", String(id), "stick", ...data)).toMatchObject({ file: id, state: "waiting" });
  }
  const tested = await runCli("outbox", "test", "stick", ...data);
  expect(tested.code).toBe(2);
  expect(JSON.parse(tested.stdout).problem).toContain("Plug in the stick");
  expect((await runCli("outbox", "run", "--wait", "0", ...data)).code).toBe(3);
  mkdirSync(stick);
  for (let killed = 0; killed < 3; killed++) {
    await runCli("outbox", "run", "--wait", String(killed * 0.05), ...data);
    core.kill();
    await core.ended;
    core = await serveCli(folder);
  }
  expect((await runCli("outbox", "run", "--wait", "60", ...data)).code).toBe(0);
  const arrived = readdirSync(stick).map((name) => hashOf(readFileSync(join(stick, name))));
  expect(arrived.sort()).toEqual(wanted.sort());
  const entries = (await jsonOf("outbox", ...data)) as OutboxEntry[];
  expect(entries.map(({ state }) => state)).toEqual(["sent", "sent", "sent", "sent"]);
  expect((await runCli("outbox", "forget", "stick", ...data)).code).toBe(0);
  expect(await jsonOf("outbox", "destinations", ...data)).toEqual([]);
  expect((await runCli("outbox", "add", "x", "stick", ...data)).code).toBe(5);
}, 240_000);

test("a bucket is reached with a secret that stands nowhere but in a file of its own, and told of in words", async () => {
  const folder = await temporaryFolder();
  const home = await temporaryFolder();
  const stub = await startS3();
  onTestFinished(() => stub.close());
  const core = await serveCli(folder);
  const data = ["--data", folder, "--json"];
  const secretFile = join(home, "secret");
  writeFileSync(secretFile, `${s3Account.secret}\n`, { mode: 0o644 });
  const { region, bucket, accessKeyId } = s3Account;
  const flags = ["--endpoint", stub.url, "--region", region, "--user", accessKeyId, "--site", "Depot 4"];
  const save = (secret: string) =>
    runCli("outbox", "destination", "s3", `s3://${bucket}/logs`, ...flags, "--secret", secret, ...data);
  if (process.platform !== "win32") {
    const open = await save(secretFile);
    expect(open).toMatchObject({ code: 5, stderr: expect.stringContaining("Others may read") });
  }
  chmodSync(secretFile, 0o600);
  expect(JSON.parse((await save(secretFile)).stdout)).toEqual({
    name: "s3",
    kind: "s3",
    endpoint: stub.url,
    region,
    bucket,
    prefix: "logs",
    site: "Depot 4",
    pathStyle: true,
    user: accessKeyId,
    kept: ["password"],
  });
  expect(await runCli("outbox", "test", "s3", "--data", folder)).toMatchObject({ code: 0 });
  const log = join(home, "log.txt");
  writeFileSync(log, "boot\n");
  const { id } = (await jsonOf("files", "add", log, ...data)) as KeptFile;
  await jsonOf("outbox", "add", String(id), "s3", ...data);
  expect((await runCli("outbox", "run", "--wait", "30", ...data)).code).toBe(0);
  expect([...stub.objects.keys()].filter((key) => key.startsWith("logs/Depot_4/no-station/"))).toHaveLength(2);

  writeFileSync(log, "password=hunter22\n");
  const { id: second } = (await jsonOf("files", "add", log, ...data)) as KeptFile;
  const preview = (await jsonOf("outbox", "preview", String(second), ...data)) as RedactionPreview;
  expect(preview.counts).toEqual({ secret: 1, card: 0, serial: 0, address: 0 });
  await jsonOf("outbox", "add", String(second), "s3", "--redacted", ...data);
  expect((await runCli("outbox", "run", "--wait", "30", ...data)).code).toBe(0);
  const sent = [...stub.objects].find(([key]) => /log-redacted-[0-9a-f]{12}\.txt$/.test(key));
  expect(String(sent?.[1])).toMatch(/^password=secret-[0-9a-f]{8}\n$/);

  const holding = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(s3Account.secret))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  expect(holding).toEqual([expect.stringMatching(/^keys.outbox-[0-9a-f]{32}\.key$/)]);
  const [kept = ""] = holding;
  if (process.platform !== "win32") expect(statSync(join(folder, kept)).mode & 0o777).toBe(0o600);
  expect(core.stderr()).not.toContain(s3Account.secret);

  const given = ["outbox", "destination", "s3", `s3://${bucket}/logs`, ...flags, "--secret", "-", ...data];
  expect((await runCliWith("wrong\n", ...given)).code).toBe(0);
  const tested = await runCli("outbox", "test", "s3", "--data", folder);
  expect(tested).toMatchObject({ code: 2, stderr: expect.stringContaining("does not belong to it") });
  expect((await runCli("outbox", "forget", "s3", ...data)).code).toBe(0);
  expect(readdirSync(join(folder, "keys")).filter((name) => name.startsWith("outbox-"))).toEqual([]);
});

test.skipIf(mustSkip("sshd", hasSshd, "OpenSSH's server is not at /usr/sbin/sshd (Debian: openssh-server)."))(
  "a server is reached by SSH with a key, and its own key is told",
  async () => {
    const folder = await temporaryFolder();
    const home = await temporaryFolder();
    const sshd = await startSshd();
    await serveCli(folder);
    const data = ["--data", folder];
    const key = join(home, "key");
    writeFileSync(key, sshd.privateKey, { mode: 0o600 });
    const place = `sftp://${sshd.user}@127.0.0.1:${sshd.port}/${sshd.folder}`;
    expect((await runCli("outbox", "destination", "hq", place, "--secret", key, ...data)).code).toBe(0);
    const tested = await runCli("outbox", "test", "hq", ...data);
    expect(tested).toMatchObject({ code: 0, stderr: expect.stringMatching(/hq can be written\.\n.*SHA256:\S{43}/) });
    const log = join(home, "log.txt");
    writeFileSync(log, "boot\n");
    await runCli("files", "add", log, ...data);
    await runCli("outbox", "add", "1", "hq", ...data);
    expect((await runCli("outbox", "run", "--wait", "30", ...data)).code).toBe(0);
    expect(readdirSync(sshd.folder)).toEqual([expect.stringMatching(/^log-[0-9a-f]{12}\.txt$/)]);
    const other = await runCli("outbox", "destination", "hq", `${place}x`, ...data, "--json");
    expect(JSON.parse(other.stdout)).toMatchObject({
      kept: ["privateKey"],
      hostKey: expect.stringMatching(/^SHA256:/),
    });
  },
);

const seed = randomInt(1_000_000_000);

// `npm run kill:outbox -- --times N --seed S` does the same for as long as you like.
test(`kill -9 at any moment: everything arrives at each destination, once and with its hash (seed ${seed})`, async () => {
  const { kills, files, wrong } = await killOutbox({ times: 7, seed });
  expect({ kills, wrong }).toEqual({ kills: 7, wrong: [] });
  expect(files).toBe(3);
}, 240_000);
